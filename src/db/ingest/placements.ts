import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import { slicesOf } from "../json-slices.ts";
import { insertNew, newRecordSlices } from "./new-records.ts";
import { findingSlices, isInTrash, noteFound, type TrashedRecord } from "../trash/known.ts";
import { placedMark } from "./listing-marks.ts";
import { mediaStates, sightingOutcomes } from "../schema.ts";
import { keyText } from "../search/index-text.ts";
import type { ProviderRun } from "./sightings.ts";

/**
 * What a record's path becomes when another record has taken its place: it sorts right behind the old one, within the
 * same prefixes, and no object is ever there. The record's object is elsewhere, or gone.
 */
const parked = sql`media_objects.path_key || char(1) || media_objects.id`;

/**
 * Whether a record has no place; see {@link parked}. Its own id has to follow: an object may be called anything, but
 * nobody can call one by the id that it will get.
 */
export function isParked({ id, pathKey }: { readonly id: string; readonly pathKey: string }): boolean {
  return pathKey.endsWith(`\u{1}${id}`);
}

/** The path of a record whose place another record has; see {@link parked}. */
export function parkedPath(media: { readonly id: string; readonly pathKey: string }): string {
  return isParked(media) ? media.pathKey : `${media.pathKey}\u{1}${media.id}`;
}

const storedRecord = z.object({
  id: z.string(),
  pathKey: z.string(),
  objectKey: z.string(),
  providerRef: z.string().nullable(),
  version: z.string(),
  contentHash: z.string().nullable(),
  fileSize: z.number(),
  /** What ingest and uploads have changed about it: `change` without what people have. */
  objectRevision: z.number(),
  /** Whether its object is not where it was: gone, or replaced by another. */
  isAway: z.number().transform(Boolean),
  state: z.enum(mediaStates),
});

const storedSighting = z.object({
  id: z.string(),
  objectKey: z.string(),
  pathKey: z.string(),
  providerRef: z.string().nullable(),
  version: z.string(),
  contentHash: z.string().nullable(),
  fileSize: z.number(),
  contentType: z.string(),
  lastModified: z.number().nullable(),
  thumbnailVersion: z.string(),
  occupantId: z.string().nullable(),
  occupantVersion: z.string().nullable(),
  outcome: z.enum(sightingOutcomes).nullable(),
  /** Whether several records, or several objects, could be meant. */
  isAmbiguous: z.number().transform(Boolean),
  /** The record that is at this key now. */
  occupant: z.string().nullable().transform(parseRecord),
  /** Whether that record is about to move elsewhere. */
  occupantLeaves: z.number().transform(Boolean),
  /** The record whose object this is. */
  source: z.string().nullable().transform(parseRecord),
});

function parseRecord(json: string | null): z.infer<typeof storedRecord> | null {
  return json === null ? null : storedRecord.parse(JSON.parse(json));
}

/** A sighting with the records that it concerns, as they are now. */
export type SettlingSighting = Readonly<z.infer<typeof storedSighting>>;

/** The sightings of a run after a path key, in order. */
export async function sightingsAfter(
  db: Database,
  { provider, run }: ProviderRun,
  after: string | null,
  limit: number,
): Promise<SettlingSighting[]> {
  const rows = await db.orm.all(sql`
    SELECT s.new_id AS id, s.object_key AS objectKey, s.path_key AS pathKey, s.provider_ref AS providerRef, s.version,
      s.content_hash AS contentHash, s.file_size AS fileSize, s.content_type AS contentType,
      s.last_modified AS lastModified, s.thumbnail_version AS thumbnailVersion, s.occupant_id AS occupantId,
      s.occupant_version AS occupantVersion, s.outcome, s.is_ambiguous AS isAmbiguous,
      CASE WHEN o.id IS NOT NULL THEN ${recordJson(sql`o`)} END AS occupant,
      EXISTS (
        SELECT 1 FROM sightings elsewhere WHERE elsewhere.moved_from = o.id AND elsewhere.outcome IS NULL
      ) AS occupantLeaves,
      CASE WHEN m.id IS NOT NULL THEN ${recordJson(sql`m`)} END AS source
    FROM sightings s
    LEFT JOIN media_objects o ON o.provider = s.provider AND o.path_key = s.path_key
    LEFT JOIN media_objects m ON m.id = s.moved_from
    WHERE s.provider = ${provider} AND s.path_key > ${after ?? ""} AND s.run_id = ${run}
    ORDER BY s.path_key LIMIT ${limit}`);
  return rows.map((row) => storedSighting.parse(row));
}

