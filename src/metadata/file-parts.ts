import type { ByteRange } from "../core/byte-range.ts";
import { ByteView } from "./byte-view.ts";

/**
 * A parser that asks for the bytes it wants to see. What it yields is a range, what it gets is the bytes
 * of it, fewer where the file ends. It does no I/O itself, so that the same code reads a file in memory
 * and one in a bucket of which only a few kilobytes are ever fetched.
 */
export type Reading<T> = Generator<ByteRange, T, Uint8Array>;

/** What `advance` answers: the parser's result, or the range that must be read first. */
export type Progress<T> =
  | { readonly kind: "done"; readonly value: T }
  | { readonly kind: "need_range"; readonly offset: number; readonly length: number }
  | { readonly kind: "exhausted" };

// Enough for the most scattered honest file, and a bound for one that is made to be endless.
const maxParts = 32;

// Ranges are read ahead, because the next thing that a parser wants mostly follows the last one.
const minReadAhead = 16 * 1024;

const maxReadAhead = 1024 * 1024;

/** The parts of a file that have been read so far: its first bytes, and what was asked for since. */
export class FileParts {
  readonly #parts: { offset: number; bytes: Uint8Array }[];
  #totalBytes: number;
  #heldBytes: number;

  /** `head` holds the first bytes, or all, of a file of `totalBytes`. */
  constructor(head: Uint8Array, totalBytes: number) {
    this.#parts = [{ offset: 0, bytes: head }];
    this.#heldBytes = head.length;
    this.#totalBytes = Math.max(totalBytes, head.length);
  }

  /** A file that is in memory as a whole. */
  static whole(bytes: Uint8Array): FileParts {
    return new FileParts(bytes, bytes.length);
  }

  get totalBytes(): number {
    return this.#totalBytes;
  }

  get full(): boolean {
    return this.#parts.length >= maxParts;
  }

  /** Adds what was read for a `need_range`. Fewer bytes than asked for mean that the file ends there. */
  add(range: ByteRange, bytes: Uint8Array): void {
    this.#parts.push({ offset: range.offset, bytes });
    this.#heldBytes += bytes.length;
    if (bytes.length < range.length) {
      this.#totalBytes = Math.min(this.#totalBytes, range.offset + bytes.length);
    }
  }

  /** The bytes of a range (fewer where the file ends), or null where they have not been read yet. */
  find(range: ByteRange): Uint8Array | null {
    const end = Math.min(range.offset + range.length, this.#totalBytes);
    if (range.offset >= end) return new Uint8Array(0);
    for (const { offset, bytes } of this.#parts) {
      if (offset <= range.offset && end <= offset + bytes.length) {
        return bytes.subarray(range.offset - offset, end - offset);
      }
    }
    return null;
  }

  /** The range to read for a range that is missing: what follows it is read ahead, the more the longer it goes. */
  readAhead(range: ByteRange): ByteRange {
    const ahead = Math.min(Math.max(this.#heldBytes, minReadAhead), maxReadAhead);
    const length = Math.min(Math.max(range.length, ahead), this.#totalBytes - range.offset);
    return { offset: range.offset, length };
  }
}

/** Runs a parser over the parts that are there, until it is done or wants bytes that are not. */
export function advance<T>(reading: Reading<T>, parts: FileParts): Progress<T> {
  let step = reading.next(new Uint8Array(0));
  while (step.done !== true) {
    const bytes = parts.find(step.value);
    if (bytes === null) {
      return parts.full ? { kind: "exhausted" } : { kind: "need_range", ...parts.readAhead(step.value) };
    }
    step = reading.next(bytes);
  }
  return { kind: "done", value: step.value };
}

/**
 * Asks for a range: what a parser calls instead of writing `yield` itself.
 *
 * @yields the ranges it needs
 */
export function* read(offset: number, length: number): Reading<ByteView> {
  return new ByteView(yield { offset, length });
}

/**
 * Reads a block that lies in several pieces, up to `mostBytes`.
 *
 * @yields the ranges it needs
 */
export function* readPieces(pieces: readonly ByteRange[], mostBytes: number): Reading<Uint8Array> {
  const read: Uint8Array[] = [];
  let length = 0;
  for (const piece of pieces) {
    const bytes = yield { offset: piece.offset, length: Math.min(piece.length, mostBytes - length) };
    read.push(bytes);
    length += bytes.length;
  }
  return joinedBytes(read);
}

/** Pieces one after the other; a single one is not copied. */
export function joinedBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const [only] = pieces;
  if (only !== undefined && pieces.length === 1) return only;
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** Runs a parser over a block that is in memory, from its first byte to its last. */
export function parseInMemory<T>(bytes: Uint8Array, parse: (block: ByteRange) => Reading<T>): T | null {
  const progress = advance(parse({ offset: 0, length: bytes.length }), FileParts.whole(bytes));
  return progress.kind === "done" ? progress.value : null;
}
