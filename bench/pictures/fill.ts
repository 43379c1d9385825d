import { DatabaseSync } from "node:sqlite";
import { z } from "zod";

import { migrateDatabase } from "../support/database.ts";
import { databaseFile } from "../search/fill.ts";

const step = 50_000;
const named = z.array(z.object({ name: z.string() }));

/**
 * Makes a local database of `rows` records below `folder`, each with a hash that is like no other's. Full text and counters
 * stay empty: the index reads neither, and their triggers would take most of the time.
 */
export async function fillHashes(folder: string, rows: number): Promise<void> {
  await migrateDatabase(folder);
  const database = new DatabaseSync(databaseFile(folder));
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000");
  const triggers = named.parse(
    database.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all(),
  );
  for (const { name } of triggers) database.exec(`DROP TRIGGER "${name}"`);
  const insert = database.prepare(insertRecords);
  for (let from = 1; from <= rows; from += step) insert.run({ from, end: Math.min(from + step, rows + 1) });
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  database.close();
}

// Facts and words of the usual length, since a record's hash lies behind them.
const insertRecords = `INSERT INTO media_objects (
    pk, id, provider, object_key, path_key, version, content_hash, file_size, content_type, last_modified, state, width,
    height, taken_at, intrinsic, object_metadata, thumbnail_version, picture_hash, picture_quality, updated_at
  )
  WITH RECURSIVE n(i) AS (SELECT :from UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :end)
  SELECT i, substr(printf('%012x', i), 1, 8) || '-' || substr(printf('%012x', i), 9) || '-7000-8000-000000000000', 'r2',
    printf('2024/%03d/IMG_%07d.jpg', i % 366, i), printf('2024/%03d/IMG_%07d.jpg', i % 366, i), printf('%032x', i),
    printf('md5:%032x', i), 1000000 + i % 5000000, 'image/jpeg', 1700000000000, 'ready', 4032, 3024,
    strftime('%Y-%m-%dT%H:%M:%S.000', 1600000000 + i * 37, 'unixepoch'),
    '{"camera":{"make":"Apple","model":"iPhone 14 Pro","lens":"iPhone 14 Pro back triple camera 6.86mm f/1.78"},"exposure":{"time":0.002,"f_number":1.8,"iso":80,"focal_length":6.86},"thumbhash":"1QcSHQRnh493V4dIh4eXh1h4kJUI"}',
    '{"description":"A photo of the sea and the sky behind the old harbour","keywords":["beach","family"]}',
    printf('%032x-3', i), lower(hex(randomblob(32))), 100, 1700000000000 + i
  FROM n`;
