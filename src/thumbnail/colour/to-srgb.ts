import { type Curve, srgbInverse } from "./curve.ts";
import { dimming, type HighRange } from "./coded/high-range.ts";
import { type MatrixColours, multiply, xyzToSrgb } from "./matrix.ts";

/** Steps between which light is looked up: fine enough that no level of 8 bits is missed. */
const steps = 8192;
/** Colours that a conversion moves by no more than this many levels stay as they are. */
const sameLevels = 2;
/** Levels that are tried; the dark ones are where a power differs from sRGB's curve. */
const triedLevels = [0, 8, 20, 40, 80, 128, 190, 255];

let isolateEncoded: Uint8Array | undefined;

/** Light in `steps` steps to sRGB's levels. */
export function srgbLevels(): Uint8Array {
  isolateEncoded ??= Uint8Array.from({ length: steps + 1 }, (_, i) =>
    Math.round(255 * srgbInverse(i / steps)),
  );
  return isolateEncoded;
}

/** The level of an amount of light, whatever is beyond what there is cut off. */
export function levelOf(levels: Uint8Array, light: number): number {
  return levels[light <= 0 ? 0 : light >= 1 ? steps : Math.round(light * steps)] ?? 0;
}

/** Converts RGB pixels in place, colorimetrically: what sRGB does not have becomes the nearest that it has. */
export function convertMatrixColours(pixels: Uint8Array, colours: MatrixColours): void {
  const levels = srgbLevels();
  const [red, green, blue] = lightsOf(colours);
  const { range, toXyz } = colours;
  const m = multiply(xyzToSrgb, toXyz);
  for (let i = 0; i + 2 < pixels.length; i += 3) {
    const r = red[pixels[i] ?? 0] ?? 0;
    const g = green[pixels[i + 1] ?? 0] ?? 0;
    const b = blue[pixels[i + 2] ?? 0] ?? 0;
    let x = m[0] * r + m[1] * g + m[2] * b;
    let y = m[3] * r + m[4] * g + m[5] * b;
    let z = m[6] * r + m[7] * g + m[8] * b;
    if (range !== undefined) {
      const scale = displayScale(Math.max(x, y, z), toXyz[3] * r + toXyz[4] * g + toXyz[5] * b, range);
      x *= scale;
      y *= scale;
      z *= scale;
    }
    pixels[i] = levelOf(levels, x);
    pixels[i + 1] = levelOf(levels, y);
    pixels[i + 2] = levelOf(levels, z);
  }
}

/** The light of each channel's levels, stretched where black has some, so that it is none, as sRGB's is. */
function lightsOf({ curves, toXyz }: MatrixColours): readonly [Float64Array, Float64Array, Float64Array] {
  const lights = [lightOf(curves[0]), lightOf(curves[1]), lightOf(curves[2])] as const;
  const black = lights.reduce((sum, light, i) => sum + (toXyz[3 + i] ?? 0) * (light[0] ?? 0), 0);
  if (black > 0 && black < 1) {
    for (const light of lights)
      light.forEach((value, level) => (light[level] = (value - black) / (1 - black)));
  }
  return lights;
}

/** What light is multiplied by to be shown, from its brightest colour and its luminance. */
function displayScale(brightest: number, luminance: number, { gain }: HighRange): number {
  const shown = gain !== null ? gain(luminance) : 1;
  return shown * dimming(shown * brightest);
}

/** Whether colours are sRGB, or so near to it that a conversion would only add rounding. */
export function isNearlySrgb(colours: MatrixColours): boolean {
  const samples = Uint8Array.from(
    triedLevels.flatMap((r) => triedLevels.flatMap((g) => triedLevels.flatMap((b) => [r, g, b]))),
  );
  const converted = samples.slice();
  convertMatrixColours(converted, colours);
  return converted.every((level, i) => Math.abs(level - (samples[i] ?? 0)) <= sameLevels);
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
