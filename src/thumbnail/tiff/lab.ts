import { xyzToSrgb } from "../colour/matrix.ts";
import { levelOf, srgbLevels } from "../colour/to-srgb.ts";

const d50 = [0.9642, 1, 0.8249] as const;

/** Planes of CIE L*a*b* of D50, zero of a* and b* being 128, become sRGB, in place (TIFF 6.0 §23). */
export function convertLab(planes: readonly [Uint8Array, Uint8Array, Uint8Array]): void {
  const [lightness, a, b] = planes;
  const levels = srgbLevels();
  const m = xyzToSrgb;
  for (let i = 0; i < lightness.length; i++) {
    const fy = (((lightness[i] ?? 0) * 100) / 255 + 16) / 116;
    const x = d50[0] * cube(fy + ((a[i] ?? 128) - 128) / 500);
    const y = d50[1] * cube(fy);
    const z = d50[2] * cube(fy - ((b[i] ?? 128) - 128) / 200);
    lightness[i] = levelOf(levels, m[0] * x + m[1] * y + m[2] * z);
    a[i] = levelOf(levels, m[3] * x + m[4] * y + m[5] * z);
    b[i] = levelOf(levels, m[6] * x + m[7] * y + m[8] * z);
  }
}

/** CIE 15, 8.2.1: the inverse of the cube root and of the straight line below it. */
function cube(t: number): number {
  return t > 6 / 29 ? t ** 3 : (t - 4 / 29) * 3 * (6 / 29) ** 2;
}
