import type { TestComponent, TestImage } from "./jpeg-image.ts";

// What the kernel computes with tables, integers and SIMD, said once more in plain floating point: block by
// block, sample by sample, straight from the definitions. Slow on purpose.

/** Samples in rows. */
export interface Samples {
  width: number;
  height: number;
  values: Float64Array;
}

/** The part of a picture (in its pixels) that a thumbnail shows, and the thumbnail's size before it is turned. */
export interface Window {
  x: number;
  y: number;
  width: number;
  height: number;
  outWidth: number;
  outHeight: number;
}

/** The window of a `cover` or `contain` thumbnail of a picture as stored. */
export function windowOf(width: number, height: number, size: number, fit: "cover" | "contain"): Window {
  const side = Math.min(width, height);
  if (fit === "cover") {
    const [x, y] = [(width - side) / 2, (height - side) / 2];
    return { x, y, width: side, height: side, outWidth: size, outHeight: size };
  }
  const by = Math.max(1, Math.max(width, height) / size);
  const outWidth = Math.max(1, Math.round(width / by));
  const outHeight = Math.max(1, Math.round(height / by));
  const [shownWidth, shownHeight] = [outWidth * by, outHeight * by];
  const [x, y] = [(width - shownWidth) / 2, (height - shownHeight) / 2];
  return { x, y, width: shownWidth, height: shownHeight, outWidth, outHeight };
}

/** The n that the engine reads a component at: 8n/8 of its samples still cover the window's thumbnail. */
function scaleOf(sampling: number, shrink: number): number {
  return [1, 2, 4].find((n) => n * sampling * shrink >= 8 - 1e-9) ?? 8;
}

/** A component's samples at n × n a block (T.81 A.3.3, on a coarser grid). */
function renderPlane(c: TestComponent, n: number, width: number, height: number): Samples {
  const values = new Float64Array(width * height);
  const basis = Array.from({ length: n }, (_, x) =>
    Array.from({ length: n }, (_, u) =>
      u === 0 ? Math.sqrt(1 / 8) : Math.cos(((2 * x + 1) * u * Math.PI) / (2 * n)) / 2,
    ),
  );
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const block = c.blocks[Math.floor(y / n) * c.stride + Math.floor(x / n)];
      let sum = 128;
      for (let v = 0; v < n; v++) {
        for (let u = 0; u < n; u++) {
          const wave = (basis[x % n]?.[u] ?? 0) * (basis[y % n]?.[v] ?? 0);
          sum += wave * (block?.[v * 8 + u] ?? 0) * (c.quant[v * 8 + u] ?? 0);
        }
      }
      values[y * width + x] = clamp(nearest(sum));
    }
  }
  return { width, height, values };
}

/** Ties go to the even neighbour, as floating-point hardware has it; what is a tie but for 1e-6 is one. */
function nearest(exact: number): number {
  const value = Math.round(exact * 1e6) / 1e6;
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

function clamp(value: number): number {
  return Math.max(0, Math.min(255, value));
}

function lanczos(x: number): number {
  if (x === 0) return 1;
  if (Math.abs(x) >= 3) return 0;
  return (3 * Math.sin(Math.PI * x) * Math.sin((Math.PI * x) / 3)) / (Math.PI * x) ** 2;
}

/** One output of a resampled line: Lanczos-3, the line's ends repeated beyond it. */
function resampleAt(line: (i: number) => number, count: number, centre: number, ratio: number): number {
  const width = Math.max(1, ratio);
  let sum = 0;
  let weights = 0;
  for (let k = Math.ceil(centre - 3 * width); k <= centre + 3 * width; k++) {
    const weight = lanczos((k - centre) / width);
    sum += weight * line(Math.max(0, Math.min(count - 1, k)));
    weights += weight;
  }
  return sum / weights;
}

/** Resamples a window, given in samples. */
export function resample(source: Samples, window: Window): Samples {
  const { outWidth, outHeight } = window;
  const ratioX = window.width / outWidth;
  const ratioY = window.height / outHeight;
  const middle = new Float64Array(source.width * outHeight);
  for (let y = 0; y < outHeight; y++) {
    const centre = window.y + (y + 0.5) * ratioY - 0.5;
    for (let x = 0; x < source.width; x++) {
      const line = (i: number) => source.values[i * source.width + x] ?? 0;
      middle[y * source.width + x] = resampleAt(line, source.height, centre, ratioY);
    }
  }
  const values = new Float64Array(outWidth * outHeight);
  for (let y = 0; y < outHeight; y++) {
    for (let x = 0; x < outWidth; x++) {
      const centre = window.x + (x + 0.5) * ratioX - 0.5;
      const line = (i: number) => middle[y * source.width + i] ?? 0;
      values[y * outWidth + x] = clamp(Math.round(resampleAt(line, source.width, centre, ratioX)));
    }
  }
  return { width: outWidth, height: outHeight, values };
}

/** The thumbnail's planes, one a component, before colours and orientation. */
export function renderPlanes(image: TestImage, window: Window): Samples[] {
  const single = image.components.length === 1;
  const hMax = single ? 1 : Math.max(...image.components.map(({ h }) => h));
  const vMax = single ? 1 : Math.max(...image.components.map(({ v }) => v));
  return image.components.map((c) => {
    const [sampleX, sampleY] = single ? [1, 1] : [c.h / hMax, c.v / vMax];
    const n = Math.max(
      scaleOf(sampleX, window.width / window.outWidth),
      scaleOf(sampleY, window.height / window.outHeight),
    );
    const width = Math.ceil((Math.ceil(image.width * sampleX) * n) / 8);
    const height = Math.ceil((Math.ceil(image.height * sampleY) * n) / 8);
    return resample(renderPlane(c, n, width, height), {
      ...window,
      x: (window.x * sampleX * n) / 8,
      y: (window.y * sampleY * n) / 8,
      width: (window.width * sampleX * n) / 8,
      height: (window.height * sampleY * n) / 8,
    });
  });
}

/** YCbCr planes, or a single grey one, as RGB (T.871, clause 7). */
export function toRgb(planes: Samples[]): Float64Array {
  const [luma, cb, cr] = planes;
  if (!luma) return new Float64Array(0);
  const rgb = new Float64Array(luma.values.length * 3);
  luma.values.forEach((y, i) => {
    const b = (cb?.values[i] ?? 128) - 128;
    const r = (cr?.values[i] ?? 128) - 128;
    rgb[i * 3] = clamp(Math.round(y + 1.402 * r));
    rgb[i * 3 + 1] = clamp(Math.round(y - 0.344136286 * b - 0.714136286 * r));
    rgb[i * 3 + 2] = clamp(Math.round(y + 1.772 * b));
  });
  return rgb;
}

/** The largest and the mean difference of two pictures. */
export function difference(a: ArrayLike<number>, b: ArrayLike<number>): { largest: number; mean: number } {
  if (a.length !== b.length) return { largest: 256, mean: 256 };
  let largest = 0;
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const step = Math.abs((a[i] ?? 0) - (b[i] ?? 0));
    largest = Math.max(largest, step);
    sum += step;
  }
  return { largest, mean: sum / a.length };
}
