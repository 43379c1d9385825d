import {
  joined,
  bmpBytes,
  type BmpPicture,
  bmpPictureBytes,
  gifBytes,
  irot,
  isoBox,
  riffChunk,
  tiffBytes,
  webpAnimation,
  type TiffPicture,
  tiffPictureBytes,
  webpBytes,
  webpFrame,
  webpPicture,
} from "../../support/images/index.ts";
import type { Seed } from "./fuzz.ts";
import { losslessDisc, lossyDisc, lossyQuadrants } from "./webp-fixtures.ts";
import { av1Tile, hevcTile, writeHeif } from "./heif-writer.ts";

const runLengths: BmpPicture = {
  width: 7,
  height: 3,
  bits: 8,
  coding: 1,
  pixels: [],
  palette: [
    [9, 9, 9],
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
  ],
  data: Uint8Array.of(4, 1, 0, 3, 2, 3, 2, 0, 0, 2, 0, 1, 7, 1, 0, 1),
};

const cmyk: TiffPicture = {
  width: 33,
  height: 20,
  photometric: 5,
  bits: 8,
  samples: 5,
  extraSamples: [2],
  values: Array.from({ length: 33 * 20 * 5 }, (_, i) => (i * 31) % 256),
};

/** The ways of storing that have code of their own. */
const tiffPictures: readonly TiffPicture[] = [
  { ...cmyk, compression: 5, hasDifferences: true, rowsPerStrip: 6 },
  { ...cmyk, compression: 8, tile: [16, 16] },
  { ...cmyk, compression: 32_773, isPlanar: true, big: true },
  { ...cmyk, photometric: 6, isReversed: true, fields: [{ tag: 530, value: { type: 3, values: [1, 1] } }] },
  { ...cmyk, photometric: 0, samples: 1, extraSamples: [], bits: 2, values: cmyk.values.map((v) => v & 3) },
];

/** Sound files of every format but JPEG and PNG, small and with all that their containers have. */
export async function formatSeeds(): Promise<Seed[]> {
  const size = { width: 40, height: 30 };
  const grid = { columns: 2, rows: 2, width: 100, height: 90 };
  const profile = isoBox("colr", "prof", joined(new Uint8Array(36), "acsp", new Uint8Array(200)));
  const seed = (contentType: string, bytes: Uint8Array): Seed => ({ contentType, bytes });
  return [
    seed("image/gif", gifBytes({ ...size, frames: 2 })),
    seed("image/webp", webpBytes(size)),
    seed("image/webp", webpBytes({ ...size, orientation: 6, chunksBefore: [riffChunk("ICCP", "profile")] })),
    seed("image/webp", lossyQuadrants),
    seed("image/webp", lossyDisc),
    seed("image/webp", losslessDisc),
    seed(
      "image/webp",
      webpAnimation({ width: 60, height: 50 }, webpFrame({ x: 8, y: 6, ...size }, webpPicture(size))),
    ),
    seed("image/bmp", bmpBytes(size)),
    seed("image/bmp", bmpBytes({ ...size, core: true })),
    seed("image/tiff", tiffBytes(size)),
    seed("image/tiff", tiffBytes({ ...size, littleEndian: false, orientation: 3 })),
    seed("image/bmp", bmpPictureBytes(runLengths)),
    ...(await Promise.all(tiffPictures.map(tiffPictureBytes))).map((bytes) => seed("image/tiff", bytes)),
    seed("image/heic", writeHeif({ tile: hevcTile, properties: [profile] })),
    seed("image/heic", writeHeif({ tile: hevcTile, grid, properties: [irot(1)] })),
    seed("image/avif", writeHeif({ tile: av1Tile, properties: [profile] })),
  ];
}
