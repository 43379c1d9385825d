import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { migrateDatabase, runWrangler } from "../support/database.ts";

/** The id of the n-th record of a seeded database. */
export function seededId(n: number): string {
  const hex = n.toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** Makes a local database of `rows` records below `folder`, in statements of bounded size. */
export async function seedDatabase(folder: string, rows: number): Promise<void> {
  const location = ["--local", "--persist-to", folder];
  await migrateDatabase(folder);
  const file = join(folder, "seed.sql");
  const step = 50_000;
  const statements: string[] = [];
  for (let from = 0; from < rows; from += step)
    statements.push(insertRows(from, Math.min(step, rows - from)));
  writeFileSync(file, statements.join("\n"));
  await runWrangler(["d1", "execute", "DB", ...location, "--yes", "--file", file]);
}

function insertRows(from: number, count: number): string {
  return `INSERT INTO media_objects
    (id, provider, object_key, path_key, version, content_hash, file_size, content_type, last_modified, state, width, height,
     taken_at, object_metadata, updated_at)
    WITH RECURSIVE n(i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${from + count})
    SELECT substr(printf('%012x', i), 1, 8) || '-' || substr(printf('%012x', i), 9) || '-7000-8000-000000000000', 'r2',
      printf('2024/%03d/IMG_%07d.jpg', i % 366, i), printf('2024/%03d/IMG_%07d.jpg', i % 366, i), printf('%032x', i),
      printf('md5:%032x', i), 1000000 + i % 5000000, 'image/jpeg', 1700000000000, 'ready', 4032, 3024,
      strftime('%Y-%m-%dT%H:%M:%S.000', 1600000000 + i * 37, 'unixepoch'),
      '{"description":"A photo of the sea and the sky"}', 1700000000000 + i FROM n;`;
}
