import { corrupt } from "../types.ts";

const obuSequenceHeader = 1;

/** Bits from the most significant one of each byte on; 0 beyond the end (AV1 specification, 4.10). */
export class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The next `count` bits as a number: `f(n)`. */
  read(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) {
      const byte = this.#bytes[this.#at >> 3] ?? 0;
      value = value * 2 + ((byte >> (7 - (this.#at & 7))) & 1);
      this.#at++;
    }
    return value;
  }

  /** Whether the next bit is set. */
  flag(): boolean {
    return this.read(1) === 1;
  }

  /** Goes past `count` bits. */
  skip(count: number): void {
    this.#at += count;
  }

  /**
   * Goes past a number that is as long as there are zeros before it: `uvlc()` (4.10.3). 32 zeros stand for a number that
   * may not occur; dav1d goes on behind them, and so does this.
   */
  skipVariable(): void {
    let zeros = 0;
    while (zeros < 32 && !this.flag()) zeros++;
    if (zeros < 32) this.skip(zeros);
  }
}

/** The body of the first sequence header among open bitstream units that tell their size (5.3). */
export function findSequenceHeader(data: Uint8Array): Uint8Array {
  for (let at = 0; at < data.length;) {
    const head = data[at] ?? 0;
    const type = (head >> 3) & 15;
    at += (head & 4) === 0 ? 1 : 2;
    const hasSize = (head & 2) !== 0;
    const size = hasSize ? readLeb128(data, at) : { value: data.length - at, next: at };
    at = size.next;
    if (type === obuSequenceHeader) return data.subarray(at, at + size.value);
    at += size.value;
  }
  throw corrupt("The AVIF picture has no sequence header.");
}

/** 4.10.5. */
function readLeb128(data: Uint8Array, start: number): { value: number; next: number } {
  let value = 0;
  for (let i = 0; i < 8; i++) {
    const byte = data[start + i] ?? 0;
    value += (byte & 127) * 128 ** i;
    if (byte < 128) return { value, next: start + i + 1 };
  }
  throw corrupt("The AVIF picture has a size without an end.");
}
