import { sql } from "drizzle-orm";

import type { Database } from "../connection.ts";
import type { Lead } from "./leads.ts";
import { unorderedEntries } from "./stretch.ts";

/** How many rows are read to see which lead narrows most. */
export const probedRows = 3000;

/** The lead with the shortest stretch, if there is one of which reading so many rows finds the end. */
export async function shortestLead(
  db: Database,
  leads: readonly Lead[],
  rows = probedRows,
): Promise<number | null> {
  if (leads.length === 0) return null;
  const most = Math.floor(rows / leads.length);
  const counts = leads.map((lead, index) => {
    const entries = sql`${unorderedEntries(lead, sql`1`)} LIMIT ${most + 1}`;
    return sql`(SELECT count(*) FROM (${entries})) AS ${sql.identifier(`n${index}`)}`;
  });
  const [row] = await db.orm.all<Record<string, number>>(sql`SELECT ${sql.join(counts, sql`, `)}`);
  const found = leads.map((_, index) => row?.[`n${index}`] ?? 0);
  const least = Math.min(...found);
  return least > most ? null : found.indexOf(least);
}
