import type { Database } from "../connection.ts";
import { mostLooks, readNames, type CountedTable } from "./counted.ts";
import { greatestUntiered, readTail, sorted, walkPass, type CountPage, type CountPosition } from "./tail.ts";
import { walkTiers } from "./tiers.ts";

/** Which page of a list by count. */
export interface CountQuery {
  /** Folded; empty for all. */
  readonly prefix: string;
  /** Null for the first page. */
  readonly from: CountPosition | null;
  readonly limit: number;
}

/** Before every count that there can be. */
const top: CountPosition = {
  count: Number.MAX_SAFE_INTEGER - 1,
  folded: null,
  way: "whole",
  below: null,
};

/** How many names with a prefix are read whole while the tiers could serve the page as well; the rest is for the tiers. */
const wholePrefixLooks = 6000;

/** A page of the names that are used most. It may hold fewer than were asked for, since it looks at so many only. */
export async function listByCount(db: Database, table: CountedTable, query: CountQuery): Promise<CountPage> {
  const { prefix, from, limit } = query;
  const start = from ?? top;
  const walk = { prefix, start, limit, looks: mostLooks };
  if (start.way === "pass") return walkPass(db, table, walk);
  if (!table.hasTiers || start.count <= greatestUntiered) return readTail(db, table, walk);
  if (prefix === "" || start.way === "tiers") return walkTiers(db, table, walk);
  const rows = await readNames(db, table, { prefix, after: null }, wholePrefixLooks);
  if (rows.length < wholePrefixLooks) return sorted(rows, walk);
  const rest = { ...walk, start: { ...start, way: "tiers" }, looks: mostLooks - wholePrefixLooks } as const;
  return walkTiers(db, table, rest);
}
