import { sql, type SQL } from "drizzle-orm";

import type { Database } from "./connection.ts";
import { mediaSource, type MediaFilter, type MediaSource, type SortKey } from "./media-filter.ts";
import { toMediaObject, type MediaObject } from "./media-object.ts";
import { rowColumns, selectRows } from "./media-rows.ts";
import { mediaCounts, mediaObjects, type MediaRow } from "./schema.ts";

/** In which order a list comes. */
export interface MediaOrder {
  readonly sort: SortKey;
  readonly descending: boolean;
}

/** Where a record stands in an order: the value sorted by and the row id, which breaks ties. */
export interface MediaPosition {
  readonly value: string | number | null;
  readonly pk: number;
}

/** From where a page is read: after a record, or after so many. */
export type PageStart = { readonly after: MediaPosition } | { readonly offset: number };

/** A page of a list. */
export interface MediaPage {
  readonly items: MediaObject[];
  /** Where the next page begins; null at the end. */
  readonly next: MediaPosition | null;
}

const sortColumn = {
  created_at: mediaObjects.id,
  updated_at: mediaObjects.updatedAt,
  taken_at: mediaObjects.takenAt,
  object_key: mediaObjects.objectKey,
  file_size: mediaObjects.fileSize,
} as const;

/** Reads one page. By position its cost does not grow with its depth. */
export async function listMedia(
  db: Database,
  filter: MediaFilter,
  order: MediaOrder,
  start: PageStart,
  limit: number,
): Promise<MediaPage> {
  const rows = await readAcrossParts(db, filter, order, start, limit + 1);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(toMediaObject),
    next: rows.length > limit && last !== undefined ? positionOf(last, order.sort) : null,
  };
}

function positionOf(row: MediaRow, sort: SortKey): MediaPosition {
  const values = {
    created_at: row.id,
    updated_at: row.updatedAt,
    taken_at: row.takenAt,
    object_key: row.objectKey,
    file_size: row.fileSize,
  } as const satisfies Record<SortKey, MediaPosition["value"]>;
  return { value: values[sort], pk: row.pk };
}

/**
 * Records without the sort key come last in both orders. An index sorts them first, so a list by a nullable key is
 * read in two parts, each of them a walk of its index.
 */
async function readAcrossParts(
  db: Database,
  filter: MediaFilter,
  order: MediaOrder,
  start: PageStart,
  limit: number,
): Promise<MediaRow[]> {
  const undatedAreOut = filter.takenAfter !== undefined || filter.takenBefore !== undefined;
  if (order.sort !== "taken_at" || undatedAreOut) return readPart(db, filter, order, "all", start, limit);
  if ("after" in start && start.after.value === null)
    return readPart(db, filter, order, "without", start, limit);
  const dated = await readPart(db, filter, order, "with", start, limit);
  if (dated.length === limit) return dated;
  const skipped = "offset" in start ? Math.max(0, start.offset - (await countPart(db, filter))) : 0;
  const undated = await readPart(db, filter, order, "without", { offset: skipped }, limit - dated.length);
  return [...dated, ...undated];
}

/** Which records of a list by a nullable key: those with it, those without, or all where it is never null. */
type Part = "all" | "with" | "without";

async function readPart(
  db: Database,
  filter: MediaFilter,
  order: MediaOrder,
  part: Part,
  start: PageStart,
  limit: number,
): Promise<MediaRow[]> {
  const offset = "offset" in start ? start.offset : 0;
  const walks = missingFlags(filter).map((missing) => {
    const { from, where, id } = mediaSource(filter, order.sort, missing);
    return {
      rows: sql`FROM ${from} WHERE ${where}${partCondition(order, part)}${seek(order, part, start, id)}`,
      ordering: orderBy(order, part, id),
    };
  });
  const [only, second] = walks;
  if (only === undefined) return [];
  if (second === undefined) {
    const page = sql`ORDER BY ${only.ordering} LIMIT ${limit} OFFSET ${offset}`;
    return selectRows(db, sql`SELECT ${rowColumns} ${only.rows} ${page}`);
  }
  // Present and missing records are two stretches of each index: both are walked, and merged.
  const bounded = (walk: { readonly rows: SQL; readonly ordering: SQL }): SQL =>
    sql`SELECT * FROM (SELECT media_objects.* ${walk.rows} ORDER BY ${walk.ordering} LIMIT ${limit + offset})`;
  return selectRows(
    db,
    sql`SELECT ${rowColumns} FROM (${bounded(only)} UNION ALL ${bounded(second)}) media_objects
        ORDER BY ${orderBy(order, part, sql`${mediaObjects.id}`)} LIMIT ${limit} OFFSET ${offset}`,
  );
}

