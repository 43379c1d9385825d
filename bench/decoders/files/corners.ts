import { gamma, iccProfile, table8, xyz } from "../../../test/thumbnail/support/icc.ts";
import { mapped, type Raster, rasterOf } from "../raster.ts";
import { srgbOf } from "./inks.ts";

/** What the eight corners of RGB look like by the table, as CIELab, all of them within sRGB; red is the slowest. */
const corners: readonly (readonly [number, number, number])[] = [
  [12, 0, 0],
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
  const coded = corners.map(([lightness, a, b]): [number, number, number] => [
    Math.round(lightness * 2.55),
    a + 128,
    b + 128,
  ]);
  return iccProfile("RGB ", "Lab ", {
    A2B0: table8(3, coded),
    rXYZ: xyz(0.43607, 0.22249, 0.01392),
    gXYZ: xyz(0.38515, 0.71687, 0.09708),
    bXYZ: xyz(0.14307, 0.06061, 0.7141),
    rTRC: gamma(2.2),
    gTRC: gamma(2.2),
    bTRC: gamma(2.2),
  });
}

const side = 24;

/** Squares of the eight corners of RGB, in a row. */
export function cornerPicture(): Raster {
  return rasterOf(8 * side, side, (x) => {
    const corner = Math.floor(x / side);
    return [(corner & 4) === 0 ? 0 : 255, (corner & 2) === 0 ? 0 : 255, (corner & 1) === 0 ? 0 : 255, 255];
  });
}

/** What the table makes of them, in sRGB. */
export function cornerColours(raster: Raster): Raster {
  return mapped(raster, ([red, green, blue, alpha]) => {
    const corner = (red > 127 ? 4 : 0) + (green > 127 ? 2 : 0) + (blue > 127 ? 1 : 0);
    return [...srgbOf(corners[corner] ?? [0, 0, 0]), alpha];
  });
}
