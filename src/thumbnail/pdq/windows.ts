/** What points along a side see of it: each some neighbouring pixels, with weights that make one together. */
export interface Windows {
  /** The first pixel of each point. */
  readonly firsts: Int32Array;
  /** Where the weights of each point end, which is where those of the next begin. */
  readonly ends: Int32Array;
  readonly weights: Float64Array;
}

/** What one point sees. */
interface Window {
  readonly first: number;
  readonly weights: readonly number[];
}

/**
 * The windows of `count` points along a side of `size` pixels that are brought to `scaled` pixels first, or to none but
 * those that are there where that is null.
 */
export function windowsAlong(size: number, scaled: number | null, count: number): Windows {
  const side = scaled ?? size;
  // Two means over half of a point's share reach about as far as that share, and fall off towards its ends.
  const span = Math.ceil(side / (2 * count));
  // A mean over an even number of pixels sees one more behind than before, two of them are off by a pixel. Where the picture
  // is scaled anyway that is taken back, so that it and its mirror image are seen nearly alike; elsewhere all is as in the
  // reference implementation.
  const takenBack = scaled === null || span % 2 === 1 ? 0 : 1;
  const windows = Array.from({ length: count }, (_, i) => {
    const centre = Math.floor(((i + 0.5) * side) / count) - takenBack;
    const blurred = blur(blur({ first: centre, weights: [1] }, span, side), span, side);
    return scaled === null ? blurred : unscale(blurred, size, scaled);
  });
  return packed(windows);
}

function packed(windows: readonly Window[]): Windows {
  let end = 0;
  return {
    firsts: Int32Array.from(windows, ({ first }) => first),
    ends: Int32Array.from(windows, ({ weights }) => (end += weights.length)),
    weights: Float64Array.from(windows.flatMap(({ weights }) => weights)),
  };
}

/** What a window sees through a mean over `span` pixels, of which there are fewer at the ends of a side of `size` pixels. */
function blur({ first, weights }: Window, span: number, size: number): Window {
  const before = Math.floor((span - 1) / 2);
  const behind = Math.floor(span / 2);
  const from = Math.max(0, first - before);
  const end = Math.min(size, first + weights.length + behind);
  const blurred = zeros(end - from);
  for (const [k, weight] of weights.entries()) {
    const low = Math.max(0, first + k - before);
    const high = Math.min(size, first + k + behind + 1);
    for (let at = low; at < high; at++)
      blurred[at - from] = (blurred[at - from] ?? 0) + weight / (high - low);
  }
  return { first: from, weights: blurred };
}

/** What a window over the scaled side sees of the `size` pixels that are there: each by the length that they share. */
function unscale({ first, weights }: Window, size: number, scaled: number): Window {
  const step = size / scaled;
  const from = Math.floor(first * step);
  const end = Math.min(size, Math.ceil((first + weights.length) * step));
  const shares = zeros(end - from);
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

function zeros(count: number): number[] {
  return Array.from({ length: count }, () => 0);
}