function missingFlags(filter: MediaFilter): readonly (0 | 1)[] {
  return { false: [0] as const, true: [1] as const, any: [0, 1] as const }[filter.missing];
}

function orderBy(order: MediaOrder, part: Part, id: SQL): SQL {
  const direction = order.descending ? sql`DESC` : sql`ASC`;
  if (part === "without") return sql`${mediaObjects.pk} ${direction}`;
  if (order.sort === "created_at") return sql`${id} ${direction}`;
  return sql`${sortColumn[order.sort]} ${direction}, ${mediaObjects.pk} ${direction}`;
}

function partCondition(order: MediaOrder, part: Part): SQL {
  if (part === "all") return sql``;
  return part === "with"
    ? sql` AND ${sortColumn[order.sort]} IS NOT NULL`
    : sql` AND ${sortColumn[order.sort]} IS NULL`;
}

function seek(order: MediaOrder, part: Part, start: PageStart, id: SQL): SQL {
  if ("offset" in start) return sql``;
  const beyond = order.descending ? sql`<` : sql`>`;
  const { value, pk } = start.after;
  if (part === "without") return sql` AND ${mediaObjects.pk} ${beyond} ${pk}`;
  if (order.sort === "created_at") return sql` AND ${id} ${beyond} ${value}`;
  // A row id has no collation of its own, and without one SQLite seeks by the first column alone: it would walk all ties.
  return sql` AND (${sortColumn[order.sort]}, ${mediaObjects.pk}) ${beyond} (${value}, ${pk} COLLATE BINARY)`;
}

async function countPart(db: Database, filter: MediaFilter): Promise<number> {
  let sum = 0;
  for (const missing of missingFlags(filter)) {
    const source = mediaSource(filter, "taken_at", missing);
    sum += await countRows(
      db,
      sql`SELECT 1 FROM ${source.from} WHERE ${source.where} AND taken_at IS NOT NULL`,
    );
  }
  return sum;
}

/** Counting stops here when filters are given, so that a list never reads the whole table to say how long it is. */
export const totalCap = 10_000;

/** How many records a list has; `capped` where there are more than {@link totalCap}. */
export async function countMedia(
  db: Database,
  filter: MediaFilter,
): Promise<{ readonly total: number; readonly capped: boolean }> {
  if (isCounted(filter)) return { total: await countFromCounters(db, filter), capped: false };
  const sources = missingFlags(filter).map((missing): MediaSource =>
    mediaSource(filter, "created_at", missing),
  );
  let total = 0;
  for (const source of sources) {
    total += await countRows(
      db,
      sql`SELECT 1 FROM ${source.from} WHERE ${source.where} LIMIT ${totalCap + 1 - total}`,
    );
  }
  return { total: Math.min(total, totalCap), capped: total > totalCap };
}

async function countRows(db: Database, query: SQL): Promise<number> {
  const [row] = await db.orm.all<{ n: number }>(sql`SELECT count(*) AS n FROM (${query})`);
  return row?.n ?? 0;
}

/** Provider, state and presence are counted by triggers; every other filter has to be counted by looking. */
function isCounted(filter: MediaFilter): boolean {
  const { provider: _provider, state: _state, missing: _missing, keywords, ...others } = filter;
  return keywords.length === 0 && Object.values(others).every((value) => value === undefined);
}

async function countFromCounters(db: Database, filter: MediaFilter): Promise<number> {
  const counts = await db.orm.select().from(mediaCounts);
  return counts
    .filter((row) => filter.provider === undefined || row.provider === filter.provider)
    .filter((row) => filter.state === undefined || row.state === filter.state)
    .reduce((sum, row) => {
      const present = filter.missing === "true" ? 0 : row.present;
      return sum + present + (filter.missing === "false" ? 0 : row.missing);
    }, 0);
}
