import { sql, type SQL } from "drizzle-orm";

import type { Database } from "./connection.ts";
import { within, type SortKey } from "./media-filter.ts";
import { stretchOf, tableOf, type Lead } from "./media-leads.ts";
import { pageColumns, type PageRow } from "./media-rows.ts";
import { mediaObjects } from "./schema.ts";

/** In which order a list comes. */
export interface MediaOrder {
  readonly sort: SortKey;
  readonly descending: boolean;
}

/** Where a record stands in an order: the value sorted by and the row id, which breaks ties. */
export interface Place {
  readonly value: string | number | null;
  readonly pk: number;
}

/** Which records of a list by a nullable key: those with it, those without, or all where it is never null. */
export type Part = "all" | "with" | "without";

/** Which rows are read: after a place and so many more, and how many of them. */
export interface Stretch {
  readonly order: MediaOrder;
  readonly part: Part;
  readonly after: Place | null;
  readonly skip: number;
  readonly limit: number;
}

/** The column that each order goes by, as the table and as the schema names it. */
const sortColumn = {
  created_at: { column: mediaObjects.id, name: "id" },
  updated_at: { column: mediaObjects.updatedAt, name: "updatedAt" },
  taken_at: { column: mediaObjects.takenAt, name: "takenAt" },
  object_key: { column: mediaObjects.objectKey, name: "objectKey" },
  file_size: { column: mediaObjects.fileSize, name: "fileSize" },
} as const;

/** Where a row stands in an order. */
export function placeOf(row: PageRow, sort: SortKey): Place {
  return { value: row[sortColumn[sort].name], pk: row.pk };
}

/** A bounded walk: its rows; and, where they are fewer than were asked for, how far it has looked. */
export interface Walked {
  readonly rows: PageRow[];
  readonly end: WalkEnd | null;
}

/** How far a walk has looked. */
export interface WalkEnd {
  readonly looked: number;
  /** How many of those belong to the list. */
  readonly matched: number;
  /** The last record that was looked at, or the one that was searched for; null where there was none. */
  readonly last: Place | null;
}

/** What conditions are about, of each record that a walk comes by. */
const lookedAt = [
  mediaObjects.pk,
  mediaObjects.id,
  mediaObjects.provider,
  mediaObjects.objectKey,
  mediaObjects.contentType,
  mediaObjects.fileSize,
  mediaObjects.state,
  mediaObjects.takenAt,
  mediaObjects.updatedAt,
  mediaObjects.isMissing,
] as const;

const lookedAtColumns = sql.join(
  lookedAt.map((column) => sql`${column} AS ${sql.identifier(column.name)}`),
  sql`, `,
);

/** Reads a stretch of an index of which every record belongs to the list: no more than what is skipped and answered. */
export async function readStretch(db: Database, lead: Lead, stretch: Stretch): Promise<PageRow[]> {
  const bounds = sql`LIMIT ${stretch.limit} OFFSET ${stretch.skip}`;
  return db.orm.all<PageRow>(
    entriesOf(lead, stretch, {
      columns: pageColumns("media_objects", stretch.limit),
      sortedBy: sortColumn[stretch.order.sort].name,
      bounds,
    }),
  );
}

/**
 * Looks at the first records of a stretch, which nearly always are enough for a page. A row of nothing is put behind the
 * last one: it comes along where the stretch has ended before the looking did.
 */
export async function glanceAtStretch(
  db: Database,
  lead: Lead,
  stretch: Stretch,
  looks: number,
): Promise<{ readonly rows: PageRow[]; readonly exhausted: boolean }> {
  const width = lead.index === null ? 2 : lookedAt.length;
  const nothing = sql.raw(Array.from({ length: width }, () => "NULL").join(", "));
  const entries = sql`SELECT * FROM (${boundedEntries(lead, stretch, looks)}) UNION ALL SELECT ${nothing} LIMIT ${looks}`;
  const found = await db.orm.all<PageRow & { entry: number | null }>(
    lead.index === null
      ? sql`SELECT entry.pk AS entry, ${pageColumns("media_objects", stretch.limit)} FROM (${entries}) entry
          LEFT JOIN media_objects ON media_objects.pk = entry.pk
          WHERE entry.pk IS NULL OR (media_objects.pk IS NOT NULL AND ${lead.rest}) LIMIT ${stretch.limit}`
      : sql`SELECT media_objects.pk AS entry, ${pageColumns("shown", stretch.limit)} FROM (${entries}) media_objects
          LEFT JOIN media_objects shown ON shown.pk = media_objects.pk
          WHERE media_objects.pk IS NULL OR ${lead.rest} LIMIT ${stretch.limit}`,
  );
  const rows = found.filter((row) => row.entry !== null);
  return { rows, exhausted: found.at(-1)?.entry === null };
}

