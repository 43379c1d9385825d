import type { ByteView } from "../../metadata/byte-view.ts";
import { type Curve, curveBytes, interpolate, readCurve } from "./curve.ts";
import { XYZ_TO_SRGB } from "./matrix.ts";
import type { IccProfile } from "./profile.ts";
import { type ColourTable, sampleTable } from "./table.ts";
import { levelOf, srgbLevels } from "./to-srgb.ts";

/** Turns a few channels into as many or others, all of them 0 to 1. */
type Stage = (channels: number[]) => number[];

interface Lut {
  stages: Stage[];
  /** How the three results are coded: what 1 means as L*, and as a* and b* above -128 (ICC.1:2022, 6.3.4.2). */
  labScale: { lightness: number; chroma: number };
}

/** Crossings along each channel: as many as profiles mostly have. */
const STEPS = { 3: 17, 4: 11 } as const;
const D50 = [0.9642, 1, 0.8249] as const;
/** What is black in perceptual tables of version 4, as a share of white (6.3.3): sRGB's black is none. */
const PERCEPTUAL_BLACK = 0.0034731;
/** Highest value of XYZ in a table (6.3.4.2). */
const XYZ_SCALE = 1 + 32767 / 32768;

/** The colours of a profile with a lookup table (`A2B0`), as a table to sRGB; null where it has none. */
export function lutColours(profile: IccProfile): ColourTable | null {
  const inputs = profile.space === "CMYK" ? 4 : profile.space === "RGB " ? 3 : null;
  const tag = profile.tag("A2B0");
  if (inputs === null || !tag) return null;
  const lut = tag.startsWith("mAB ") ? readLutAToB(tag, inputs) : readLut(tag, inputs);
  if (lut === null) return null;
  const isLab = profile.connection === "Lab ";
  return sampleTable(inputs, STEPS[inputs], (channels) => {
    const [x = 0, y = 0, z = 0] = lut.stages.reduce((values, stage) => stage(values), channels);
    const xyz = isLab ? labToXyz(x, y, z, lut.labScale) : [x * XYZ_SCALE, y * XYZ_SCALE, z * XYZ_SCALE];
    return toLevels(profile.version >= 4 ? xyz.map(withoutBlack) : xyz);
  });
}

/** Stretches light so that perceptual black is none; white stays. */
function withoutBlack(value: number, axis: number): number {
  const white = D50[axis] ?? 1;
  return (value - white * PERCEPTUAL_BLACK) / (1 - PERCEPTUAL_BLACK);
}

/** CIE 1976 to XYZ. */
function labToXyz(l: number, a: number, b: number, scale: Lut["labScale"]): number[] {
  const y = (l * scale.lightness + 16) / 116;
  const cube = (t: number) => (t > 6 / 29 ? t ** 3 : (t - 4 / 29) * 3 * (6 / 29) ** 2);
  const x = y + (a * scale.chroma - 128) / 500;
  const z = y - (b * scale.chroma - 128) / 200;
  return [D50[0] * cube(x), D50[1] * cube(y), D50[2] * cube(z)];
}

function toLevels([x = 0, y = 0, z = 0]: number[]): readonly [number, number, number] {
  const m = XYZ_TO_SRGB;
  const levels = srgbLevels();
  return [
    levelOf(levels, m[0] * x + m[1] * y + m[2] * z),
    levelOf(levels, m[3] * x + m[4] * y + m[5] * z),
    levelOf(levels, m[6] * x + m[7] * y + m[8] * z),
  ];
}

