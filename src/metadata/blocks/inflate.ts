/** A code of RFC 1951 §3.2.2: how many codes there are of each length, and the symbols in the order of their codes. */
interface Code {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

const maxCodeBits = 15;
// RFC 1951 §3.2.5: the lengths and distances of the codes from 257 and 0 on, and how many bits follow each.
const lengthBases = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
];
const lengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const distanceBases = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
  6145, 8193, 12_289, 16_385, 24_577,
];
const distanceBits = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
const lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const endOfBlock = 256;

/**
 * Undoes zlib's coding (RFC 1950), as far as `mostBytes`. What was undone before a damaged place is kept: a text that
 * lacks its end tells more than none. It does not wait, as parsers of headers need it, and never throws.
 */
export function inflate(data: Uint8Array, mostBytes: number): Uint8Array {
  const [method = 0, flags = 0] = data;
  const isZlib = (method & 15) === 8 && (method * 256 + flags) % 31 === 0 && (flags & 0x20) === 0;
  return isZlib ? new Inflater(data.subarray(2), mostBytes).run() : new Uint8Array(0);
}

class Inflater {
  readonly #data: Uint8Array;
  readonly #mostBytes: number;
  #at = 0;
  #bits = 0;
  #bitCount = 0;
  #output: Uint8Array;
  #length = 0;

  constructor(data: Uint8Array, mostBytes: number) {
    this.#data = data;
    this.#mostBytes = mostBytes;
    this.#output = new Uint8Array(Math.min(mostBytes, Math.max(1024, data.length * 4)));
  }

  run(): Uint8Array {
    let isLast = false;
    while (!isLast) {
      isLast = this.#take(1) === 1;
      if (!this.#block(this.#take(2))) break;
    }
    return this.#output.subarray(0, this.#length);
  }

  /** Whether the block was read to its end. */
  #block(type: number): boolean {
    if (type === 0) return this.#stored();
    if (type === 1) return this.#coded(fixedLengths, fixedDistances);
    const codes = type === 2 ? this.#readCodes() : null;
    return codes !== null && this.#coded(codes.lengths, codes.distances);
  }

  /** The next bits, the first of them lowest; -1 where the data has ended. */
  #take(count: number): number {
    while (this.#bitCount < count) {
      const byte = this.#data[this.#at++];
      if (byte === undefined) return -1;
      this.#bits |= byte << this.#bitCount;
      this.#bitCount += 8;
    }
    const value = this.#bits & ((1 << count) - 1);
    this.#bits >>>= count;
    this.#bitCount -= count;
    return value;
  }

  /** The next symbol of a code; -1 where there is none. */
  #symbol({ counts, symbols }: Code): number {
    let [code, first, index] = [0, 0, 0];
    for (let length = 1; length <= maxCodeBits; length++) {
      const bit = this.#take(1);
      if (bit === -1) return -1;
      code |= bit;
      const count = counts[length] ?? 0;
      if (code - first < count) return symbols[index + code - first] ?? -1;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    return -1;
  }

  /** RFC 1951 §3.2.4. The complement of the length is not compared: damage shows soon enough. */
  #stored(): boolean {
    this.#at -= this.#bitCount >> 3;
    this.#bits = 0;
    this.#bitCount = 0;
    const low = this.#data[this.#at] ?? 0;
    const length = low + 256 * (this.#data[this.#at + 1] ?? 0);
    const piece = this.#data.subarray(this.#at + 4, this.#at + 4 + length);
    const kept = piece.subarray(0, this.#mostBytes - this.#length);
    this.#reserve(kept.length);
    this.#output.set(kept, this.#length);
    this.#length += kept.length;
    this.#at += 4 + length;
    return kept.length === length;
  }

  #coded(lengths: Code, distances: Code): boolean {
    for (;;) {
      const symbol = this.#symbol(lengths);
      if (symbol === endOfBlock) return true;
      if (symbol === -1 || this.#length >= this.#mostBytes) return false;
      if (symbol < endOfBlock) {
        this.#reserve(1);
        this.#output[this.#length++] = symbol;
      } else if (!this.#copy(symbol - 257, distances)) return false;
    }
  }

  /** RFC 1951 §3.2.5: bytes from before, which the copy itself may make. */
  #copy(lengthIndex: number, distances: Code): boolean {
    const length = (lengthBases[lengthIndex] ?? 0) + this.#take(lengthBits[lengthIndex] ?? 0);
    const distanceIndex = this.#symbol(distances);
    const base = distanceBases[distanceIndex];
    if (base === undefined) return false;
    const extra = this.#take(distanceBits[distanceIndex] ?? 0);
    const distance = base + extra;
    if (extra === -1 || length < 3 || distance > this.#length) return false;
    const kept = Math.min(length, this.#mostBytes - this.#length);
    this.#reserve(kept);
    for (let count = 0; count < kept; count++, this.#length++) {
      this.#output[this.#length] = this.#output[this.#length - distance] ?? 0;
    }
    return true;
  }

  /** RFC 1951 §3.2.7: the lengths of both codes, themselves in a code. */
  #readCodes(): { lengths: Code; distances: Code } | null {
    const lengthCount = this.#take(5) + 257;
    const distanceCount = this.#take(5) + 1;
    const orderCount = this.#take(4) + 4;
    const ordered = new Uint8Array(19);
    for (const symbol of lengthOrder.slice(0, orderCount)) ordered[symbol] = Math.max(0, this.#take(3));
    const code = codeOf(ordered);
    const lengths = new Uint8Array(lengthCount + distanceCount);
    for (let at = 0; at < lengths.length;) {
      const symbol = this.#symbol(code);
      if (symbol === -1) return null;
      if (symbol < 16) {
        lengths[at++] = symbol;
        continue;
      }
      const value = symbol === 16 ? (lengths[at - 1] ?? 0) : 0;
      const [base, bits] = symbol === 18 ? [11, 7] : [3, symbol === 17 ? 3 : 2];
      const end = at + base + this.#take(bits);
      lengths.fill(value, at, end);
      at = end;
    }
    return {
      lengths: codeOf(lengths.subarray(0, lengthCount)),
      distances: codeOf(lengths.subarray(lengthCount)),
    };
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#output.length) return;
    const larger = new Uint8Array(Math.min(this.#mostBytes, this.#output.length * 2));
    larger.set(this.#output);
    this.#output = larger;
  }
}

/** RFC 1951 §3.2.2: a code from the length of each symbol's; 0 is no code. */
function codeOf(lengths: Uint8Array): Code {
  const counts = new Uint16Array(maxCodeBits + 1);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  counts[0] = 0;
  const offsets = new Uint16Array(maxCodeBits + 2);
  for (let length = 1; length <= maxCodeBits; length++) {
    offsets[length + 1] = (offsets[length] ?? 0) + (counts[length] ?? 0);
  }
  const symbols = new Uint16Array(lengths.length);
  for (const [symbol, length] of lengths.entries()) {
    if (length === 0) continue;
    const at = offsets[length] ?? 0;
    symbols[at] = symbol;
    offsets[length] = at + 1;
  }
  return { counts, symbols };
}

// RFC 1951 §3.2.6.
const fixedLengths = codeOf(
  Uint8Array.from({ length: 288 }, (_, symbol) => {
    if (symbol < 144) return 8;
    if (symbol < 256) return 9;
    return symbol < 280 ? 7 : 8;
  }),
);
const fixedDistances = codeOf(new Uint8Array(30).fill(5));
