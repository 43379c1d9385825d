import type { ByteView } from "../../metadata/byte-view.ts";
import { type Curve, curveBytes, interpolate, readCurve } from "./curve.ts";

/** Turns a few channels into as many or others, all of them 0 to 1. */
export type Stage = (channels: readonly number[]) => number[];

/** A lookup table as steps to be taken one after the other, and what its results mean. */
export interface Lut {
  readonly stages: readonly Stage[];
  /** What 1 means as L*, and as a* and b* above `chromaFloor` (ICC.1:2022, 6.3.4.2). */
  readonly lab: { readonly lightness: number; readonly chroma: number; readonly chromaFloor: number };
  /** What 1 means as X, Y or Z. */
  readonly xyz: number;
}

/** Highest value of XYZ in a table (6.3.4.2). */
const xyzScale = 1 + 32767 / 32768;
/** 8 bits, and 16 bits in a `mAB `: 1 is 100, and 127. */
const labScale = { lightness: 100, chroma: 255, chromaFloor: -128 };
/** 16 bits in an `mft2`, of any version: 0xFF00 is 100, and 127 (10.10, table 42). */
const wideLabScale = { lightness: (100 * 65535) / 65280, chroma: 65535 / 256, chromaFloor: -128 };

/** `mft1` and `mft2`: tables of a channel each, a grid, tables again (ICC.1:2022, 10.10 and 10.11). */
export function readLut(view: ByteView, inputs: number): Lut | null {
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
  return { stages, lab: isWide ? wideLabScale : labScale, xyz: xyzScale };
}

/** `mAB `: curves, a grid, curves, a matrix, curves, of which the middle ones may be missing (10.12). */
export function readLutAToB(view: ByteView, inputs: number): Lut | null {
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
  return { stages: parts.flatMap((stage) => stage ?? []), lab: labScale, xyz: xyzScale };
}

function readCurves(view: ByteView, offset: number, count: number): Stage | null {
  const curves: Curve[] = [];
  for (let at = offset; curves.length < count;) {
    const curve = readCurve(view.part(at));
    if (curve === null) return null;
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

/**
 * Interpolates in a grid whose first channel changes slowest. The standard does not say how; Little CMS, and so whoever
 * looks at what a profile makes of a picture, cuts the cells of the last three channels into tetrahedra, along whose
 * edges neutral colours lie, and goes straight along a fourth.
 */
export function gridStage(dimensions: readonly number[], sample: (index: number) => number): Stage {
  const strides = dimensions.map((_, i) =>
    dimensions.slice(i + 1).reduce((product, size) => product * size, 3),
  );
  return (values) => {
    const axes = dimensions.map((size, i) => {
      const at = Math.min(1, Math.max(0, values[i] ?? 0)) * (size - 1);
      const low = Math.min(size - 2, Math.floor(at));
      const stride = strides[i] ?? 0;
      return { start: low * stride, stride, fraction: at - low };
    });
    const start = axes.reduce((sum, axis) => sum + axis.start, 0);
    const last = axes.slice(-3).toSorted((a, b) => b.fraction - a.fraction);
    const [first] = axes;
    const out = simplexAt(last, start, sample);
    if (axes.length < 4 || first === undefined || first.fraction === 0) return out;
    const beyond = simplexAt(last, start + first.stride, sample);
    return out.map((value, c) => value + ((beyond[c] ?? 0) - value) * first.fraction);
  };
}

interface Axis {
  readonly stride: number;
  readonly fraction: number;
}

/** The value in the simplex that the axes, the farthest first, span from a corner on. */
function simplexAt(axes: readonly Axis[], start: number, sample: (index: number) => number): number[] {
  const out = [0, 0, 0];
  let [corner, nearer] = [start, 1];
  for (let i = 0; i <= axes.length; i++) {
    const { stride, fraction } = axes[i] ?? { stride: 0, fraction: 0 };
    const weight = nearer - fraction;
    if (weight > 0) for (let c = 0; c < 3; c++) out[c] = (out[c] ?? 0) + weight * sample(corner + c);
    corner += stride;
    nearer = fraction;
  }
  return out;
}
