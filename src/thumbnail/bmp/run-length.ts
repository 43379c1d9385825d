import { corrupt } from "../types.ts";

/** A run-length coded picture and where it begins. */
export interface RunLengthSource {
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly width: number;
  readonly height: number;
  /** Bits of an index: 8, or 4, of which two make a byte. */
  readonly bits: number;
}

/**
 * Reads a run-length coded bitmap (Microsoft, "Bitmap Compression") row by row, as they are stored, one byte an index.
 * What is jumped over is of the first colour. `take` answers by `true` that no more are wanted.
 */
export function readRunLength(source: RunLengthSource, take: (row: Uint8Array) => boolean): void {
  const { bytes, width, height, bits } = source;
  const row = new Uint8Array(width);
  let [at, x, y] = [source.at, 0, 0];
  const put = (count: number, indexAt: (i: number) => number): void => {
    for (let i = 0; i < count && x < width; i++) row[x++] = indexAt(i);
  };
  const endRow = (): boolean => {
    const isDone = take(row) || ++y === height;
    row.fill(0);
    return isDone;
  };
  for (;;) {
    if (at + 1 >= bytes.length) throw corrupt("The bitmap ends too early.");
    const [count = 0, value = 0] = bytes.subarray(at, at + 2);
    at += 2;
    if (count > 0) {
      put(count, (i) => (bits === 8 ? value : i % 2 === 0 ? value >> 4 : value & 15));
    } else if (value === 0) {
      if (endRow()) return;
      x = 0;
    } else if (value === 1) {
      while (!endRow());
      return;
    } else if (value === 2) {
      x += bytes[at] ?? 0;
      for (let rows = bytes[at + 1] ?? 0; rows > 0; rows--) if (endRow()) return;
      at += 2;
    } else {
      const data = at;
      put(value, (i) => {
        if (bits === 8) return bytes[data + i] ?? 0;
        const pair = bytes[data + (i >> 1)] ?? 0;
        return i % 2 === 0 ? pair >> 4 : pair & 15;
      });
      // Literal indices are filled up to whole words of 16 bits.
      at += 2 * Math.ceil((value * bits) / 16);
    }
  }
}
