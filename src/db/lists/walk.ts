import { sql, type SQL } from "drizzle-orm";

import type { Database } from "../connection.ts";
import type { Lead } from "./leads.ts";
import { pageColumns, pageWidth, type PageRow } from "../media/rows.ts";
import { mediaObjects } from "../schema.ts";
import {
  beyond,
  boundedEntries,
  entriesOf,
  lookedAtFrom,
  placeOf,
  recordsOf,
  sortColumn,
  tieColumn,
  widthOf,
  type MediaOrder,
  type Place,
  type Stretch,
} from "./stretch.ts";

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

/** The first records of a stretch that belong to the list, and whether the stretch has ended before the looking did. */
interface Glance {
  readonly rows: PageRow[];
  readonly exhausted: boolean;
}

/** Looks at the first records of a stretch, which nearly always are enough for a page. */
export async function glanceAtStretch(
  db: Database,
  lead: Lead,
  stretch: Stretch,
  looks: number,
): Promise<Glance> {
  if (lead.strays === "seldom") return glanceAtOnce(db, lead, stretch, looks);
  const entries = endedEntries(boundedEntries(lead, stretch, looks), widthOf(lead), looks);
  const found = await db.orm.all<PageRow & { entry: number | null }>(
    lead.spans === null
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

/** The same where nearly every record belongs to the list: its entry brings along what is shown, and is read once. */
async function glanceAtOnce(db: Database, lead: Lead, stretch: Stretch, looks: number): Promise<Glance> {
  const shown = pageColumns("media_objects", stretch.limit);
  const bounds = sql`LIMIT ${looks}`;
  const { name: sortedBy } = sortColumn[stretch.order.sort];
  const lookedAt = sql`${shown}, ${mediaObjects.known} AS known, ${mediaObjects.isMissing} AS is_missing`;
  const entries = entriesOf(lead, stretch, { columns: lookedAt, sortedBy, bounds });
  const found = await db.orm.all<Omit<PageRow, "pk"> & { pk: number | null }>(sql`
    SELECT * FROM (${endedEntries(entries, pageWidth + 3, looks)}) media_objects
    WHERE media_objects.pk IS NULL OR ${lead.rest} LIMIT ${stretch.limit}`);
  const rows = found.flatMap(({ pk, ...row }) => (pk === null ? [] : [{ ...row, pk }]));
  return { rows, exhausted: found.at(-1)?.pk === null };
}

/** Entries with a row of nothing behind the last one: it comes along where a stretch has ended before the looking did. */
function endedEntries(entries: SQL, width: number, looks: number): SQL {
  const nothing = sql.raw(Array.from({ length: width }, () => "NULL").join(", "));
  return sql`SELECT * FROM (${entries}) UNION ALL SELECT ${nothing} LIMIT ${looks}`;
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
  const shown = lead.spans === null ? "media_objects" : "shown";
  const joined =
    lead.spans === null
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

/** Reads all records of a short lead and sorts them: for a page in another order than the lead's own. */
export async function sortStretch(db: Database, lead: Lead, stretch: Stretch): Promise<PageRow[]> {
  const { column } = sortColumn[stretch.order.sort];
  const direction = stretch.order.descending ? sql`DESC` : sql`ASC`;
  const sorted = sql`SELECT ${mediaObjects.pk} AS pk FROM ${recordsOf(lead)}
    WHERE ${lead.rest}${seekSorted(stretch)}
    ORDER BY ${column} IS NULL, ${column} ${direction}, ${tieColumn(stretch.order.sort)} ${direction}
    LIMIT ${stretch.limit} OFFSET ${stretch.skip}`;
  return db.orm.all<PageRow>(sql`
    SELECT ${pageColumns("shown", stretch.limit)} FROM (${sorted}) entry
    CROSS JOIN media_objects shown ON shown.pk = entry.pk`);
}

/** Records without the key come last in both orders. */
function seekSorted(stretch: Stretch): SQL {
  if (stretch.after === null) return sql``;
  const { value, pk, id } = stretch.after;
  const { column } = sortColumn[stretch.order.sort];
  const tie = tieColumn(stretch.order.sort);
  const place = tie === mediaObjects.id ? id : pk;
  const after = beyond(stretch);
  if (value === null) return sql` AND ${column} IS NULL AND ${tie} ${after} ${place}`;
  return sql` AND (${column} IS NULL OR (${column}, ${tie}) ${after} (${value}, ${place}))`;
}
