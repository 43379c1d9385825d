import { doubleAt, floatAt } from "../number-at.ts";
import { solve } from "./equations.ts";
import type { Plane } from "./plane.ts";

/** What each of the 256 shades of one picture is in another one. */
export type ToneCurve = Float32Array;

const shades = 256;
/** A fitted curve has a knot at every so many shades, and is straight between. */
const knotStep = 16;
const knots = shades / knotStep + 1;
/** How stiff a fitted curve is where few pixels hold it, as a share of all pixels: what has a shade of its own bends nothing. */
const stiffness = 0.05;
/** A pixel that is so many shades off the curve counts half as much as one on it. */
const tolerance = 8;

/**
 * The curve by rank: as many pixels of `from` are darker than a shade as pixels of `to` are darker than what becomes of it.
 * The planes need not lie on each other for that, but must show much the same; their outermost `margin` does not count.
 */
export function rankedCurve(from: Plane, to: Plane, margin: number): ToneCurve {
  const [there, here] = [histogramOf(to, margin), histogramOf(from, margin)];
  const curve = new Float32Array(shades);
  let [shade, left] = [0, doubleAt(there, 0)];
  let last = -1;
  for (let i = 0; i < shades; i++) {
    const count = doubleAt(here, i);
    let [sum, missing] = [0, count];
    while (missing > 1e-9 && shade < shades) {
      const taken = Math.min(missing, left);
      sum += taken * shade;
      missing -= taken;
      left -= taken;
      if (left <= 1e-9) left = doubleAt(there, ++shade);
    }
    if (count <= 1e-9) continue;
    fillUp(curve, last, { to: i, value: sum / (count - missing) });
    last = i;
  }
  return curve.fill(floatAt(curve, Math.max(0, last)), last + 1);
}

/** A straight line from the shade `last`, or a level one from the start, to another shade. */
function fillUp(curve: ToneCurve, last: number, { to, value }: { to: number; value: number }): void {
  const start = last < 0 ? value : floatAt(curve, last);
  for (let i = last + 1; i <= to; i++) curve[i] = start + ((value - start) * (i - last)) / (to - last);
}

/** The share of pixels that have each shade. */
function histogramOf({ width, height, values }: Plane, margin: number): Float64Array {
  const aside = Math.floor(width * margin);
  const above = Math.floor(height * margin);
  const share = 1 / ((width - 2 * aside) * (height - 2 * above));
  const histogram = new Float64Array(shades);
  for (let y = above; y < height - above; y++) {
    for (let x = aside; x < width - aside; x++) {
      const shade = Math.round(floatAt(values, y * width + x));
      histogram[shade] = doubleAt(histogram, shade) + share;
    }
  }
  return histogram;
}

/**
 * The curve by place: what becomes of the shades of `from` where `to` lies on it. It is smooth, and what only few pixels
 * say bends it little, so that it tells of brightness and contrast and not of what has changed in the picture.
 */
export function fittedCurve(from: Plane, to: Plane, start: ToneCurve): ToneCurve {
  let curve = start;
  for (let round = 0; round < 2; round++) curve = fitOnce(from, to, curve);
  return curve;
}

function fitOnce(from: Plane, to: Plane, before: ToneCurve): ToneCurve {
  const counts = new Float64Array(shades);
  const sums = new Float64Array(shades);
  for (let i = 0; i < from.values.length; i++) {
    const shade = Math.round(floatAt(from.values, i));
    const value = floatAt(to.values, i);
    const off = (value - floatAt(before, shade)) / tolerance;
    const weight = 1 / (1 + off * off);
    counts[shade] = doubleAt(counts, shade) + weight;
    sums[shade] = doubleAt(sums, shade) + weight * value;
  }
  return curveThrough(solveKnots(counts, sums, stiffness * from.values.length));
}

/** The knots whose curve is nearest to the sums, its bends counting as much as `weight` pixels would. */
function solveKnots(counts: Float64Array, sums: Float64Array, weight: number): Float64Array {
  const matrix = new Float64Array(knots * knots);
  const right = new Float64Array(knots);
  const add = (row: number, column: number, value: number): void => {
    matrix[row * knots + column] = doubleAt(matrix, row * knots + column) + value;
  };
  for (let shade = 0; shade < shades; shade++) {
    const knot = Math.floor(shade / knotStep);
    const share = shade / knotStep - knot;
    const [count, sum] = [doubleAt(counts, shade), doubleAt(sums, shade)];
    add(knot, knot, count * (1 - share) * (1 - share));
    add(knot, knot + 1, count * share * (1 - share));
    add(knot + 1, knot, count * share * (1 - share));
    add(knot + 1, knot + 1, count * share * share);
    right[knot] = doubleAt(right, knot) + sum * (1 - share);
    right[knot + 1] = doubleAt(right, knot + 1) + sum * share;
  }
  const bend = [1, -2, 1];
  for (let knot = 1; knot + 1 < knots; knot++) {
    bend.forEach((one, i) => {
      bend.forEach((two, j) => add(knot - 1 + i, knot - 1 + j, weight * one * two));
    });
  }
  // A picture of one shade has no slope: it gets that of a picture that stays as it is.
  for (let knot = 0; knot < knots; knot++) {
    add(knot, knot, 1e-3);
    right[knot] = doubleAt(right, knot) + 1e-3 * knot * knotStep;
  }
  return solve(matrix, right);
}

function curveThrough(values: Float64Array): ToneCurve {
  return Float32Array.from({ length: shades }, (_, shade) => {
    const knot = Math.floor(shade / knotStep);
    const share = shade / knotStep - knot;
    return doubleAt(values, knot) * (1 - share) + doubleAt(values, knot + 1) * share;
  });
}

/** A plane with its shades changed by a curve. */
export function toned(plane: Plane, curve: ToneCurve): Plane {
  const values = plane.values.map((value) => {
    const shade = Math.max(0, Math.min(shades - 2, Math.floor(value)));
    const share = value - shade;
    return floatAt(curve, shade) * (1 - share) + floatAt(curve, shade + 1) * share;
  });
  return { ...plane, values };
}
