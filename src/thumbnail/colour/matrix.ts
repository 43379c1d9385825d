import type { HighRange } from "./coded/high-range.ts";
import { type Curve, readCurve } from "./curve.ts";
import type { IccProfile } from "./profile.ts";

/** Columns: what full red, green and blue are as XYZ; nine numbers, row by row. */
export type Matrix = readonly [number, number, number, number, number, number, number, number, number];

/** Colours that are told by three curves and a matrix to XYZ, white being that of D50 (ICC.1:2022, F.3). */
export interface MatrixColours {
  readonly curves: readonly [Curve, Curve, Curve];
  readonly toXyz: Matrix;
  /** Where light goes beyond the white of a display: how it is brought into it. */
  readonly range?: HighRange | undefined;
}

/** XYZ of D50 to sRGB's light: the inverse of what sRGB's profile has. */
export const xyzToSrgb: Matrix = [
  3.1341359, -1.6173863, -0.490662, -0.9787955, 1.9162543, 0.0334427, 0.0719553, -0.2289768, 1.405386,
];

/** The colours of a profile of that kind; null of any other. Their XYZ is such whatever its tables tell colours in. */
export function matrixColours(profile: IccProfile): MatrixColours | null {
  if (profile.space !== "RGB ") return null;
  const [red, green, blue] = [readXyz(profile, "rXYZ"), readXyz(profile, "gXYZ"), readXyz(profile, "bXYZ")];
  const [r, g, b] = [
    readTagCurve(profile, "rTRC"),
    readTagCurve(profile, "gTRC"),
    readTagCurve(profile, "bTRC"),
  ];
  if (red === null || green === null || blue === null || r === null || g === null || b === null) return null;
  const toXyz: Matrix = [red[0], green[0], blue[0], red[1], green[1], blue[1], red[2], green[2], blue[2]];
  return { curves: [r, g, b], toXyz };
}

/** The curve of a tag; null where there is none that can be read. */
export function readTagCurve(profile: IccProfile, name: string): Curve | null {
  const tag = profile.tag(name);
  return tag !== undefined ? readCurve(tag) : null;
}

/** ICC.1:2022, 10.31. */
function readXyz(profile: IccProfile, name: string): readonly [number, number, number] | null {
  const tag = profile.tag(name);
  if (!tag?.startsWith("XYZ ") || !tag.has(8, 12)) return null;
  return [tag.i32(8) / 65536, tag.i32(12) / 65536, tag.i32(16) / 65536];
}

/** The product of two matrices. */
export function multiply(a: Matrix, b: Matrix): Matrix {
  const row = (x: number, y: number, z: number) =>
    [x * b[0] + y * b[3] + z * b[6], x * b[1] + y * b[4] + z * b[7], x * b[2] + y * b[5] + z * b[8]] as const;
  return [...row(a[0], a[1], a[2]), ...row(a[3], a[4], a[5]), ...row(a[6], a[7], a[8])];
}
