import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import { countMedia, isCounted } from "../lists/count.ts";
import { all, type MediaFilter } from "../lists/filter.ts";
import { filterLeads, sortLead, type Lead } from "../lists/leads.ts";
import type { Page } from "../lists/list.ts";
import { readByPk } from "../media/by-pk.ts";
import { shortestLead } from "../lists/probe.ts";
import {
  compareHashes,
  placeRows,
  walkPermutation,
  type HashPlace,
  type Shuffle,
  type ShufflePosition,
} from "./permuted.ts";
import { recordsOf } from "../lists/stretch.ts";
import { hashNumber } from "./permutation.ts";
import { mediaObjects } from "../schema.ts";

/** From where a shuffled page is read. */
export type ShuffleStart = { readonly after: ShufflePosition } | { readonly offset: number };

/** Which page of which shuffle, and how many records it has at the most. */
export interface ShuffleQuery {
  readonly seed: number;
  readonly start: ShuffleStart;
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
  { seed, start, limit }: ShuffleQuery,
): Promise<Page<ShufflePosition>> {
  const shuffle = { filter, seed, limit };
  const from = "after" in start ? start.after : await beginning(db, filter, start.offset);
  if (from.index !== null) return walkPermutation(db, shuffle, from, walkedRows);
  const collected = await collect(db, filter, from.size);
  if (collected === null) return walkPermutation(db, shuffle, { ...from, index: 0 }, walkedRowsAfterAll);
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
  const { provider, state, missing, has, without } = filter;
  if (has !== undefined || without !== undefined) return false;
  return isCounted(filter) && provider === undefined && state === undefined && missing !== "true";
}

/** The row ids of all records of a list; null where too many would have to be looked at. */
async function collect(db: Database, filter: MediaFilter, size: number): Promise<number[] | null> {
  const lead = await leadOf(db, filter);
  const looks = Math.floor(collectedRows / lead.rowsEach);
  const isOld = sql`${mediaObjects.pk} <= ${size}`;
  const [row] = await db.orm.all(sql`
    SELECT count(*) AS looked, json_group_array(${mediaObjects.pk}) FILTER (WHERE ${all([isOld, lead.rest])}) AS pks
    FROM ${recordsOf(lead, looks + 1)}`);
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
