import { corrupt } from "../types.ts";
import type { BmpHeader } from "./header.ts";

/** One channel of a pixel of 16 or 32 bits. */
interface Field {
  readonly shift: number;
  /** What all bits set mean; 0 where there is none. */
  readonly top: number;
}

/** Turns rows of 16, 24 and 32 bits a pixel into red, green, blue and, if it counts, alpha. */
export class PixelReader {
  readonly samples: 3 | 4;
  readonly #bits: number;
  readonly #fields: readonly Field[];

  /** `hasAlpha` says whether alpha counts: a bitmap of which all of it is 0 is opaque. */
  constructor({ bits, masks }: BmpHeader, hasAlpha: boolean) {
    this.#bits = bits;
    this.samples = hasAlpha ? 4 : 3;
    this.#fields = masks.slice(0, this.samples).map(fieldOf);
  }

  /** Reads a row; what it lacks is black. */
  read(row: Uint8Array, target: Uint8Array): void {
    if (this.#bits === 24) {
      for (let at = 0; at + 2 < target.length; at += 3) {
        target[at] = row[at + 2] ?? 0;
        target[at + 1] = row[at + 1] ?? 0;
        target[at + 2] = row[at] ?? 0;
      }
      return;
    }
    const bytes = this.#bits >> 3;
    this.#fields.forEach(({ shift, top }, channel) => {
      const scale = top === 0 ? 0 : 255 / top;
      let from = 0;
      for (let at = channel; at < target.length; at += this.samples, from += bytes) {
        target[at] = Math.round(((pixelAt(row, from, bytes) >>> shift) & top) * scale);
      }
    });
  }
}

function pixelAt(row: Uint8Array, at: number, bytes: number): number {
  const low = (row[at] ?? 0) | ((row[at + 1] ?? 0) << 8);
  return bytes === 2 ? low : (low | ((row[at + 2] ?? 0) << 16) | ((row[at + 3] ?? 0) << 24)) >>> 0;
}

function fieldOf(mask: number): Field {
  if (mask === 0) return { shift: 0, top: 0 };
  const shift = 31 - Math.clz32(mask & -mask);
  const top = mask >>> shift;
  if ((top & (top + 1)) !== 0) throw corrupt("The bitmap has impossible masks.");
  return { shift, top };
}

/** Whether any pixel of a bitmap of 16 or 32 bits has alpha other than 0; where none has, all are meant to be seen. */
export function hasAnyAlpha(bytes: Uint8Array, header: BmpHeader): boolean {
  const { masks, bits, width, height, pixelsAt } = header;
  const mask = masks[3];
  if (mask === 0) return false;
  const step = bits >> 3;
  const rowBytes = rowBytesOf(header);
  for (let y = 0; y < height; y++) {
    const row = bytes.subarray(pixelsAt + y * rowBytes, pixelsAt + (y + 1) * rowBytes);
    for (let x = 0; x < width; x++) if ((pixelAt(row, x * step, step) & mask) !== 0) return true;
  }
  return false;
}

/** Rows are filled up to whole words of 32 bits. */
export function rowBytesOf({ width, bits }: BmpHeader): number {
  return Math.ceil((width * bits) / 32) * 4;
}
