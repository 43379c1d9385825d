import type { Orientation } from "../../../src/core/orientation.ts";
import { makeThumbnail } from "../../../src/thumbnail/thumbnail.ts";
import {
  variantOf,
  type MadeThumbnail,
  type ThumbnailFit,
  type ThumbnailResult,
  type ThumbnailSize,
} from "../../../src/thumbnail/types.ts";

/** What a test wants of a thumbnail; `cover` at 128 pixels, upright, if it says nothing. */
export interface Wish {
  size?: ThumbnailSize;
  fit?: ThumbnailFit;
  contentType?: string;
  width?: number;
  height?: number;
  orientation?: Orientation;
}

/** Makes a thumbnail, with its pixels. */
export function make(bytes: Uint8Array, wish: Wish = {}): Promise<ThumbnailResult> {
  const {
    size = 128,
    fit = "cover",
    contentType = "image/jpeg",
    width = 0,
    height = 0,
    orientation = 1,
  } = wish;
  const variant = variantOf(size, fit);
  if (variant === null) throw new Error(`There is no ${fit} of ${size} pixels.`);
  return makeThumbnail(bytes, { contentType, width, height, orientation }, variant, { withPixels: true });
}

/** The same where it must work. */
export async function mustMake(
  bytes: Uint8Array,
  wish?: Wish,
): Promise<MadeThumbnail & { pixels: Uint8Array }> {
  const result = await make(bytes, wish);
  if (result.outcome !== "made" || !result.pixels) throw new Error(JSON.stringify(result));
  return { ...result, pixels: result.pixels };
}

const corners = [
  [10, 10],
  [110, 10],
  [10, 110],
  [110, 110],
] as const;

/** The colours near the corners of a 128-pixel thumbnail, row by row: those of the quadrants. */
export async function cornersOf(bytes: Uint8Array, wish: Wish): Promise<number[][]> {
  const { pixels } = await mustMake(bytes, wish);
  return corners.map(([x, y]) => Array.from(pixels.subarray((y * 128 + x) * 3, (y * 128 + x) * 3 + 3)));
}
