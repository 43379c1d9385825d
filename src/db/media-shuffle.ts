import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "./connection.ts";
import { countMedia, isCounted } from "./media-count.ts";
import { all, conditionsOf, type MediaFilter } from "./media-filter.ts";
import { filterLeads, shortestLead, sortLead, type Lead } from "./media-leads.ts";
import type { Page } from "./media-list.ts";
import { pageColumns, takeFitting, type PageRow } from "./media-rows.ts";
import { firstOf } from "./media-stretch.ts";
import { createPermutation, hashNumber } from "./permutation.ts";
import { mediaObjects } from "./schema.ts";

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

/** From where a shuffled page is read. */
export type ShuffleStart = { readonly after: ShufflePosition } | { readonly offset: number };

/** What a shuffled page is about. */
interface Shuffle {
  readonly filter: MediaFilter;
  readonly seed: number;
  readonly limit: number;
}

/** How many rows are read to collect all records of a list, as D1 counts them. */
const collectedRows = 10_000;

/** How many rows are read to walk over row ids; after an offset it may be twice as many. */
const walkedRows = 10_000;

/** How many after it was tried in vain to collect the records. */
const walkedRowsAfterAll = 5000;

/** More row ids than this for each record, and walking over the holes is no longer worth it. */
const sparseness = 4;

/** A table with no more row ids is never sparse. */
const smallTable = 1000;

/**
 * Reads a page in an order that looks random and is the same for the same seed. Where all records can be collected they
 * are sorted by a hash; else a permutation of the row ids is walked, over holes too. The choice is kept along the
 * positions, and a list that has grown too long to be collected goes on with a walk over what has not come yet: so every
 * record that stays comes exactly once.
 */
export async function shuffleMedia(
  db: Database,
  filter: MediaFilter,
  seed: number,
  start: ShuffleStart,
  limit: number,
): Promise<Page<ShufflePosition>> {
  const shuffle = { filter, seed, limit };
  const from = "after" in start ? start.after : await beginning(db, filter, start.offset);
  if (from.index !== null) return walk(db, shuffle, from, walkedRows);
  const collected = await collect(db, filter, from.size);
  if (collected === null) return walk(db, shuffle, { ...from, index: 0 }, walkedRowsAfterAll);
  return sortByHash(db, shuffle, from, collected);
}

/** Whether a list goes by hashes: one with filters may be short, one without is where few row ids have a record. */
async function beginning(db: Database, filter: MediaFilter, skip: number): Promise<ShufflePosition> {
  const [row] = await db.orm.all<{ pk: number | null }>(sql`SELECT max(pk) AS pk FROM media_objects`);
  const size = row?.pk ?? 0;
  const hashes = { size, hashed: null, index: null, skip };
  const walks = { ...hashes, index: 0 };
  if (!isEverything(filter)) return hashes;
  if (size <= smallTable) return walks;
  const { total } = await countMedia(db, filter);
  return total <= collectedRows && size > sparseness * total ? hashes : walks;
}

function isEverything(filter: MediaFilter): boolean {
  const { provider, state, missing } = filter;
  return isCounted(filter) && provider === undefined && state === undefined && missing !== "true";
}

/** The row ids of all records of a list; null where too many would have to be looked at. */
async function collect(db: Database, filter: MediaFilter, size: number): Promise<number[] | null> {
  const lead = await leadOf(db, filter);
  const looks = Math.floor(collectedRows / lead.rowsEach);
  const isOld = sql`${mediaObjects.pk} <= ${size}`;
  const [row] = await db.orm.all(sql`
    SELECT count(*) AS looked, json_group_array(${mediaObjects.pk}) FILTER (WHERE ${all([isOld, lead.rest])}) AS pks
    FROM ${firstOf(lead, looks + 1)}`);
  const { looked, pks } = collectedRow.parse(row);
  return looked > looks ? null : z.array(z.int()).parse(JSON.parse(pks));
}

const collectedRow = z.object({ looked: z.int(), pks: z.string() });

async function leadOf(db: Database, filter: MediaFilter): Promise<Lead> {
  const leads = filterLeads(filter);
  const shortest = leads.length > 1 ? await shortestLead(db, leads) : 0;
  return leads[shortest ?? 0] ?? sortLead(filter, "created_at");
}

