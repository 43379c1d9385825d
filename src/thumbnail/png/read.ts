import { ByteView } from "../../metadata/byte-view.ts";
import {
  INFLATE_BYTES,
  N_ABOVE,
  N_PASSES,
  N_PIXEL_BYTES,
  N_RASTER,
  N_ROW,
  N_ROWS,
  N_SIZE,
  P_PLANAR,
} from "../kernel/layout.ts";
import type { Kernel } from "../raster/kernel.ts";
import type { RowSink } from "../raster/rows.ts";
import { corrupt } from "../types.ts";
import { type PngFile, samplesOf } from "./chunks.ts";

/** What deflate may refer back to, room for as much again, and for what one step may write beyond. */
const windowBytes = 2 * 32768 + 1024;

/** Adam7 (PNG 3rd ed., 8.1): first column and row of each pass, and its steps. */
const adam7 = [
  { x: 0, y: 0, dx: 8, dy: 8 },
  { x: 4, y: 0, dx: 8, dy: 8 },
  { x: 0, y: 4, dx: 4, dy: 8 },
  { x: 2, y: 0, dx: 4, dy: 4 },
  { x: 0, y: 2, dx: 2, dy: 4 },
  { x: 1, y: 0, dx: 2, dy: 2 },
  { x: 0, y: 1, dx: 1, dy: 2 },
];

const whole = [{ x: 0, y: 0, dx: 1, dy: 1 }];

/**
 * Reads a picture's rows into `sink`. Rows of an interlaced one are put together first: all of it is held, as
 * planes, within the budget.
 */
export function readRows(kernel: Kernel, file: PngFile, sink: RowSink): void {
  const { height, interlaced } = file.header;
  const planarBytes = sink.planes * sink.stride;
  const raster = interlaced ? kernel.allocate(planarBytes * height + 64) : 0;
  const reader = placeReader(kernel, file, sink, raster);
  const work = kernel.allocate(INFLATE_BYTES);
  const window = kernel.allocate(windowBytes);
  kernel.feed(file.data);
  if (kernel.run.readPng(reader, work, window, windowBytes - 64) === 0) {
    throw corrupt("The picture data is damaged or ends too early.");
  }
  if (!interlaced) return;
  for (let y = 0; y < height; y++) {
    kernel.set(sink.record, P_PLANAR, raster + y * planarBytes + sink.firstColumn);
    if (kernel.run.pushPlanar(sink.record) !== 0) return;
  }
}

/** Room for profiles: most have less than the first, those of printers up to some megabytes. */
const profileBytes = [131_072, 2_097_152];

/** Inflates an ICC profile; undefined if it is damaged or larger than any. */
export function inflateProfile(kernel: Kernel, data: Uint8Array): Uint8Array | undefined {
  const work = kernel.allocate(INFLATE_BYTES);
  for (const mostBytes of profileBytes) {
    const target = kernel.allocate(mostBytes + 64);
    kernel.feed([data]);
    const length = kernel.run.inflateSmall(work, target, mostBytes);
    if (length > 0) return kernel.u8(target, length).slice();
    // Damaged data would be so again.
    if (!isCutOff(kernel.u8(target, mostBytes), mostBytes)) return undefined;
  }
  return undefined;
}

/** Whether a profile tells of more bytes than there was room for (ICC.1:2022, 7.2.2). */
function isCutOff(bytes: Uint8Array, mostBytes: number): boolean {
  return new ByteView(bytes).u32(0) > mostBytes - roomBehind;
}

/** What the kernel wants behind what it inflates. */
const roomBehind = 1024;

function placeReader(kernel: Kernel, file: PngFile, sink: RowSink, raster: number): number {
  const { width, height, depth, colour } = file.header;
  const bits = depth * samplesOf(colour);
  const planarBytes = sink.planes * sink.stride;
  const passes = (raster === 0 ? whole : adam7).flatMap(({ x, y, dx, dy }) => {
    const [columns, rows] = [Math.ceil((width - x) / dx), Math.ceil((height - y) / dy)];
    if (columns <= 0 || rows <= 0) return [];
    return [1 + Math.ceil((columns * bits) / 8), columns, rows, y * planarBytes + x, dy * planarBytes, dx];
  });
  // 16 bytes before the pixels, of which the last is the filter byte, and as many behind them
  const rowBytes = Math.ceil((width * bits) / 8) + 32;
  const reader = kernel.allocate(N_SIZE, true);
  const fields: [number, number][] = [
    [N_ROW, kernel.allocate(rowBytes, true) + 16],
    [N_ABOVE, kernel.allocate(rowBytes, true) + 16],
    [N_PIXEL_BYTES, Math.max(1, bits >> 3)],
    [N_PASSES, kernel.place(Int32Array.of(...passes, 0, 0, 0, 0, 0, 0))],
    [N_ROWS, sink.record],
    [N_RASTER, raster],
  ];
  for (const [field, value] of fields) kernel.set(reader, field, value);
  return reader;
}
