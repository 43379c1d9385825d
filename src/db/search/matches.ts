import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import { parseRowIds } from "../media/by-pk.ts";
import { pageColumns, type PageRow } from "../media/rows.ts";
import { mediaObjects } from "../schema.ts";
import type { FullText, Group, SearchPlan } from "./plan.ts";

/** From where on full text is walked, and how far. */
export interface Stretch {
  /** Only row ids below this one; null for all. */
  readonly below: number | null;
  readonly count: number;
}

/** Where an expression is looked for, among which row ids, and what must hold of the rows. */
type Where = Pick<SearchPlan, "narrowed" | "holds"> & { readonly index?: FullText };

/**
 * The row ids that an expression matches, the greatest first. Full text is walked in that order, so that a word that every
 * record has costs no more than one of few.
 */
export async function matchesBelow(
  db: Database,
  match: string,
  where: Omit<Where, "holds">,
  stretch: Stretch,
): Promise<number[]> {
  const [row] = await db.orm.all<{ pks: string }>(sql`
    SELECT json_group_array(rowid) AS pks FROM (${walked(match, where, stretch)})`);
  return parseRowIds(row?.pks).toSorted((a, b) => b - a);
}

/** What an expression matches in a stretch. */
export interface MatchedRows {
  /** Those that belong to the search. */
  readonly rows: readonly PageRow[];
  /** How many matches there were. */
  readonly matches: number;
  /** The last of them; null where there was none. */
  readonly last: number | null;
  /** What {@link Behind} asks for, where the stretch matched something and was the last one. */
  readonly behind: readonly number[] | null;
}

/** What is looked for as well where a stretch is the last one of its expression: the first stretch of another one. */
export interface Behind {
  readonly index: FullText;
  readonly match: string;
  readonly count: number;
}

type MatchedRow = { readonly matched: number; readonly behind: string | null } & (
  | PageRow
  | { readonly pk: null }
);

/**
 * Reads the rows of a stretch in the statement that finds them, and what comes behind where they are few: most searches are
 * answered by this one. What is behind stands in the row of the last match, and is looked for only there.
 */
export async function rowsBelow(
  db: Database,
  match: string,
  where: Where,
  { behind, ...stretch }: Stretch & { readonly behind: Behind | null },
): Promise<MatchedRows> {
  const next =
    behind === null
      ? sql`NULL`
      : sql`(SELECT json_group_array(rowid) FROM (${walked(behind.match, { ...where, index: behind.index }, { below: null, count: behind.count })}))`;
  const answered = await db.orm.all<MatchedRow>(sql`
    WITH found(pks, matches) AS (
      SELECT json_group_array(rowid), count(*) FROM (${walked(match, where, stretch)})
    )
    SELECT each.value AS "matched", ${pageColumns("media_objects", stretch.count)},
      CASE WHEN found.matches < ${stretch.count} AND each.key = found.matches - 1 THEN ${next} END AS "behind"
    FROM found CROSS JOIN json_each(found.pks) AS each
    LEFT JOIN media_objects ON ${mediaObjects.pk} = each.value AND ${where.holds}`);
  const ahead = answered.find((row) => row.behind !== null)?.behind ?? null;
  return {
    rows: answered.filter((row) => row.pk !== null),
    matches: answered.length,
    last: answered.length === 0 ? null : Math.min(...answered.map((row) => row.matched)),
    behind: ahead === null ? null : parseRowIds(ahead).toSorted((a, b) => b - a),
  };
}

/** What looking at the matches of a stretch has come to. */
export interface Looked {
  /** Those whose records belong to the search, the greatest first. */
  readonly pks: readonly number[];
  /** How many there were. */
  readonly matches: number;
  /** The last of them; null where there was none. */
  readonly last: number | null;
}

const lookedRow = z.object({ pks: z.string(), matches: z.int(), last: z.int().nullable() });

/** The same with a look at each record, which takes two rows of each as D1 counts them. */
export async function lookBelow(
  db: Database,
  match: string,
  where: Where,
  stretch: Stretch,
): Promise<Looked> {
  const [row] = await db.orm.all(sql`
    SELECT json_group_array(${mediaObjects.pk}) FILTER (WHERE ${where.holds}) AS pks,
      count(*) AS matches, min(walked.rowid) AS last
    FROM (${walked(match, where, stretch)}) walked LEFT JOIN media_objects ON ${mediaObjects.pk} = walked.rowid`);
  const { pks, ...looked } = lookedRow.parse(row);
  return { ...looked, pks: parseRowIds(pks).toSorted((a, b) => b - a) };
}

/** The row ids of a stretch in their order, as a table. */
export function walked(
  match: string,
  { narrowed, index = "media_search" }: Omit<Where, "holds">,
  { below, count }: Stretch,
): SQL {
  const table = sql.raw(index);
  const bound = below === null ? sql`` : sql` AND rowid < ${rowId(below)}`;
  return sql`SELECT rowid FROM ${table} WHERE ${table} MATCH ${match}${bound}${narrowed}
    ORDER BY rowid DESC LIMIT ${count}`;
}

/** Those of some row ids, the greatest first, that belong to a group: without what the groups before have. */
export async function ofGroup(
  db: Database,
  { except, index }: Group,
  plan: Pick<SearchPlan, "narrowed">,
  pks: readonly number[],
): Promise<readonly number[]> {
  const [greatest, least] = [pks.at(0), pks.at(-1)];
  if (except === null || greatest === undefined || least === undefined) return pks;
  // What is suggested lies far apart, and much may have come before that lies between.
  const among =
    index === "media_search"
      ? sql`BETWEEN ${rowId(least)} AND ${rowId(greatest)}${plan.narrowed}`
      : sql`IN (SELECT value FROM json_each(${JSON.stringify(pks)}))`;
  const [row] = await db.orm.all<{ pks: string }>(sql`
    SELECT json_group_array(rowid) AS pks FROM media_search
    WHERE media_search MATCH ${except} AND rowid ${among}`);
  const before = new Set(parseRowIds(row?.pks));
  return pks.filter((pk) => !before.has(pk));
}

/** A row id, written out: D1 binds numbers as floating point, by which full text does not seek. */
export function rowId(pk: number): SQL {
  return sql.raw(String(pk));
}