/** `mft1` and `mft2`: tables of a channel each, a grid, tables again (ICC.1:2022, 10.10 and 10.11). */
function readLut(view: ByteView, inputs: number): Lut | null {
  const isWide = view.startsWith("mft2");
  if ((!isWide && !view.startsWith("mft1")) || view.u8(8) !== inputs || view.u8(9) !== 3) return null;
  const [grid, bytes] = [view.u8(10), isWide ? 2 : 1];
  const [entriesIn, entriesOut] = isWide ? [view.u16(48), view.u16(50)] : [256, 256];
  const [first, middle] = [isWide ? 52 : 48, entriesIn * inputs];
  const cells = grid ** inputs * 3;
  if (grid < 2 || entriesIn < 2 || entriesOut < 2) return null;
  if (!view.has(first, (middle + cells + entriesOut * 3) * bytes)) return null;
  const sample = (i: number) => (isWide ? view.u16(first + 2 * i) / 65535 : view.u8(first + i) / 255);
  const curves = (from: number, entries: number): Stage => {
    return (values) => values.map((v, c) => interpolate((i) => sample(from + c * entries + i), entries, v));
  };
  const dimensions = Array.from({ length: inputs }, () => grid);
  const stages = [
    curves(0, entriesIn),
    gridStage(dimensions, (i) => sample(middle + i)),
    curves(middle + cells, entriesOut),
  ];
  // 16 bits: 0xFF00 is 100 and 127 (10.10, table 42).
  const wide = { lightness: (100 * 65535) / 65280, chroma: 65535 / 256 };
  return { stages, labScale: isWide ? wide : { lightness: 100, chroma: 255 } };
}

/** `mAB `: curves, a grid, curves, a matrix, curves, of which the middle ones may be missing (10.12). */
function readLutAToB(view: ByteView, inputs: number): Lut | null {
  if (view.u8(8) !== inputs || view.u8(9) !== 3) return null;
  const [b = 0, matrix = 0, m = 0, grid = 0, a = 0] = [12, 16, 20, 24, 28].map((at) => view.u32(at));
  const parts = [
    a === 0 ? undefined : readCurves(view, a, inputs),
    grid === 0 ? undefined : readGrid(view.part(grid), inputs),
    m === 0 ? undefined : readCurves(view, m, 3),
    matrix === 0 ? undefined : readMatrix(view.part(matrix)),
    readCurves(view, b, 3),
  ];
  if (parts.includes(null) || (grid === 0 && inputs !== 3)) return null;
  return { stages: parts.flatMap((stage) => stage ?? []), labScale: { lightness: 100, chroma: 255 } };
}

function readCurves(view: ByteView, offset: number, count: number): Stage | null {
  const curves: Curve[] = [];
  for (let at = offset; curves.length < count;) {
    const curve = readCurve(view.part(at));
    if (!curve) return null;
    curves.push(curve);
    at += curveBytes(view.part(at));
  }
  return (values) =>
    values.map((value, i) => Math.min(1, Math.max(0, curves[i]?.(Math.min(1, Math.max(0, value))) ?? 0)));
}

/** 10.12.3. */
function readGrid(view: ByteView, inputs: number): Stage | null {
  const dimensions = Array.from({ length: inputs }, (_, i) => view.u8(i));
  const bytes = view.u8(16);
  const cells = dimensions.reduce((product, size) => product * size, 3);
  if (dimensions.some((size) => size < 2) || (bytes !== 1 && bytes !== 2) || !view.has(20, cells * bytes))
    return null;
  return gridStage(dimensions, (i) => (bytes === 2 ? view.u16(20 + 2 * i) / 65535 : view.u8(20 + i) / 255));
}

/** 10.12.5: nine factors and three terms. */
function readMatrix(view: ByteView): Stage | null {
  if (!view.has(0, 48)) return null;
  const e = (i: number) => view.i32(4 * i) / 65536;
  return ([x = 0, y = 0, z = 0]) =>
    [0, 3, 6].map((row) => e(row) * x + e(row + 1) * y + e(row + 2) * z + e(9 + row / 3));
}

/** Interpolates between the 2ⁿ crossings around a place, the first channel changing slowest. */
function gridStage(dimensions: number[], sample: (index: number) => number): Stage {
  return (values) => {
    const cells = dimensions.map((size, i) => {
      const at = Math.min(1, Math.max(0, values[i] ?? 0)) * (size - 1);
      const low = Math.min(size - 2, Math.floor(at));
      return { size, low, fraction: at - low };
    });
    const out = [0, 0, 0];
    for (let corner = 0; corner < 2 ** cells.length; corner++) {
      let [index, weight] = [0, 1];
      for (const [i, { size, low, fraction }] of cells.entries()) {
        const step = (corner >> i) & 1;
        index = index * size + low + step;
        weight *= step === 1 ? fraction : 1 - fraction;
      }
      if (weight > 0) for (let c = 0; c < 3; c++) out[c] = (out[c] ?? 0) + weight * sample(index * 3 + c);
    }
    return out;
  };
}
