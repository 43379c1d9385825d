import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import { parseRowIds } from "../media/by-pk.ts";
import { mediaObjects } from "../schema.ts";
import type { Group, SearchPlan } from "./plan.ts";

/** From where on full text is walked, and how far. */
export interface Stretch {
  /** Only row ids below this one; null for all. */
  readonly below: number | null;
  readonly count: number;
}

/**
 * The row ids that an expression matches, the greatest first. Full text is walked in that order, so that a word that every
 * record has costs no more than one of few.
 */
export async function matchesBelow(
  db: Database,
  match: string,
  { narrowed }: Pick<SearchPlan, "narrowed">,
  stretch: Stretch,
): Promise<number[]> {
  const [row] = await db.orm.all<{ pks: string }>(sql`
    SELECT json_group_array(rowid) AS pks FROM (${walked(match, narrowed, stretch)})`);
  return parseRowIds(row?.pks).toSorted((a, b) => b - a);
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
  { narrowed, holds }: Pick<SearchPlan, "narrowed" | "holds">,
  stretch: Stretch,
): Promise<Looked> {
  const [row] = await db.orm.all(sql`
    SELECT json_group_array(${mediaObjects.pk}) FILTER (WHERE ${holds}) AS pks,
      count(*) AS matches, min(walked.rowid) AS last
    FROM (${walked(match, narrowed, stretch)}) walked LEFT JOIN media_objects ON ${mediaObjects.pk} = walked.rowid`);
  const { pks, ...looked } = lookedRow.parse(row);
  return { ...looked, pks: parseRowIds(pks).toSorted((a, b) => b - a) };
}

function walked(match: string, narrowed: SQL, { below, count }: Stretch): SQL {
  const bound = below === null ? sql`` : sql` AND rowid < ${rowId(below)}`;
  return sql`SELECT rowid FROM media_search WHERE media_search MATCH ${match}${bound}${narrowed}
    ORDER BY rowid DESC LIMIT ${count}`;
}

/** Those of some row ids, the greatest first, that belong to a group: without what the group before has. */
export async function ofGroup(
  db: Database,
  { except }: Group,
  plan: Pick<SearchPlan, "narrowed">,
  pks: readonly number[],
): Promise<readonly number[]> {
  const [greatest, least] = [pks.at(0), pks.at(-1)];
  if (except === null || greatest === undefined || least === undefined) return pks;
  const [row] = await db.orm.all<{ pks: string }>(sql`
    SELECT json_group_array(rowid) AS pks FROM media_search
    WHERE media_search MATCH ${except} AND rowid BETWEEN ${rowId(least)} AND ${rowId(greatest)}${plan.narrowed}`);
  const before = new Set(parseRowIds(row?.pks));
  return pks.filter((pk) => !before.has(pk));
}

/** D1 binds numbers as floating point, by which full text does not seek. */
function rowId(pk: number): SQL {
  return sql.raw(String(pk));
}
