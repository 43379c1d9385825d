import { and, eq, isNull, sql, type SQL } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";

import type { Database } from "../connection.ts";
import { toMediaObject, type MediaObject, type ObjectMetadata } from "./record.ts";
import { metadataColumns, type MetadataColumns } from "./metadata-columns.ts";
import { factColumns, type StoredFacts } from "./facts.ts";
import type { SeenObject } from "../ingest/new-records.ts";
import { mediaObjects, type MediaRow, type SidecarRow } from "../schema.ts";
import { keyText } from "../search/index-text.ts";
import { textVersion } from "../search/unread.ts";
import { isStillSidecarOf } from "../sidecars/pairs.ts";
import { sidecarColumns, type SidecarKnowledge } from "../sidecars/settle.ts";
import { hasNoWords } from "./words.ts";

/** An object that a client has stored. */
export interface UploadedObject extends SeenObject {
  readonly provider: string;
  /** Words that came with the upload, for a record that has none. */
  readonly objectMetadata: ObjectMetadata | null;
  readonly now: number;
}

/**
 * Writes the record of an upload. Where the path has a record already, as after an overwrite or when an ingest saw the
 * object first, that record stays, with its id and words, and gets the new bytes.
 */
export async function saveUploaded(db: Database, upload: UploadedObject): Promise<MediaObject> {
  const { objectMetadata, now, ...object } = upload;
  const content = {
    version: object.version,
    contentHash: object.contentHash,
    fileSize: object.fileSize,
    contentType: object.contentType,
    lastModified: object.lastModified,
    thumbnailVersion: object.thumbnailVersion,
    state: "pending" as const,
    errorCode: null,
    errorDetail: null,
    missingSince: null,
    vanishedRun: null,
    portableHash: null,
    observedAt: now,
    updatedAt: now,
  };
  const words = metadataColumns(objectMetadata ?? {});
  const [row] = await db.orm
    .insert(mediaObjects)
    .values({ ...object, ...content, ...words, keyText: keyText(object.objectKey), textVersion })
    .onConflictDoUpdate({
      target: [mediaObjects.provider, mediaObjects.pathKey],
      set: { ...content, ...wordsWhereNone(words), change: sql`${mediaObjects.change} + 1` },
    })
    .returning();
  return stored(row);
}

/** Words that a person wrote are never replaced by words that come with a file. */
function wordsWhereNone(words: MetadataColumns): Record<keyof MetadataColumns, SQL> {
  const kept = (column: SQLiteColumn, value: string): SQL =>
    sql`CASE WHEN ${hasNoWords} THEN ${value} ELSE ${column} END`;
  return {
    objectMetadata: kept(mediaObjects.objectMetadata, words.objectMetadata),
    foldedKeywords: kept(mediaObjects.foldedKeywords, words.foldedKeywords),
    keywordSpellings: kept(mediaObjects.keywordSpellings, words.keywordSpellings),
    wordsText: kept(mediaObjects.wordsText, words.wordsText),
    fieldsText: kept(mediaObjects.fieldsText, words.fieldsText),
  };
}

/** Removes a record whose object was gone before it was ever processed, unless a person wrote something. */
export async function deleteIfUntouched(db: Database, media: MediaObject): Promise<boolean> {
  const rows = await db.orm
    .delete(mediaObjects)
    .where(
      and(sameObject(media), eq(mediaObjects.state, "pending"), sql`${mediaObjects.change} = 0`, hasNoWords),
    )
    .returning({ id: mediaObjects.id });
  return rows.length > 0;
}

/** The outcome of processing the bytes of a version. */
export interface ProcessingOutcome extends StoredFacts {
  readonly state: "ready" | "failed" | "unsupported";
  readonly error: { readonly code: string; readonly detail: string } | null;
  /** The version of the readers that told the facts, and what of the words a record takes. */
  readonly factsVersion: number;
  /** `sha256:…` of bytes whose provider cannot tell a hash; null where it can. */
  readonly contentHash: string | null;
  /** The portable hash of bytes that were read whole; see the column. */
  readonly portableHash: string | null;
  /** The hash of the picture, with its quality; null where there is no picture. */
  readonly picture: {
    readonly hash: string;
    readonly innerHash: string | null;
    readonly quality: number;
  } | null;
  /** The file's own words, for a record that was never processed and has no words yet. */
  readonly seed: ObjectMetadata;
}

/** What a record learns of its sidecar when it is processed for the first time. */
export interface FirstSidecar extends SidecarKnowledge {
  /** The sidecar as it was found; null where none was. */
  readonly found: SidecarRow | null;
}

/** With what an outcome is recorded. */
export interface Recording {
  readonly thumbnailVersion: string;
  readonly now: number;
  /** Null for a record that knows of its sidecar already, or whose provider's sidecars nobody reads. */
  readonly sidecar: FirstSidecar | null;
}

