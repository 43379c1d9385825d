import { sql, type SQL } from "drizzle-orm";

import type { Database } from "../connection.ts";
import { compareKeys } from "../../core/text/key-order.ts";
import { afterPrefix } from "../prefix-range.ts";
import { cameras, keywords } from "../schema.ts";

/** A table of names with how many records have each, kept by triggers. */
export interface CountedTable {
  readonly table: SQL;
  /** The column with the spelling that people see. */
  readonly name: SQL;
  /** Whether an index leads to the names that are used most; see the column `tier`. */
  readonly hasTiers: boolean;
}

/** Every keyword; there may be hundreds of thousands. */
export const countedKeywords: CountedTable = {
  table: sql`${keywords}`,
  name: sql`${keywords.keyword}`,
  hasTiers: true,
};

/** Every camera; there are few. */
export const countedCameras: CountedTable = {
  table: sql`${cameras}`,
  name: sql`${cameras.camera}`,
  hasTiers: false,
};

/** A name as people see it, and the number of records that have it. */
export interface Counted {
  readonly folded: string;
  readonly name: string;
  readonly count: number;
}

/** A page of names; `next` is where the one after it begins, null at the end. */
export interface CountedPage<Position> {
  readonly items: readonly Counted[];
  readonly next: Position | null;
}

/** A stretch of names in the order of their folded form: those with a prefix, behind one of them. */
export interface NameRange {
  /** Folded; empty for all. */
  readonly prefix: string;
  /** Folded; null to begin with the first. */
  readonly after: string | null;
}

/** How many rows a page looks at: 10,000 at the most, with those that D1 counts where a stretch ends. */
export const mostLooks = 9950;

/** That a folded name begins with a prefix, as a half-open range. */
export function hasPrefix(folded: SQL, prefix: string): SQL {
  return sql`${folded} >= ${prefix}${untilEnd(folded, prefix)}`;
}

function untilEnd(folded: SQL, prefix: string): SQL {
  const end = afterPrefix(prefix);
  return end === null ? sql`` : sql` AND ${folded} < ${end}`;
}

/** The first names of a stretch: as many rows are read as are answered, at most `limit`. */
export async function readNames(
  db: Database,
  { table, name }: CountedTable,
  { prefix, after }: NameRange,
  limit: number,
): Promise<Counted[]> {
  // One bound on each side: SQLite seeks by one, and by the prefix it would read all that came before.
  const begin = after === null ? sql`folded >= ${prefix}` : sql`folded > ${after}`;
  return db.orm.all<Counted>(sql`
    SELECT folded, ${name} AS name, count FROM ${table}
    WHERE ${begin}${untilEnd(sql`folded`, prefix)} ORDER BY folded LIMIT ${limit}`);
}

/** A page in the order of the folded form. Reads a row more than it answers. */
export async function listByName(
  db: Database,
  table: CountedTable,
  range: NameRange,
  limit: number,
): Promise<CountedPage<string>> {
  const rows = await readNames(db, table, range, limit + 1);
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.folded ?? null) : null };
}

/** Compares names as a list by count has them: what is used most first, then in the order of the folded form. */
export function compareCounted(a: Counted, b: Counted): number {
  return b.count - a.count || compareKeys(a.folded, b.folded);
}
