/** Numbers in big-endian order, `width` bytes each. */
export function bigEndian(width: number, ...values: number[]): Uint8Array {
  return littleEndian(width, ...values.toReversed()).toReversed();
}

/** Numbers in little-endian order, `width` bytes each; negative ones as two's complement. */
export function littleEndian(width: number, ...values: number[]): Uint8Array {
  const bytes = new Uint8Array(width * values.length);
  for (const [index, value] of values.entries()) {
    let rest = BigInt.asUintN(width * 8, BigInt(value));
    for (let byte = 0; byte < width; byte++) {
      bytes[index * width + byte] = Number(rest & 0xffn);
      rest >>= 8n;
    }
  }
  return bytes;
}

/** Characters as bytes, one each. */
export function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Pieces one after the other; strings as one byte a character. */
export function joined(...pieces: (Uint8Array | string)[]): Uint8Array {
  const arrays = pieces.map((piece) => (typeof piece === "string" ? latin1(piece) : piece));
  const bytes = new Uint8Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    bytes.set(array, at);
    at += array.length;
  }
  return bytes;
}

/** Bytes that grow as they are written. */
export class GrowingBytes {
  #bytes = new Uint8Array(64 * 1024);
  #length = 0;

  push(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length++] = byte;
  }

  done(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}

/** Bits packed from the least significant one of each byte on, as GIF, WebP and deflate do. */
export class LowBitWriter {
  readonly #bytes = new GrowingBytes();
  #pending = 0;
  #count = 0;

  write(bits: number, count: number): void {
    for (let index = 0; index < count; index++) {
      this.#pending |= ((bits >>> index) & 1) << this.#count++;
      if (this.#count === 8) {
        this.#bytes.push(this.#pending);
        this.#pending = 0;
        this.#count = 0;
      }
    }
  }

  done(): Uint8Array {
    if (this.#count > 0) this.#bytes.push(this.#pending);
    return this.#bytes.done();
  }
}
