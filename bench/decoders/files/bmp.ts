import { joined, littleEndian } from "../../../test/support/images/index.ts";
import { pixelOf, type Raster } from "../raster.ts";

/** How a bitmap of 16 or 32 bits a pixel is told (Windows' BITMAPINFOHEADER and its successors). */
export interface BmpCoding {
  readonly bits: 16 | 24 | 32;
  /** Bytes of the header: 12 (OS/2), 40, 52, 56, 108 or 124. */
  readonly header: 12 | 40 | 52 | 56 | 108 | 124;
  /** Where red, green, blue and alpha lie in a pixel; none means as without masks. */
  readonly masks?: readonly [number, number, number, number];
  /** The alpha that is stored, by the picture's own. */
  readonly alpha?: (alpha: number) => number;
  readonly topDown?: boolean;
}

const standard: Readonly<Record<16 | 24 | 32, readonly [number, number, number, number]>> = {
  16: [0x7c00, 0x03e0, 0x001f, 0],
  24: [0xff0000, 0xff00, 0xff, 0],
  32: [0xff0000, 0xff00, 0xff, 0xff000000],
};

/** A bitmap file. */
export function bmpOf(raster: Raster, coding: BmpCoding): Uint8Array {
  const { width, height } = raster;
  const { bits, header, topDown = false } = coding;
  const rows = Array.from({ length: height }, (_, y) => rowOf(raster, topDown ? y : height - 1 - y, coding));
  const data = joined(...rows);
  const masks = masksBehind(coding);
  const offset = 14 + header + masks.length;
  const file = joined("BM", littleEndian(4, offset + data.length, 0, offset));
  if (header === 12) return joined(file, littleEndian(4, 12), littleEndian(2, width, height, 1, bits), data);
  const size = littleEndian(4, header, width, topDown ? -height : height);
  const told = joined(
    size,
    littleEndian(2, 1, bits),
    littleEndian(4, compression(coding), data.length, 2835, 2835, 0, 0),
  );
  return joined(file, told, restOfHeader(coding), masks, data);
}

function compression({ masks }: BmpCoding): number {
  return masks === undefined ? 0 : 3;
}

/** Behind a header of 40 bytes three masks follow; longer ones have them inside, and then, from 108 on, the colour space. */
function masksBehind({ header, masks }: BmpCoding): Uint8Array {
  return header === 40 && masks !== undefined ? littleEndian(4, ...masks.slice(0, 3)) : new Uint8Array(0);
}

function restOfHeader({ header, masks = [0, 0, 0, 0] }: BmpCoding): Uint8Array {
  const inside = littleEndian(4, ...masks);
  const rest = new Uint8Array(header - 40);
  rest.set(inside.subarray(0, rest.length));
  // "sRGB", as version 4 spells it, in its place behind the masks.
  if (header >= 108) rest.set(joined("BGRs"), 16);
  return rest;
}

function rowOf(
  raster: Raster,
  y: number,
  { bits, masks = standard[bits], alpha = (own) => own }: BmpCoding,
): Uint8Array {
  const bytes = bits / 8;
  const row = new Uint8Array(Math.ceil((raster.width * bytes) / 4) * 4);
  for (let x = 0; x < raster.width; x++) {
    const [red, green, blue, own] = pixelOf(raster, x, y);
    const levels = [red, green, blue, alpha(own)];
    const word = levels.reduce((sum, level, channel) => sum + placed(level, masks[channel] ?? 0), 0);
    for (let byte = 0; byte < bytes; byte++)
      row[x * bytes + byte] = Math.floor(word / 2 ** (8 * byte)) & 0xff;
  }
  return row;
}

/** A level of 8 bits in the bits of a mask. */
function placed(level: number, mask: number): number {
  if (mask === 0) return 0;
  const lowest = mask & -mask;
  const most = (mask >>> 0) / (lowest >>> 0);
  return Math.round((level * most) / 255) * (lowest >>> 0);
}
