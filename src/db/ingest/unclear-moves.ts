import { sql, type SQL } from "drizzle-orm";

import type { Database } from "../connection.ts";
import { slicesOf } from "../json-slices.ts";
import { firstKeptRun } from "../runs/kept-runs.ts";
import { afterPrefix } from "../prefix-range.ts";
import { isGoneBy, type Family } from "./inheritance.ts";
import type { ProviderRun } from "./sightings.ts";

/**
 * How many records of one page are noted: of very many that have the same bytes nobody decides one by one. And how many of
 * old runs are removed meanwhile.
 */
const bounds = { noted: 5000, swept: 500 } as const;

/** Where a record has its place in a listing, and what the listing saw. */
interface Listing extends ProviderRun {
  readonly prefix: string;
}

/**
 * Whether the object of a record `m` is not where it was: missing, not listed, or there with another one at its place. Marks
 * of other listings may be of an outage that is over, so that those outside of the prefix do not count.
 */
export function isAway({ run, prefix }: Listing): SQL {
  const end = afterPrefix(prefix);
  const isListed = sql`m.path_key >= ${prefix} AND ${end === null ? sql`true` : sql`m.path_key < ${end}`}`;
  return sql`(
    m.missing_since IS NOT NULL OR (m.vanished_run IS NOT NULL AND ${isListed})
    OR EXISTS (
      SELECT 1 FROM sightings here
      WHERE here.provider = m.provider AND here.path_key = m.path_key AND here.run_id = ${run}
    )
  )`;
}

/** The statements that note the records whose objects a listing may have seen elsewhere, without telling which. */
export function noteUnclear(listing: Listing, json: string): SQL[] {
  return note(
    listing,
    json,
    sql`${isAway(listing)} AND NOT EXISTS (SELECT 1 FROM sightings taken WHERE taken.moved_from = m.id)`,
  );
}

/**
 * Notes the records that could take the places of their copies, if it could be told who of which: where the run has made
 * some of the copies. Of those that were there before an earlier run has known as much, and this one writes nothing.
 */
export async function noteFamilies(
  db: Database,
  listing: ProviderRun,
  families: readonly Pick<Family, "hash" | "size">[],
): Promise<void> {
  const bytes = families.map(({ hash, size }) => ({ hash, size }));
  const made = await db.batch(slicesOf(bytes).map((json) => selectMade(listing, json)));
  const statements = slicesOf(made.flat()).flatMap((json) => note(listing, json, isGoneBy.listed));
  if (statements.length > 0) await db.write(statements);
}

/** Those of some bytes of which a run has made a record. */
function selectMade({ provider, run }: ProviderRun, json: string): SQL {
  return sql`
    SELECT value ->> 'hash' AS hash, value ->> 'size' AS size FROM json_each(${json}) WHERE EXISTS (
      SELECT 1 FROM media_objects m
      WHERE m.content_hash = value ->> 'hash' AND m.file_size = value ->> 'size' AND m.provider = ${provider}
        AND m.run_id = ${run} AND m.run_change IN ('new', 'changed')
    )`;
}

/** `json` is an array of objects with a `hash` and a `size`. A second attempt notes the same; rows of the oldest runs are removed. */
function note({ provider, run }: ProviderRun, json: string, holds: SQL): SQL[] {
  return [
    sql`
      INSERT OR IGNORE INTO unclear_moves (run_id, media_id)
      SELECT ${run}, m.id FROM json_each(${json}) CROSS JOIN media_objects m
        ON m.content_hash = value ->> 'hash' AND m.file_size = value ->> 'size' AND m.provider = ${provider}
      WHERE ${holds} LIMIT ${bounds.noted}`,
    sql`
      DELETE FROM unclear_moves WHERE (run_id, media_id) IN (
        SELECT run_id, media_id FROM unclear_moves WHERE run_id < ${firstKeptRun(Date.now())}
        ORDER BY run_id, media_id LIMIT ${bounds.swept})`,
  ];
}
