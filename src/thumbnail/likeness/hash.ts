import { pictureHashOf, type PictureHash } from "../pdq/pdq.ts";
import { withinBorder } from "./border.ts";

/**
 * The PDQ hash by which copies of a picture (RGB, rows without gaps) are found: of what lies within its border, if it has
 * one, since a border of 2 % turns a fifth of the bits. Null for a picture that is too small.
 */
export function borderlessHashOf(pixels: Uint8Array, width: number, height: number): PictureHash | null {
  const { left, right, top, bottom } = withinBorder({
    width,
    height,
    shadeAt: (x, y) => {
      const at = (y * width + x) * 3;
      return 0.299 * (pixels[at] ?? 0) + 0.587 * (pixels[at + 1] ?? 0) + 0.114 * (pixels[at + 2] ?? 0);
    },
  });
  const [firstColumn, endColumn] = [Math.round(left * width), Math.round(right * width)];
  const [firstRow, endRow] = [Math.round(top * height), Math.round(bottom * height)];
  const size = { width: endColumn - firstColumn, height: endRow - firstRow };
  if (size.width === width && size.height === height) return pictureHashOf(pixels, width, height);
  const inner = new Uint8Array(size.width * size.height * 3);
  for (let row = 0; row < size.height; row++) {
    const from = ((firstRow + row) * width + firstColumn) * 3;
    inner.set(pixels.subarray(from, from + size.width * 3), row * size.width * 3);
  }
  return pictureHashOf(inner, size.width, size.height);
}
