import { type AxisFilter, lanczosFilter } from "./filter.ts";
import type { Geometry } from "./geometry.ts";
import {
  R_H_START,
  R_H_TAPS,
  R_H_WEIGHTS,
  R_HEIGHT,
  R_MIDDLE,
  R_OUT,
  R_OUT_HEIGHT,
  R_OUT_WIDTH,
  R_RING,
  R_RING_ROWS,
  R_SIZE,
  R_STRIDE,
  R_TAP_ROWS,
  R_V_START,
  R_V_TAPS,
  R_V_WEIGHTS,
  R_WIDTH,
} from "../kernel/layout.ts";
import type { Kernel } from "./kernel.ts";

/** A plane of samples as a decoder delivers it, row by row. */
export interface Plane {
  /** Size in samples. */
  readonly width: number;
  readonly height: number;
  /** Samples for each pixel of the picture, across and down. */
  readonly scaleX: number;
  readonly scaleY: number;
  /** How many rows come in at a time, and to what multiple the columns that are kept are rounded outwards. */
  readonly bandRows: number;
  readonly grain: number;
}

/** A channel of the kernel that turns one plane into one of the thumbnail's; columns and rows that it wants. */
export interface Channel {
  readonly address: number;
  readonly firstColumn: number;
  readonly endColumn: number;
  readonly firstRow: number;
  readonly endRow: number;
}

/** The channels of a picture and the thumbnail's planes that they fill, one behind the other. */
export interface Channels {
  readonly list: Channel[];
  readonly planes: number;
  readonly planeBytes: number;
}

interface Filters {
  readonly down: AxisFilter;
  readonly across: AxisFilter;
  readonly downAt: { starts: number; weights: number };
  readonly acrossAt: { starts: number; weights: number };
}

/** Sets up the resampling of a picture's planes into the thumbnail that `geometry` asks for. */
export function openChannels(kernel: Kernel, geometry: Geometry, planes: Plane[]): Channels {
  const planeBytes = Math.ceil((geometry.storedWidth * geometry.storedHeight + 16) / 16) * 16;
  const target = kernel.allocate(planeBytes * planes.length);
  const known = new Map<string, Filters>();
  const list = planes.map((plane, index) => {
    const key = JSON.stringify([plane.width, plane.height, plane.scaleX, plane.scaleY, plane.grain]);
    const filters = known.get(key) ?? placeFilters(kernel, geometry, plane);
    known.set(key, filters);
    return openChannel(kernel, geometry, plane, { filters, out: target + index * planeBytes });
  });
  return { list, planes: target, planeBytes };
}

function placeFilters(kernel: Kernel, geometry: Geometry, plane: Plane): Filters {
  const down = lanczosFilter({
    outputs: geometry.storedHeight,
    from: geometry.cropY * plane.scaleY,
    length: geometry.cropHeight * plane.scaleY,
    samples: plane.height,
    multiple: 2,
  });
  const across = lanczosFilter({
    outputs: geometry.storedWidth,
    from: geometry.cropX * plane.scaleX,
    length: geometry.cropWidth * plane.scaleX,
    samples: plane.width,
    multiple: 8,
  });
  const origin = Math.floor(across.first / plane.grain) * plane.grain;
  // the kernel makes four pixels at a time: up to three more than there are
  const starts = new Int32Array(geometry.storedWidth + 3);
  starts.set(across.starts.map((start) => start - origin));
  const weights = new Int16Array((geometry.storedWidth + 3) * across.taps);
  weights.set(across.weights);
  return {
    down,
    across,
    downAt: { starts: kernel.place(down.starts), weights: kernel.place(down.weights) },
    acrossAt: { starts: kernel.place(starts), weights: kernel.place(weights) },
  };
}

function openChannel(
  kernel: Kernel,
  geometry: Geometry,
  plane: Plane,
  { filters, out }: { readonly filters: Filters; readonly out: number },
): Channel {
  const { down, across } = filters;
  const firstColumn = Math.floor(across.first / plane.grain) * plane.grain;
  const endColumn = Math.ceil(across.end / plane.grain) * plane.grain;
  const width = endColumn - firstColumn;
  const stride = Math.ceil((width + 16) / 16) * 16;
  const bands = Math.ceil(down.taps / plane.bandRows) + 1;
  const address = kernel.allocate(R_SIZE, true);
  const fields: [number, number][] = [
    [R_RING, kernel.allocate(bands * plane.bandRows * stride)],
    [R_RING_ROWS, bands * plane.bandRows],
    [R_STRIDE, stride],
    [R_WIDTH, width],
    [R_HEIGHT, plane.height],
    [R_OUT, out],
    [R_OUT_WIDTH, geometry.storedWidth],
    [R_OUT_HEIGHT, geometry.storedHeight],
    [R_V_START, filters.downAt.starts],
    [R_V_WEIGHTS, filters.downAt.weights],
    [R_V_TAPS, down.taps],
    [R_H_START, filters.acrossAt.starts],
    [R_H_WEIGHTS, filters.acrossAt.weights],
    [R_H_TAPS, across.taps],
    [R_MIDDLE, kernel.allocate((stride + across.taps) * 2 + 16)],
    [R_TAP_ROWS, kernel.allocate(down.taps * 4)],
  ];
  for (const [field, value] of fields) kernel.set(address, field, value);
  return { address, firstColumn, endColumn, firstRow: down.first, endRow: down.end };
}
