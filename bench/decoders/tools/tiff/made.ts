import { profileField, shorts, type TiffCoding, tiffOf } from "../../files/tiff.ts";
import type { Difference } from "../../compare.ts";
import { cornerPicture, tableAndMatrixProfile } from "../../files/corners.ts";
import { bars, inkProfile, srgbOf } from "../../files/inks.ts";
import { mapped, opaque, type Raster, rasterOf } from "../../raster.ts";
import { source } from "../../sources.ts";
import { type CodingTool, either, picture, tolerances, truly } from "../../tool.ts";
import { made, rgb } from "./pages.ts";

const rgba: TiffCoding = { photometric: 2, samplesOf: (pixel) => pixel };
const multiplied: TiffCoding = {
  photometric: 2,
  samplesOf: ([red, green, blue, alpha]) =>
    [red, green, blue].map((level) => Math.round((level * alpha) / 255)).concat(alpha),
};
const levels: TiffCoding = { photometric: 1, samplesOf: ([, green]) => [green] };
const withAlpha = (coding: TiffCoding, kind: number, ...more: readonly number[]): TiffCoding => ({
  ...coding,
  fields: [shorts(338, kind, ...more)],
});

/** A selection that was saved with the picture: a rectangle of 255 on 0, in the alpha of the raster. */
function selected(): Raster {
  const photo = source("photo");
  const inside = (x: number, y: number): boolean => x > 60 && x < 200 && y > 40 && y < 170;
  return rasterOf(photo.width, photo.height, (x, y) => {
    const at = (y * photo.width + x) * 4;
    const [red = 0, green = 0, blue = 0] = photo.data.subarray(at, at + 3);
    return [red, green, blue, inside(x, y) ? 255 : 0];
  });
}

/** Samples beside the colours (TIFF 6.0, section 18). */
const extras: readonly CodingTool[] = [
  made(
    "extra-unspecified",
    () => tiffOf(selected(), withAlpha(rgba, 0)),
    () => opaque(selected()),
  ),
  made(
    "extra-unspecified-16",
    () => tiffOf(selected(), { ...withAlpha(rgba, 0), bits: 16 }),
    () => opaque(selected()),
  ),
  made(
    "extra-unspecified-grey",
    () =>
      tiffOf(selected(), withAlpha({ photometric: 1, samplesOf: ([, green, , alpha]) => [green, alpha] }, 0)),
    () => mapped(selected(), ([, green]) => [green, green, green, 255]),
  ),
  made(
    "extra-untold",
    () => tiffOf(selected(), rgba),
    () => opaque(selected()),
    { expect: either },
  ),
  made(
    "extra-two",
    () =>
      tiffOf(
        selected(),
        withAlpha(
          { photometric: 2, samplesOf: ([red, green, blue, alpha]) => [red, green, blue, alpha, 7] },
          0,
          0,
        ),
      ),
    () => opaque(selected()),
    { expect: either },
  ),
  made(
    "extra-alpha-and-one",
    () =>
      tiffOf(
        selected(),
        withAlpha(
          { photometric: 2, samplesOf: ([red, green, blue, alpha]) => [red, green, blue, alpha, 7] },
          2,
          0,
        ),
      ),
    selected,
    { expect: either },
  ),
  made(
    "extra-associated",
    () => tiffOf(source("alpha"), withAlpha(multiplied, 1)),
    () => source("alpha"),
  ),
  made(
    "extra-unassociated",
    () => tiffOf(source("alpha"), withAlpha(rgba, 2)),
    () => source("alpha"),
  ),
  made(
    "extra-unassociated-16",
    () => tiffOf(source("alpha"), { ...withAlpha(rgba, 2), bits: 16 }),
    () => source("alpha"),
  ),
  made(
    "extra-associated-grey",
    () =>
      tiffOf(
        selected(),
        withAlpha({ photometric: 1, samplesOf: ([, green, , alpha]) => [alpha === 0 ? 0 : green, alpha] }, 1),
      ),
    () => mapped(selected(), ([, green, , alpha]) => [green, green, green, alpha]),
  ),
];

/** Orientations, byte order, grey, deep samples. */
const plain: readonly CodingTool[] = [
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((orientation) =>
    truly(
      made(
        `orientation-${orientation}`,
        () => tiffOf(source("odd"), { ...rgb, fields: [shorts(274, orientation)] }),
        () => source("odd"),
      ),
      { kind: "sharp" },
    ),
  ),
  made(
    "big-endian-16",
    () => tiffOf(source("photo"), { ...rgb, bits: 16, littleEndian: false }),
    () => source("photo"),
  ),
  made(
    "grey-16",
    () => tiffOf(source("grey"), { ...levels, bits: 16 }),
    () => source("grey"),
  ),
  made(
    "grey-inverted",
    () => tiffOf(source("grey"), { photometric: 0, samplesOf: ([, green]) => [255 - green] }),
    () => source("grey"),
  ),
  made(
    "grey-inverted-16",
    () => tiffOf(source("grey"), { photometric: 0, bits: 16, samplesOf: ([, green]) => [255 - green] }),
    () => source("grey"),
  ),
  made(
    "lab",
    () => tiffOf(source("flat"), { photometric: 8, samplesOf: () => [128, 20, 236] }),
    () => mapped(source("flat"), () => [...srgbOf([128 / 2.55, 20, -20]), 255]),
    { expect: either, tolerance: tolerances.converted },
  ),
];

/** Inks, with and without a profile; black is stretched to none, as Little CMS does it in sharp. */
const inks: TiffCoding = { photometric: 5, samplesOf: (pixel) => pixel, fields: [shorts(332, 1)] };
const inked: readonly CodingTool[] = [
  bySharp("inks-profile", tolerances.converted, () =>
    tiffOf(bars(), { ...inks, fields: [shorts(332, 1), profileField(inkProfile())] }),
  ),
  bySharp("inks-profile-alpha", tolerances.converted, () =>
    tiffOf(bars(), {
      photometric: 5,
      samplesOf: (pixel) => [...pixel, 255],
      fields: [shorts(338, 0), profileField(inkProfile())],
    }),
  ),
  bySharp("inks-plain", tolerances.inks, () => tiffOf(bars(), inks)),
  bySharp("inks-profile-16", tolerances.converted, () =>
    tiffOf(bars(), { ...inks, bits: 16, fields: [profileField(inkProfile())] }),
  ),
];

const profiled = bySharp("profile-table-beside-matrix", tolerances.converted, () =>
  tiffOf(cornerPicture(), { ...rgb, fields: [profileField(tableAndMatrixProfile())] }),
);

/** A TIFF by code whose colours sharp knows. */
function bySharp(name: string, tolerance: Difference, make: () => Uint8Array): CodingTool {
  return {
    name: `tiff/${name}`,
    mediaType: "image/tiff",
    coding: { make },
    truth: { kind: "sharp" },
    tolerance,
    expect: picture,
  };
}

/** TIFF that no encoder of Debian writes. */
export const madeTiffTools: readonly CodingTool[] = [...extras, ...plain, ...inked, profiled];
