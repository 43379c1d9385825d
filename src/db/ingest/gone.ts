import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";

import { compareKeys } from "../../core/text/key-order.ts";
import type { Database } from "../connection.ts";
import { markGoneWithin } from "../sidecars/listed.ts";
import { jsonSlices } from "../json-slices.ts";
import type { ProviderRun } from "./sightings.ts";

/** A deletion: the file at a path, all files below the path, or both. */
export interface Deletion {
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
 * Bounded statements, a transaction for each batch; a page that is handled again begins with all of them. It raises the
 * fence even where nothing is gone.
 */
export async function markDeleted(
  db: Database,
  listing: ProviderRun,
  gone: readonly Deletion[],
): Promise<void> {
  const slices = jsonSlices(merged(gone.flatMap(stretchesOf)));
  if (slices.length === 0) await db.write([]);
  for (const { items } of slices) {
    for (let rest: readonly Stretch[] = items; rest.length > 0;) {
      const json = JSON.stringify(rest);
      const results = await db.write([
        markVanishedWithin(listing, json),
        forgetSightingsWithin(listing, json),
        markGoneWithin(listing.provider, json, batchSize),
      ]);
      rest = behind(rest, results);
    }
  }
}

/** No path sorts after the last code point. */
function stretchesOf({ path, what }: Deletion): Stretch[] {
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

/**
 * What is left of stretches after statements that each answer the paths which they have changed, in order: that behind
 * the last path of whichever was full and has come least far. Nothing where none was.
 */
function behind(stretches: readonly Stretch[], results: readonly (readonly unknown[])[]): Stretch[] {
  const stops = results
    .filter((changed) => changed.length === batchSize)
    .map((changed) => changed.map((row) => changedRow.parse(row).path).reduce(greater));
  const [stop] = stops.toSorted(compareKeys);
  if (stop === undefined) return [];
  return stretches
    .filter(({ to }) => compareKeys(to, stop) > 0)
    .map(({ from, to }) => ({ from: greater(from, stop), to }));
}

function greater(a: string, b: string): string {
  return compareKeys(a, b) > 0 ? a : b;
}

function markVanishedWithin({ provider, run }: ProviderRun, json: string): SQL {
  return sql`
    UPDATE media_objects SET vanished_run = ${run} WHERE pk IN (
      SELECT m.pk FROM json_each(${json}) CROSS JOIN media_objects m
        ON m.provider = ${provider} AND m.path_key BETWEEN value ->> 'from' AND value ->> 'to'
      WHERE m.missing_since IS NULL AND m.vanished_run IS NULL LIMIT ${batchSize}
    ) RETURNING path_key AS path`;
}

function forgetSightingsWithin({ provider }: ProviderRun, json: string): SQL {
  return sql`
    DELETE FROM sightings WHERE provider = ${provider} AND path_key IN (
      SELECT s.path_key FROM json_each(${json}) CROSS JOIN sightings s
        ON s.provider = ${provider} AND s.path_key BETWEEN value ->> 'from' AND value ->> 'to'
      LIMIT ${batchSize}
    ) RETURNING path_key AS path`;
}
