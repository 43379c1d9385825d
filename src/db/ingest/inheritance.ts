import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import { slicesOf } from "../json-slices.ts";
import { hasNoPersonsWords } from "../media/words.ts";
import { keyText } from "../search/index-text.ts";
import { afterPrefix } from "../prefix-range.ts";
import { placedMark } from "./listing-marks.ts";
import type { ProviderRun } from "./sightings.ts";

/** The values that tell whether two objects have the same bytes. */
const bytes = z.object({ hash: z.string(), size: z.number() });

/** See {@link bytes}. */
export type Bytes = Readonly<z.infer<typeof bytes>>;

const original = z.object({ id: z.string(), objectRevision: z.number() });

const twin = original.extend({
  objectKey: z.string(),
  pathKey: z.string(),
  providerRef: z.string().nullable(),
  version: z.string(),
  lastModified: z.number().nullable(),
  contentHash: z.string(),
  fileSize: z.number(),
  contentType: z.string(),
});

const family = z.object({
  hash: z.string(),
  size: z.number(),
  /** How many records with these bytes have no object any more, and how many of them by this listing. */
  gone: z.number(),
  vanished: z.number(),
  /** One of those: the only one, or any. */
  original: z.string().transform((json) => original.parse(JSON.parse(json))),
  /** How many records with these bytes are there. */
  twins: z.number(),
  /** One of those. */
  twin: z.string().transform((json) => twin.parse(JSON.parse(json))),
  /** The id of the oldest record that is gone, and of the youngest that is there and that nobody has edited. */
  oldestGone: z.string(),
  youngestUnedited: z.string().nullable(),
});

/** Records with the same bytes, of which some are there and some not. */
export type Family = Readonly<z.infer<typeof family>>;

/** One record is gone, and one is there that is younger and bears nobody's words. */
export function isClear({ gone, twins, original, twin, youngestUnedited }: Family): boolean {
  return gone === 1 && twins === 1 && twin.id === youngestUnedited && original.id < twin.id;
}

/** Somebody could inherit, but it cannot be told who from whom. */
export function isUnclear({ gone, twins, oldestGone, youngestUnedited }: Family): boolean {
  return (gone > 1 || twins > 1) && youngestUnedited !== null && oldestGone < youngestUnedited;
}

/** How many vanished records are looked at with one statement; each may come to a merge, which has thumbnails to remove. */
const vanishedPage = 200;

const vanishedRow = z.object({
  run: z.string(),
  pk: z.number(),
  hash: z.string().nullable(),
  size: z.number(),
  isFirst: z.number().transform(Boolean),
});

/** A vanished record's place among all: by the run that did not see it any more, then by its row id. */
export type VanishedPosition = Readonly<Pick<z.infer<typeof vanishedRow>, "run" | "pk">>;

/** Bytes of vanished records. */
export interface VanishedBytes {
  readonly bytes: readonly Bytes[];
  /** Where to go on; null at the end. */
  readonly next: VanishedPosition | null;
}

/**
 * The bytes of the vanished records of a page, which begins after a position; null for the beginning. Bytes that several
 * vanished records have come once, with the first of these, on whichever page that is.
 */
