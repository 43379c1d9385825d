import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "./connection.ts";
import { jsonSlices } from "./json-slices.ts";
import { compareKeys } from "./key-order.ts";
import type { Listing } from "./sightings.ts";

/** What is not there any more: the file at a path, all that lies below it, or both. */
export interface Gone {
  readonly path: string;
  readonly what: "file" | "children" | "both";
}

/** Path keys from one to another, both included. */
interface Stretch {
  readonly from: string;
  readonly to: string;
}

/** How many rows one statement changes: a folder that is gone may have held any number. */
const batchSize = 5000;

/**
 * Marks the records of what is gone as vanished, and forgets where it was sighted. To be done before the rest of its
 * page is compared: what was deleted before it was made anew is there, and the comparison takes its mark away again.
 * Each statement is a transaction of its own; a page that is handled again begins with all of them.
 */
export async function markGone(db: Database, listing: Listing, gone: readonly Gone[]): Promise<void> {
  for (const { items } of jsonSlices(merged(gone.flatMap(stretchesOf)))) {
    await inBatches(db, items, (json) => markVanishedWithin(listing, json));
    await inBatches(db, items, (json) => forgetSightingsWithin(listing, json));
  }
}

/** No path sorts after the last code point. */
function stretchesOf({ path, what }: Gone): Stretch[] {
  const file = what === "children" ? [] : [{ from: path, to: path }];
  return what === "file" ? file : [...file, { from: `${path}/`, to: `${path}/\u{10FFFF}` }];
}

/** The same paths in order, none of them in two stretches: a statement that stops in the middle can then be gone on from. */
function merged(stretches: readonly Stretch[]): Stretch[] {
  const disjoint: Stretch[] = [];
  for (const each of stretches.toSorted((a, b) => compareKeys(a.from, b.from))) {
    const last = disjoint.at(-1);
    if (last === undefined || compareKeys(each.from, last.to) > 0) disjoint.push(each);
    else if (compareKeys(each.to, last.to) > 0) disjoint.splice(-1, 1, { from: last.from, to: each.to });
  }
  return disjoint;
}

const changedRow = z.object({ path: z.string() });

/** Repeats a statement, which answers the paths that it has changed, behind the last of them until it finds no more. */
async function inBatches(
  db: Database,
  stretches: readonly Stretch[],
  statement: (json: string) => SQL,
): Promise<void> {
  for (let rest = stretches; rest.length > 0;) {
    const [changed = []] = await db.write([statement(JSON.stringify(rest))]);
    if (changed.length < batchSize) return;
    const last = changed.map((row) => changedRow.parse(row).path).reduce(greater);
    rest = rest
      .filter(({ to }) => compareKeys(to, last) > 0)
      .map(({ from, to }) => ({ from: greater(from, last), to }));
  }
}

function greater(a: string, b: string): string {
  return compareKeys(a, b) > 0 ? a : b;
}

function markVanishedWithin({ provider, run }: Listing, json: string): SQL {
  return sql`
    UPDATE media_objects SET vanished_run = ${run} WHERE pk IN (
      SELECT m.pk FROM json_each(${json}) CROSS JOIN media_objects m
        ON m.provider = ${provider} AND m.path_key BETWEEN value ->> 'from' AND value ->> 'to'
      WHERE m.missing_since IS NULL AND m.vanished_run IS NULL LIMIT ${batchSize}
    ) RETURNING path_key AS path`;
}

function forgetSightingsWithin({ provider }: Listing, json: string): SQL {
  return sql`
    DELETE FROM sightings WHERE provider = ${provider} AND path_key IN (
      SELECT s.path_key FROM json_each(${json}) CROSS JOIN sightings s
        ON s.provider = ${provider} AND s.path_key BETWEEN value ->> 'from' AND value ->> 'to'
      LIMIT ${batchSize}
    ) RETURNING path_key AS path`;
}
