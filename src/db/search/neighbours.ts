import { sql } from "drizzle-orm";

import type { Database } from "../connection.ts";
import type { Neighbour, Neighbours } from "../lists/neighbours.ts";
import { existingPks, parseRowIds } from "../media/by-pk.ts";
import { mediaObjects } from "../schema.ts";
import { ofGroup, rowId } from "./matches.ts";
import type { SearchPlan } from "./plan.ts";
import { searchMedia } from "./search.ts";

/** The neighbours that a record has among the results of a search, or would have where its place is. */
export async function searchNeighbours(db: Database, plan: SearchPlan, pk: number): Promise<Neighbours> {
  const group = await groupOf(db, plan, pk);
  const [previous, page] = await Promise.all([
    before(db, plan, { group, pk }),
    searchMedia(db, plan, { start: { group, below: pk, skip: 0 }, limit: 1 }),
  ]);
  const id = page.items[0]?.media.id ?? null;
  return { previous, next: { id, capped: id === null && page.next !== null } };
}

/** The group that a record belongs to; the last one for a record that the search does not find. */
async function groupOf(db: Database, { groups }: SearchPlan, pk: number): Promise<number> {
  const last = groups.length - 1;
  const [first] = groups;
  if (last === 0 || first === undefined) return last;
  const rows = await db.orm.all(
    sql`SELECT 1 FROM media_search WHERE media_search MATCH ${first.match} AND rowid = ${rowId(pk)}`,
  );
  return rows.length > 0 ? 0 : last;
}

/** How many records are looked at, one time after the other, until one of them belongs to the search. */
const looks = [10, 1000, 9000] as const;

/** Walks a search backwards: up to newer records, and from the newest of a group to the oldest of the one before. */
async function before(
  db: Database,
  plan: SearchPlan,
  start: { readonly group: number; readonly pk: number },
): Promise<Neighbour> {
  let { group } = start;
  let above: number | null = start.pk;
  for (const most of looks) {
    for (let count: number = most; count > 0 && group >= 0;) {
      const found = await matchesAbove(db, plan, { group, above, count });
      const [nearest] = found.belonging;
      if (nearest !== undefined) return { id: await idOf(db, nearest), capped: false };
      above = found.last ?? above;
      if (found.looked < count) {
        group -= 1;
        above = null;
      }
      count -= Math.max(1, found.looked);
    }
    if (group < 0) return { id: null, capped: false };
  }
  return { id: null, capped: true };
}

/** The next so many matches of a group above a row id, and those of them that belong to the search, the nearest first. */
async function matchesAbove(
  db: Database,
  plan: SearchPlan,
  { group, above, count }: { readonly group: number; readonly above: number | null; readonly count: number },
) {
  const asked = plan.groups[group];
  if (asked === undefined) return { belonging: [], looked: 0, last: null };
  const bound = above === null ? sql`` : sql` AND rowid > ${rowId(above)}`;
  const [row] = await db.orm.all<{ pks: string }>(sql`
    SELECT json_group_array(rowid) AS pks FROM (
      SELECT rowid FROM media_search WHERE media_search MATCH ${asked.match}${bound}${plan.narrowed}
      ORDER BY rowid LIMIT ${count}
    )`);
  const matches = parseRowIds(row?.pks).toSorted((a, b) => b - a);
  const belonging = await existingPks(db, await ofGroup(db, asked, plan, matches), plan.holds);
  return {
    belonging: belonging.toSorted((a, b) => a - b),
    looked: matches.length,
    last: matches.at(0) ?? null,
  };
}

async function idOf(db: Database, pk: number): Promise<string | null> {
  const [row] = await db.orm.all<{ id: string }>(
    sql`SELECT ${mediaObjects.id} AS id FROM media_objects WHERE ${mediaObjects.pk} = ${rowId(pk)}`,
  );
  return row?.id ?? null;
}
