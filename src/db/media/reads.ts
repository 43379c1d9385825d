import { eq, gt, sql, type SQL } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { z } from "zod";

import type { Database } from "../connection.ts";
import { pictureColumns } from "../copies/pictures.ts";
import { slicesOf } from "../json-slices.ts";
import { toMediaObject, type MediaObject, type StoredMedia } from "./record.ts";
import { recordColumns, selected } from "./rows.ts";
import { mediaObjects, mediaStates, type MediaState } from "../schema.ts";
import { readTotals, totalIn } from "./totals.ts";

/** The record with this id, null where there is none. */
export async function findMedia(db: Database, id: string): Promise<MediaObject | null> {
  const [row] = await db.orm.select(recordColumns).from(mediaObjects).where(eq(mediaObjects.id, id));
  return row === undefined ? null : toMediaObject(row);
}

/** Whether a record has this place at a provider. */
export async function hasMediaAt(db: Database, provider: string, pathKey: string): Promise<boolean> {
  const rows = await db.orm.all(
    sql`SELECT 1 FROM media_objects WHERE provider = ${provider} AND path_key = ${pathKey}`,
  );
  return rows.length > 0;
}

/** The records with these ids that still exist, in no order: whole ones, so for as many as memory has room for. */
export async function findManyMedia(db: Database, ids: readonly string[]): Promise<MediaObject[]> {
  const rows = await db.orm.all<StoredMedia>(withIds(recordColumns, ids));
  return rows.map(toMediaObject);
}

const outcomeColumns = {
  ...pictureColumns,
  provider: mediaObjects.provider,
  objectKey: mediaObjects.objectKey,
  errorCode: mediaObjects.errorCode,
  errorDetail: mediaObjects.errorDetail,
  updatedAt: mediaObjects.updatedAt,
  factsVersion: mediaObjects.factsVersion,
} as const;

/** The outcome of a record that was processed, and the picture by which its copies are found. */
export type MediaOutcome = Pick<MediaObject, keyof typeof outcomeColumns>;

/** The outcomes of the records with these ids that still exist, in no order; their words are not read. */
export async function findOutcomes(db: Database, ids: readonly string[]): Promise<MediaOutcome[]> {
  return db.orm.all<MediaOutcome>(withIds(outcomeColumns, ids));
}

function withIds(columns: Readonly<Record<string, SQLiteColumn>>, ids: readonly string[]): SQL {
  return sql`SELECT ${selected(columns)} FROM json_each(${JSON.stringify(ids)}) wanted
    CROSS JOIN media_objects ON ${mediaObjects.id} = wanted.value`;
}

/** The ids of those records at these paths that wait to be processed, in the order of the paths. */
export async function findPendingAt(
  db: Database,
  provider: string,
  paths: readonly string[],
): Promise<string[]> {
  const results = await db.batch(
    slicesOf(paths).map(
      (json) => sql`
        SELECT m.id FROM json_each(${json}) CROSS JOIN media_objects m
          ON m.provider = ${provider} AND m.path_key = value
        WHERE m.state = 'pending' ORDER BY json_each.key`,
    ),
  );
  return results.flat().map((row) => z.object({ id: z.string() }).parse(row).id);
}

/** The ids among `ids` whose records wait to be processed, in their order. */
export async function findPendingOf(db: Database, ids: readonly string[]): Promise<string[]> {
  const results = await db.batch(
    slicesOf(ids).map(
      (json) => sql`
        SELECT m.id FROM json_each(${json}) CROSS JOIN media_objects m ON m.id = value
        WHERE m.state = 'pending' ORDER BY json_each.key`,
    ),
  );
  return results.flat().map((row) => z.object({ id: z.string() }).parse(row).id);
}

/** How many records of earlier runs are taken up at a time. */
const leftBehindLimit = 5000;

/** Records of a provider that runs before this one have left waiting to be processed, in the order of ids. */
export async function leftBehind(db: Database, provider: string, run: string): Promise<string[]> {
  const rows = await db.orm.all(sql`
    SELECT id FROM media_objects INDEXED BY media_objects_unsettled
    WHERE state = 'pending' AND state <> 'ready' AND provider = ${provider} AND run_id IS NOT ${run}
      AND missing_since IS NULL AND vanished_run IS NULL
    ORDER BY id LIMIT ${leftBehindLimit}`);
  return rows.map((row) => z.object({ id: z.string() }).parse(row).id);
}

/** Records after an id, in the order of ids, whatever their state and wherever their object is. */
export async function findMediaAfter(db: Database, afterId: string, limit: number) {
  return db.orm
    .select({
      id: mediaObjects.id,
      provider: mediaObjects.provider,
      state: mediaObjects.state,
      missingSince: mediaObjects.missingSince,
      thumbnailVersion: mediaObjects.thumbnailVersion,
      runId: mediaObjects.runId,
      runChange: mediaObjects.runChange,
    })
    .from(mediaObjects)
    .where(gt(mediaObjects.id, afterId))
    .orderBy(mediaObjects.id)
    .limit(limit);
}

const unfinishedColumns = {
  id: mediaObjects.id,
  pk: mediaObjects.pk,
  state: mediaObjects.state,
  updatedAt: mediaObjects.updatedAt,
} as const;

/** What of a record tells whether somebody is to work on it. */
export type UnfinishedMedia = Pick<MediaObject, keyof typeof unfinishedColumns>;

/**
 * Records in one of the two states of unfinished work, after an id and in the order of ids. The index is named since the
 * one of ids would do as well, and holds all records.
 */
export async function unfinishedMedia(
  db: Database,
  state: "pending" | "failed",
  afterId: string,
  limit: number,
): Promise<UnfinishedMedia[]> {
  return db.orm.all<UnfinishedMedia>(sql`
    SELECT ${selected(unfinishedColumns)} FROM media_objects INDEXED BY media_objects_unsettled
    WHERE state = ${state} AND state <> 'ready' AND ${mediaObjects.id} > ${afterId} AND missing_since IS NULL
    ORDER BY ${mediaObjects.id} LIMIT ${limit}`);
}

/** How many records there are in each state. */
export async function countByState(db: Database): Promise<Record<MediaState, number>> {
  const totals = await readTotals(db);
  const sums = mediaStates.map((state): [MediaState, number] => [
    state,
    totals.reduce((sum, row) => {
      const { present, missing } = totalIn(row, state);
      return sum + present + missing;
    }, 0),
  ]);
  return { pending: 0, ready: 0, failed: 0, unsupported: 0, ...Object.fromEntries(sums) };
}
