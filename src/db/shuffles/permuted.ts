import type { Database } from "../connection.ts";
import { all, conditionsOf, type MediaFilter } from "../lists/filter.ts";
import type { Page } from "../lists/list.ts";
import { existingPks, readByPk } from "../media/by-pk.ts";
import { takeFitting, type PageRow } from "../media/rows.ts";
import { createPermutation, hashNumber } from "./permutation.ts";

/** Where a record stands in the order of hashes of row ids; ties go by the row id itself. */
export interface HashPlace {
  readonly hash: number;
  readonly pk: number;
}

/** Where a shuffled list stands. It is about the row ids up to `size`, the greatest when it began. */
export interface ShufflePosition {
  readonly size: number;
  /** What has come by the order of hashes; null for nothing. */
  readonly hashed: HashPlace | null;
  /** How far the permutation of the row ids has been walked; null where the list goes by hashes. */
  readonly index: number | null;
  /** How many records of an offset are still to be skipped. */
  readonly skip: number;
}

/** What a shuffled page is about. */
export interface Shuffle {
  readonly filter: MediaFilter;
  readonly seed: number;
  readonly limit: number;
}

/**
 * Walks the permutation of the row ids: those that are gone or do not belong leave holes. Nearly always nothing is gone,
 * and the first row ids are the page: their rows come at once. Else some more are looked for, and then as many as may be,
 * so that any number of holes costs a few queries.
 */
export async function walkPermutation(
  db: Database,
  shuffle: Shuffle,
  from: ShufflePosition,
  mostRows: number,
): Promise<Page<ShufflePosition>> {
  const { filter, limit } = shuffle;
  // Of each row id are read: its entry of the list that is asked for, its record, and that of each keyword.
  const mostIds = Math.floor((from.skip > 0 ? 2 * mostRows : mostRows) / (2 + filter.keywords.length));
  const walk = new Walk(from, limit);
  const end = Math.min(from.size, walk.index + mostIds);
  const holds = all(conditionsOf(filter).map((each) => each.holds));
  const listPks = pkLister(shuffle, from);
  const rows: PageRow[] = [];
  if (from.skip === 0) {
    const pks = listPks(walk.index, Math.min(end, walk.index + limit));
    rows.push(...(await readByPk(db, known(pks), holds)));
    walk.pass(pks, new Set(rows.map(({ pk }) => pk)));
  }
  const atOnce = walk.positions.length;
  for (const more of [4 * walk.missing + 100, mostIds]) {
    if (walk.index >= end || walk.missing === 0) break;
    const pks = listPks(walk.index, Math.min(end, walk.index + more));
    walk.pass(pks, new Set(await existingPks(db, known(pks), holds)));
  }
  const later = walk.positions.slice(atOnce).map(([pk]) => pk);
  rows.push(...(await readByPk(db, later)));
  const { positions, index, skip } = walk;
  return placeRows(db, { rows, positions, next: index < from.size ? { ...from, index, skip } : null });
}

/** Lists the row ids of a stretch of the permutation; null in place of one that has come by the order of hashes. */
function pkLister({ seed }: Shuffle, { size, hashed }: ShufflePosition) {
  const permutation = createPermutation(size, seed);
  return (start: number, end: number): (number | null)[] =>
    Array.from({ length: end - start }, (_, step) => {
      const pk = permutation(start + step) + 1;
      const hasCome = hashed !== null && compareHashes({ hash: hashNumber(pk, seed), pk }, hashed) <= 0;
      return hasCome ? null : pk;
    });
}

function known(pks: readonly (number | null)[]): number[] {
  return pks.filter((pk) => pk !== null);
}

/** How far a page has come. */
class Walk {
  readonly #from: ShufflePosition;
  readonly #limit: number;
  readonly positions: [number, ShufflePosition][] = [];
  index: number;
  skip: number;

  constructor(from: ShufflePosition, limit: number) {
    this.#from = from;
    this.#limit = limit;
    this.index = from.index ?? 0;
    this.skip = from.skip;
  }

  /** How many records the page still lacks, with those to be skipped before. */
  get missing(): number {
    return this.skip + this.#limit - this.positions.length;
  }

  /** Goes on over row ids, of which only some are there, until the page is full. */
  pass(pks: readonly (number | null)[], there: ReadonlySet<number>): void {
    for (const pk of pks) {
      if (this.missing === 0) return;
      this.index += 1;
      if (pk === null || !there.has(pk)) continue;
      if (this.skip > 0) this.skip -= 1;
      else this.positions.push([pk, { ...this.#from, index: this.index, skip: 0 }]);
    }
  }
}

/** Compares by hash, then by row id. */
export function compareHashes(a: HashPlace, b: HashPlace): number {
  return a.hash - b.hash || a.pk - b.pk;
}

/** The rows of a page, and in which order they are shown. */
export interface ChosenRows {
  readonly rows: readonly PageRow[];
  /** The row ids of the page in order, each with the position behind it. */
  readonly positions: readonly (readonly [number, ShufflePosition])[];
  readonly next: ShufflePosition | null;
}

/** Makes a page of rows that come in no order, and ends it where an answer has no more room. */
export async function placeRows(
  db: Database,
  { rows, positions, next }: ChosenRows,
): Promise<Page<ShufflePosition>> {
  const byPk = new Map(rows.map((row) => [row.pk, row]));
  const ordered = positions.flatMap(([pk, position]) => {
    const row = byPk.get(pk);
    return row === undefined ? [] : [{ row, position }];
  });
  const { media, taken } = await takeFitting(
    db,
    ordered.map(({ row }) => row),
  );
  const items = ordered.slice(0, taken).flatMap(({ row, position }) => {
    const each = media.get(row.pk);
    return each === undefined ? [] : [{ media: each, position }];
  });
  const cut = taken < ordered.length ? ordered[taken - 1] : undefined;
  return { items, next: cut?.position ?? next };
}
