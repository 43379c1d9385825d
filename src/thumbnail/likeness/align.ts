import { doubleAt, floatAt } from "../number-at.ts";
import { solve } from "./equations.ts";
import { halved, type Part, type Plane } from "./plane.ts";

/**
 * How a picture lies on another one: the point (u, v) of the first, −1 to 1 from edge to edge, lies at
 * (u + x₀ + x₁u + x₂v, v + y₀ + y₁u + y₂v) of the other: `[x₀, x₁, x₂, y₀, y₁, y₂]`.
 */
export type Placement = Float64Array;

/** The placement of a picture on another one where that of a part of it on a part of the other is known. */
export function placementOfWhole(placement: Placement, part: Part, other: Part): Placement {
  const [x0 = 0, x1 = 0, x2 = 0, y0 = 0, y1 = 0, y2 = 0] = placement;
  const place = (u: number, v: number): readonly [number, number] => {
    const across = inPart(u, [part.left, part.right]);
    const down = inPart(v, [part.top, part.bottom]);
    return [
      ofWhole(across + x0 + x1 * across + x2 * down, [other.left, other.right]) - u,
      ofWhole(down + y0 + y1 * across + y2 * down, [other.top, other.bottom]) - v,
    ];
  };
  const [middleX, middleY] = place(0, 0);
  const [rightX, rightY] = place(1, 0);
  const [lowerX, lowerY] = place(0, 1);
  return Float64Array.of(
    middleX,
    rightX - middleX,
    lowerX - middleX,
    middleY,
    rightY - middleY,
    lowerY - middleY,
  );
}

/** Where a point between the edges, −1 to 1, lies between those of a part; and the other way round. */
function inPart(place: number, [from, to]: readonly [number, number]): number {
  return (place + 1 - from - to) / (to - from);
}

function ofWhole(place: number, [from, to]: readonly [number, number]): number {
  return place * (to - from) + from + to - 1;
}

/** A placement, and how alike the two pictures are there. */
export interface Alignment {
  readonly placement: Placement;
  /** The correlation of their shades, at most 1. */
  readonly correlation: number;
}

/** The search begins where the shorter side has so many pixels or up to twice as many. */
const coarsestSide = 20;
const coarsestSteps = 6;
const steps = 3;
/** What is so near to the edges (a share of the longer side) may be a border: it says nothing of the placement. */
const marginShare = 0.05;
const terms = 6;
/** Pictures are thought to lie on each other but for so much (half sides), where nothing in them tells otherwise; */
const usualShift = 0.02;
/** and their shades to differ by so much. */
const usualDifference = 10;

/**
 * Finds how `picture` lies on `other`, of the same size and in the same shades, by least squares on gradients (Lucas and
 * Kanade; in the form of Baker and Matthews, Lucas-Kanade 20 years on, 2004): first in small copies of both, then in larger
 * ones. It finds displacements of some percent of the sides.
 */
export function align(picture: Plane, other: Plane): Alignment {
  const levels: [Plane, Plane][] = [[picture, other]];
  let [one, two] = [picture, other];
  while (Math.min(one.width, one.height) >= 2 * coarsestSide) {
    [one, two] = [halved(one), halved(two)];
    levels.unshift([one, two]);
  }
  const placement: Placement = new Float64Array(terms);
  levels.forEach((planes, i) => refine(placement, ...planes, i === 0 ? coarsestSteps : steps));
  return { placement, correlation: correlationOf(placement, picture, other) };
}

/** Betters a placement by some steps. */
function refine(placement: Placement, picture: Plane, other: Plane, count: number): void {
  const slopes = slopesOf(picture);
  const normal = normalMatrix(picture, slopes);
  for (let step = 0; step < count; step++) {
    const change = solve(normal.slice(), pullOf(placement, { picture, other, slopes }));
    for (let i = 0; i < terms; i++) placement[i] = doubleAt(placement, i) - doubleAt(change, i);
  }
}

/** How shades change with the point (u, v), at each pixel; 0 near the edges, which count for nothing. */
interface Slopes {
  readonly across: Float32Array;
  readonly down: Float32Array;
}

function slopesOf({ width, height, values }: Plane): Slopes {
  const across = new Float32Array(values.length);
  const down = new Float32Array(values.length);
  const margin = Math.max(2, Math.ceil(marginShare * Math.max(width, height)));
  for (let y = margin; y < height - margin; y++) {
    for (let x = margin; x < width - margin; x++) {
      const at = y * width + x;
      across[at] = ((floatAt(values, at + 1) - floatAt(values, at - 1)) * width) / 4;
      down[at] = ((floatAt(values, at + width) - floatAt(values, at - width)) * height) / 4;
    }
  }
  return { across, down };
}

