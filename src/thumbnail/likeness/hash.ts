import { pictureHashOf, type PictureHash } from "../pdq/pdq.ts";
import { byteAt } from "../number-at.ts";
import { withinBorder } from "./border.ts";

/** The hashes by which copies of a picture are found. */
export interface BorderedHash extends PictureHash {
  /**
   * The PDQ hash of what lies within the picture's border, since a border of 2 % turns a fifth of the bits; null for a
   * picture without a border, as nearly all are.
   */
  readonly innerHash: string | null;
}

/** The hashes of a picture (RGB, rows without gaps), with and without its border; null for one that is too small. */
export function hashesOf(pixels: Uint8Array, width: number, height: number): BorderedHash | null {
  const hash = pictureHashOf(pixels, width, height);
  return hash === null ? null : { ...hash, innerHash: innerHashOf(pixels, width, height) };
}

function innerHashOf(pixels: Uint8Array, width: number, height: number): string | null {
  const { left, right, top, bottom } = withinBorder({
    width,
    height,
    shadeAt: (x, y) => {
      const at = (y * width + x) * 3;
      return 0.299 * byteAt(pixels, at) + 0.587 * byteAt(pixels, at + 1) + 0.114 * byteAt(pixels, at + 2);
    },
  });
  const [firstColumn, endColumn] = [Math.round(left * width), Math.round(right * width)];
  const [firstRow, endRow] = [Math.round(top * height), Math.round(bottom * height)];
  const size = { width: endColumn - firstColumn, height: endRow - firstRow };
  if (size.width === width && size.height === height) return null;
  const inner = pixels.subarray((firstRow * width + firstColumn) * 3);
  return pictureHashOf(inner, size.width, size.height, width * 3)?.hash ?? null;
}