function recordJson(table: SQL): SQL {
  return sql`json_object(
    'id', ${table}.id, 'pathKey', ${table}.path_key, 'objectKey', ${table}.object_key,
    'providerRef', ${table}.provider_ref, 'version', ${table}.version, 'contentHash', ${table}.content_hash, 'fileSize', ${table}.file_size,
    'objectRevision', ${table}.change - ${table}.revision, 'state', ${table}.state,
    'isAway', ${table}.missing_since IS NOT NULL OR ${table}.vanished_run IS NOT NULL OR EXISTS (
      SELECT 1 FROM sightings there
      WHERE there.provider = ${table}.provider AND there.path_key = ${table}.path_key AND there.run_id = s.run_id
    )
  )`;
}

/** A record that is put to a sighting's key; `fresh` where the bytes there are not those that it had. */
export interface Placement {
  readonly sighting: SettlingSighting;
  readonly record: NonNullable<SettlingSighting["source"]>;
  readonly fresh: boolean;
}

/** An object that stays in the trash, with its record there; `moved` where it is to be noted that the object is here now. */
export interface Stray {
  readonly sighting: SettlingSighting;
  readonly record: TrashedRecord;
  readonly moved: boolean;
}

/** The decisions on a page of sightings, to be written. */
export interface Settlement extends ProviderRun {
  readonly now: number;
  /** Records that make room. */
  readonly parked: readonly NonNullable<SettlingSighting["occupant"]>[];
  readonly moved: readonly Placement[];
  readonly changed: readonly Placement[];
  /** The same bytes at the same key, as another file of their provider. */
  readonly refreshed: readonly Placement[];
  readonly added: readonly SettlingSighting[];
  /** Somebody else wrote at the key meanwhile: what was seen there says nothing any more. */
  readonly outdated: readonly SettlingSighting[];
  /** No record has moved there, and by its name it is no image. */
  readonly ignored: readonly SettlingSighting[];
  readonly strays: readonly Stray[];
}

/**
 * Writes what has become of sightings in one transaction. Every change compares what it was decided by, so that what
 * happened meanwhile wins; people's edits never stand in the way and are never touched. Sightings whose changes were
 * made have their outcome afterwards, the others have none and can be looked at again.
 */
export async function writePlacements(db: Database, settlement: Settlement): Promise<void> {
  const { parked, moved, changed, refreshed, added, outdated, ignored, strays } = settlement;
  const paths = [...moved, ...changed, ...refreshed].map(({ sighting }) => sighting).concat(added);
  await db.write([
    ...slicesOf(outdated.map(pathOf)).map((json) => passOver(settlement, "outdated", json)),
    ...slicesOf(ignored.map(pathOf)).map((json) => passOver(settlement, "ignored", json)),
    ...slicesOf(strays.map((stray) => strayColumns(settlement, stray))).map((json) =>
      leaveInTrash(settlement, json),
    ),
    ...findingSlices(strays.flatMap(findingOf)).map((json) => noteFound(json)),
    ...slicesOf(parked).map((json) => park(settlement, json)),
    ...slicesOf(moved.map(placementColumns)).map((json) => place(settlement, "moved", json)),
    ...slicesOf(changed.map(placementColumns)).map((json) => place(settlement, "changed", json)),
    ...slicesOf(refreshed.map(placementColumns)).map((json) => place(settlement, "refreshed", json)),
    ...newRecordSlices(added).map((json) =>
      insertNew({ ...settlement, pageMark: placedMark(settlement.run) }, json),
    ),
    ...slicesOf(paths.map(pathOf)).map((json) => markOutcome(settlement, json)),
  ]);
}

