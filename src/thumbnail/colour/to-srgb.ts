import type { Curve } from "./curve.ts";
import { srgbInverse } from "./curve.ts";
import { type Matrix, type MatrixColours, XYZ_TO_SRGB } from "./matrix.ts";

/** Steps between which light is looked up: fine enough that no level of 8 bits is missed. */
const STEPS = 8192;
/** Colours that a conversion moves by no more than this many levels stay as they are. */
const SAME_LEVELS = 2;

let encoded: Uint8Array | undefined;

/** Light in `STEPS` steps to sRGB's levels. */
export function srgbLevels(): Uint8Array {
  encoded ??= Uint8Array.from({ length: STEPS + 1 }, (_, i) => Math.round(255 * srgbInverse(i / STEPS)));
  return encoded;
}

/** The level of an amount of light, whatever is beyond what there is cut off. */
export function levelOf(levels: Uint8Array, light: number): number {
  return levels[light <= 0 ? 0 : light >= 1 ? STEPS : Math.round(light * STEPS)] ?? 0;
}

/** Converts RGB pixels in place, colorimetrically: what sRGB does not have becomes the nearest that it has. */
export function convertMatrixColours(pixels: Uint8Array, { curves, toXyz }: MatrixColours): void {
  const levels = srgbLevels();
  const [red, green, blue] = [lightOf(curves[0]), lightOf(curves[1]), lightOf(curves[2])];
  const m = multiply(XYZ_TO_SRGB, toXyz);
  for (let i = 0; i + 2 < pixels.length; i += 3) {
    const r = red[pixels[i] ?? 0] ?? 0;
    const g = green[pixels[i + 1] ?? 0] ?? 0;
    const b = blue[pixels[i + 2] ?? 0] ?? 0;
    pixels[i] = levelOf(levels, m[0] * r + m[1] * g + m[2] * b);
    pixels[i + 1] = levelOf(levels, m[3] * r + m[4] * g + m[5] * b);
    pixels[i + 2] = levelOf(levels, m[6] * r + m[7] * g + m[8] * b);
  }
}

/** Whether colours are sRGB, or so near to it that a conversion would only add rounding. */
export function isNearlySrgb(colours: MatrixColours): boolean {
  const samples = new Uint8Array(5 ** 3 * 3);
  for (let i = 0; i < 5 ** 3; i++) {
    samples.set(
      [i % 5, Math.floor(i / 5) % 5, Math.floor(i / 25)].map((step) => Math.round(step * 63.75)),
      i * 3,
    );
  }
  const converted = samples.slice();
  convertMatrixColours(converted, colours);
  return converted.every((level, i) => Math.abs(level - (samples[i] ?? 0)) <= SAME_LEVELS);
}

/** Converts grey pixels (red, green and blue alike) in place. */
export function convertGrey(pixels: Uint8Array, curve: Curve): void {
  const levels = srgbLevels();
  const shown = lightOf(curve).map((light) => levelOf(levels, light));
  for (let i = 0; i < pixels.length; i++) pixels[i] = shown[pixels[i] ?? 0] ?? 0;
}

/** The light of each level. */
function lightOf(curve: Curve): Float64Array {
  return Float64Array.from({ length: 256 }, (_, level) => curve(level / 255));
}

function multiply(a: Matrix, b: Matrix): Matrix {
  const row = (x: number, y: number, z: number) =>
    [x * b[0] + y * b[3] + z * b[6], x * b[1] + y * b[4] + z * b[7], x * b[2] + y * b[5] + z * b[8]] as const;
  return [...row(a[0], a[1], a[2]), ...row(a[3], a[4], a[5]), ...row(a[6], a[7], a[8])];
}