/**
 * Walks a stretch and looks at no more than `looks` records. Only where that gives too few, the second half of the query
 * is run, which goes over the same records again to tell where they end: a window function would tell as it goes, but D1
 * counts each row that passes through it three times.
 */
export async function walkStretch(
  db: Database,
  lead: Lead,
  stretch: Stretch,
  looks: number,
): Promise<Walked> {
  const looked = lookedAtFrom(lead, boundedEntries(lead, stretch, looks));
  const shown = lead.index === null ? "media_objects" : "shown";
  const joined =
    lead.index === null
      ? looked
      : sql`${looked} CROSS JOIN media_objects shown ON shown.pk = media_objects.pk`;
  const found = await db.orm.all<PageRow & EndColumns>(sql`
    SELECT * FROM (
      SELECT -1 AS looked, 0 AS matched, ${pageColumns(shown, stretch.limit)} FROM ${joined}
      WHERE ${lead.rest} LIMIT ${stretch.limit})
    UNION ALL SELECT * FROM (${endOf(lead, looked, lastPk)}) LIMIT ${stretch.limit}`);
  const end = found.find((row) => row.looked !== -1);
  return {
    rows: found.filter((row) => row.looked === -1),
    end: end === undefined ? null : walkEnd(end, stretch.order),
  };
}

/** Looks at so many records, and tells the place of the last of them, or of the one that is the `skip`th of the list. */
export async function searchStretch(
  db: Database,
  lead: Lead,
  stretch: Stretch,
  looks: number,
): Promise<WalkEnd> {
  const looked = lookedAtFrom(lead, boundedEntries(lead, stretch, looks));
  const matches = sql`json_group_array(media_objects.pk) FILTER (WHERE ${lead.rest})`;
  // D1 binds numbers as floating point, which are no index of an array.
  const searched = sql`coalesce(${matches} ->> ${sql.raw(String(stretch.skip - 1))}, ${lastPk})`;
  const [end] = await db.orm.all<PageRow & EndColumns>(endOf(lead, looked, searched));
  if (end === undefined) throw new Error("an aggregate has answered no row");
  return walkEnd(end, stretch.order);
}

interface EndColumns {
  readonly looked: number;
  readonly matched: number;
}

const lastPk = sql`json_group_array(media_objects.pk) ->> '$[#-1]'`;

/** One row: how many records were looked at, how many of them belong to the list, and one of them without its words. */
function endOf(lead: Lead, looked: SQL, pk: SQL): SQL {
  return sql`
    SELECT looked, matched, ${pageColumns("shown", Number.POSITIVE_INFINITY)} FROM (
      SELECT count(*) AS looked, count(*) FILTER (WHERE ${lead.rest}) AS matched, ${pk} AS last FROM ${looked})
    LEFT JOIN media_objects shown ON shown.pk = last`;
}

function walkEnd(row: PageRow & EndColumns, { sort }: MediaOrder): WalkEnd {
  const { looked, matched } = row;
  return { looked, matched, last: looked === 0 ? null : placeOf(row, sort) };
}

function boundedEntries(lead: Lead, stretch: Stretch, looks: number): SQL {
  const sortedBy = sortColumn[stretch.order.sort].column.name;
  return entriesOf(lead, stretch, { columns: lookedAtColumns, sortedBy, bounds: sql`LIMIT ${looks}` });
}

/** The records that entries lead to, under the name of their table. */
function lookedAtFrom(lead: Lead, entries: SQL): SQL {
  if (lead.index !== null) return sql`(${entries}) media_objects`;
  return sql`(${entries}) entry CROSS JOIN media_objects ON media_objects.pk = entry.pk`;
}

/** The first records of a lead in no order, under the name of their table: for counting and shuffling. */
export function firstOf(lead: Lead, count: number): SQL {
  const columns = lead.index === null ? sql`media_pk AS pk` : lookedAtColumns;
  return lookedAtFrom(
    lead,
    sql`SELECT ${columns} FROM ${tableOf(lead)} WHERE ${stretchOf(lead)} LIMIT ${count}`,
  );
}

interface Entries {
  readonly columns: SQL;
  /** What the column sorted by is called among these columns. */
  readonly sortedBy: string;
  readonly bounds: SQL;
}

