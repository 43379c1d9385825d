import { type Channels, openChannels } from "./channels.ts";
import type { Geometry } from "./geometry.ts";
import {
  P_ALPHA,
  P_CHANNELS,
  P_DEPTH,
  P_FACTOR,
  P_HEIGHT,
  P_KEY0,
  P_KEY1,
  P_KEY2,
  P_LOOKUP,
  P_PLANAR,
  P_PLANES,
  P_SAMPLES,
  P_SIZE,
  P_STRIDE,
  P_SUMS,
  P_TONES,
  P_WIDTH,
  P_X0,
  P_X1,
  P_Y0,
  P_Y1,
} from "../kernel/layout.ts";
import type { Kernel } from "./kernel.ts";

/** How the pixels of a row are coded. */
export interface PixelFormat {
  /** Bits a sample: 1, 2, 4, 8 or 16 (big-endian). */
  readonly depth: number;
  /** Samples a pixel: 1 grey or index, 2 grey and alpha, 3 RGB, 4 RGB and alpha. */
  readonly samples: number;
  /** 256 × RGBX for what the single sample means, if it is not simply grey. */
  readonly lookup?: Uint8Array | undefined;
  /** Samples of the colour that is transparent. */
  readonly key?: number[] | undefined;
  /** Has a plane behind the colours hold the alpha, by which these are multiplied; else they are laid on white. */
  readonly keepsAlpha?: boolean | undefined;
  /** What samples of 16 bits are as 8: 65,536 for each colour. */
  readonly tones?: Uint8Array | undefined;
}

/** Rows of pixels on their way to the thumbnail; see `kernel/rows.ts`. */
export interface RowSink {
  readonly channels: Channels;
  readonly record: number;
  readonly planes: number;
  readonly stride: number;
  /** First column that is wanted. */
  readonly firstColumn: number;
  /** Pixels of a row that are kept. */
  readonly keptWidth: number;
}

/**
 * Opens a way for rows from the top to the bottom. Pixels are first averaged in squares of half the shrinking
 * ratio, which loses nothing that a thumbnail shows, and Lanczos does the rest. With `keepWidth` the planar rows
 * are as wide as the picture.
 */
export function openRows(
  kernel: Kernel,
  geometry: Geometry,
  picture: { width: number; height: number; format: PixelFormat; keepWidth?: boolean },
): RowSink {
  const { width, height, format } = picture;
  const ratio = Math.min(
    geometry.cropWidth / geometry.storedWidth,
    geometry.cropHeight / geometry.storedHeight,
  );
  const factor = Math.min(256, Math.max(1, Math.floor(ratio / 2)));
  const planes = (format.lookup !== undefined || format.samples > 2 ? 3 : 1) + (format.keepsAlpha ? 1 : 0);
  const plane = {
    width: Math.ceil(width / factor),
    height: Math.ceil(height / factor),
    scaleX: 1 / factor,
    scaleY: 1 / factor,
    bandRows: 1,
    grain: 1,
  };
  const channels = openChannels(
    kernel,
    geometry,
    Array.from({ length: planes }, () => plane),
  );
  const [channel] = channels.list;
  if (channel === undefined) throw new Error("a picture has at least one channel");
  const x0 = channel.firstColumn * factor;
  const x1 = Math.min(width, channel.endColumn * factor);
  const stride = Math.ceil(((picture.keepWidth ? width : x1 - x0) + 16) / 16) * 16;
  const record = kernel.allocate(P_SIZE, true);
  const [key0 = -1, key1 = -1, key2 = -1] = format.key ?? [];
  const fields: [number, number][] = [
    ...channels.list.map(({ address }, i): [number, number] => [P_CHANNELS + 4 * i, address]),
    [P_PLANES, planes],
    [P_FACTOR, factor],
    [P_WIDTH, width],
    [P_HEIGHT, height],
    [P_X0, x0],
    [P_X1, x1],
    [P_Y0, channel.firstRow * factor],
    [P_Y1, Math.min(height, channel.endRow * factor)],
    [P_PLANAR, kernel.allocate(planes * stride + 16, true)],
    [P_SUMS, kernel.allocate(planes * stride * 2 + 32, true)],
    [P_STRIDE, stride],
    [P_DEPTH, format.depth],
    [P_SAMPLES, format.samples],
    [P_LOOKUP, format.lookup !== undefined ? kernel.place(format.lookup) : 0],
    [P_KEY0, key0],
    [P_KEY1, key1],
    [P_KEY2, key2],
    [P_TONES, format.tones !== undefined ? kernel.place(format.tones) : 0],
    [P_ALPHA, format.keepsAlpha ? 1 : 0],
  ];
  for (const [field, value] of fields) kernel.set(record, field, value);
  return { channels, record, planes, stride, firstColumn: x0, keptWidth: x1 - x0 };
}
