import type { Cicp } from "../decoder.ts";
import { type Curve, readCurve, srgbCurve } from "./curve.ts";
import type { IccProfile } from "./profile.ts";

/** Columns: what full red, green and blue are as XYZ; nine numbers, row by row. */
export type Matrix = readonly [number, number, number, number, number, number, number, number, number];

/** Colours that are told by three curves and a matrix to XYZ, white being that of D50 (ICC.1:2022, F.3). */
export interface MatrixColours {
  curves: readonly [Curve, Curve, Curve];
  toXyz: Matrix;
}

/** XYZ of D50 to sRGB's light: the inverse of what sRGB's profile has. */
export const XYZ_TO_SRGB: Matrix = [
  3.1341359, -1.6173863, -0.490662, -0.9787955, 1.9162543, 0.0334427, 0.0719553, -0.2289768, 1.405386,
];

/** Red, green and blue of Display P3 (SMPTE EG 432-1 with D65) and BT.2020, adapted to D50. */
const DISPLAY_P3: Matrix = [
  0.515102, 0.291965, 0.157153, 0.241182, 0.692236, 0.0665819, -0.00104941, 0.0418818, 0.784378,
];
const BT2020: Matrix = [
  0.673459, 0.165661, 0.1251, 0.279033, 0.675338, 0.0456288, -0.00193139, 0.0299794, 0.797162,
];

/** The colours of a profile of that kind; null of any other. */
export function matrixColours(profile: IccProfile): MatrixColours | null {
  if (profile.space !== "RGB " || profile.connection !== "XYZ ") return null;
  const [red, green, blue] = ["rXYZ", "gXYZ", "bXYZ"].map((name) => readXyz(profile, name));
  const [r, g, b] = ["rTRC", "gTRC", "bTRC"].map((name) => readTagCurve(profile, name));
  if (!red || !green || !blue || !r || !g || !b) return null;
  const toXyz: Matrix = [red[0], green[0], blue[0], red[1], green[1], blue[1], red[2], green[2], blue[2]];
  return { curves: [r, g, b], toXyz };
}

/** The curve of a tag; null where there is none that can be read. */
export function readTagCurve(profile: IccProfile, name: string): Curve | null {
  const tag = profile.tag(name);
  return tag ? readCurve(tag) : null;
}

/** ICC.1:2022, 10.31. */
function readXyz(profile: IccProfile, name: string): readonly [number, number, number] | null {
  const tag = profile.tag(name);
  if (!tag?.startsWith("XYZ ") || !tag.has(8, 12)) return null;
  return [tag.i32(8) / 65536, tag.i32(12) / 65536, tag.i32(16) / 65536];
}

/**
 * The colours that code points of ITU-T H.273 tell (8.1, 8.2), if they are wider than sRGB.
 * NOTE: PQ and HLG mean more light than a thumbnail has and would want tone mapping; they are left as they are.
 */
export function codedColours({ primaries, transfer }: Cicp): MatrixColours | null {
  const toXyz = primaries === 12 || primaries === 11 ? DISPLAY_P3 : primaries === 9 ? BT2020 : null;
  const isHighRange = transfer === 16 || transfer === 18;
  if (!toXyz || isHighRange) return null;
  const gamma = new Map([
    [4, 2.2],
    [5, 2.8],
    [8, 1],
  ]).get(transfer);
  const curve: Curve = gamma === undefined ? srgbCurve : (value) => value ** gamma;
  return { curves: [curve, curve, curve], toXyz };
}
