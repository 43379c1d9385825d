import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import { slicesOf } from "../json-slices.ts";
import { afterPrefix } from "../lists/filter.ts";
import { isListed, type Finding, type FullListing, type SeenObject } from "./new-records.ts";

/** The listing that sightings belong to. */
export interface Listing {
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
export function keepSightings({ provider, run, mark }: Finding, json: string): SQL {
  return sql`
    INSERT INTO sightings (
      provider, path_key, object_key, provider_ref, version, content_hash, file_size, content_type, last_modified,
      thumbnail_version, run_id, listed_run, new_id, occupant_id, occupant_version
    )
    SELECT
      ${provider}, value ->> 'pathKey', value ->> 'objectKey', value ->> 'providerRef', value ->> 'version',
      value ->> 'contentHash', value ->> 'fileSize', value ->> 'contentType', value ->> 'lastModified',
      value ->> 'thumbnailVersion', ${run}, ${mark}, value ->> 'id', value ->> 'occupantId', value ->> 'occupantVersion'
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
export async function forgetOlderSightings(db: Database, listing: Listing): Promise<void> {
  await forgetWhere(db, listing, isOlder(listing));
}

function isOlder({ run }: Listing): SQL {
  return sql`run_id <> ${run}`;
}

/**
 * Takes over what earlier runs have seen and not settled: a provider that tells only changes will not tell them again.
 */
export async function adoptSightings(db: Database, listing: Listing): Promise<void> {
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
export async function forgetUnlisted(db: Database, listing: Listing & FullListing): Promise<void> {
  const unlisted = sql`run_id = ${listing.run} AND outcome IS NULL AND NOT coalesce(${isListed(listing)}, false)`;
  await forgetWhere(db, listing, unlisted);
}

/** Clears away what a run has settled. */
export async function clearSightings(db: Database, provider: string): Promise<void> {
  await forgetWhere(db, { provider }, sql`true`);
}

async function forgetWhere(
  db: Database,
  { provider }: Pick<Listing, "provider">,
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
export function forgetSameFile({ provider }: Listing, json: string): SQL {
  return sql`
    DELETE FROM sightings WHERE provider = ${provider}
      AND provider_ref IN (SELECT value ->> 'providerRef' FROM json_each(${json}))
      AND path_key NOT IN (SELECT value ->> 'pathKey' FROM json_each(${json}))`;
}

/** How many sightings are matched with records at a time. */
const pairingPage = 1000;

const unpaired = z.object({
  path: z.string(),
  hash: z.string().nullable(),
  size: z.number(),
});

/** How many such pages one task pairs, well within the queries and the time of an invocation. */
const pairingPages = 20;

/** From where sightings have not been paired: first all by the provider's own id, then the rest by their bytes. */
export interface PairingPosition {
  readonly by: "ref" | "hash";
  /** A path key. */
  readonly after: string;
}

/** How far a task has paired sightings. */
export interface Pairing {
  /** Whether there are any sightings. */
  readonly sighted: boolean;
  /** From where to go on; null at the end. */
  readonly next: PairingPosition | null;
}

/**
 * Finds for sightings, some pages of them, the records whose objects they are: first by the provider's own id, then by
 * content hash and size among the records whose objects are not where they were. Only one object and one record are a
 * match; several of either are marked as ambiguous. Changes no record, so that it may be done again.
 */
export async function pairSightings(
  db: Database,
  listing: Listing & { readonly prefix: string },
  from: PairingPosition | null,
): Promise<Pairing> {
  let sighted = from !== null;
  let at: PairingPosition | null = from ?? { by: "ref", after: "" };
  for (let pages = 0; at !== null && pages < pairingPages; pages++) {
    const page = await unpairedPage(db, listing, at);
    sighted ||= page.length > 0;
    if (page.length > 0) await (at.by === "ref" ? pairByRef : pairByHash)(db, listing, page);
    const last = page.length === pairingPage ? page.at(-1) : undefined;
    if (last !== undefined) at = { by: at.by, after: last.path };
    else at = at.by === "ref" && sighted ? { by: "hash", after: "" } : null;
  }
  return { sighted, next: at };
}

async function unpairedPage(db: Database, listing: Listing, { by, after }: PairingPosition) {
  const rows = await db.orm.all(sql`
    SELECT path_key AS path, content_hash AS hash, file_size AS size FROM sightings
    WHERE provider = ${listing.provider} AND path_key > ${after} AND run_id = ${listing.run} AND outcome IS NULL
      ${by === "hash" ? sql`AND moved_from IS NULL` : sql``}
    ORDER BY path_key LIMIT ${pairingPage}`);
  return rows.map((row) => unpaired.parse(row));
}

type Unpaired = z.infer<typeof unpaired>;

async function pairByRef(db: Database, listing: Listing, page: readonly Unpaired[]): Promise<void> {
  await db.write([
    sql`
      UPDATE sightings SET moved_from = (
        SELECT min(m.id) FROM media_objects m
        WHERE m.provider_ref = sightings.provider_ref AND m.provider = sightings.provider
      )
      WHERE provider = ${listing.provider} AND path_key BETWEEN ${page[0]?.path ?? ""} AND ${page.at(-1)?.path ?? ""}
        AND run_id = ${listing.run} AND outcome IS NULL AND provider_ref IS NOT NULL`,
  ]);
}

const candidates = z.object({
  hash: z.string(),
  size: z.number(),
  targets: z.number(),
  sources: z
    .string()
    .transform((json) => z.tuple([z.number(), z.string().nullable()]).parse(JSON.parse(json))),
});

async function pairByHash(
  db: Database,
  listing: Listing & { readonly prefix: string },
  page: readonly Unpaired[],
): Promise<void> {
  const found = await candidatesOf(db, listing, page);
  const pairs = page.flatMap(({ path, hash, size }) => {
    const group = found.get(`${hash}:${size}`);
    if (group === undefined || group.sources[0] === 0) return [];
    const isClear = group.targets === 1 && group.sources[0] === 1;
    const source = isClear ? group.sources[1] : null;
    return [{ provider: listing.provider, path, source, ambiguous: isClear ? 0 : 1 }];
  });
  // The provider comes from the JSON as well: given alone, it would have SQLite walk all sightings for each pair.
  await db.write(
    slicesOf(pairs).map(
      (json) => sql`
        UPDATE sightings SET moved_from = value ->> 'source', is_ambiguous = value ->> 'ambiguous'
        FROM json_each(${json})
        WHERE provider = value ->> 'provider' AND path_key = value ->> 'path' AND run_id = ${listing.run}
          AND outcome IS NULL AND moved_from IS NULL AND is_ambiguous = 0`,
    ),
  );
}

/** For each hash and size: how many objects and how many records could be meant; two stands for several. */
async function candidatesOf(
  db: Database,
  { provider, run, prefix }: Listing & { readonly prefix: string },
  page: readonly Unpaired[],
): Promise<Map<string, z.infer<typeof candidates>>> {
  // Marks of other listings may be of an outage that is over.
  const end = afterPrefix(prefix);
  const isListed = sql`m.path_key >= ${prefix} AND ${end === null ? sql`true` : sql`m.path_key < ${end}`}`;
  const identities = new Map(
    page.flatMap(({ hash, size }) => (hash === null ? [] : [[`${hash}:${size}`, { hash, size }] as const])),
  );
  const results = await db.batch(
    slicesOf([...identities.values()]).map(
      (json) => sql`
        SELECT value ->> 'hash' AS hash, value ->> 'size' AS size,
          (SELECT count(*) FROM (
            SELECT 1 FROM sightings s
            WHERE s.content_hash = value ->> 'hash' AND s.file_size = value ->> 'size' AND s.provider = ${provider}
              AND s.run_id = ${run} AND s.moved_from IS NULL LIMIT 2
          )) AS targets,
          (SELECT json_array(count(*), min(id)) FROM (
            SELECT m.id FROM media_objects m
            WHERE m.content_hash = value ->> 'hash' AND m.file_size = value ->> 'size' AND m.provider = ${provider}
              AND (
                m.missing_since IS NOT NULL OR (m.vanished_run IS NOT NULL AND ${isListed})
                OR EXISTS (
                  SELECT 1 FROM sightings here
                  WHERE here.provider = m.provider AND here.path_key = m.path_key AND here.run_id = ${run}
                )
              )
              AND NOT EXISTS (SELECT 1 FROM sightings taken WHERE taken.moved_from = m.id) LIMIT 2
          )) AS sources
        FROM json_each(${json})`,
    ),
  );
  const groups = results.flat().map((row) => candidates.parse(row));
  return new Map(groups.map((group) => [`${group.hash}:${group.size}`, group]));
}

const inherited = z.object({ path: z.string(), id: z.string() });

/** A record that has taken the place of its twin, and where that is. */
export type Inherited = Readonly<z.infer<typeof inherited>>;

/** The records that have taken the places of their twins in a run, those after a path key, in order. */
export async function inheritedAfter(
  db: Database,
  { provider, run }: Listing,
  after: string,
  limit: number,
): Promise<Inherited[]> {
  const rows = await db.orm.all(sql`
    SELECT path_key AS path, moved_from AS id FROM sightings
    WHERE provider = ${provider} AND path_key > ${after} AND run_id = ${run} AND outcome = 'inherited'
    ORDER BY path_key LIMIT ${limit}`);
  return rows.map((row) => inherited.parse(row));
}
