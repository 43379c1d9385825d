import { iccProfile, table8 } from "../../../test/thumbnail/support/icc.ts";
import { type Raster, rasterOf } from "../raster.ts";

/** What the sixteen corners of the inks look like by the profile, as CIELab: cyan the slowest, black the fastest. */
const white = [100, 0, 0] as const;
const corners: readonly (readonly [number, number, number])[] = [
  white,
  [16, 0, 0],
  [89, -5, 93],
  [16, 0, 0],
  [48, 74, -3],
  [16, 0, 0],
  [47, 68, 48],
  [16, 0, 0],
  [55, -37, -50],
  [16, 0, 0],
  [50, -65, 27],
  [16, 0, 0],
  [24, 22, -46],
  [16, 0, 0],
  [23, 0, 0],
  [16, 0, 0],
];

/** A profile of inks whose table is unlike that of any press (ICC.1:2022, 10.10). */
export function inkProfile(): Uint8Array {
  const coded = corners.map(([lightness, a, b]): [number, number, number] => [
    Math.round(lightness * 2.55),
    a + 128,
    b + 128,
  ]);
  return iccProfile("CMYK", "Lab ", { A2B0: table8(4, coded) });
}

const inksOfBars: readonly (readonly [number, number, number, number])[] = [
  [255, 0, 0, 0],
  [0, 255, 0, 0],
  [0, 0, 255, 0],
  [255, 255, 0, 0],
  [0, 255, 255, 0],
  [255, 0, 255, 0],
  [0, 0, 0, 255],
  [0, 0, 0, 0],
];

const barWidth = 12;

/** Bars of inks; the raster's channels are cyan, magenta, yellow and black. */
export function bars(): Raster {
  return rasterOf(
    inksOfBars.length * barWidth,
    64,
    (x) => inksOfBars[Math.floor(x / barWidth)] ?? [0, 0, 0, 0],
  );
}

/** CIELab as XYZ, at D50 (CIE 15, 8.2.1). */
export function xyzOf([lightness, a, b]: readonly [number, number, number]): [number, number, number] {
  const f = (lightness + 16) / 116;
  const inverse = (t: number): number => (t > 6 / 29 ? t ** 3 : 3 * (6 / 29) ** 2 * (t - 4 / 29));
  return [0.9642 * inverse(f + a / 500), inverse(f), 0.8249 * inverse(f - b / 200)];
}

/** CIELab at D50 in sRGB: by XYZ, adapted to D65 (Bradford), clipped (IEC 61966-2-1). */
export function srgbOf(lab: readonly [number, number, number]): [number, number, number] {
  const [x, y, z] = xyzOf(lab);
  return [
    encoded(3.1338561 * x - 1.6168667 * y - 0.4906146 * z),
    encoded(-0.9787684 * x + 1.9161415 * y + 0.033454 * z),
    encoded(0.0719453 * x - 0.2289914 * y + 1.4052427 * z),
  ];
}

/** A linear share of a primary as a level of sRGB. */
export function encoded(linear: number): number {
  const share = Math.max(0, Math.min(1, linear));
  return Math.round(255 * (share <= 0.003_130_8 ? 12.92 * share : 1.055 * share ** (1 / 2.4) - 0.055));
}
