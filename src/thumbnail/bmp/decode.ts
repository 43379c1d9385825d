import { maxPixels } from "../budget.ts";
import type { DecodedPicture, DecodeJob, ThumbnailDecoder } from "../raster/decoder.ts";
import { finishPicture } from "../raster/finish.ts";
import type { Orientation } from "../../core/orientation.ts";
import { fitPicture } from "../raster/geometry.ts";
import { COLOUR_RGB } from "../kernel/layout.ts";
import { openRows } from "../raster/rows.ts";
import { corrupt, unsupported } from "../types.ts";
import { type BmpHeader, readBmp } from "./header.ts";
import { hasAnyAlpha, PixelReader, rowBytesOf } from "./pixels.ts";
import { readRunLength } from "./run-length.ts";

/**
 * BMP of any size, of OS/2 and Windows: palettes, 16, 24 and 32 bits, masks, run lengths; transparency, where a mask
 * tells of it and any pixel has some, onto white. Rows are shrunk as they lie in the file.
 */
export const bmpDecoder: ThumbnailDecoder = {
  name: "bmp",
  accepts: (contentType) => contentType === "image/bmp",
  decode: decodeBmp,
};

/** For each orientation the one that turns a picture as well that is stored upside down. */
const upsideDown: Readonly<Record<Orientation, Orientation>> = {
  1: 4,
  2: 3,
  3: 2,
  4: 1,
  5: 6,
  6: 5,
  7: 8,
  8: 7,
};

function decodeBmp(job: DecodeJob): DecodedPicture {
  const { kernel, bytes, facts, variant, account } = job;
  const header = readBmp(bytes);
  const { width, height, bits, isTopDown, profile } = header;
  if (width * height > maxPixels) {
    throw unsupported("too_many_pixels", `The picture has ${width} × ${height} pixels, too many to decode.`);
  }
  if (!header.isRunLength && header.pixelsAt + rowBytesOf(header) * height > bytes.length) {
    throw corrupt("The bitmap is cut short.");
  }
  const orientation = facts.orientation;
  const geometry = fitPicture(width, height, isTopDown ? orientation : upsideDown[orientation], variant);
  const pixels = bits > 8 ? new PixelReader(header, hasAnyAlpha(bytes, header)) : null;
  const depth = pixels !== null || header.isRunLength ? 8 : bits;
  const format =
    pixels !== null ? { depth, samples: pixels.samples } : { depth, samples: 1, lookup: header.palette };
  const sink = openRows(kernel, geometry, { width, height, format });
  const rowBytes = Math.ceil((width * depth * format.samples) / 8);
  // 16 bytes behind a row may be read
  const row = kernel.allocate(rowBytes + 32);
  if (header.isRunLength) account.take(width);
  eachRow(bytes, header, (stored) => {
    if (pixels !== null) pixels.read(stored, kernel.u8(row, rowBytes));
    else kernel.write(row, stored.subarray(0, rowBytes));
    return kernel.run.pushRow(sink.record, row) !== 0;
  });
  return { ...finishPicture(kernel, geometry, sink.channels, COLOUR_RGB), profile };
}

function eachRow(bytes: Uint8Array, header: BmpHeader, take: (row: Uint8Array) => boolean): void {
  const { width, height, bits, pixelsAt: at, isRunLength } = header;
  if (isRunLength) return readRunLength({ bytes, at, width, height, bits }, take);
  const stride = rowBytesOf(header);
  for (let y = 0; y < height; y++) if (take(bytes.subarray(at + y * stride, at + (y + 1) * stride))) return;
}
