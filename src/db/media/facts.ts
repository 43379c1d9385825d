import { and, eq, gt, lt, sql, type SQL } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";

import type { Database } from "../connection.ts";
import { mediaObjects } from "../schema.ts";
import { cameraText } from "../search/index-text.ts";
import { cameraName } from "./camera-name.ts";
import { type IntrinsicFacts, type MediaObject, type ObjectMetadata } from "./record.ts";
import { metadataColumns, type MetadataColumns } from "./metadata-columns.ts";

/** The facts of a file, as a record holds them. */
export interface StoredFacts {
  /** Null if the bytes do not tell the media type, which is known already. */
  readonly contentType: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly orientation: number | null;
  readonly takenAt: string | null;
  readonly takenAtOffset: string | null;
  readonly intrinsic: IntrinsicFacts;
}

/** The facts as the columns of a record. */
export function factColumns(facts: StoredFacts) {
  const { contentType, width, height, orientation, takenAt, takenAtOffset } = facts;
  return {
    ...(contentType === null ? {} : { contentType }),
    width,
    height,
    orientation,
    takenAt,
    takenAtOffset,
    intrinsic: JSON.stringify(facts.intrinsic),
    camera: cameraName(facts.intrinsic.camera),
    cameraText: cameraText(facts.intrinsic.camera),
  };
}

/** Whether a record shows exactly these facts. */
function shows(media: MediaObject, facts: StoredFacts): boolean {
  const columns = factColumns(facts);
  const shown = factColumns({ ...media, ...(facts.contentType === null ? { contentType: null } : {}) });
  return JSON.stringify(columns) === JSON.stringify(shown);
}

/** A record of a page that is looked through for old facts. */
export type FactsRow = Awaited<ReturnType<typeof findFactsAfter>>[number];

/** Records after a row id, whatever their state and wherever their object is, with what tells whether their facts are old. */
export async function findFactsAfter(db: Database, afterPk: number, limit: number) {
  return db.orm
    .select({
      pk: mediaObjects.pk,
      id: mediaObjects.id,
      provider: mediaObjects.provider,
      state: mediaObjects.state,
      missingSince: mediaObjects.missingSince,
      width: mediaObjects.width,
      factsVersion: mediaObjects.factsVersion,
    })
    .from(mediaObjects)
    .where(gt(mediaObjects.pk, afterPk))
    .orderBy(mediaObjects.pk)
    .limit(limit);
}

/**
 * Whether a record's facts are older than `version` and can be read again: it is settled, its object is there, and of what
 * has failed something was told before. What waits is read anyway, and what nobody could read is tried again if asked.
 */
export function hasOldFacts(row: Omit<FactsRow, "pk" | "id" | "provider">, version: number): boolean {
  if (row.factsVersion >= version || row.missingSince !== null || row.state === "pending") return false;
  return row.state !== "failed" || row.width !== null;
}

/** The facts and words that the readers of a version tell of a record's file. */
export interface RenewedFacts {
  readonly facts: StoredFacts;
  /** The words of the record as they are to be: its own, and what of the file's it lacks. */
  readonly words: ObjectMetadata;
  readonly version: number;
  readonly now: number;
}

/**
 * Records what a file tells by the readers of this version, if the record is still in the same state with the same bytes
 * at the same place, and nobody was faster. Revision, state and thumbnail stay, and so do the words, unless they are the
 * file's own and it tells more of them. Where the record shows nothing else than before, only the version is written.
 */
export async function renewFacts(
  db: Database,
  media: MediaObject,
  { facts, words, version, now }: RenewedFacts,
): Promise<void> {
  if (shows(media, facts) && words === media.objectMetadata) return markFactsRead(db, media, version);
  await db.orm
    .update(mediaObjects)
    .set({
      ...factColumns(facts),
      ...wordsIfUnedited(media, words),
      factsVersion: version,
      change: sql`${mediaObjects.change} + 1`,
      updatedAt: now,
    })
    .where(sameBytes(media, version));
}

/**
 * Adds to the words of a record what of the file's it lacks, as {@link renewFacts} does, before its file is processed as
 * a new one is.
 */
export async function fillWords(
  db: Database,
  media: MediaObject,
  { words, version, now }: Omit<RenewedFacts, "facts">,
): Promise<void> {
  if (words === media.objectMetadata) return;
  await db.orm
    .update(mediaObjects)
    .set({
      ...wordsIfUnedited(media, words),
      change: sql`${mediaObjects.change} + 1`,
      updatedAt: now,
    })
    .where(sameBytes(media, version));
}

/** Words for a record that still has those that it was read with; nothing to write where they stay. */
function wordsIfUnedited(
  media: MediaObject,
  words: ObjectMetadata,
): Partial<Record<keyof MetadataColumns | "wordsFromFile", SQL>> {
  if (words === media.objectMetadata) return {};
  const { objectMetadata } = metadataColumns(media.objectMetadata);
  const filled = metadataColumns(words);
  const set = (column: SQLiteColumn, value: string | number): SQL =>
    sql`CASE WHEN revision = 0 AND object_metadata = ${objectMetadata} THEN ${value} ELSE ${column} END`;
  return {
    objectMetadata: set(mediaObjects.objectMetadata, filled.objectMetadata),
    foldedKeywords: set(mediaObjects.foldedKeywords, filled.foldedKeywords),
    keywordSpellings: set(mediaObjects.keywordSpellings, filled.keywordSpellings),
    wordsText: set(mediaObjects.wordsText, filled.wordsText),
    fieldsText: set(mediaObjects.fieldsText, filled.fieldsText),
    wordsFromFile: set(mediaObjects.wordsFromFile, 1),
  };
}

/** Sets down that the readers of this version have nothing new to tell of a record's bytes: nobody sees a change. */
export async function markFactsRead(db: Database, media: MediaObject, version: number): Promise<void> {
  await db.orm.update(mediaObjects).set({ factsVersion: version }).where(sameBytes(media, version));
}

function sameBytes(media: MediaObject, version: number): SQL | undefined {
  return and(
    eq(mediaObjects.id, media.id),
    eq(mediaObjects.version, media.version),
    eq(mediaObjects.pathKey, media.pathKey),
    eq(mediaObjects.state, media.state),
    lt(mediaObjects.factsVersion, version),
  );
}
