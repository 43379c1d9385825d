import { sql, type SQL } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";

import { type SortKey } from "./filter.ts";
import { within } from "../prefix-range.ts";
import type { Lead } from "./leads.ts";
import type { PageRow } from "../media/rows.ts";
import { mediaObjects } from "../schema.ts";
import { unlessNothingWaits, type Span } from "./spans.ts";

/** In which order a list comes. */
export interface MediaOrder {
  readonly sort: SortKey;
  readonly descending: boolean;
}

/** Where a record stands in an order: the value sorted by, and the row id or the id, which breaks ties. */
export interface Place {
  readonly value: string | number | null;
  readonly pk: number;
  readonly id: string;
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

/** From where on a stretch is read, and in which order. */
type Way = Pick<Stretch, "order" | "part" | "after">;

/** The column that each order goes by, as the table and as the schema names it. */
export const sortColumn = {
  created_at: { column: mediaObjects.id, name: "id" },
  updated_at: { column: mediaObjects.updatedAt, name: "updatedAt" },
  taken_at: { column: mediaObjects.bestTakenAt, name: "bestTakenAt" },
  object_key: { column: mediaObjects.objectKey, name: "objectKey" },
  file_size: { column: mediaObjects.fileSize, name: "fileSize" },
} as const;

/** What of a row tells its place in any order. */
type PlacedRow = Pick<PageRow, "pk" | (typeof sortColumn)[SortKey]["name"]>;

/** Where a row stands in an order. */
export function placeOf(row: PlacedRow, sort: SortKey): Place {
  return { value: row[sortColumn[sort].name], pk: row.pk, id: row.id };
}

/**
 * The column that breaks ties of an order. Records of no known time are found by their creation too, so the index of times
 * goes on with the id.
 */
export function tieColumn(sort: SortKey): typeof mediaObjects.id | typeof mediaObjects.pk {
  return sort === "taken_at" ? mediaObjects.id : mediaObjects.pk;
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
  mediaObjects.bestTakenAt,
  mediaObjects.updatedAt,
  mediaObjects.isMissing,
] as const;

/**
 * The columns that {@link Lead.rest} is about, and what else a caller needs of each record. Whether an entry is of what
 * waits is added by {@link spanEntries}.
 */
function lookedAtColumns(lead: Lead, more: readonly SQLiteColumn[] = []): SQL {
  const columns = [...lookedAt, ...lead.computed, ...more].map(
    (column) => sql`${column} AS ${sql.identifier(column.name)}`,
  );
  return sql.join(columns, sql`, `);
}

/** The records that entries lead to, under the name of their table. */
export function lookedAtFrom(lead: Lead, entries: SQL): SQL {
  if (lead.spans !== null) return sql`(${entries}) media_objects`;
  return sql`(${entries}) entry CROSS JOIN media_objects ON media_objects.pk = entry.pk`;
}

/** The entries of a lead in no order. */
export function unorderedEntries(lead: Lead, columns: SQL): SQL {
  if (lead.spans === null) return sql`SELECT ${columns} FROM ${lead.table} WHERE ${within(lead.range)}`;
  return spanEntries(lead.spans, columns, () => within(lead.range));
}

/** All records of a lead in no order, under the name of their table; no more than so many. */
export function recordsOf(lead: Lead, count?: number, more?: readonly SQLiteColumn[]): SQL {
  const columns = lead.spans === null ? sql`media_pk AS pk` : lookedAtColumns(lead, more);
  const bounds = count === undefined ? sql`` : sql` LIMIT ${count}`;
  return lookedAtFrom(lead, sql`${unorderedEntries(lead, columns)}${bounds}`);
}

/** The entries of spans, one span after the other. */
function spanEntries(spans: readonly Span[], columns: SQL, holds: (span: Span) => SQL): SQL {
  const isMixed = spans.some((span) => span.onlyFresh);
  const walks = spans.map((span) => {
    const waits = isMixed ? sql.raw(`, ${span.onlyFresh ? 1 : 0} AS waits`) : sql``;
    return sql`SELECT ${columns}${waits} FROM ${span.table} WHERE ${span.holds} AND ${holds(span)}`;
  });
  return sql.join(walks, sql` UNION ALL `);
}

/** What of each entry is read, and of how many. */
export interface Entries {
  readonly columns: SQL;
  /** What the column sorted by is called among these columns. */
  readonly sortedBy: string;
  readonly bounds: SQL;
}

/** The entries of a stretch to look at: no more than these, in their order. */
export function boundedEntries(lead: Lead, stretch: Way, looks: number, more?: readonly SQLiteColumn[]): SQL {
  const sortedBy = sortColumn[stretch.order.sort].column.name;
  const columns = lookedAtColumns(lead, more);
  return entriesOf(lead, stretch, { columns, sortedBy, bounds: sql`LIMIT ${looks}` });
}

/** How many columns {@link boundedEntries} has. */
export function widthOf(lead: Lead): number {
  if (lead.spans === null) return 2;
  return lookedAt.length + lead.computed.length + (lead.spans.some((span) => span.onlyFresh) ? 1 : 0);
}

/** The entries of a stretch in the list's order: SQLite merges the spans of a lead as it walks them. */
export function entriesOf(lead: Lead, stretch: Way, { columns, sortedBy, bounds }: Entries): SQL {
  const direction = stretch.order.descending ? sql`DESC` : sql`ASC`;
  if (lead.spans === null) {
    const from =
      stretch.after === null ? sql`` : sql` AND media_id ${beyond(stretch)} ${stretch.after.value}`;
    return sql`SELECT media_id AS id, media_pk AS pk FROM ${lead.table}
      WHERE ${within(lead.range)}${from} ORDER BY media_id ${direction} ${bounds}`;
  }
  const walks = spanEntries(
    lead.spans,
    columns,
    (span) => sql`${ahead(lead, stretch)}${partOf(stretch)}${seek(stretch, span)}`,
  );
  const byValue = sql`${sql.identifier(sortedBy)} ${direction}`;
  const byTie = sql`${sql.identifier(tieColumn(stretch.order.sort).name)} ${direction}`;
  const isUnique = stretch.order.sort === "created_at";
  const ordering = stretch.part === "without" ? byTie : isUnique ? byValue : sql`${byValue}, ${byTie}`;
  return sql`${walks} ORDER BY ${ordering} ${bounds}`;
}

/**
 * The range of a lead as far as it lies ahead. The side that the walk comes from is left out: SQLite seeks by one bound
 * on each side, and by that one it would walk all that came before the place.
 */
function ahead(lead: Lead, { after, order }: Way): SQL {
  if (after === null) return within(lead.range);
  return within(order.descending ? { ...lead.range, to: undefined } : { ...lead.range, from: undefined });
}

/** The comparison that holds for what comes later in the order. */
export function beyond({ order }: Pick<Stretch, "order">): SQL {
  return order.descending ? sql`<` : sql`>`;
}

function partOf({ part, order }: Way): SQL {
  if (part === "all") return sql``;
  const { column } = sortColumn[order.sort];
  return part === "with" ? sql` AND ${column} IS NOT NULL` : sql` AND ${column} IS NULL`;
}

function seek(stretch: Way, { onlyFresh }: Span): SQL {
  const { after, order, part } = stretch;
  if (after === null) return sql``;
  if (part === "without") return sql` AND ${mediaObjects.id} ${beyond(stretch)} ${after.id}`;
  if (order.sort === "created_at") {
    const id = onlyFresh ? unlessNothingWaits(after.value) : sql`${after.value}`;
    return sql` AND ${mediaObjects.id} ${beyond(stretch)} ${id}`;
  }
  const { column } = sortColumn[order.sort];
  if (order.sort === "taken_at")
    return sql` AND (${column}, ${mediaObjects.id}) ${beyond(stretch)} (${after.value}, ${after.id})`;
  // A row id has no collation of its own, and without one SQLite seeks by the first column alone: it would walk all ties.
  return sql` AND (${column}, ${mediaObjects.pk}) ${beyond(stretch)} (${after.value}, ${after.pk} COLLATE BINARY)`;
}