export async function vanishedBytes(
  db: Database,
  { provider, prefix }: { readonly provider: string; readonly prefix: string },
  from: VanishedPosition | null,
): Promise<VanishedBytes> {
  const { run, pk } = from ?? { run: "", pk: 0 };
  const end = afterPrefix(prefix);
  // The plus keeps SQLite from walking all paths; a row id has no collation of its own to compare tuples by.
  const isWanted = (table: SQL): SQL => sql`
    ${table}.provider = ${provider} AND ${table}.vanished_run IS NOT NULL AND +${table}.path_key >= ${prefix}
      AND ${end === null ? sql`true` : sql`+${table}.path_key < ${end}`}`;
  const rows = await db.orm.all(sql`
    SELECT m.vanished_run AS run, m.pk, m.content_hash AS hash, m.file_size AS size, NOT EXISTS (
      SELECT 1 FROM media_objects e INDEXED BY media_objects_by_hash
      WHERE e.content_hash = m.content_hash AND e.file_size = m.file_size AND ${isWanted(sql`e`)}
        AND (e.vanished_run, e.pk) < (m.vanished_run, m.pk)
    ) AS isFirst
    FROM media_objects m INDEXED BY media_objects_vanished
    WHERE ${isWanted(sql`m`)} AND (m.vanished_run, m.pk) > (${run}, ${pk} COLLATE BINARY)
    ORDER BY m.vanished_run, m.pk LIMIT ${vanishedPage}`);
  const found = rows.map((row) => vanishedRow.parse(row));
  const last = found.length === vanishedPage ? found.at(-1) : undefined;
  return {
    bytes: found.flatMap(({ hash, size, isFirst }) => (isFirst && hash !== null ? [{ hash, size }] : [])),
    next: last === undefined ? null : { run: last.run, pk: last.pk },
  };
}

/**
 * Whose objects count as gone: also of records that the listing did not hold, when it is complete, or only of those that
 * were declared missing.
 */
export type Evidence = "listed" | "declared";

/** Whether the object of a record `m` is gone, by such evidence. */
export const isGoneBy = {
  listed: sql`(m.missing_since IS NOT NULL OR m.vanished_run IS NOT NULL)`,
  declared: sql`(m.missing_since IS NOT NULL)`,
} as const satisfies Record<Evidence, SQL>;

/**
 * The families of these bytes in which somebody is gone and somebody is there. Bytes of which a listing could not tell
 * who has moved where are left out: that was counted then.
 */
export async function familiesOf(
  db: Database,
  provider: string,
  wanted: readonly Bytes[],
  evidence: Evidence,
): Promise<Family[]> {
  const isAbsent = isGoneBy[evidence];
  const results = await db.batch(slicesOf(wanted).map((json) => selectFamilies(provider, json, isAbsent)));
  return results.flat().map((row) => family.parse(row));
}

function selectFamilies(provider: string, json: string, isAbsent: SQL): SQL {
  return sql`
    SELECT value ->> 'hash' AS hash, value ->> 'size' AS size, sum(${isAbsent}) AS gone, sum(m.vanished_run IS NOT NULL) AS vanished,
      max(CASE WHEN ${isAbsent} THEN json_object('id', m.id, 'objectRevision', m.change - m.revision) END) AS original,
      min(CASE WHEN ${isAbsent} THEN m.id END) AS oldestGone, sum(NOT ${isAbsent}) AS twins,
      max(CASE WHEN NOT ${isAbsent} AND ${hasNoPersonsWords} THEN m.id END) AS youngestUnedited,
      max(CASE WHEN NOT ${isAbsent} THEN json_object(
        'id', m.id, 'objectRevision', m.change - m.revision, 'objectKey', m.object_key, 'pathKey', m.path_key,
        'providerRef', m.provider_ref, 'version', m.version, 'lastModified', m.last_modified,
        'contentHash', m.content_hash, 'fileSize', m.file_size, 'contentType', m.content_type
      ) END) AS twin
    FROM json_each(${json}) CROSS JOIN media_objects m
      ON m.content_hash = value ->> 'hash' AND m.file_size = value ->> 'size' AND m.provider = ${provider}
    WHERE NOT EXISTS (
      SELECT 1 FROM sightings s
      WHERE s.content_hash = value ->> 'hash' AND s.file_size = value ->> 'size' AND s.provider = ${provider}
        AND s.is_ambiguous = 1
    )
    GROUP BY value HAVING gone > 0 AND twins > 0`;
}

