import { byteAt, doubleAt, integerAt } from "../number-at.ts";
import { type Windows, windowsAlong } from "./windows.ts";

/** The picture is seen through so many points along each side. */
export const gridSide = 64;

/** A picture with a longer side is brought to a square of this side first, so that its size does not count. */
const largestSide = 512;

/** How a picture lies in memory: its sides in pixels, and how many bytes after a row the next one begins. */
interface Layout {
  readonly width: number;
  readonly height: number;
  readonly rowBytes: number;
}

/**
 * The lightness (luma of Rec. 601, 0 to 255) of a picture at 64 × 64 points, row by row, blurred so that each point stands
 * for the pixels around it. Scaling, blurring and sampling are linear and each works along one side at a time, so that they
 * come down to one weighted sum along rows and one along columns: nothing as large as the picture is kept between.
 */
export function lumaGridOf(pixels: Uint8Array, { width, height, rowBytes }: Layout): Float64Array {
  const scaled = width > largestSide || height > largestSide ? largestSide : null;
  const columns = windowsAlong(width, scaled, gridSide);
  const rows = windowsAlong(height, scaled, gridSide);
  const line = new Float64Array(gridSide);
  const grid = new Float64Array(gridSide * gridSide);
  let k = 0;
  for (let i = 0; i < gridSide; i++) {
    const points = grid.subarray(i * gridSide, (i + 1) * gridSide);
    let y = integerAt(rows.firsts, i);
    for (const end = integerAt(rows.ends, i); k < end; k++, y++) {
      readRow(line, pixels, { start: y * rowBytes, columns });
      addScaled(points, line, doubleAt(rows.weights, k));
    }
  }
  return grid;
}

/** Puts into `line` what the points see of the row of pixels that begins at byte `start`. */
function readRow(
  line: Float64Array,
  pixels: Uint8Array,
  { start, columns }: { start: number; columns: Windows },
): void {
  const { firsts, ends, weights } = columns;
  let k = 0;
  for (let j = 0; j < gridSide; j++) {
    let [red, green, blue] = [0, 0, 0];
    let at = start + integerAt(firsts, j) * 3;
    for (const end = integerAt(ends, j); k < end; k++, at += 3) {
      const weight = doubleAt(weights, k);
      red += weight * byteAt(pixels, at);
      green += weight * byteAt(pixels, at + 1);
      blue += weight * byteAt(pixels, at + 2);
    }
    line[j] = 0.299 * red + 0.587 * green + 0.114 * blue;
  }
}

function addScaled(sums: Float64Array, numbers: Float64Array, factor: number): void {
  for (let j = 0; j < gridSide; j++) sums[j] = doubleAt(sums, j) + doubleAt(numbers, j) * factor;
}
