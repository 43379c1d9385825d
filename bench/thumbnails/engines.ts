import { PhotonImage, resize, SamplingFilter } from "@cf-wasm/photon/node";
import sharp from "sharp";
import { makeThumbnail } from "../../src/thumbnail/thumbnail.ts";
import type { MadeThumbnail, Variant } from "../../src/thumbnail/types.ts";
import type { BenchPicture } from "./pictures.ts";

sharp.concurrency(1);
sharp.cache(false);

/** Edge of the thumbnails that are measured, and their quality everywhere. */
const size = 512;
const quality = 80;

/** Our thumbnail. */
export async function ours(
  picture: BenchPicture,
  fit: Variant["fit"] = "cover",
  withPixels = false,
): Promise<MadeThumbnail> {
  const { bytes, width, height, kind } = picture;
  const contentType = kind === "png" ? "image/png" : "image/jpeg";
  const facts = { contentType, width, height, orientation: 1 } as const;
  const result = await makeThumbnail(bytes, facts, { size: size, fit }, { withPixels });
  if (result.outcome !== "made") throw new Error(result.reason.detail);
  return result;
}

/** sharp's: native libvips, one thread, no cache. */
export function native({ bytes }: BenchPicture): Promise<Buffer> {
  return sharp(bytes, { limitInputPixels: false }).resize(size, size).jpeg({ quality: quality }).toBuffer();
}

/** sharp's pixels, the whole picture: there is no crop that it would round. */
export function nativePixels({ bytes }: BenchPicture): Promise<Buffer> {
  const image = sharp(bytes, { limitInputPixels: false });
  return image.resize(size, size, { fit: "inside", kernel: "lanczos3" }).removeAlpha().raw().toBuffer();
}

/** Photon's: everything decoded, then resized to cover; the crop is left out in its favour. */
export function photon({ bytes, width, height }: BenchPicture): Uint8Array {
  const image = PhotonImage.new_from_byteslice(bytes);
  const scale = size / Math.min(width, height);
  const small = resize(image, Math.round(width * scale), Math.round(height * scale), SamplingFilter.Lanczos3);
  const jpeg = small.get_bytes_jpeg(quality);
  image.free();
  small.free();
  return jpeg;
}

/** Likeness in decibels. */
export function psnr(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) return 0;
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2;
  return 10 * Math.log10((255 * 255 * a.length) / sum);
}

/** The middle of some numbers. */
export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
