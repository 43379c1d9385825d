import { rgbaToThumbHash } from "thumbhash";

/** ThumbHash takes pictures of up to 100 pixels a side, and sees no more in one than in one of this size. */
const maxSide = 32;

/**
 * The ThumbHash of a picture (RGB, rows without gaps), in base64: two dozen bytes that a client turns into a blurred
 * placeholder.
 */
export function thumbhashOf(pixels: Uint8Array, width: number, height: number): string {
  const shrink = Math.max(1, Math.max(width, height) / maxSide);
  const [outWidth, outHeight] = [width, height].map((side) => Math.max(1, Math.round(side / shrink)));
  if (!outWidth || !outHeight) throw new Error("a picture has a size");
  const rgba = new Uint8Array(outWidth * outHeight * 4).fill(255);
  for (let y = 0; y < outHeight; y++) {
    const rows = span(y, outHeight, height);
    for (let x = 0; x < outWidth; x++) {
      const mean = meanColour(pixels, width, { rows, columns: span(x, outWidth, width) });
      rgba.set(mean, (y * outWidth + x) * 4);
    }
  }
  return btoa(String.fromCharCode(...rgbaToThumbHash(outWidth, outHeight, rgba)));
}

interface Span {
  readonly from: number;
  readonly end: number;
}

/** The pixels that make up pixel `i` of `count`. */
function span(i: number, count: number, size: number): Span {
  return { from: Math.floor((i * size) / count), end: Math.ceil(((i + 1) * size) / count) };
}

function meanColour(
  pixels: Uint8Array,
  width: number,
  { rows, columns }: { rows: Span; columns: Span },
): [number, number, number] {
  let [red, green, blue] = [0, 0, 0];
  for (let y = rows.from; y < rows.end; y++) {
    for (let x = columns.from; x < columns.end; x++) {
      const at = (y * width + x) * 3;
      red += pixels[at] ?? 0;
      green += pixels[at + 1] ?? 0;
      blue += pixels[at + 2] ?? 0;
    }
  }
  const count = (rows.end - rows.from) * (columns.end - columns.from);
  return [Math.round(red / count), Math.round(green / count), Math.round(blue / count)];
}
