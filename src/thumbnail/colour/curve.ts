import type { ByteView } from "../../metadata/byte-view.ts";

/** How the values of a channel, 0 to 1, mean light, 0 to 1. */
export type Curve = (value: number) => number;

/** sRGB's own (IEC 61966-2-1, 5.2). */
export const srgbCurve: Curve = (value) =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;

/** The way back. */
export const srgbInverse: Curve = (light) =>
  light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055;

/** Reads a curve of type `curv` or `para` (ICC.1:2022, 10.6 and 10.18); null where it is neither. */
export function readCurve(view: ByteView): Curve | null {
  if (view.startsWith("curv")) return sampledCurve(view);
  return view.startsWith("para") ? parametricCurve(view) : null;
}

/** Bytes that a curve takes, for those that follow one another (10.12.1: each begins at a multiple of four). */
export function curveBytes(view: ByteView): number {
  const bytes = view.startsWith("curv") ? 12 + 2 * view.u32(8) : 12 + 4 * (parameters[view.u16(8)] ?? 0);
  return Math.ceil(bytes / 4) * 4;
}

function sampledCurve(view: ByteView): Curve | null {
  const count = view.u32(8);
  if (count === 0) return (value) => value;
  if (count === 1) {
    const gamma = view.u16(12) / 256;
    return (value) => value ** gamma;
  }
  if (!view.has(12, 2 * count)) return null;
  return (value) => interpolate((i) => view.u16(12 + 2 * i) / 65535, count, value);
}

/** The value at a place, 0 to 1, between `count` samples. */
export function interpolate(sample: (index: number) => number, count: number, place: number): number {
  const at = Math.min(1, Math.max(0, place)) * (count - 1);
  const low = Math.min(count - 1, Math.floor(at));
  const high = Math.min(count - 1, low + 1);
  return sample(low) + (sample(high) - sample(low)) * (at - low);
}

/** How many parameters each function has (table 68). */
const parameters = [1, 3, 4, 5, 7];

function parametricCurve(view: ByteView): Curve | null {
  const kind = view.u16(8);
  const count = parameters[kind];
  if (count === undefined || !view.has(12, 4 * count)) return null;
  const [g = 1, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = Array.from(
    { length: count },
    (_, i) => view.i32(12 + 4 * i) / 65536,
  );
  const power = (value: number) => Math.max(0, a * value + b) ** g;
  switch (kind) {
    case 0:
      return (value) => value ** g;
    case 1:
      return (value) => (value >= -b / a ? power(value) : 0);
    case 2:
      return (value) => (value >= -b / a ? power(value) + c : c);
    case 3:
      return (value) => (value >= d ? power(value) : c * value);
    default:
      return (value) => (value >= d ? power(value) + e : c * value + f);
  }
}
