import type { Account } from "../budget.ts";
import { corrupt } from "../types.ts";
import { spreadUnits } from "./chroma.ts";
import type { Page } from "./directory/page.ts";
import type { Taker, Unpacker } from "./unpack/unpack.ts";

/** Takes a row of a block, samples as the page has them, and answers by `true` that no more are wanted. */
export type RowTaker = (row: Uint8Array, y: number) => boolean;

/** Makes rows of the bytes of blocks: puts them together, undoes differences, and spreads chroma. */
export class RowReader {
  readonly #page: Page;
  readonly #unpacker: Unpacker;
  /** Samples a pixel in a block: one where the picture is planar. */
  readonly #samples: number;
  readonly #rowBytes: number;
  /** Rows of the picture that come out of one row of bytes: more than one where chroma is of less resolution. */
  readonly #rowsAtOnce: number;
  readonly #partial: Uint8Array;
  readonly #spread: Uint8Array;

  constructor(account: Account, page: Page, unpacker: Unpacker) {
    this.#page = page;
    this.#unpacker = unpacker;
    this.#samples = page.isPlanar ? 1 : page.samples;
    const { width } = page.blocks;
    const { across, down } = page.chroma ?? { across: 1, down: 1 };
    const hasUnits = across * down > 1;
    this.#rowsAtOnce = hasUnits ? down : 1;
    this.#rowBytes = hasUnits
      ? Math.ceil(width / across) * (across * down + 2)
      : Math.ceil((width * this.#samples * page.bits) / 8);
    const spreadBytes = hasUnits ? 3 * width : 0;
    account.take(this.#rowBytes + spreadBytes);
    this.#partial = new Uint8Array(this.#rowBytes);
    this.#spread = new Uint8Array(spreadBytes);
  }

  /** Bytes of a row as it is handed on. */
  get bytesARow(): number {
    return this.#spread.length || this.#rowBytes;
  }

  /** How many bytes the packed data of `rows` rows may need, at most. */
  mostPacked(rows: number): number {
    const bytes = Math.ceil(rows / this.#rowsAtOnce) * this.#rowBytes;
    return this.#page.compression === "none" ? bytes : Number.POSITIVE_INFINITY;
  }

  /** Reads `rows` rows of a block; throws where it holds fewer. */
  read(packed: Uint8Array, rows: number, take: RowTaker): void {
    let [filled, y, isDone] = [0, 0, false];
    const takeBytes: Taker = (bytes) => {
      for (let at = 0; at < bytes.length && !isDone;) {
        const missing = this.#rowBytes - filled;
        const part = bytes.subarray(at, at + missing);
        at += part.length;
        const isWhole = filled === 0 && part.length === missing && !this.#page.hasDifferences;
        if (!isWhole) this.#partial.set(part, filled);
        filled = part.length === missing ? 0 : filled + part.length;
        if (filled > 0) continue;
        isDone = this.#takeRow(isWhole ? part : this.#partial, y, rows, take) || y + this.#rowsAtOnce >= rows;
        y += this.#rowsAtOnce;
      }
      return isDone;
    };
    this.#unpacker.unpack(packed, takeBytes);
    if (!isDone) throw corrupt("A part of the TIFF ends too early.");
  }

  #takeRow(row: Uint8Array, y: number, rows: number, take: RowTaker): boolean {
    if (this.#page.hasDifferences) this.#undoDifferences(row);
    const { chroma } = this.#page;
    if (this.#spread.length === 0 || chroma === null) return take(row, y);
    for (let line = 0; line < this.#rowsAtOnce && y + line < rows; line++) {
      spreadUnits(row, line, chroma, this.#spread);
      if (take(this.#spread, y + line)) return true;
    }
    return false;
  }

  /** TIFF 6.0 §14: samples are added to those of the pixel before. */
  #undoDifferences(row: Uint8Array): void {
    const step = this.#samples;
    if (this.#page.bits === 8) {
      for (let i = step; i < row.length; i++) row[i] = (row[i] ?? 0) + (row[i - step] ?? 0);
      return;
    }
    const [low, high] = this.#page.littleEndian ? [0, 1] : [1, 0];
    for (let i = 2 * step; i + 1 < row.length; i += 2) {
      const before = i - 2 * step;
      const sum = (row[i + low] ?? 0) + (row[before + low] ?? 0);
      row[i + low] = sum;
      row[i + high] = (row[i + high] ?? 0) + (row[before + high] ?? 0) + (sum >> 8);
    }
  }
}