/** The matrix of the normal equations: each pixel says so much of each term as its slope is steep. */
function normalMatrix({ width, height }: Plane, { across, down }: Slopes): Float64Array {
  const matrix = new Float64Array(terms * terms);
  const row = new Float64Array(9);
  for (let y = 0; y < height; y++) {
    row.fill(0);
    for (let x = 0; x < width; x++) {
      const slopeX = floatAt(across, y * width + x);
      const slopeY = floatAt(down, y * width + x);
      const u = middleOf(x, width);
      addMoments(row, 0, slopeX * slopeX, u);
      addMoments(row, 3, slopeX * slopeY, u);
      addMoments(row, 6, slopeY * slopeY, u);
    }
    addRow(matrix, row, middleOf(y, height));
  }
  for (let i = 0; i < terms; i++) {
    const usual = (usualDifference / usualShift) ** 2;
    matrix[i * terms + i] = doubleAt(matrix, i * terms + i) + usual;
  }
  return matrix;
}

function addMoments(row: Float64Array, at: number, value: number, u: number): void {
  row[at] = doubleAt(row, at) + value;
  row[at + 1] = doubleAt(row, at + 1) + value * u;
  row[at + 2] = doubleAt(row, at + 2) + value * u * u;
}

/** Adds the sums of a row of pixels: those of slope × slope with 1, u and u², for across², across·down and down². */
function addRow(matrix: Float64Array, row: Float64Array, v: number): void {
  [0, 3, 3, 6].forEach((from, block) => {
    const [one = 0, u = 0, uu = 0] = row.subarray(from, from + 3);
    const products = [one, u, v * one, u, uu, v * u, v * one, v * u, v * v * one];
    const corner = (block >> 1) * 3 * terms + (block & 1) * 3;
    products.forEach((product, i) => {
      const at = corner + Math.floor(i / 3) * terms + (i % 3);
      matrix[at] = doubleAt(matrix, at) + product;
    });
  });
}

/** The right side of the normal equations: what differs at the placement, by slope. */
function pullOf(
  placement: Placement,
  { picture, other, slopes }: { picture: Plane; other: Plane; slopes: Slopes },
): Float64Array {
  const { width, height, values } = picture;
  const pull = new Float64Array(terms);
  const line = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    readPlaced(line, other, { placement, y });
    let x0 = 0;
    let x1 = 0;
    let y0 = 0;
    let y1 = 0;
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const difference = floatAt(line, x) - floatAt(values, at);
      const across = floatAt(slopes.across, at) * difference;
      const down = floatAt(slopes.down, at) * difference;
      const u = middleOf(x, width);
      x0 += across;
      x1 += across * u;
      y0 += down;
      y1 += down * u;
    }
    const v = middleOf(y, height);
    [x0, x1, v * x0, y0, y1, v * y0].forEach((sum, i) => (pull[i] = doubleAt(pull, i) + sum));
  }
  return pull;
}

/** Reads what a picture has where the placement puts row `y` of the other one: between the four nearest pixels. */
function readPlaced(
  line: Float32Array,
  { width, height, values }: Plane,
  { placement, y }: { placement: Placement; y: number },
): void {
  const [x0 = 0, x1 = 0, x2 = 0, y0 = 0, y1 = 0, y2 = 0] = placement;
  const v = middleOf(y, height);
  for (let x = 0; x < width; x++) {
    const u = middleOf(x, width);
    const across = clamped(x + ((x0 + x1 * u + x2 * v) * width) / 2, width - 1);
    const down = clamped(y + ((y0 + y1 * u + y2 * v) * height) / 2, height - 1);
    const column = Math.floor(across);
    const row = Math.floor(down);
    const at = row * width + column;
    const right = column + 1 < width ? at + 1 : at;
    const below = row + 1 < height ? width : 0;
    const share = across - column;
    const upper = floatAt(values, at) * (1 - share) + floatAt(values, right) * share;
    const lower = floatAt(values, at + below) * (1 - share) + floatAt(values, right + below) * share;
    line[x] = upper + (lower - upper) * (down - row);
  }
}

/** Where the middle of a pixel is between the edges, −1 and 1. */
function middleOf(place: number, side: number): number {
  return (2 * place + 1) / side - 1;
}

/** Between 0 and `most`; 0 for what is no number. */
function clamped(value: number, most: number): number {
  return value > 0 ? Math.min(value, most) : 0;
}

/** The correlation of shades where the placement puts one picture on the other. */
function correlationOf(placement: Placement, picture: Plane, other: Plane): number {
  const { width, height, values } = picture;
  const aside = Math.floor(width * marginShare);
  const above = Math.floor(height * marginShare);
  const line = new Float32Array(width);
  const count = (width - 2 * aside) * (height - 2 * above);
  let one = 0;
  let two = 0;
  let ones = 0;
  let twos = 0;
  let both = 0;
  for (let y = above; y < height - above; y++) {
    readPlaced(line, other, { placement, y });
    for (let x = aside; x < width - aside; x++) {
      const here = floatAt(values, y * width + x);
      const there = floatAt(line, x);
      one += here;
      two += there;
      ones += here * here;
      twos += there * there;
      both += here * there;
    }
  }
  const spread = (ones - (one * one) / count) * (twos - (two * two) / count);
  return spread > 0 ? (both - (one * two) / count) / Math.sqrt(spread) : 0;
}
