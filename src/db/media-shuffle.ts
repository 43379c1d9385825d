import { sql, type SQL } from "drizzle-orm";

import type { Database } from "./connection.ts";
import { mediaSource, type MediaFilter } from "./media-filter.ts";
import { toMediaObject, type MediaObject } from "./media-object.ts";
import { rowColumns, selectRows } from "./media-rows.ts";
import { createPermutation } from "./permutation.ts";
import { mediaObjects } from "./schema.ts";

/**
 * Where a shuffled list stands. Without filters it walks a permutation of the row ids up to `size`, the greatest when
 * it began; with filters it goes by a hash of the row id, ties by the row id itself.
 */
export type ShufflePosition =
  | { readonly size: number; readonly index: number }
  | { readonly hash: number; readonly pk: number };

/** A page of a shuffled list. */
export interface ShuffledPage {
  readonly items: MediaObject[];
  readonly next: ShufflePosition | null;
}

/** From where a shuffled page is read. */
export type ShuffleStart = { readonly after: ShufflePosition } | { readonly offset: number };

/** Reads a page in an order that looks random and is the same for the same seed. */
export async function shuffleMedia(
  db: Database,
  filter: MediaFilter,
  seed: number,
  start: ShuffleStart,
  limit: number,
): Promise<ShuffledPage> {
  if (isUnfiltered(filter)) return walkPermutation(db, filter, seed, start, limit);
  return sortByHash(db, filter, seed, start, limit);
}

function isUnfiltered(filter: MediaFilter): boolean {
  const { missing: _missing, keywords, ...others } = filter;
  return (
    keywords.length === 0 &&
    filter.missing !== "true" &&
    Object.values(others).every((value) => value === undefined)
  );
}

/** Rows that are gone or do not belong leave holes, which are walked over; so a page reads little more than itself. */
async function walkPermutation(
  db: Database,
  filter: MediaFilter,
  seed: number,
  start: ShuffleStart,
  limit: number,
): Promise<ShuffledPage> {
  const from =
    "after" in start && "size" in start.after ? start.after : { size: await greatestPk(db), index: 0 };
  const permutation = createPermutation(from.size, seed);
  let toSkip = "offset" in start ? start.offset : 0;
  let { index } = from;
  const items: MediaObject[] = [];
  while (index < from.size && items.length < limit) {
    const wanted = Math.min(from.size - index, Math.max(toSkip + limit - items.length, 1), 1000);
    const pks = Array.from({ length: wanted }, (_, step) => permutation(index + step) + 1);
    const found = await presentByPk(db, filter, pks);
    for (const pk of pks) {
      const media = found.get(pk);
      if (items.length === limit) break;
      index += 1;
      if (media === undefined) continue;
      if (toSkip > 0) toSkip -= 1;
      else items.push(media);
    }
  }
  return { items, next: index < from.size ? { size: from.size, index } : null };
}

async function greatestPk(db: Database): Promise<number> {
  const [row] = await db.orm.all<{ pk: number | null }>(sql`SELECT max(pk) AS pk FROM media_objects`);
  return row?.pk ?? 0;
}

async function presentByPk(
  db: Database,
  filter: MediaFilter,
  pks: readonly number[],
): Promise<ReadonlyMap<number, MediaObject>> {
  const presence = filter.missing === "any" ? sql`true` : sql`${mediaObjects.missingSince} IS NULL`;
  const rows = await selectRows(
    db,
    sql`SELECT ${rowColumns} FROM json_each(${JSON.stringify(pks)}) wanted
        CROSS JOIN media_objects ON ${mediaObjects.pk} = wanted.value WHERE ${presence}`,
  );
  return new Map(rows.map((row) => [row.pk, toMediaObject(row)]));
}

/** NOTE: reads every match for each page, as any order that no index holds must. */
async function sortByHash(
  db: Database,
  filter: MediaFilter,
  seed: number,
  start: ShuffleStart,
  limit: number,
): Promise<ShuffledPage> {
  const hash = hashOfPk(seed);
  const parts = (
    filter.missing === "any" ? ([0, 1] as const) : ([filter.missing === "true" ? 1 : 0] as const)
  ).map((missing) => {
    const source = mediaSource(filter, "created_at", missing);
    return sql`SELECT ${mediaObjects.pk} AS pk, ${hash} AS hash FROM ${source.from} WHERE ${source.where}`;
  });
  const seek =
    "after" in start && "hash" in start.after
      ? sql`WHERE (hash, pk) > (${start.after.hash}, ${start.after.pk})`
      : sql``;
  const offset = "offset" in start ? start.offset : 0;
  const chosen = await db.orm.all<{ pk: number; hash: number }>(
    sql`SELECT pk, hash FROM (${sql.join(parts, sql` UNION ALL `)}) ${seek}
        ORDER BY hash, pk LIMIT ${limit + 1} OFFSET ${offset}`,
  );
  const page = chosen.slice(0, limit);
  const found = await presentByPk(
    db,
    { ...filter, missing: "any" },
    page.map((row) => row.pk),
  );
  const last = page.at(-1);
  return {
    items: page.flatMap((row) => found.get(row.pk) ?? []),
    next: chosen.length > limit && last !== undefined ? { hash: last.hash, pk: last.pk } : null,
  };
}

/**
 * A multiplicative hash of the row id with two rounds, in 32 bits; SQLite has no exclusive or, so it is spelt out. The
 * second factor is below 2^31, so that no product overflows 64 bits: SQLite would go on in floating point.
 */
function hashOfPk(seed: number): SQL {
  const first = sql`((media_objects.pk * 2654435761 + ${seed}) & 4294967295)`;
  const mixed = sql`((${first} | (${first} >> 15)) - (${first} & (${first} >> 15)))`;
  return sql`((${mixed} * 2146121005) & 4294967295)`;
}
