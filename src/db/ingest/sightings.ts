import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import { type FullListing, isListed } from "./listing-marks.ts";
import type { Finding, SeenObject } from "./new-records.ts";

/** The listing that sightings belong to. */
export interface ProviderRun {
  readonly provider: string;
  readonly run: string;
}

/** An object that waits until its listing is complete: it may belong to a record from elsewhere. */
export interface Sighting extends SeenObject {
  /** The record at this key and its version, when it was compared. */
  readonly occupantId: string | null;
  readonly occupantVersion: string | null;
}

/**
 * Keeps sightings of a page until its listing is complete. A replay sees the same again; what has its outcome already is
 * left alone, and so is a key that has another record than it was compared with. Answers the paths of those it kept.
 */
export function keepSightings({ provider, run, pageMark }: Finding, json: string): SQL {
  return sql`
    INSERT INTO sightings (
      provider, path_key, object_key, provider_ref, version, content_hash, file_size, content_type, last_modified,
      thumbnail_version, run_id, listed_run, new_id, occupant_id, occupant_version
    )
    SELECT
      ${provider}, value ->> 'pathKey', value ->> 'objectKey', value ->> 'providerRef', value ->> 'version',
      value ->> 'contentHash', value ->> 'fileSize', value ->> 'contentType', value ->> 'lastModified',
      value ->> 'thumbnailVersion', ${run}, ${pageMark}, value ->> 'id', value ->> 'occupantId', value ->> 'occupantVersion'
    FROM json_each(${json}) WHERE NOT EXISTS (
      SELECT 1 FROM media_objects m
      WHERE m.provider = ${provider} AND m.path_key = value ->> 'pathKey' AND m.id IS NOT value ->> 'occupantId'
    )
    ON CONFLICT (provider, path_key) DO UPDATE SET
      object_key = excluded.object_key, provider_ref = excluded.provider_ref, version = excluded.version,
      content_hash = excluded.content_hash, file_size = excluded.file_size, content_type = excluded.content_type,
      last_modified = excluded.last_modified, thumbnail_version = excluded.thumbnail_version,
      run_id = excluded.run_id, listed_run = excluded.listed_run, new_id = excluded.new_id,
      occupant_id = excluded.occupant_id, occupant_version = excluded.occupant_version, moved_from = NULL, is_ambiguous = 0, outcome = NULL
    WHERE outcome IS NULL OR run_id <> excluded.run_id
    RETURNING path_key`;
}

/** Forgets what listings before this one have left, because their runs did not come to their end. */
export async function forgetOlderSightings(db: Database, listing: ProviderRun): Promise<void> {
  await forgetWhere(db, listing, isOlder(listing));
}

function isOlder({ run }: ProviderRun): SQL {
  return sql`run_id <> ${run}`;
}

/**
 * Takes over what earlier runs have seen and not settled: a provider that tells only changes will not tell them again.
 */
export async function adoptSightings(db: Database, listing: ProviderRun): Promise<void> {
  const older = isOlder(listing);
  await forgetWhere(db, listing, sql`${older} AND outcome IS NOT NULL`);
  await inBatches(
    db,
    { provider: listing.provider, condition: older },
    (wanted) => sql`
      UPDATE sightings SET run_id = ${listing.run}, listed_run = NULL, moved_from = NULL, is_ambiguous = 0 WHERE ${wanted}`,
  );
}

/**
 * Forgets what a full listing did not hold, but an earlier attempt of its run did. What is settled is left alone: whoever
 * comes late with this takes nothing from what the run has done since.
 */
export async function forgetUnlisted(db: Database, listing: ProviderRun & FullListing): Promise<void> {
  const unlisted = sql`run_id = ${listing.run} AND outcome IS NULL AND NOT coalesce(${isListed(listing)}, false)`;
  await forgetWhere(db, listing, unlisted);
}

/** Clears away what a run has settled. */
export async function clearSightings(db: Database, provider: string): Promise<void> {
  await forgetWhere(db, { provider }, sql`true`);
}

async function forgetWhere(
  db: Database,
  { provider }: Pick<ProviderRun, "provider">,
  condition: SQL,
): Promise<void> {
  await inBatches(db, { provider, condition }, (wanted) => sql`DELETE FROM sightings WHERE ${wanted}`);
}

/** How many sightings one statement changes: D1 asks for bounded writes, and a run may have seen a million. */
const batchSize = 5000;

const batchOf = z.object({ last: z.string().nullable(), size: z.number() });

/**
 * Changes all sightings of a provider for which a condition holds, a batch at a time in the order of their paths. There
 * are hardly ever any, and a run that finds nothing new is to write nothing; so they are looked for first. Whoever is cut
 * off in the middle begins anew, with what is left.
 */
async function inBatches(
  db: Database,
  { provider, condition }: { readonly provider: string; readonly condition: SQL },
  change: (wanted: SQL) => SQL,
): Promise<void> {
  for (let after = ""; ;) {
    const wanted = sql`provider = ${provider} AND path_key > ${after} AND ${condition}`;
    const [row] = await db.orm.all(sql`
      SELECT max(path_key) AS last, count(*) AS size FROM (
        SELECT path_key FROM sightings WHERE ${wanted} ORDER BY path_key LIMIT ${batchSize}
      )`);
    const { last, size } = batchOf.parse(row);
    if (last === null) return;
    await db.write([change(sql`${wanted} AND path_key <= ${last}`)]);
    if (size < batchSize) return;
    after = last;
  }
}

/** Forgets where files were seen before that are seen elsewhere now: an array of sightings as JSON. */
export function forgetSameFile({ provider }: ProviderRun, json: string): SQL {
  return sql`
    DELETE FROM sightings WHERE provider = ${provider}
      AND provider_ref IN (SELECT value ->> 'providerRef' FROM json_each(${json}))
      AND path_key NOT IN (SELECT value ->> 'pathKey' FROM json_each(${json}))`;
}

const inherited = z.object({ path: z.string(), id: z.string() });

/** A record that has taken the place of its twin, and where that is. */
export type Inherited = Readonly<z.infer<typeof inherited>>;

/** The records that have taken the places of their twins in a run, those after a path key, in order. */
export async function inheritedAfter(
  db: Database,
  { provider, run }: ProviderRun,
  after: string,
  limit: number,
): Promise<Inherited[]> {
  const rows = await db.orm.all(sql`
    SELECT path_key AS path, moved_from AS id FROM sightings
    WHERE provider = ${provider} AND path_key > ${after} AND run_id = ${run} AND outcome = 'inherited'
    ORDER BY path_key LIMIT ${limit}`);
  return rows.map((row) => inherited.parse(row));
}
