import type { Channel, Plane } from "../raster/channels.ts";
import type { Geometry } from "../raster/geometry.ts";
import {
  C_BITMAP,
  C_BLOCKS_STRIDE,
  C_BLOCKS_X,
  C_BLOCKS_Y,
  C_CHANNEL,
  C_COEFS,
  C_CROP_X0,
  C_CROP_X1,
  C_CROP_Y0,
  C_CROP_Y1,
  C_H,
  C_N,
  C_QUANT,
  C_SIZE,
  C_V,
} from "../kernel/layout.ts";
import type { Kernel } from "../raster/kernel.ts";
import { corrupt } from "../types.ts";
import type { Frame, JpegState } from "./header.ts";

/** A component with everything that follows from the frame and the thumbnail's size. */
export interface Component {
  readonly h: number;
  readonly v: number;
  readonly quant: number;
  /** Samples to decode of each block's side: 1, 2, 4 or 8. */
  readonly n: number;
  /** Blocks that hold picture, and blocks across in whole MCUs. */
  readonly blocksX: number;
  readonly blocksY: number;
  readonly blocksStride: number;
  readonly blocksRows: number;
  readonly plane: Plane;
}

/** The components of a frame, and its MCUs. */
export interface FrameLayout {
  readonly components: Component[];
  readonly unitsX: number;
  readonly unitsY: number;
}

/** What the coefficients of a progressive frame may take before its colours are decoded at a smaller scale. */
const mostCoefficientBytes = 12 * 1024 * 1024;

/**
 * Plans the decoding of a frame (T.81 A.1, A.2) at the smallest scale that still covers the thumbnail. Half a sample for
 * each pixel of the thumbnail is all that its JPEG keeps of colours: where a progressive frame would take much memory, whose
 * coefficients are all held, components with a share of the samples count for twice that share.
 */
export function planFrame(frame: Frame, geometry: Geometry): FrameLayout {
  const plan = planAt(frame, geometry, (share) => share);
  const isLarge = frame.progressive && coefficientBytes(plan) > mostCoefficientBytes;
  return isLarge ? planAt(frame, geometry, (share) => Math.min(1, 2 * share)) : plan;
}

function coefficientBytes({ components }: FrameLayout): number {
  return components.reduce(
    (sum, { blocksStride, blocksRows, n }) => sum + blocksStride * blocksRows * n * n * 2,
    0,
  );
}

/** The plan, where a component with a share of the picture's samples needs as many as if it had the share that is told. */
function planAt(frame: Frame, geometry: Geometry, needed: (share: number) => number): FrameLayout {
  const { width, height } = frame;
  const single = frame.components.length === 1;
  const sampled = frame.components.map((c) => (single ? { ...c, h: 1, v: 1 } : c));
  const hMax = Math.max(...sampled.map(({ h }) => h));
  const vMax = Math.max(...sampled.map(({ v }) => v));
  const unitsX = Math.ceil(width / (8 * hMax));
  const unitsY = Math.ceil(height / (8 * vMax));
  const shrinkX = geometry.cropWidth / geometry.storedWidth;
  const shrinkY = geometry.cropHeight / geometry.storedHeight;
  const components = sampled.map(({ h, v, quant }): Component => {
    const samplesX = Math.ceil((width * h) / hMax);
    const samplesY = Math.ceil((height * v) / vMax);
    const n = Math.max(scaleFor(shrinkX * needed(h / hMax)), scaleFor(shrinkY * needed(v / vMax)));
    return {
      h,
      v,
      quant,
      n,
      blocksX: Math.ceil(samplesX / 8),
      blocksY: Math.ceil(samplesY / 8),
      blocksStride: unitsX * h,
      blocksRows: unitsY * v,
      plane: {
        width: Math.ceil((samplesX * n) / 8),
        height: Math.ceil((samplesY * n) / 8),
        scaleX: (h * n) / (8 * hMax),
        scaleY: (v * n) / (8 * vMax),
        bandRows: v * n,
        grain: n,
      },
    };
  });
  return { components, unitsX, unitsY };
}

/** The least n that leaves at least one sample for each pixel of the thumbnail, `shrink` being full samples a pixel. */
function scaleFor(shrink: number): number {
  for (const n of [1, 2, 4]) if (n * shrink >= 8 - 1e-9) return n;
  return 8;
}

/** Writes a component's record into the kernel. The coefficient store of a progressive one comes with it. */
export function placeComponent(
  kernel: Kernel,
  component: Component,
  channel: Channel,
  progressive: boolean,
): number {
  const { n } = component;
  const record = kernel.allocate(C_SIZE, true);
  const blocks = component.blocksStride * component.blocksRows;
  const coefs = progressive ? kernel.allocate(blocks * n * n * 2, true) : 0;
  const bitmap = progressive && n > 1 ? kernel.allocate(blocks * 8, true) : 0;
  const quant = kernel.allocate(256, true);
  const fields: [number, number][] = [
    [C_H, component.h],
    [C_V, component.v],
    [C_N, n],
    [C_BLOCKS_X, component.blocksX],
    [C_BLOCKS_Y, component.blocksY],
    [C_BLOCKS_STRIDE, component.blocksStride],
    [C_QUANT, quant],
    [C_CROP_X0, channel.firstColumn / n],
    [C_CROP_X1, channel.endColumn / n],
    [C_CROP_Y0, Math.floor(channel.firstRow / n)],
    [C_CROP_Y1, Math.ceil(channel.endRow / n)],
    [C_CHANNEL, channel.address],
    [C_COEFS, coefs],
    [C_BITMAP, bitmap],
  ];
  for (const [field, value] of fields) kernel.set(record, field, value);
  return record;
}

/** Gives a component its quantiser as it stands when its first scan begins (T.81 B.2.4.1). */
export function placeQuant(kernel: Kernel, record: number, component: Component, state: JpegState): void {
  const table = state.quant[component.quant];
  if (table === undefined) throw corrupt("A quantisation table is missing.");
  kernel.write(kernel.get(record, C_QUANT), table);
}