function placementColumns({ sighting, record, fresh }: Placement) {
  const { objectKey, pathKey, providerRef, version, fileSize, lastModified, thumbnailVersion } = sighting;
  const contentHash = fresh ? sighting.contentHash : (sighting.contentHash ?? record.contentHash);
  const seen = { objectKey, pathKey, providerRef, version, contentHash, fileSize, lastModified };
  return {
    ...seen,
    thumbnailVersion,
    keyText: keyText(objectKey),
    fresh: fresh ? 1 : 0,
    id: record.id,
    objectRevision: record.objectRevision,
  };
}

function strayColumns({ provider }: ProviderRun, { sighting, record }: Stray) {
  return { provider, pathKey: sighting.pathKey, record: record.id };
}

function findingOf({ sighting, record, moved }: Stray) {
  return moved ? [{ record, pathKey: sighting.pathKey, version: sighting.version }] : [];
}

function pathOf({ pathKey }: SettlingSighting): string {
  return pathKey;
}

function passOver({ provider, run }: ProviderRun, outcome: "outdated" | "ignored", json: string): SQL {
  return sql`
    UPDATE sightings SET outcome = ${outcome}
    WHERE (provider, path_key) IN (SELECT ${provider}, value FROM json_each(${json})) AND run_id = ${run} AND outcome IS NULL`;
}

function leaveInTrash({ run }: ProviderRun, json: string): SQL {
  return sql`
    UPDATE sightings SET outcome = 'trashed' FROM json_each(${json})
    WHERE provider = value ->> 'provider' AND path_key = value ->> 'pathKey' AND run_id = ${run} AND outcome IS NULL
      AND ${isInTrash(sql`value ->> 'record'`)}`;
}

function park({ run }: ProviderRun, json: string): SQL {
  return sql`
    UPDATE media_objects SET path_key = ${parked}, vanished_run = CASE WHEN missing_since IS NULL THEN ${run} END
    FROM json_each(${json})
    WHERE media_objects.id = value ->> 'id' AND path_key = value ->> 'pathKey'
      AND change - revision = value ->> 'objectRevision'`;
}

function place(
  { provider, run, now }: Settlement,
  change: "moved" | "changed" | "refreshed",
  json: string,
): SQL {
  return sql`
    UPDATE media_objects SET
      path_key = value ->> 'pathKey', object_key = value ->> 'objectKey', key_text = value ->> 'keyText',
      provider_ref = value ->> 'providerRef',
      version = value ->> 'version', content_hash = value ->> 'contentHash', file_size = value ->> 'fileSize',
      last_modified = value ->> 'lastModified',
      portable_hash = CASE WHEN value ->> 'fresh' THEN NULL ELSE portable_hash END,
      thumbnail_version = CASE WHEN value ->> 'fresh' THEN value ->> 'thumbnailVersion' ELSE thumbnail_version END,
      state = CASE WHEN value ->> 'fresh' THEN 'pending' ELSE state END,
      error_code = CASE WHEN value ->> 'fresh' THEN NULL ELSE error_code END,
      error_detail = CASE WHEN value ->> 'fresh' THEN NULL ELSE error_detail END,
      missing_since = NULL, vanished_run = NULL, run_id = ${run}, run_change = ${change},
      listed_run = ${placedMark(run)},
      change = change + 1, observed_at = ${now}, updated_at = ${now}
    FROM json_each(${json})
    WHERE media_objects.id = value ->> 'id' AND change - revision = value ->> 'objectRevision'
      AND NOT EXISTS (
        SELECT 1 FROM media_objects there
        WHERE there.provider = ${provider} AND there.path_key = value ->> 'pathKey' AND there.id <> value ->> 'id'
      )`;
}

/** Reads the outcomes from the records themselves. */
function markOutcome({ provider, run }: ProviderRun, json: string): SQL {
  return sql`
    UPDATE sightings SET outcome = (
      SELECT m.run_change FROM media_objects m
      WHERE m.provider = sightings.provider AND m.path_key = sightings.path_key AND m.version = sightings.version
        AND m.run_id = ${run} AND m.run_change IN ('new', 'changed', 'moved', 'refreshed')
    )
    WHERE (provider, path_key) IN (SELECT ${provider}, value FROM json_each(${json})) AND run_id = ${run} AND outcome IS NULL`;
}