async function sortByHash(
  db: Database,
  { seed, limit }: Shuffle,
  from: ShufflePosition,
  pks: readonly number[],
): Promise<Page<ShufflePosition>> {
  const places = pks.map((pk): HashPlace => ({ hash: hashNumber(pk, seed), pk }));
  const { hashed } = from;
  const left = places
    .filter((place) => hashed === null || compareHashes(place, hashed) > 0)
    .sort(compareHashes)
    .slice(from.skip);
  const positionOf = (place: HashPlace): ShufflePosition => ({ ...from, hashed: place, skip: 0 });
  const page = left.slice(0, limit);
  const rows = await readByPk(
    db,
    page.map(({ pk }) => pk),
  );
  return placeRows(db, {
    rows,
    positions: page.map((place) => [place.pk, positionOf(place)]),
    next: left.length > page.length ? positionOf(page.at(-1) ?? { hash: 0, pk: 0 }) : null,
  });
}

function compareHashes(a: HashPlace, b: HashPlace): number {
  return a.hash - b.hash || a.pk - b.pk;
}

/** Walks the permutation of the row ids: those that are gone or do not belong leave holes. */
async function walk(
  db: Database,
  { filter, seed, limit }: Shuffle,
  from: ShufflePosition,
  mostRows: number,
): Promise<Page<ShufflePosition>> {
  const { size, hashed } = from;
  const permutation = createPermutation(size, seed);
  const holds = all(conditionsOf(filter).map((each) => each.holds));
  const positions: [number, ShufflePosition][] = [];
  const rows: PageRow[] = [];
  const found: number[] = [];
  let { index, skip } = { index: from.index ?? 0, skip: from.skip };
  // Of each row id are read: its entry of the list that is asked for, its record, and that of each keyword.
  const mostIds = Math.floor((skip > 0 ? 2 * mostRows : mostRows) / (2 + filter.keywords.length));
  const last = Math.min(size, index + mostIds);
  while (index < last && positions.length < limit) {
    // Nearly always nothing is gone, and the first stretch is the page: its rows come at once.
    const isFirst = index === from.index && skip === 0;
    const missing = skip + limit - positions.length;
    const wanted = isFirst ? limit : index - (from.index ?? 0) < 2 * limit ? 4 * missing + 100 : last;
    const stretch = Array.from(
      { length: Math.min(wanted, last - index) },
      (_, step) => permutation(index + step) + 1,
    );
    const asked = stretch.filter(
      (pk) => hashed === null || compareHashes({ hash: hashNumber(pk, seed), pk }, hashed) > 0,
    );
    const read = isFirst ? await readByPk(db, asked, holds) : [];
    rows.push(...read);
    const there = new Set(isFirst ? read.map(({ pk }) => pk) : await existing(db, asked, holds));
    for (const pk of stretch) {
      if (positions.length === limit) break;
      index += 1;
      if (!there.has(pk)) continue;
      if (skip > 0) {
        skip -= 1;
        continue;
      }
      positions.push([pk, { ...from, index, skip: 0 }]);
      if (!isFirst) found.push(pk);
    }
  }
  if (found.length > 0) rows.push(...(await readByPk(db, found)));
  return placeRows(db, { rows, positions, next: index < size ? { ...from, index, skip } : null });
}

interface ChosenRows {
  readonly rows: readonly PageRow[];
  /** The row ids of the page in order, each with the position behind it. */
  readonly positions: readonly (readonly [number, ShufflePosition])[];
  readonly next: ShufflePosition | null;
}

/** Makes a page of rows that come in no order, and ends it where an answer has no more room. */
async function placeRows(
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

/** Those of these row ids that have a record which belongs to the list. */
async function existing(db: Database, pks: readonly number[], holds: SQL): Promise<number[]> {
  const [row] = await db.orm.all<{ pks: string }>(sql`
    SELECT json_group_array(${mediaObjects.pk}) AS pks FROM json_each(${JSON.stringify(pks)}) wanted
    CROSS JOIN media_objects ON ${mediaObjects.pk} = wanted.value WHERE ${holds}`);
  return z.array(z.int()).parse(JSON.parse(row?.pks ?? "[]"));
}

async function readByPk(db: Database, pks: readonly number[], holds = sql`true`): Promise<PageRow[]> {
  if (pks.length === 0) return [];
  return db.orm.all<PageRow>(sql`
    SELECT ${pageColumns("media_objects", pks.length)} FROM json_each(${JSON.stringify(pks)}) wanted
    CROSS JOIN media_objects ON ${mediaObjects.pk} = wanted.value WHERE ${holds}`);
}
