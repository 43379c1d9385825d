import { hashBytes, wordsOf } from "./hash-words.ts";
import type { PlacedPicture } from "../../protocol/picture-finder.ts";

/**
 * How many row ids a block has a slot for. Fewer make a search read more rows, more make each placing write more bytes; see
 * docs/adr/0026-picture-index.md for what was measured. Whoever changes it raises `format` in building.ts.
 */
export const slotsPerBlock = 2048;

/** The hashes of consecutive row ids: `slotsPerBlock` slots, of which the first is that of row id number × slots. */
export interface Block {
  readonly number: number;
  /** 32 bytes for each row id, as `wordsOf` orders them; 32 zero bytes are no hash. */
  readonly slots: Uint8Array;
}

/**
 * The hashes as they lie in the object's own database: a row for each block. Every method is synchronous, so that nothing
 * can come between a read and its write.
 */
export class BlockStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec("CREATE TABLE IF NOT EXISTS blocks (number INTEGER PRIMARY KEY, slots BLOB NOT NULL)");
  }

  /** All blocks in the order of their numbers, one at a time. Nothing may be written meanwhile. */
  *all(): Generator<Block> {
    const rows = this.#sql.exec<{ number: number; slots: ArrayBuffer }>(
      "SELECT number, slots FROM blocks ORDER BY number",
    );
    for (const { number, slots } of rows) yield { number, slots: new Uint8Array(slots) };
  }

  /** Sets down the hashes of pictures, the last one of each row id, and writes no block that stays as it is. */
  place(pictures: readonly PlacedPicture[]): void {
    const byBlock = Map.groupBy(pictures, ({ pk }) => blockOf(pk));
    for (const [number, placed] of byBlock) this.#change(number, (slots) => fill(slots, placed));
  }

  /** Makes a block hold these hashes alone, but for the slots of `kept`, which stay as they are. */
  replace(number: number, hashes: readonly PlacedPicture[], kept: ReadonlySet<number>): void {
    this.#change(number, (slots) => {
      const before = slots.slice();
      slots.fill(0);
      fill(slots, hashes);
      for (const pk of kept) {
        if (blockOf(pk) !== number) continue;
        const at = slotOf(pk) * hashBytes;
        slots.set(before.subarray(at, at + hashBytes), at);
      }
    });
  }

  /** The numbers of the blocks behind one and before another; null for the end. */
  between(behind: number, before: number | null): number[] {
    const rows = this.#sql.exec<{ number: number }>(
      "SELECT number FROM blocks WHERE number > ? AND number < ?",
      behind,
      before ?? Number.MAX_SAFE_INTEGER,
    );
    return [...rows].map(({ number }) => number);
  }

  /** Forgets everything. */
  clear(): void {
    this.#sql.exec("DELETE FROM blocks");
  }

  /** Lets a block be changed in place, and writes it only if it is another than before; an empty one goes. */
  #change(number: number, change: (slots: Uint8Array) => void): void {
    const [row] = this.#sql.exec<{ slots: ArrayBuffer }>("SELECT slots FROM blocks WHERE number = ?", number);
    const slots = new Uint8Array(slotsPerBlock * hashBytes);
    if (row !== undefined) slots.set(new Uint8Array(row.slots));
    const before = slots.slice();
    change(slots);
    if (slots.every((byte, at) => byte === before[at])) return;
    if (slots.every((byte) => byte === 0)) this.#sql.exec("DELETE FROM blocks WHERE number = ?", number);
    else this.#sql.exec("INSERT OR REPLACE INTO blocks (number, slots) VALUES (?, ?)", number, slots);
  }
}

/** The number of the block in which a row id has its slot. */
export function blockOf(pk: number): number {
  return Math.floor(pk / slotsPerBlock);
}

/** The first row id of a block. */
export function firstPkOf(block: number): number {
  return block * slotsPerBlock;
}

function slotOf(pk: number): number {
  return pk % slotsPerBlock;
}

function fill(slots: Uint8Array, pictures: readonly PlacedPicture[]): void {
  for (const { pk, hash } of pictures) {
    const at = slotOf(pk) * hashBytes;
    if (hash === null) slots.fill(0, at, at + hashBytes);
    else slots.set(wordsOf(hash), at);
  }
}