/** Present and missing records are two stretches of an index: SQLite merges them as it walks both. */
function entriesOf(lead: Lead, stretch: Stretch, { columns, sortedBy, bounds }: Entries): SQL {
  const direction = stretch.order.descending ? sql`DESC` : sql`ASC`;
  if (lead.index === null) {
    const from =
      stretch.after === null ? sql`` : sql` AND media_id ${beyond(stretch)} ${stretch.after.value}`;
    return sql`SELECT media_id AS id, media_pk AS pk FROM media_keywords
      WHERE ${within(lead.range)}${from} ORDER BY media_id ${direction} ${bounds}`;
  }
  const presences = lead.presences ?? [];
  const walks = presences.map(
    (missing) => sql`SELECT ${columns} FROM ${tableOf(lead)}
      WHERE ${mediaObjects.isMissing} = ${missing} AND ${ahead(lead, stretch)}${partOf(stretch)}${seek(stretch)}`,
  );
  const byValue = sql`${sql.identifier(sortedBy)} ${direction}`;
  const byPk = sql`"pk" ${direction}`;
  const isUnique = stretch.order.sort === "created_at";
  const ordering = stretch.part === "without" ? byPk : isUnique ? byValue : sql`${byValue}, ${byPk}`;
  return sql`${sql.join(walks, sql` UNION ALL `)} ORDER BY ${ordering} ${bounds}`;
}

/**
 * The range of a lead as far as it lies ahead. The side that the walk comes from is left out: SQLite seeks by one bound
 * on each side, and by that one it would walk all that came before the place.
 */
function ahead(lead: Lead, { after, order }: Stretch): SQL {
  if (after === null) return within(lead.range);
  return within(order.descending ? { ...lead.range, to: undefined } : { ...lead.range, from: undefined });
}

function beyond({ order }: Stretch): SQL {
  return order.descending ? sql`<` : sql`>`;
}

function partOf({ part, order }: Stretch): SQL {
  if (part === "all") return sql``;
  const { column } = sortColumn[order.sort];
  return part === "with" ? sql` AND ${column} IS NOT NULL` : sql` AND ${column} IS NULL`;
}

function seek(stretch: Stretch): SQL {
  const { after, order, part } = stretch;
  if (after === null) return sql``;
  if (part === "without") return sql` AND ${mediaObjects.pk} ${beyond(stretch)} ${after.pk}`;
  if (order.sort === "created_at") return sql` AND ${mediaObjects.id} ${beyond(stretch)} ${after.value}`;
  const { column } = sortColumn[order.sort];
  // A row id has no collation of its own, and without one SQLite seeks by the first column alone: it would walk all ties.
  return sql` AND (${column}, ${mediaObjects.pk}) ${beyond(stretch)} (${after.value}, ${after.pk} COLLATE BINARY)`;
}

/** Reads all records of a short lead and sorts them: for a page in another order than the lead's own. */
export async function sortStretch(db: Database, lead: Lead, stretch: Stretch): Promise<PageRow[]> {
  const { column } = sortColumn[stretch.order.sort];
  const direction = stretch.order.descending ? sql`DESC` : sql`ASC`;
  const table =
    lead.index === null
      ? sql`media_keywords CROSS JOIN media_objects ON ${mediaObjects.pk} = media_keywords.media_pk`
      : tableOf(lead);
  const sorted = sql`SELECT ${mediaObjects.pk} AS pk FROM ${table}
    WHERE ${stretchOf(lead)} AND ${lead.rest}${seekSorted(stretch)}
    ORDER BY ${column} IS NULL, ${column} ${direction}, ${mediaObjects.pk} ${direction}
    LIMIT ${stretch.limit} OFFSET ${stretch.skip}`;
  return db.orm.all<PageRow>(sql`
    SELECT ${pageColumns("shown", stretch.limit)} FROM (${sorted}) entry
    CROSS JOIN media_objects shown ON shown.pk = entry.pk`);
}

/** Records without the key come last in both orders. */
function seekSorted(stretch: Stretch): SQL {
  if (stretch.after === null) return sql``;
  const { value, pk } = stretch.after;
  const { column } = sortColumn[stretch.order.sort];
  const after = beyond(stretch);
  if (value === null) return sql` AND ${column} IS NULL AND ${mediaObjects.pk} ${after} ${pk}`;
  return sql` AND (${column} IS NULL OR (${column}, ${mediaObjects.pk}) ${after} (${value}, ${pk}))`;
}
