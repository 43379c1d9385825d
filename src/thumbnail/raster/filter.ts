/** Weights of one axis of a resampling: output `i` is the sum of `taps` samples from `starts[i]` on. */
export interface AxisFilter {
  readonly starts: Int32Array;
  /** `starts.length × taps` weights, 1.0 = 16384; those of one output add up to exactly that. */
  readonly weights: Int16Array;
  readonly taps: number;
  /** First sample that is used, and one past the last. */
  readonly first: number;
  readonly end: number;
}

/** An axis to resample: `outputs` pixels made of a stretch of a row or column of samples. */
export interface Axis {
  readonly outputs: number;
  /** The stretch, in samples, not necessarily whole. */
  readonly from: number;
  readonly length: number;
  /** How many samples there are in all; the outermost ones are repeated beyond. */
  readonly samples: number;
  /** The number of taps is rounded up to a multiple of this. */
  readonly multiple: number;
}

const lobes = 3;
const one = 16384;

function lanczos(x: number): number {
  if (Math.abs(x) >= lobes) return 0;
  if (Math.abs(x) < 1e-9) return 1;
  const a = Math.PI * x;
  return (lobes * Math.sin(a) * Math.sin(a / lobes)) / (a * a);
}

/**
 * Lanczos-3 weights for an axis. When shrinking, the kernel is widened by the ratio, so that nothing above the
 * new Nyquist frequency comes through; when enlarging it interpolates.
 */
export function lanczosFilter(axis: Axis): AxisFilter {
  const { outputs, from, length, samples, multiple } = axis;
  const ratio = length / outputs;
  const width = Math.max(1, ratio);
  const reach = lobes * width;
  const spread = Math.min(samples, Math.floor(2 * reach) + 2);
  const taps = Math.ceil(spread / multiple) * multiple;
  const starts = new Int32Array(outputs);
  const weights = new Int16Array(outputs * taps);
  const exact = new Float64Array(taps);
  let first = samples;
  let end = 0;
  for (let i = 0; i < outputs; i++) {
    const centre = from + (i + 0.5) * ratio - 0.5;
    const left = Math.ceil(centre - reach);
    const right = Math.floor(centre + reach);
    const start = Math.min(Math.max(left, 0), samples - 1);
    exact.fill(0);
    let total = 0;
    for (let k = left; k <= right; k++) {
      const weight = lanczos((k - centre) / width);
      const at = Math.min(Math.max(k, 0), samples - 1) - start;
      exact[at] = (exact[at] ?? 0) + weight;
      total += weight;
    }
    writeWeights(exact, total, weights.subarray(i * taps, (i + 1) * taps));
    starts[i] = start;
    first = Math.min(first, start);
    end = Math.max(end, Math.min(Math.max(right, 0), samples - 1) + 1);
  }
  return { starts, weights, taps, first, end };
}

/** Rounds to 1/16384; what rounding leaves over goes to the largest weight. */
function writeWeights(exact: Float64Array, total: number, weights: Int16Array): void {
  let sum = 0;
  let largest = 0;
  for (let k = 0; k < exact.length; k++) {
    const weight = Math.round(((exact[k] ?? 0) / total) * one);
    weights[k] = weight;
    sum += weight;
    if (weight > (weights[largest] ?? 0)) largest = k;
  }
  weights[largest] = (weights[largest] ?? 0) + one - sum;
}