/**
 * Records the outcome, if the record still waits with these bytes and its sidecar is still the one that was found; false if
 * something else happened meanwhile.
 * The words of the file are taken once, at the first processing, and only where nobody wrote anything.
 */
export async function recordOutcome(
  db: Database,
  media: MediaObject,
  outcome: ProcessingOutcome,
  { thumbnailVersion, now, sidecar }: Recording,
): Promise<boolean> {
  const seed = metadataColumns(outcome.seed);
  const rows = await db.orm
    .update(mediaObjects)
    .set({
      state: outcome.state,
      errorCode: outcome.error?.code ?? null,
      errorDetail: outcome.error?.detail ?? null,
      ...factColumns(outcome),
      factsVersion: outcome.factsVersion,
      thumbnailVersion: outcome.state === "ready" ? thumbnailVersion : null,
      ...(outcome.contentHash === null ? {} : { contentHash: outcome.contentHash }),
      portableHash: outcome.portableHash,
      pictureHash: outcome.picture?.hash ?? null,
      pictureInnerHash: outcome.picture?.innerHash ?? null,
      pictureQuality: outcome.picture?.quality ?? null,
      wordsFromFile: seeded(mediaObjects.wordsFromFile, seed.objectMetadata === "{}" ? 0 : 1),
      objectMetadata: seeded(mediaObjects.objectMetadata, seed.objectMetadata),
      foldedKeywords: seeded(mediaObjects.foldedKeywords, seed.foldedKeywords),
      keywordSpellings: seeded(mediaObjects.keywordSpellings, seed.keywordSpellings),
      wordsText: seeded(mediaObjects.wordsText, seed.wordsText),
      fieldsText: seeded(mediaObjects.fieldsText, seed.fieldsText),
      ...(sidecar === null || sidecar.found === null ? {} : sidecarColumns(sidecar)),
      change: sql`${mediaObjects.change} + 1`,
      observedAt: now,
      updatedAt: now,
    })
    .where(
      and(
        eq(mediaObjects.id, media.id),
        eq(mediaObjects.version, media.version),
        eq(mediaObjects.state, "pending"),
        sidecar === null ? undefined : isStillSidecarOf(media, sidecar.found),
      ),
    )
    .returning({ id: mediaObjects.id });
  return rows.length > 0;
}

/** The words of the file for a record that was never processed and that nobody described; else what is there. */
function seeded(column: SQLiteColumn, value: string | number): SQL {
  return sql`CASE WHEN width IS NULL AND ${hasNoWords} THEN ${value} ELSE ${column} END`;
}

/** Makes a record wait for processing, with the bytes that the storage has now; null if it is gone or has changed. */
export async function reopenMedia(
  db: Database,
  media: MediaObject,
  object: {
    readonly version: string;
    readonly contentHash: string | null;
    readonly fileSize: number;
    readonly lastModified: number | null;
    readonly thumbnailVersion: string;
  },
  now: number,
): Promise<MediaObject | null> {
  const [row] = await db.orm
    .update(mediaObjects)
    .set({
      ...object,
      state: "pending",
      errorCode: null,
      errorDetail: null,
      missingSince: null,
      vanishedRun: null,
      portableHash: null,
      change: sql`${mediaObjects.change} + 1`,
      observedAt: now,
      updatedAt: now,
    })
    .where(sameObject(media))
    .returning();
  return row === undefined ? null : toMediaObject(row);
}

/** Ends a record whose attempts have all failed as `failed`, unless the record has got other bytes meanwhile. */
export async function failPending(
  db: Database,
  media: Pick<MediaObject, "id" | "version">,
  error: { readonly code: string; readonly detail: string },
  now: number,
): Promise<void> {
  await db.orm.run(sql`
    UPDATE media_objects SET state = 'failed', error_code = ${error.code}, error_detail = ${error.detail},
      thumbnail_version = NULL, picture_hash = NULL, picture_inner_hash = NULL, picture_quality = NULL, change = change + 1, observed_at = ${now}, updated_at = ${now}
    WHERE id = ${media.id} AND version = ${media.version} AND state = 'pending'`);
}

/** Marks a record whose object turned out to be gone. */
export async function markMissing(db: Database, media: MediaObject, now: number): Promise<void> {
  await db.orm
    .update(mediaObjects)
    .set({
      missingSince: now,
      vanishedRun: null,
      change: sql`${mediaObjects.change} + 1`,
      observedAt: now,
      updatedAt: now,
    })
    .where(and(sameObject(media), isNull(mediaObjects.missingSince)));
}

/** Still the same bytes at the same place: a record that has moved meanwhile must not be judged by its old one. */
function sameObject(media: MediaObject): SQL | undefined {
  return and(
    eq(mediaObjects.id, media.id),
    eq(mediaObjects.version, media.version),
    eq(mediaObjects.pathKey, media.pathKey),
  );
}

function stored(row: MediaRow | undefined): MediaObject {
  if (row === undefined) throw new Error("an insert answered no row");
  return toMediaObject(row);
}
