import { sql, type SQL } from "drizzle-orm";

import type { Database } from "../connection.ts";
import { parseRowIds } from "../media/by-pk.ts";
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
  { below, count }: Stretch,
): Promise<number[]> {
  const bound = below === null ? sql`` : sql` AND rowid < ${rowId(below)}`;
  const [row] = await db.orm.all<{ pks: string }>(sql`
    SELECT json_group_array(rowid) AS pks FROM (
      SELECT rowid FROM media_search WHERE media_search MATCH ${match}${bound}${narrowed}
      ORDER BY rowid DESC LIMIT ${count}
    )`);
  return parseRowIds(row?.pks).toSorted((a, b) => b - a);
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

/** A row id, written out: D1 binds numbers as floating point, by which full text does not seek. */
export function rowId(pk: number): SQL {
  return sql.raw(String(pk));
}
