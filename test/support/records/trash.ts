import { env } from "cloudflare:workers";
import { getTableColumns } from "drizzle-orm";
import { z } from "zod";

import { mediaObjects, trashedMedia } from "../../../src/db/schema.ts";
import { buildMany, insertMany, type MediaContent } from "./media.ts";

const row = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));

/** A record that stands apart as it is stored, by its id; null where there is none. */
export async function apartMedia(id: string): Promise<z.infer<typeof row> | null> {
  const found = await env.DB.prepare("SELECT * FROM trashed_media WHERE id = ?").bind(id).first();
  return found === null ? null : row.parse(found);
}

/** The ids of the records in the trash, in the order of ids. */
export async function trashedIds(): Promise<string[]> {
  const { results } = await env.DB.prepare("SELECT id FROM trashed_media ORDER BY id").all();
  return results.map((each) => z.object({ id: z.string() }).parse(each).id);
}

const ofRecords = new Set(Object.values(getTableColumns(mediaObjects)).map(({ name }) => name));
const shared = Object.values(getTableColumns(trashedMedia)).flatMap(({ name }) =>
  ofRecords.has(name) ? [name] : [],
);

/** Any number of records in the trash, the first of which was put there `at`, each other a millisecond after the one before. */
export async function insertTrashed(
  count: number,
  { at, content = () => ({}) }: { at: number; content?: (index: number) => MediaContent },
): Promise<string[]> {
  const rows = buildMany(count, content);
  await insertMany(rows);
  const ids = JSON.stringify(rows.map(({ id }) => id));
  await env.DB.batch([
    env.DB.prepare(
      `INSERT INTO trashed_media (${shared.join(", ")}, trashed_at, trashed_by)
       SELECT ${shared.map((name) => `m.${name}`).join(", ")}, ? + key, 'test'
       FROM json_each(?) CROSS JOIN media_objects m ON m.id = value`,
    ).bind(at, ids),
    env.DB.prepare("DELETE FROM media_objects WHERE id IN (SELECT value FROM json_each(?))").bind(ids),
  ]);
  return rows.map(({ id }) => id);
}
