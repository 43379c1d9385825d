import { bigEndian, joined } from "../../../test/support/images/index.ts";
import { gamma, iccProfile, xyz } from "../../../test/thumbnail/support/icc.ts";
import { type Raster, rasterOf } from "../raster.ts";
import { xyzOf } from "./inks.ts";

/** What the eight corners of RGB look like by the table, as CIELab, all of them within sRGB; red is the slowest. */
const corners: readonly (readonly [number, number, number])[] = [
  [0, 0, 0],
  [52, 40, 30],
  [40, -20, 25],
  [60, 10, -30],
  [45, 5, 45],
  [70, -10, 20],
  [35, 30, -20],
  [92, 0, 0],
];

/** A profile with a table and a matrix that contradict each other: the table counts (ICC.1:2022, 8.10.2). */
export function tableAndMatrixProfile(): Uint8Array {
  return iccProfile("RGB ", "XYZ ", {
    A2B0: xyzTable(),
    rXYZ: xyz(0.43607, 0.22249, 0.01392),
    gXYZ: xyz(0.38515, 0.71687, 0.09708),
    bXYZ: xyz(0.14307, 0.06061, 0.7141),
    rTRC: gamma(2.2),
    gTRC: gamma(2.2),
    bTRC: gamma(2.2),
  });
}

/** A profile with the table alone. */
export function tableProfile(): Uint8Array {
  return iccProfile("RGB ", "XYZ ", { A2B0: xyzTable() });
}

/** The corners as XYZ in a table of 16 bits, between straight curves of two entries (ICC.1:2022, 10.10). */
function xyzTable(): Uint8Array {
  const one = 0x1_00_00;
  const identity = [one, 0, 0, 0, one, 0, 0, 0, one];
  const straight = bigEndian(2, 0, 65_535, 0, 65_535, 0, 65_535);
  return joined(
    "mft2",
    bigEndian(4, 0),
    bigEndian(1, 3, 3, 2, 0),
    bigEndian(4, ...identity),
    bigEndian(2, 2, 2),
    straight,
    ...corners.map((corner) => bigEndian(2, ...xyzOf(corner).map((value) => Math.round(value * 32_768)))),
    straight,
  );
}

const side = 24;

/** Squares of the eight corners of RGB, in a row. */
export function cornerPicture(): Raster {
  return rasterOf(8 * side, side, (x) => {
    const corner = Math.floor(x / side);
    return [(corner & 4) === 0 ? 0 : 255, (corner & 2) === 0 ? 0 : 255, (corner & 1) === 0 ? 0 : 255, 255];
  });
}
