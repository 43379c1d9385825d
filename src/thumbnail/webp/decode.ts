import { maxPixels } from "../budget.ts";
import type { DecodedPicture, DecodeJob, ThumbnailDecoder } from "../raster/decoder.ts";
import { initialBytes, maximumBytes } from "../module-memory.ts";
import { shrinkRows } from "../raster/pixels.ts";
import { withReserve } from "../raster/reserve.ts";
import { corrupt, unsupported } from "../types.ts";
import { frameFile, readWebpFile, type WebpFile, type WebpFrame } from "./container.ts";
import { LibwebpInstance, loadLibwebp, overBudget, type WebpPicture } from "./libwebp.ts";

/** Files above this are stored and served, not decoded here: the decoder has two copies of them beside the pixels. */
const maxFileBytes = 16 * 1024 * 1024;
/** What libwebp's data, its stack, and its notes on a row of blocks take, at the most. */
const baseBytes = 4 * 1024 * 1024;
/** Bytes that libwebp takes for a pixel, at the least and at the most; the least is what it hands out, as RGBA. */
const pixelBytes = {
  lossy: { least: 4, most: 4 },
  // The plane of alpha, and what it is decoded from: nothing, a byte, or ARGB with a plane of differences.
  lossyWithAlpha: { least: 5, most: 10 },
  // ARGB, which is smaller where pixels of few colours are packed.
  lossless: { least: 4, most: 8 },
} as const;

/**
 * WebP (RFC 9649) by libwebp: lossy and lossless, with and without alpha, which goes onto white; of an animation its
 * first picture: the first frame on the canvas, whose ground is white as well.
 */
export const webpDecoder: ThumbnailDecoder = {
  name: "webp",
  accepts: (contentType) => contentType === "image/webp",
  decode: decodeWebp,
};

async function decodeWebp(job: DecodeJob): Promise<DecodedPicture> {
  const { bytes, account } = job;
  if (bytes.length > maxFileBytes) {
    throw unsupported("file_too_large", `The file has ${bytes.length} bytes, too many to decode.`);
  }
  const file = readWebpFile(bytes);
  const { width, height, profile } = file;
  if (width * height > maxPixels) {
    throw unsupported("too_many_pixels", `The picture has ${width} × ${height} pixels, too many to decode.`);
  }
  const { least, most } = neededBytes(file.frame);
  if (least > maximumBytes) throw overBudget();
  const module = await loadLibwebp();
  const expected = Math.min(maximumBytes, Math.max(initialBytes, most));
  const decoded = withReserve(account, expected, () => {
    const instance = new LibwebpInstance(module);
    const result = instance.decode(frameFile(file.frame), (picture) => shrinkOnCanvas(picture, file, job));
    return { result, takenBytes: instance.bytes };
  });
  return { ...decoded, profile: profile ?? undefined };
}

/** What decoding a frame takes in all, at the least and at the most: the file is there twice, as passed and as read. */
function neededBytes({ coding, width, height, data, alpha }: WebpFrame): { least: number; most: number } {
  const { least, most } = pixelBytes[coding === "lossy" && alpha !== null ? "lossyWithAlpha" : coding];
  const base = baseBytes + 2 * (data.length + (alpha?.length ?? 0));
  return { least: base + least * width * height, most: base + most * width * height };
}

/** Rows of the canvas: white, but for where the frame lies. */
function shrinkOnCanvas(picture: WebpPicture, file: WebpFile, job: DecodeJob): DecodedPicture {
  const { width, height, x, y, frame } = file;
  if (picture.width !== frame.width || picture.height !== frame.height) {
    throw corrupt("The picture has another size than told.");
  }
  return shrinkRows(job, { width, height, samples: 4 }, (row, target) => {
    const from = (row - y) * frame.width * 4;
    if (row < y || row >= y + frame.height) target.fill(255);
    else {
      if (frame.width < width) target.fill(255);
      target.set(picture.pixels.subarray(from, from + frame.width * 4), x * 4);
    }
  });
}
