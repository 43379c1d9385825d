import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";

import { cameraName } from "../../src/db/media/camera-name.ts";
import { metadataColumns } from "../../src/db/media/metadata-columns.ts";
import { cameraText, keyText } from "../../src/db/search/index-text.ts";
import { migrateDatabase } from "../support/database.ts";
import { recordOf } from "./records.ts";

/** How many records are written at once: most of them in bulk, and the last ones as an ingest writes the pages of a listing. */
const bulk = { records: 20_000, hashBytes: 64 * 1024 * 1024 };
const page = { records: 1_000, hashBytes: 1024 * 1024 };
const inPages = 20_000;

/** Makes a local database of `rows` records below `folder`, with triggers as the service would, and gives its file. */
export async function fillDatabase(folder: string, rows: number): Promise<string> {
  await migrateDatabase(folder);
  const file = databaseFile(folder);
  const database = new DatabaseSync(file);
  // A file that is thrown away when power fails is no loss; the triggers take the time.
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000");
  const insert = database.prepare(insertRecord);
  for (let from = 0; from < rows;) {
    const { records, hashBytes } = from + inPages < rows ? bulk : page;
    const to = Math.min(from + records, rows);
    // How much full text holds in memory before it writes: it is a setting of the file, and the platform's own at the end.
    database.exec(`BEGIN; INSERT INTO media_search (media_search, rank) VALUES ('hashsize', ${hashBytes})`);
    for (let n = from; n < to; n++) write(insert, n, rows);
    database.exec("COMMIT");
    from = to;
  }
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  database.close();
  return file;
}

/** The file in which wrangler keeps the one database that lies below a folder. */
export function databaseFile(folder: string): string {
  const place = join(folder, "v3/d1/miniflare-D1DatabaseObject");
  const name = readdirSync(place).find((each) => /^[\da-f]{64}\.sqlite$/.test(each));
  if (name === undefined) throw new Error(`There is no database below ${place}.`);
  return join(place, name);
}

const insertRecord = `INSERT INTO media_objects (
    id, provider, object_key, path_key, version, content_hash, file_size, content_type, last_modified, state, width, height,
    taken_at, intrinsic, object_metadata, folded_keywords, keyword_spellings, words_text, fields_text, key_text, camera_text,
    camera, text_version, thumbnail_version, missing_since, facts_version, observed_at, updated_at
  ) VALUES (
    :id, 'r2', :objectKey, :objectKey, :version, :hash, :size, 'image/jpeg', :createdAt, :state, 4032, 3024,
    :takenAt, :intrinsic, :objectMetadata, :foldedKeywords, :keywordSpellings, :wordsText, :fieldsText, :keyText, :cameraText,
    :camera, 1, 'v1', :missingSince, 1, :createdAt, :createdAt
  )`;

function write(insert: StatementSync, n: number, rows: number): void {
  const { metadata, intrinsic, ...record } = recordOf(n, rows);
  const version = n.toString(16).padStart(32, "0");
  insert.run({
    ...record,
    version,
    hash: `md5:${version}`,
    size: 1_000_000 + (n % 5_000_000),
    intrinsic: JSON.stringify(intrinsic),
    ...metadataColumns(metadata),
    keyText: keyText(record.objectKey),
    cameraText: cameraText(intrinsic.camera),
    camera: cameraName(intrinsic.camera),
  });
}
