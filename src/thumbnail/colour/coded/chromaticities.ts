import { type Matrix, multiply } from "../matrix.ts";

/** Where a colour lies in the CIE 1931 diagram; y may be 0. */
export type Chromaticity = readonly [x: number, y: number];

/** The primaries of an RGB colour space and its white. */
export interface Chromaticities {
  readonly red: Chromaticity;
  readonly green: Chromaticity;
  readonly blue: Chromaticity;
  readonly white: Chromaticity;
}

type Vector = readonly [number, number, number];

/** XYZ of D50, white of ICC's connection space (ICC.1:2022, 7.2.16). */
const d50: Vector = [0.9642, 1, 0.8249];
/** XYZ to the responses of cones in which whites are adapted (Bradford; ICC.1:2022, E.3), and back. */
const bradford: Matrix = [0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296];
const bradfordInverse: Matrix = [
  0.9869929, -0.1470543, 0.1599627, 0.4323053, 0.5183603, 0.0492912, -0.0085287, 0.0400428, 0.9684867,
];

/**
 * Light of red, green and blue as XYZ, adapted from their own white to D50: what an ICC profile of these chromaticities
 * would have. Null where no light of theirs makes up their white, or a colour of theirs is none.
 */
export function primariesToXyz({ red, green, blue, white }: Chromaticities): Matrix | null {
  if (![red, green, blue, white].every(isColour) || white[1] < smallest) return null;
  const [r, g, b, w] = [vectorOf(red), vectorOf(green), vectorOf(blue), vectorOf(white)];
  const columns: Matrix = [r[0], g[0], b[0], r[1], g[1], b[1], r[2], g[2], b[2]];
  const inverse = invert(columns);
  if (inverse === null) return null;
  const light: Vector = [w[0] / white[1], 1, w[2] / white[1]];
  const shares = apply(inverse, light);
  if (!shares.every((share) => share > 0 && share < largest)) return null;
  const toXyz = multiply(columns, diagonal(shares));
  const [from, to] = [apply(bradford, light), apply(bradford, d50)];
  if (!from.every((response) => response > smallest)) return null;
  const adapt = diagonal([to[0] / from[0], to[1] / from[1], to[2] / from[2]]);
  return multiply(bradfordInverse, multiply(adapt, multiply(bradford, toXyz)));
}

/** What is as good as nothing, and a share of a primary that no display has. */
const smallest = 1e-4;
const largest = 1e4;

function isColour([x, y]: Chromaticity): boolean {
  return x >= 0 && y >= 0 && x + y <= 1;
}

function vectorOf([x, y]: Chromaticity): Vector {
  return [x, y, 1 - x - y];
}

function diagonal([a, b, c]: Vector): Matrix {
  return [a, 0, 0, 0, b, 0, 0, 0, c];
}

function apply(m: Matrix, [x, y, z]: Vector): Vector {
  return [m[0] * x + m[1] * y + m[2] * z, m[3] * x + m[4] * y + m[5] * z, m[6] * x + m[7] * y + m[8] * z];
}

/** The inverse by cofactors; null where there is as good as none. */
function invert(m: Matrix): Matrix | null {
  const [a, b, c, d, e, f, g, h, i] = m;
  const [first, second, third] = [e * i - f * h, f * g - d * i, d * h - e * g];
  const determinant = a * first + b * second + c * third;
  if (Math.abs(determinant) < smallest) return null;
  const scale = 1 / determinant;
  return [
    first * scale,
    (c * h - b * i) * scale,
    (b * f - c * e) * scale,
    second * scale,
    (a * i - c * g) * scale,
    (c * d - a * f) * scale,
    third * scale,
    (b * g - a * h) * scale,
    (a * e - b * d) * scale,
  ];
}

const d65: Chromaticity = [0.3127, 0.329];
const whiteC: Chromaticity = [0.31, 0.316];
const ntsc: Chromaticities = { red: [0.63, 0.34], green: [0.31, 0.595], blue: [0.155, 0.07], white: d65 };

/** ColourPrimaries of ITU-T H.273 (8.1, table 2). */
const primaries: ReadonlyMap<number, Chromaticities> = new Map<number, Chromaticities>([
  [1, { red: [0.64, 0.33], green: [0.3, 0.6], blue: [0.15, 0.06], white: d65 }],
  [4, { red: [0.67, 0.33], green: [0.21, 0.71], blue: [0.14, 0.08], white: whiteC }],
  [5, { red: [0.64, 0.33], green: [0.29, 0.6], blue: [0.15, 0.06], white: d65 }],
  [6, ntsc],
  [7, ntsc],
  [8, { red: [0.681, 0.319], green: [0.243, 0.692], blue: [0.145, 0.049], white: whiteC }],
  [9, { red: [0.708, 0.292], green: [0.17, 0.797], blue: [0.131, 0.046], white: d65 }],
  [10, { red: [1, 0], green: [0, 1], blue: [0, 0], white: [1 / 3, 1 / 3] }],
  [11, { red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06], white: [0.314, 0.351] }],
  [12, { red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06], white: d65 }],
  [22, { red: [0.63, 0.34], green: [0.295, 0.605], blue: [0.155, 0.077], white: d65 }],
]);

/** The chromaticities of a code point; undefined of those that are reserved or say that nothing is known. */
export function codedPrimaries(code: number): Chromaticities | undefined {
  return primaries.get(code);
}

/** Those of sRGB (IEC 61966-2-1, 5.1). */
export const srgbPrimaries: Chromaticities = {
  red: [0.64, 0.33],
  green: [0.3, 0.6],
  blue: [0.15, 0.06],
  white: d65,
};
