import { env } from "cloudflare:workers";

import { metadataColumns } from "../../../src/db/media/metadata-columns.ts";

/** What of a record tells how ingest treated it. */
export interface StoredRow {
  readonly id: string;
  readonly key: string;
  readonly version: string;
  readonly size: number;
  readonly state: string;
  readonly error: string | null;
  readonly missing: boolean;
  readonly vanished: boolean;
  readonly metadata: string;
  readonly revision: number;
  readonly change: number;
  readonly thumbnail: string | null;
}

type Row = Omit<StoredRow, "missing" | "vanished"> & { missing: number; vanished: number };

/** All records of a provider in the order of their keys. */
export async function storedRows(provider = "main"): Promise<StoredRow[]> {
  const { results } = await env.DB.prepare(
    `SELECT id, path_key AS key, version, file_size AS size, state, error_code AS error,
       missing_since IS NOT NULL AS missing, vanished_run IS NOT NULL AS vanished, object_metadata AS metadata,
       revision, change, thumbnail_version AS thumbnail
     FROM media_objects WHERE provider = ? ORDER BY path_key`,
  )
    .bind(provider)
    .all<Row>();
  return results.map((row) =>
    Object.assign(row, { missing: row.missing !== 0, vanished: row.vanished !== 0 }),
  );
}

/** The only record with this key. */
export async function rowOf(key: string, provider = "main"): Promise<StoredRow> {
  const row = (await storedRows(provider)).find((each) => each.key === key);
  if (row === undefined) throw new Error(`there is no record of ${key}`);
  return row;
}

/** The keys of all records, in order. */
export async function storedKeys(provider = "main"): Promise<string[]> {
  return (await storedRows(provider)).map((row) => row.key);
}

/** The keys of all thumbnails. */
export async function thumbnailKeys(): Promise<string[]> {
  return (await env.DERIVATIVES_BUCKET.list()).objects.map((object) => object.key);
}

/** A person's words on a record. */
export async function describe(id: string, description: string): Promise<void> {
  const { objectMetadata, wordsText } = metadataColumns({ description });
  await env.DB.prepare(
    `UPDATE media_objects SET object_metadata = ?, words_text = ?, revision = revision + 1, change = change + 1 WHERE id = ?`,
  )
    .bind(objectMetadata, wordsText, id)
    .run();
}
