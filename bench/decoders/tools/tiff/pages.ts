import type { Difference } from "../../compare.ts";
import { directoryOf, shorts, type TiffCoding, tiffPages } from "../../files/tiff.ts";
import { part, type Raster } from "../../raster.ts";
import { source } from "../../sources.ts";
import { type CodingTool, either, type Expectation, picture, tolerances } from "../../tool.ts";

/** A TIFF by code, and the picture that it holds. */
export function made(
  name: string,
  make: () => Uint8Array,
  truth: () => Raster,
  more: { readonly expect?: Expectation; readonly tolerance?: Difference } = {},
): CodingTool {
  return {
    name: `tiff/${name}`,
    mediaType: "image/tiff",
    coding: { make },
    truth: { kind: "picture", picture: truth },
    tolerance: more.tolerance ?? tolerances.exact,
    expect: more.expect ?? picture,
  };
}

/** Colours of 8 bits, sample by sample. */
export const rgb: TiffCoding = { photometric: 2, samplesOf: ([red, green, blue]) => [red, green, blue] };

/** Pages: which of them is the photo (TIFF 6.0, NewSubfileType; TIFF Technical Note 1, SubIFDs). */
const small = (): Raster => part(source("odd"), 10, 10, [40, 30]);
export const tiffPageTools: readonly CodingTool[] = [
  made(
    "reduced-first",
    () =>
      tiffPages(
        directoryOf(small(), { ...rgb, fields: [{ tag: 254, value: { type: 4, values: [1] } }] }),
        directoryOf(source("photo"), rgb),
      ),
    () => source("photo"),
  ),
  made(
    "reduced-second",
    () =>
      tiffPages(
        directoryOf(source("photo"), rgb),
        directoryOf(small(), { ...rgb, fields: [{ tag: 254, value: { type: 4, values: [1] } }] }),
      ),
    () => source("photo"),
  ),
  made(
    "reduced-first-old",
    () =>
      tiffPages(
        directoryOf(small(), { ...rgb, fields: [shorts(255, 2)] }),
        directoryOf(source("photo"), { ...rgb, fields: [shorts(255, 1)] }),
      ),
    () => source("photo"),
  ),
  made(
    "reduced-with-full-below",
    () =>
      tiffPages(
        directoryOf(small(), {
          ...rgb,
          fields: [
            { tag: 254, value: { type: 4, values: [1] } },
            { tag: 330, value: { directory: directoryOf(source("photo"), rgb) } },
          ],
        }),
      ),
    () => source("photo"),
    { expect: either },
  ),
  made(
    "full-with-reduced-below",
    () =>
      tiffPages(
        directoryOf(source("photo"), {
          ...rgb,
          fields: [
            {
              tag: 330,
              value: {
                directory: directoryOf(small(), {
                  ...rgb,
                  fields: [{ tag: 254, value: { type: 4, values: [1] } }],
                }),
              },
            },
          ],
        }),
      ),
    () => source("photo"),
  ),
  {
    ...made("raw", rawBytes, () => source("photo")),
    expect: { kind: "no photo" },
  },
];

/** As camera raws are built: the first directory is a preview, the photo below it is a mosaic of single colours. */
function rawBytes(): Uint8Array {
  const mosaic: TiffCoding = {
    photometric: 32_803,
    samplesOf: ([, green]) => [green],
    fields: [
      shorts(33_421, 2, 2),
      { tag: 33_422, value: { type: 1, values: [0, 1, 1, 2] } },
      { tag: 254, value: { type: 4, values: [0] } },
    ],
  };
  return tiffPages(
    directoryOf(small(), {
      ...rgb,
      fields: [
        { tag: 254, value: { type: 4, values: [1] } },
        { tag: 271, value: "Maker" },
        { tag: 330, value: { directory: directoryOf(source("photo"), mosaic) } },
        { tag: 50_706, value: { type: 1, values: [1, 4, 0, 0] } },
      ],
    }),
  );
}