/**
 * Lets records whose objects are gone take the places of their twins: same bytes at another key, and nobody's words. In
 * one transaction the twin's record goes and the original gets its key, unless anything has happened to either
 * meanwhile. Each is kept as a sighting with this outcome, so that it is counted once however often this is done.
 * Answers the ids of the records that are gone by this.
 */
export async function inherit(
  db: Database,
  listing: ProviderRun & { readonly now: number; readonly outcome: "inherited" | "claimed" },
  families: readonly Pick<Family, "original" | "twin">[],
): Promise<string[]> {
  const heirs = families.map(({ original, twin }) => ({
    ...twin,
    original,
    keyText: keyText(twin.objectKey),
  }));
  const gone: string[] = [];
  for (const json of slicesOf(heirs)) {
    const statements = [removeTwins(json), takePlaces(listing, json), keepInherited(listing, json)];
    const [removed = []] = await db.write(statements);
    gone.push(...removed.map((row) => z.object({ id: z.string() }).parse(row).id));
  }
  return gone;
}

function removeTwins(json: string): SQL {
  return sql`
    DELETE FROM media_objects WHERE pk IN (
      SELECT m.pk FROM json_each(${json})
        CROSS JOIN media_objects m ON m.id = value ->> 'id' AND m.change - m.revision = value ->> 'objectRevision'
        CROSS JOIN media_objects o
          ON o.id = value ->> '$.original.id' AND o.change - o.revision = value ->> '$.original.objectRevision'
      WHERE ${hasNoPersonsWords}
    ) RETURNING id`;
}

function takePlaces({ provider, run, now }: ProviderRun & { readonly now: number }, json: string): SQL {
  return sql`
    UPDATE media_objects SET
      path_key = value ->> 'pathKey', object_key = value ->> 'objectKey', key_text = value ->> 'keyText',
      provider_ref = value ->> 'providerRef',
      version = value ->> 'version', last_modified = value ->> 'lastModified',
      missing_since = NULL, vanished_run = NULL, run_id = ${run}, run_change = 'moved',
      listed_run = ${placedMark(run)},
      change = change + 1, observed_at = ${now}, updated_at = ${now}
    FROM json_each(${json})
    WHERE media_objects.id = value ->> '$.original.id' AND change - revision = value ->> '$.original.objectRevision'
      AND NOT EXISTS (
        SELECT 1 FROM media_objects there WHERE there.provider = ${provider} AND there.path_key = value ->> 'pathKey'
      )`;
}

function keepInherited(
  { provider, run, outcome }: ProviderRun & { readonly outcome: string },
  json: string,
): SQL {
  return sql`
    INSERT INTO sightings (
      provider, path_key, object_key, provider_ref, version, content_hash, file_size, content_type, last_modified,
      thumbnail_version, run_id, new_id, moved_from, outcome
    )
    SELECT
      ${provider}, value ->> 'pathKey', value ->> 'objectKey', value ->> 'providerRef', value ->> 'version',
      value ->> 'contentHash', value ->> 'fileSize', value ->> 'contentType', value ->> 'lastModified', '', ${run},
      value ->> 'id', value ->> '$.original.id', ${outcome}
    FROM json_each(${json}) JOIN media_objects m
      ON m.id = value ->> '$.original.id' AND m.path_key = value ->> 'pathKey' AND m.run_id = ${run}
        AND m.run_change = 'moved'
    WHERE true
    ON CONFLICT (provider, path_key) DO UPDATE SET
      outcome = excluded.outcome, run_id = excluded.run_id, new_id = excluded.new_id,
      moved_from = excluded.moved_from`;
}

/** How many records of these were taken the place of while they were processed by a run. */
export async function countClaimed(db: Database, run: string, ids: readonly string[]): Promise<number> {
  const [row] = await db.orm.all<{ n: number }>(sql`
    SELECT count(*) AS n FROM json_each(${JSON.stringify(ids)})
    JOIN sightings ON new_id = value WHERE run_id = ${run} AND outcome = 'claimed'`);
  return row?.n ?? 0;
}
