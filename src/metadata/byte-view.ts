/**
 * Numbers and text out of bytes whose length is not to be trusted. Every read is total: beyond the end
 * it is 0 (or the empty string), which no format means by a size, a count, a tag or a signature, so that
 * parsers need no check of their own before each read and never throw.
 */
export class ByteView {
  readonly bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  /** Whether `length` bytes from `offset` on are there. */
  has(offset: number, length: number): boolean {
    return offset >= 0 && length >= 0 && offset + length <= this.bytes.length;
  }

  u8(offset: number): number {
    return this.has(offset, 1) ? this.#view.getUint8(offset) : 0;
  }

  u16(offset: number, littleEndian = false): number {
    return this.has(offset, 2) ? this.#view.getUint16(offset, littleEndian) : 0;
  }

  u24(offset: number, littleEndian = false): number {
    const [low, high] = littleEndian ? [0, 2] : [2, 0];
    if (!this.has(offset, 3)) return 0;
    return this.u8(offset + low) | (this.u8(offset + 1) << 8) | (this.u8(offset + high) << 16);
  }

  u32(offset: number, littleEndian = false): number {
    return this.has(offset, 4) ? this.#view.getUint32(offset, littleEndian) : 0;
  }

  i8(offset: number): number {
    return this.has(offset, 1) ? this.#view.getInt8(offset) : 0;
  }

  i16(offset: number, littleEndian = false): number {
    return this.has(offset, 2) ? this.#view.getInt16(offset, littleEndian) : 0;
  }

  i32(offset: number, littleEndian = false): number {
    return this.has(offset, 4) ? this.#view.getInt32(offset, littleEndian) : 0;
  }

  /** As `u64`, of a signed number. */
  i64(offset: number, littleEndian = false): number {
    return this.has(offset, 8) ? Number(this.#view.getBigInt64(offset, littleEndian)) : 0;
  }

  f32(offset: number, littleEndian = false): number {
    return this.has(offset, 4) ? this.#view.getFloat32(offset, littleEndian) : 0;
  }

  f64(offset: number, littleEndian = false): number {
    return this.has(offset, 8) ? this.#view.getFloat64(offset, littleEndian) : 0;
  }

  /** A 64-bit number; inexact above 2^53, where no file is large enough for it to be an offset. */
  u64(offset: number, littleEndian = false): number {
    return this.has(offset, 8) ? Number(this.#view.getBigUint64(offset, littleEndian)) : 0;
  }

  /** `length` bytes as text, one character a byte; shorter at the end. */
  text(offset: number, length: number): string {
    return String.fromCharCode(...this.bytes.subarray(offset, offset + length));
  }

  /** Whether the bytes at `offset` are these characters (one byte each). */
  startsWith(signature: string, offset = 0): boolean {
    return this.has(offset, signature.length) && this.text(offset, signature.length) === signature;
  }

  /** A view of `length` bytes from `offset` on; shorter at the end. */
  part(offset: number, length = Number.POSITIVE_INFINITY): ByteView {
    return new ByteView(this.bytes.subarray(offset, offset + length));
  }
}
