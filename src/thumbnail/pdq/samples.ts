/** The picture is seen through so many points along each side. */
export const gridSide = 64;

/** A picture with a longer side is brought to a square of this side first, so that its size does not count. */
const largestSide = 512;

/** What a point sees of a row or a column: neighbouring pixels, each with its share. */
interface Window {
  readonly first: number;
  readonly weights: Float64Array;
}

/**
 * The lightness (luma of Rec. 601, 0 to 255) of a picture at 64 × 64 points, row by row, blurred so that each point stands
 * for the pixels around it. Scaling, blurring and sampling are linear and each works along one side at a time, so that they
 * come down to one weighted mean along rows and one along columns: nothing as large as the picture is kept between.
 */
export function lumaGridOf(pixels: Uint8Array, width: number, height: number): Float64Array {
  const isLarge = width > largestSide || height > largestSide;
  const columns = windowsAlong(width, isLarge ? largestSide : width);
  const rows = windowsAlong(height, isLarge ? largestSide : height);
  const grid = new Float64Array(gridSide * gridSide);
  for (const [i, { first, weights }] of rows.entries()) {
    const points = grid.subarray(i * gridSide, (i + 1) * gridSide);
    for (const [k, weight] of weights.entries()) {
      const y = first + k;
      addRow(points, pixels.subarray(y * width * 3, (y + 1) * width * 3), { windows: columns, weight });
    }
  }
  return grid;
}

function addRow(
  points: Float64Array,
  row: Uint8Array,
  { windows, weight }: { windows: readonly Window[]; weight: number },
): void {
  for (const [j, { first, weights }] of windows.entries()) {
    let sum = 0;
    let at = first * 3;
    for (let k = 0; k < weights.length; k++, at += 3) {
      const luma = 0.299 * (row[at] ?? 0) + 0.587 * (row[at + 1] ?? 0) + 0.114 * (row[at + 2] ?? 0);
      sum += (weights[k] ?? 0) * luma;
    }
    points[j] = (points[j] ?? 0) + sum * weight;
  }
}

/** The windows of the points along a side of `size` pixels that is brought to `scaled` pixels. */
function windowsAlong(size: number, scaled: number): Window[] {
  // Two means over half of a point's share reach about as far as that share, and fall off towards its ends.
  const span = Math.ceil(scaled / (2 * gridSide));
  return Array.from({ length: gridSide }, (_, i) => {
    const centre = Math.floor(((i + 0.5) * scaled) / gridSide);
    const blurred = blur(blur({ first: centre, weights: Float64Array.of(1) }, span, scaled), span, scaled);
    return size === scaled ? blurred : unscale(blurred, size, scaled);
  });
}

/** What a window sees through a mean over `span` pixels, of which there are fewer at the ends of a side of `size` pixels. */
function blur({ first, weights }: Window, span: number, size: number): Window {
  const before = Math.floor((span - 1) / 2);
  const behind = Math.floor(span / 2);
  const from = Math.max(0, first - before);
  const end = Math.min(size, first + weights.length + behind);
  const blurred = new Float64Array(end - from);
  for (const [k, weight] of weights.entries()) {
    const low = Math.max(0, first + k - before);
    const high = Math.min(size, first + k + behind + 1);
    for (let at = low; at < high; at++) blurred[at - from] = (blurred[at - from] ?? 0) + weight / (high - low);
  }
  return { first: from, weights: blurred };
}

/** What a window over the scaled side sees of the `size` pixels that are there: each by the length that they share. */
function unscale({ first, weights }: Window, size: number, scaled: number): Window {
  const step = size / scaled;
  const from = Math.floor(first * step);
  const end = Math.min(size, Math.ceil((first + weights.length) * step));
  const shares = new Float64Array(end - from);
  for (const [k, weight] of weights.entries()) {
    const low = (first + k) * step;
    const high = (first + k + 1) * step;
    for (let at = Math.floor(low); at < Math.min(high, size); at++) {
      const shared = Math.min(high, at + 1) - Math.max(low, at);
      shares[at - from] = (shares[at - from] ?? 0) + (weight * shared) / step;
    }
  }
  return { first: from, weights: shares };
}
