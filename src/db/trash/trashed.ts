import { and, eq, getTableColumns, isNotNull, sql, type SQL } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import { totalCap, type MediaTotal } from "../lists/count.ts";
import { maxAnswerBytes, selected } from "../media/rows.ts";
import { readTotals } from "../media/totals.ts";
import { afterPrefix } from "../prefix-range.ts";
import { trashedMedia, type TrashedRow } from "../schema.ts";
import { toTrashedMedia, type TrashedMedia } from "./move.ts";

/** A record in the trash; one that a relink hides is none. */
export type InTrash = TrashedMedia & { readonly trashedAt: number };

/** The record in the trash with this id; null where there is none. */
export async function findTrashed(db: Database, id: string): Promise<InTrash | null> {
  const [row] = await db.orm
    .select()
    .from(trashedMedia)
    .where(and(eq(trashedMedia.id, id), isNotNull(trashedMedia.trashedAt)));
  return row === undefined ? null : inTrash(row);
}

function inTrash(row: TrashedRow): InTrash | null {
  const { trashedAt, ...media } = toTrashedMedia(row);
  return trashedAt === null ? null : { ...media, trashedAt };
}

/** Which records of the trash; undefined for any. */
export interface TrashFilter {
  readonly provider: string | undefined;
  /** The beginning of the object key. */
  readonly prefix: string | undefined;
}

const trashPlace = z.object({ trashedAt: z.number(), id: z.string() });

/** The place of a record in the order of the trash; `trashedAt` in milliseconds since the epoch. */
export type TrashPlace = Readonly<z.infer<typeof trashPlace>>;

/** A page of the trash; it may hold fewer records than were asked for, as a page of a list may. */
export interface TrashPage {
  readonly items: readonly InTrash[];
  /** The place after which the next page begins; null at the end. */
  readonly next: TrashPlace | null;
}

/** How many records a page of the trash looks at to find those that fit its filter. */
const mostLooks = 10_000;

/** A page of the trash, the latest first: after a place, and of so many records at the most. */
export async function listTrash(
  db: Database,
  filter: TrashFilter,
  { after, limit }: { readonly after: TrashPlace | null; readonly limit: number },
): Promise<TrashPage> {
  const isFiltered = filter.provider !== undefined || filter.prefix !== undefined;
  const looked = latestAfter(after, isFiltered ? mostLooks : limit + 1);
  const rows = (
    await db.orm.all(sql`
      SELECT id, trashed_at AS "trashedAt", bytes FROM ${looked} WHERE ${fits(filter)} LIMIT ${limit + 1}`)
  ).map((row) => sizedRow.parse(row));
  const shown = rows.slice(0, limit);
  const taken = shown.slice(0, fittingCount(shown));
  const items = await findManyTrashed(db, taken);
  const last = taken.at(-1);
  if (last !== undefined && taken.length < rows.length) {
    const { trashedAt, id } = last;
    return { items, next: { trashedAt, id } };
  }
  return { items, next: isFiltered ? await lastLookedAt(db, after) : null };
}

const sizedRow = trashPlace.extend({ bytes: z.number() });

/** The latest records of the trash after a place, with what a filter compares: their words are not read. */
function latestAfter(after: TrashPlace | null, looks: number): SQL {
  return sql`(
    SELECT id, trashed_at, provider, object_key,
      octet_length(object_metadata) + octet_length(intrinsic) + octet_length(object_key) AS bytes
    FROM ${entriesAfter(after)} LIMIT ${looks}
  )`;
}

function entriesAfter(after: TrashPlace | null): SQL {
  const start = after === null ? sql`` : sql`AND (trashed_at, id) < (${after.trashedAt}, ${after.id})`;
  return sql`trashed_media INDEXED BY trashed_media_by_time
    WHERE trashed_at IS NOT NULL ${start} ORDER BY trashed_at DESC, id DESC`;
}

function fits({ provider, prefix }: TrashFilter): SQL {
  const end = prefix === undefined ? null : afterPrefix(prefix);
  return (
    and(
      provider === undefined ? undefined : sql`provider = ${provider}`,
      prefix === undefined ? undefined : sql`object_key >= ${prefix}`,
      end === null ? undefined : sql`object_key < ${end}`,
    ) ?? sql`true`
  );
}

/** How many of these rows an answer has room for: at least one, where there is one. */
function fittingCount(rows: readonly { readonly bytes: number }[]): number {
  let bytes = 0;
  const beyond = rows.findIndex((row) => (bytes += row.bytes) > maxAnswerBytes);
  return beyond === -1 ? rows.length : Math.max(1, beyond);
}

/** The place of the last record that a page looked at, where the looks were used up; null where the trash was at its end. */
async function lastLookedAt(db: Database, after: TrashPlace | null): Promise<TrashPlace | null> {
  const [last] = await db.orm.all(
    sql`SELECT id, trashed_at AS "trashedAt" FROM ${entriesAfter(after)} LIMIT 1 OFFSET ${mostLooks - 1}`,
  );
  return last === undefined ? null : trashPlace.parse(last);
}

/** Whole records in the order of these places, without those that have left the trash meanwhile. */
async function findManyTrashed(db: Database, places: readonly TrashPlace[]): Promise<InTrash[]> {
  if (places.length === 0) return [];
  const ids = JSON.stringify(places.map(({ id }) => id));
  const rows = await db.orm.all<TrashedRow>(sql`
    SELECT ${selected(getTableColumns(trashedMedia))} FROM json_each(${ids}) wanted
    CROSS JOIN trashed_media ON ${trashedMedia.id} = wanted.value ORDER BY wanted.key`);
  return rows.map(inTrash).filter((media) => media !== null);
}

/** How many records of the trash fit a filter: from counters, or with a prefix by looking at so many as a list does. */
export async function countTrash(db: Database, filter: TrashFilter): Promise<MediaTotal> {
  const { provider, prefix } = filter;
  if (prefix === undefined) {
    const totals = (await readTotals(db)).filter(
      (row) => provider === undefined || row.provider === provider,
    );
    return { total: totals.reduce((sum, { trashed }) => sum + trashed, 0), capped: false };
  }
  const [row] = await db.orm.all(sql`
    SELECT count(*) AS looked, count(*) FILTER (WHERE ${fits(filter)}) AS matched
    FROM ${latestAfter(null, totalCap + 1)}`);
  const { looked, matched } = counted.parse(row);
  return { total: Math.min(matched, totalCap), capped: looked > totalCap };
}

const counted = z.object({ looked: z.int(), matched: z.int() });
