const clearCode = 256;
const endCode = 257;
const mostCodes = 4096;
/** Bytes that are handed on at a time; a single code may mean up to 4,096. */
const bufferBytes = 65_536;

/**
 * Unpacks LZW as TIFF has it (TIFF 6.0 §13): codes of 9 to 12 bits, highest bit first, that grow one code early. One for
 * a whole picture, since its tables are used again.
 */
export class LzwReader {
  readonly #prefix = new Uint16Array(mostCodes);
  readonly #suffix = new Uint8Array(mostCodes);
  readonly #first = new Uint8Array(mostCodes);
  readonly #length = new Uint16Array(mostCodes);
  readonly #out = new Uint8Array(bufferBytes);

  constructor() {
    for (let code = 0; code < 256; code++) {
      this.#suffix[code] = code;
      this.#first[code] = code;
      this.#length[code] = 1;
    }
  }

  /** Bytes of the tables and of the buffer. */
  static readonly bytes = bufferBytes + 6 * mostCodes;

  /** Unpacks `data` piece by piece until `give` answers that no more is wanted, or it ends. False: it is damaged. */
  unpack(data: Uint8Array, give: (bytes: Uint8Array) => boolean): boolean {
    const out = this.#out;
    let [at, acc, held] = [0, 0, 0];
    let [width, next, old, filled] = [9, endCode + 1, -1, 0];
    for (;;) {
      while (held < width && at < data.length) {
        acc = ((acc << 8) | (data[at++] ?? 0)) & 0xff_ff_ff;
        held += 8;
      }
      if (held < width) break;
      held -= width;
      const code = (acc >>> held) & ((1 << width) - 1);
      if (code === endCode) break;
      if (code === clearCode) {
        width = 9;
        next = endCode + 1;
        old = -1;
        continue;
      }
      if (code > next || (code === next && old < 0) || (old < 0 && code > endCode)) return false;
      if (old >= 0 && next < mostCodes) this.#learn(next++, old, code === next - 1 ? old : code);
      if (code >= next) return false;
      filled = this.#write(code, filled);
      if (filled > bufferBytes - mostCodes) {
        if (give(out.subarray(0, filled))) return true;
        filled = 0;
      }
      old = code;
      if (next >= (1 << width) - 1 && width < 12) width++;
    }
    give(out.subarray(0, filled));
    return true;
  }

  /** A new code means what the one before meant, and the first byte of what comes now. */
  #learn(code: number, old: number, following: number): void {
    this.#prefix[code] = old;
    this.#suffix[code] = this.#first[following] ?? 0;
    this.#first[code] = this.#first[old] ?? 0;
    this.#length[code] = (this.#length[old] ?? 0) + 1;
  }

  #write(code: number, from: number): number {
    const end = from + (this.#length[code] ?? 0);
    let rest = code;
    for (let at = end - 1; at > from; at--) {
      this.#out[at] = this.#suffix[rest] ?? 0;
      rest = this.#prefix[rest] ?? 0;
    }
    this.#out[from] = this.#suffix[rest] ?? 0;
    return end;
  }
}

/** Whether data is of the kind that was written before TIFF 6.0: lowest bit first. It begins with code 256 of 9 bits. */
export function isOldLzw(data: Uint8Array): boolean {
  return data[0] === 0 && ((data[1] ?? 0) & 1) === 1;
}
