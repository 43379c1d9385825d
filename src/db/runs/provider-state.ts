import { eq, sql } from "drizzle-orm";

import type { Database } from "../connection.ts";
import { isAbove } from "../fence.ts";
import { providerState } from "../schema.ts";
import { isListed, placedMark, type FullListing } from "../ingest/listing-marks.ts";
import type { ProviderRun } from "../ingest/sightings.ts";

/** Up to where the changes of a provider have been applied; null where all there is has not been listed yet. */
export async function findCursor(db: Database, provider: string): Promise<string | null> {
  const [row] = await db.orm.select().from(providerState).where(eq(providerState.provider, provider));
  return row?.cursor ?? null;
}

/**
 * Sets down up to where a provider's changes have been applied; to be done after they were. It does not raise the fence,
 * so that a run which finds nothing new writes this one row; a worker who is below it leaves the position alone.
 */
export async function saveCursor(
  db: Database,
  { provider, cursor, now }: { readonly provider: string; readonly cursor: string; readonly now: number },
): Promise<void> {
  await db.orm.run(sql`
    INSERT INTO provider_state (provider, cursor, updated_at) SELECT ${provider}, ${cursor}, ${now} WHERE ${isAbove(db)}
    ON CONFLICT (provider) DO UPDATE SET cursor = excluded.cursor, updated_at = excluded.updated_at
    WHERE cursor <> excluded.cursor`);
}

/** How many records are looked at with one statement, and how many such pages one task looks at. */
const bounds = { records: 5000, pages: 20 } as const;

/**
 * Marks as vanished what a full listing did not hold, among the records after a path key: those that none of its pages
 * has seen. Done twice it marks nothing more, not even when the run has gone on meanwhile. Answers from where to go on;
 * null at the end.
 */
export async function markUnlisted(
  db: Database,
  listing: ProviderRun & FullListing,
  from: string,
): Promise<string | null> {
  const { provider, run } = listing;
  let after = from;
  for (let pages = 0; pages < bounds.pages; pages++) {
    const [page] = await db.orm.all<{ last: string | null; n: number }>(sql`
      SELECT max(path_key) AS last, count(*) AS n FROM (
        SELECT path_key FROM media_objects WHERE provider = ${provider} AND path_key > ${after}
        ORDER BY path_key LIMIT ${bounds.records}
      )`);
    if (page === undefined || page.last === null) return null;
    await db.write([
      sql`
        UPDATE media_objects SET vanished_run = ${run}
        WHERE provider = ${provider} AND path_key > ${after} AND path_key <= ${page.last}
          AND missing_since IS NULL AND vanished_run IS NULL
          AND (listed_run IS NULL OR NOT (listed_run = ${placedMark(run)} OR ${isListed(listing)}))`,
    ]);
    if (page.n < bounds.records) return null;
    after = page.last;
  }
  return after;
}
