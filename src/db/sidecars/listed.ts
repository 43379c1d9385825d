import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import { isListed, type FullListing } from "../ingest/listing-marks.ts";
import type { ProviderRun } from "../ingest/sightings.ts";
import type { KeyRange } from "../ingest/known-records.ts";
import { slicesOf } from "../json-slices.ts";
import { afterPrefix } from "../prefix-range.ts";

const knownSidecar = z.object({
  pathKey: z.string(),
  objectKey: z.string(),
  version: z.string(),
  isGone: z.number(),
  listedRun: z.string().nullable(),
  observedAt: z.number(),
});

/** A sidecar that a listing is compared with. */
export type KnownSidecar = Readonly<z.infer<typeof knownSidecar>>;

/** A sidecar as a listing tells it. */
export interface SeenSidecar {
  readonly pathKey: string;
  readonly objectKey: string;
  readonly version: string;
  readonly sizeBytes: number;
  readonly lastModified: number | null;
}

const knownColumns = sql.raw(
  `path_key AS "pathKey", object_key AS "objectKey", version, is_gone AS "isGone", listed_run AS "listedRun", observed_at AS "observedAt"`,
);

/** How many sidecars are read, or changed, at a time. */
export const sidecarBatch = 5000;

/** The sidecars in a stretch of path keys, in order: no more than {@link sidecarBatch}. */
export async function sidecarsWithin(db: Database, range: KeyRange): Promise<KnownSidecar[]> {
  const end = afterPrefix(range.prefix);
  const { provider, prefix, after, upTo } = range;
  const rows = await db.orm.all(sql`
    SELECT ${knownColumns} FROM sidecars WHERE provider = ${provider}
      AND ${after === null ? sql`path_key >= ${prefix}` : sql`path_key > ${after}`}
      ${upTo === null ? sql`` : sql`AND path_key <= ${upTo}`} ${end === null ? sql`` : sql`AND path_key < ${end}`}
    ORDER BY path_key LIMIT ${sidecarBatch}`);
  return rows.map((row) => knownSidecar.parse(row));
}

/** The sidecars at these paths. */
export async function sidecarsAt(
  db: Database,
  provider: string,
  paths: readonly string[],
): Promise<KnownSidecar[]> {
  const results = await db.batch(
    slicesOf(paths).map(
      (json) => sql`
        SELECT ${knownColumns} FROM json_each(${json}) CROSS JOIN sidecars
          ON provider = ${provider} AND path_key = value`,
    ),
  );
  return results.flat().map((row) => knownSidecar.parse(row));
}

/** What a page tells of sidecars that is not known yet. */
export interface SidecarDifferences {
  readonly provider: string;
  readonly now: number;
  /** Names the page of changes; null for a page of a listing. */
  readonly pageMark: string | null;
  readonly seen: readonly SeenSidecar[];
  /** The path keys of those that are gone. */
  readonly gone: readonly string[];
}

/** Writes the differences of a page; what is new, other or gone is unread by that. Done twice it changes nothing more. */
export async function writeSidecars(db: Database, differences: SidecarDifferences): Promise<void> {
  const { provider, seen, gone } = differences;
  const statements = [
    ...slicesOf(seen).map((json) => upsertSeen(differences, json)),
    ...slicesOf(gone).map((json) => markGoneAt(provider, json)),
  ];
  if (statements.length > 0) await db.write(statements);
}

function upsertSeen({ provider, now, pageMark }: SidecarDifferences, json: string): SQL {
  return sql`
    INSERT INTO sidecars (
      provider, path_key, object_key, version, file_size, last_modified, listed_run, observed_at
    )
    SELECT ${provider}, value ->> 'pathKey', value ->> 'objectKey', value ->> 'version', value ->> 'sizeBytes',
      value ->> 'lastModified', ${pageMark}, ${now}
    FROM json_each(${json}) WHERE true
    ON CONFLICT (provider, path_key) DO UPDATE SET
      is_unread = is_unread OR is_gone OR version <> excluded.version OR object_key <> excluded.object_key,
      is_gone = 0, object_key = excluded.object_key, version = excluded.version, file_size = excluded.file_size,
      last_modified = excluded.last_modified, listed_run = excluded.listed_run, observed_at = excluded.observed_at`;
}

function markGoneAt(provider: string, json: string): SQL {
  return sql`
    UPDATE sidecars SET is_gone = 1, is_unread = 1
    WHERE provider = ${provider} AND path_key IN (SELECT value FROM json_each(${json})) AND is_gone = 0`;
}

/** Marks as gone the sidecars within stretches of path keys, a batch of them, whose paths the statement answers. */
export function markGoneWithin(provider: string, json: string, limit: number): SQL {
  return sql`
    UPDATE sidecars SET is_gone = 1, is_unread = 1 WHERE provider = ${provider} AND path_key IN (
      SELECT s.path_key FROM json_each(${json}) CROSS JOIN sidecars s
        ON s.provider = ${provider} AND s.path_key BETWEEN value ->> 'from' AND value ->> 'to'
      WHERE s.is_gone = 0 LIMIT ${limit}
    ) RETURNING path_key AS path`;
}

/** Marks as gone the sidecars that a full listing of changes did not hold. Done twice it marks nothing more. */
export async function markUnlistedSidecars(db: Database, listing: ProviderRun & FullListing): Promise<void> {
  const { provider } = listing;
  for (let after = "", isDone = false; !isDone;) {
    const rows = await db.orm.all(sql`
      SELECT path_key AS path FROM sidecars WHERE provider = ${provider} AND path_key > ${after}
        AND is_gone = 0 AND NOT coalesce(${isListed(listing)}, false)
      ORDER BY path_key LIMIT ${sidecarBatch}`);
    const paths = rows.map((row) => z.object({ path: z.string() }).parse(row).path);
    if (paths.length > 0) await db.write(slicesOf(paths).map((json) => markGoneAt(provider, json)));
    isDone = paths.length < sidecarBatch;
    after = paths.at(-1) ?? after;
  }
}
