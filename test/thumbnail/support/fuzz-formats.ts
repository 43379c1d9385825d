import {
  joined,
  bmpBytes,
  gifBytes,
  irot,
  isoBox,
  riffChunk,
  tiffBytes,
  webpAnimation,
  webpBytes,
  webpFrame,
  webpPicture,
} from "../../support/images/index.ts";
import type { Seed } from "./fuzz.ts";
import { losslessDisc, lossyDisc, lossyQuadrants } from "./webp-fixtures.ts";
import { av1Tile, hevcTile, writeHeif } from "./heif-writer.ts";

/** Sound files of the formats that other people's decoders read, small and with all that their containers have. */
export function formatSeeds(): Seed[] {
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
    seed("image/heic", writeHeif({ tile: hevcTile, properties: [profile] })),
    seed("image/heic", writeHeif({ tile: hevcTile, grid, properties: [irot(1)] })),
    seed("image/avif", writeHeif({ tile: av1Tile, properties: [profile] })),
  ];
}
