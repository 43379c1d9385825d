import { doubleAt, floatAt, integerAt } from "../number-at.ts";
import type { Plane } from "./plane.ts";
import { fittedCurve, rankedCurve, toned } from "./tone.ts";

/** What two pictures differ by is looked at in windows of so many pixels a side, everywhere but at the edges. */
const windowSide = 4;
const edgePixels = 2;
/** A picture that is saved again, or made small, differs by at most so much of how steep its shades are there: */
const mostLoss = 0.6;
/** in shades, what all parts may differ by on top of that; */
const plainLoss = 4;
/** where the brightness is another, by so much of the change: what is clipped in one colour is not in proportion to the rest; */
const tonedLoss = 0.15;
/** and what a window must differ by to show something else, in units of what it may differ by. */
const mostOutstanding = 3.5;
/** Parts that are flatter than this tell nothing of how much was lost. */
const leastSlope = 2;
const lossSteps = 256;

/**
 * Whether two pictures that lie on each other show the same everywhere. What a copy has lost, it has lost in proportion to
 * how much there is in each place: an object that has moved stands out from that.
 */
export function isSameDetail(picture: Plane, other: Plane): boolean {
  const { loss, outstanding } = differenceOf(picture, other);
  return loss <= mostLoss && outstanding <= mostOutstanding;
}

/** What two pictures that lie on each other differ by. */
export interface Difference {
  /** The usual difference of shades, as a share of how steep they are. */
  readonly loss: number;
  /** The greatest difference of a window's mean, in units of what it may be by that. */
  readonly outstanding: number;
  /** How much brighter or darker the one is, in shades. */
  readonly change: number;
}

/** What two pictures that lie on each other differ by, but for brightness and contrast. */
export function differenceOf(picture: Plane, other: Plane): Difference {
  const size = { width: picture.width, height: picture.height };
  const { residue, change } = residueOf(picture, other);
  const means = windowMeans({ ...size, values: residue });
  const powers = windowMeans({ ...size, values: residue.map((value) => value * value) });
  const slopes = windowMeans({ ...size, values: steepness(picture, other) }).map(root);
  const loss = usualLoss(powers, slopes);
  let outstanding = 0;
  for (let i = 0; i < means.length; i++) {
    const usual = plainLoss + tonedLoss * change + loss * floatAt(slopes, i);
    outstanding = Math.max(outstanding, Math.abs(floatAt(means, i)) / usual);
  }
  return { loss, outstanding, change };
}

/** The middle one of what windows differ by, as a share of how steep they are; more than 2 counts as 2. */
function usualLoss(powers: Float32Array, slopes: Float32Array): number {
  const counts = new Int32Array(2 * lossSteps + 1);
  for (let i = 0; i < powers.length; i++) {
    const share = root(floatAt(powers, i)) / (floatAt(slopes, i) + leastSlope);
    const step = Math.min(2 * lossSteps, Math.floor(share * lossSteps));
    counts[step] = integerAt(counts, step) + 1;
  }
  let step = 0;
  for (let below = integerAt(counts, 0); 2 * below < powers.length; below += integerAt(counts, step)) step++;
  return (step + 0.5) / lossSteps;
}

/** Of what may be a little below 0 where sums are rounded. */
function root(value: number): number {
  return Math.sqrt(Math.max(0, value));
}

/**
 * What is left at each pixel when the shades of one picture are brought to those of the other, or the other way round,
 * whichever is less; and how much that changes the shades.
 */
function residueOf(picture: Plane, other: Plane): { residue: Float32Array; change: number } {
  const there = toned(picture, fittedCurve(picture, other, rankedCurve(picture, other, 0))).values;
  const here = toned(other, fittedCurve(other, picture, rankedCurve(other, picture, 0))).values;
  const residue = new Float32Array(picture.values.length);
  let change = 0;
  for (let i = 0; i < residue.length; i++) {
    const [value, otherValue] = [floatAt(picture.values, i), floatAt(other.values, i)];
    // Of a shade that is clipped in one of them nothing can be told in the other, but well the other way round.
    const one = floatAt(here, i) - value;
    const two = otherValue - floatAt(there, i);
    residue[i] = Math.abs(one) < Math.abs(two) ? one : two;
    change += Math.max(Math.abs(floatAt(here, i) - otherValue), Math.abs(floatAt(there, i) - value));
  }
  return { residue, change: change / residue.length };
}

/** The mean square of both pictures' slopes at each pixel, in shades a pixel; none at the edges. */
function steepness({ width, height, values }: Plane, other: Plane): Float32Array {
  const squares = new Float32Array(values.length);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      let sum = 0;
      for (const shades of [values, other.values]) {
        const across = floatAt(shades, at + 1) - floatAt(shades, at - 1);
        const down = floatAt(shades, at + width) - floatAt(shades, at - width);
        sum += across * across + down * down;
      }
      squares[at] = sum / 8;
    }
  }
  return squares;
}

/** The mean of every window, but for those at the edges. */
function windowMeans({ width, height, values }: Plane): Float32Array {
  const columns = Math.max(0, width - 2 * edgePixels - windowSide + 1);
  const rows = Math.max(0, height - 2 * edgePixels - windowSide + 1);
  const means = new Float32Array(columns * rows);
  const sums = new Float64Array(width);
  for (let y = 0; y < height - edgePixels; y++) {
    const row = y - edgePixels - windowSide + 1;
    for (let x = 0; x < width; x++) {
      const leaving = row > 0 ? floatAt(values, (y - windowSide) * width + x) : 0;
      const entering = y >= edgePixels ? floatAt(values, y * width + x) : 0;
      sums[x] = doubleAt(sums, x) + entering - leaving;
    }
    if (row < 0) continue;
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let k = 0; k < windowSide; k++) sum += doubleAt(sums, column + edgePixels + k);
      means[row * columns + column] = sum / (windowSide * windowSide);
    }
  }
  return means;
}
