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
  readonly #length = new Uint16Array(mostCodes);
  readonly #out = new Uint8Array(bufferBytes);

  constructor() {
    for (let code = 0; code < 256; code++) {
      this.#suffix[code] = code;
      this.#length[code] = 1;
    }
  }

  /** Bytes of the tables and of the buffer. */
  static readonly bytes = bufferBytes + 5 * mostCodes;

  /** Unpacks `data` piece by piece until `give` answers that no more is wanted, or it ends. False: it is damaged. */
  unpack(data: Uint8Array, give: (bytes: Uint8Array) => boolean): boolean {
    const [prefix, suffix, lengths, out] = [this.#prefix, this.#suffix, this.#length, this.#out];
    let [at, acc, held, width, next, old, oldLength, filled] = [0, 0, 0, 9, endCode + 1, -1, 0, 0];
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
        [width, next, old] = [9, endCode + 1, -1];
        continue;
      }
      // The code that is learned now may be the one that was read: then it ends as the one before begins.
      if (code > next || (old < 0 && code > endCode) || (code === next && next === mostCodes)) return false;
      const isNew = code === next;
      const length = isNew ? oldLength + 1 : (lengths[code] ?? 1);
      let rest = isNew ? old : code;
      for (let place = filled + length - (isNew ? 2 : 1); place > filled; place--) {
        out[place] = suffix[rest] ?? 0;
        rest = prefix[rest] ?? 0;
      }
      out[filled] = suffix[rest] ?? 0;
      if (isNew) out[filled + length - 1] = out[filled] ?? 0;
      if (old >= 0 && next < mostCodes) {
        prefix[next] = old;
        suffix[next] = out[filled] ?? 0;
        lengths[next++] = oldLength + 1;
      }
      filled += length;
      if (filled > bufferBytes - mostCodes) {
        if (give(out.subarray(0, filled))) return true;
        filled = 0;
      }
      old = code;
      oldLength = length;
      if (next >= (1 << width) - 1 && width < 12) width++;
    }
    give(out.subarray(0, filled));
    return true;
  }
}

/** Whether data is of the kind that was written before TIFF 6.0: lowest bit first. It begins with code 256 of 9 bits. */
export function isOldLzw(data: Uint8Array): boolean {
  return data[0] === 0 && ((data[1] ?? 0) & 1) === 1;
}
