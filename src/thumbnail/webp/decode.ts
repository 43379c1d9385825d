import { MAX_PIXELS } from "../budget.ts";
import type { DecodedPicture, DecodeJob, ThumbnailDecoder } from "../decoder.ts";
import { INITIAL_BYTES, MAXIMUM_BYTES } from "../module-memory.ts";
import { shrinkRows } from "../pixels.ts";
import { withReserve } from "../reserve.ts";
import { corrupt, unsupported } from "../types.ts";
import { frameFile, readWebpFile, type WebpFile } from "./container.ts";
import { LibwebpInstance, loadLibwebp, overBudget, type WebpPicture } from "./libwebp.ts";

/** Files above this are stored and served, not decoded here: the decoder has two copies of them beside the pixels. */
const maxFileBytes = 16 * 1024 * 1024;
/** What libwebp's data, its stack, and its notes on a row of blocks take, at the most. */
const baseBytes = 4 * 1024 * 1024;
/** What it takes for a pixel: RGBA; beside it a plane of alpha, whose coding is that of a lossless picture; its own ARGB. */
const lossyBytesPerPixel = 4;
const alphaBytesPerPixel = 9;
const losslessBytesPerPixel = 8;

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
  if (width * height > MAX_PIXELS) {
    throw unsupported("too_many_pixels", `The picture has ${width} × ${height} pixels, too many to decode.`);
  }
  const expected = neededBytes(file);
  if (expected > MAXIMUM_BYTES) throw overBudget();
  const module = await loadLibwebp();
  const decoded = withReserve(account, Math.max(INITIAL_BYTES, expected), () => {
    const instance = new LibwebpInstance(module);
    const result = instance.decode(frameFile(file.frame), (picture) => shrinkOnCanvas(picture, file, job));
    return { result, takenBytes: instance.bytes };
  });
  return { ...decoded, profile: profile ?? undefined };
}

function neededBytes({ frame: { coding, width, height, data, alpha } }: WebpFile): number {
  const lossy = alpha === null ? lossyBytesPerPixel : alphaBytesPerPixel;
  const perPixel = coding === "lossless" ? losslessBytesPerPixel : lossy;
  return baseBytes + 2 * (data.length + (alpha?.length ?? 0)) + perPixel * width * height;
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
