import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import type { TrashPlace } from "./trashed.ts";

const expiredRow = z.object({
  id: z.string(),
  provider: z.string(),
  pathKey: z.string(),
  version: z.string(),
  contentHash: z.string().nullable(),
  fileSize: z.number(),
  lastModified: z.number().nullable(),
  missingSince: z.number().nullable(),
  trashedAt: z.number(),
  foundAt: z.string().nullable(),
  foundVersion: z.string().nullable(),
  sidecarRead: z.string().nullable(),
});

/** What of a record in the trash tells which object goes with it. */
export type TrashedObject = Readonly<z.infer<typeof expiredRow>>;

/** Whether any record was put into the trash up to a time, in milliseconds since the epoch. Reads a row at most. */
export async function hasTrashUpTo(db: Database, upTo: number): Promise<boolean> {
  const rows = await db.orm.all(
    sql`SELECT 1 FROM trashed_media INDEXED BY trashed_media_by_time WHERE trashed_at <= ${upTo} LIMIT 1`,
  );
  return rows.length > 0;
}

/** The records that were put into the trash after one of them and up to a time, that included, the oldest first. */
export async function trashUpTo(
  db: Database,
  after: TrashPlace,
  { upTo, limit }: { readonly upTo: number; readonly limit: number },
): Promise<TrashedObject[]> {
  const rows = await db.orm.all(sql`
    SELECT id, provider, path_key AS "pathKey", version, content_hash AS "contentHash", file_size AS "fileSize",
      last_modified AS "lastModified", missing_since AS "missingSince", trashed_at AS "trashedAt", found_at AS "foundAt",
      found_version AS "foundVersion",
      sidecar_read AS "sidecarRead"
    FROM trashed_media INDEXED BY trashed_media_by_time
    WHERE (trashed_at, id) > (${after.trashedAt}, ${after.id}) AND trashed_at <= ${upTo}
    ORDER BY trashed_at, id LIMIT ${limit}`);
  return rows.map((row) => expiredRow.parse(row));
}

/** Whether another record, shown or in the trash itself, has the place of a record in the trash. */
export async function isPlaceOfAnother(
  db: Database,
  { id, provider, pathKey }: Pick<TrashedObject, "id" | "provider" | "pathKey">,
): Promise<boolean> {
  const rows = await db.orm.all(sql`
    SELECT 1 FROM media_objects WHERE provider = ${provider} AND path_key = ${pathKey}
    UNION ALL
    SELECT 1 FROM trashed_media
    WHERE provider = ${provider} AND path_key = ${pathKey} AND trashed_at IS NOT NULL AND id <> ${id}
    LIMIT 1`);
  return rows.length > 0;
}

const removedRow = z.object({ id: z.string() });

/** How many revisions one statement removes: a record may have any number of them. */
const revisionsAtOnce = 1000;

/**
 * Removes a record from the trash for good, with its history, what imports have replaced of it, and the records that relinks
 * have hidden behind it, which nobody could bring back any more. Answers the ids of these, or null where the record has left
 * the trash since it was read. The history goes first, so that what is left by a worker that dies is found by the next.
 */
export async function forgetTrashed(
  db: Database,
  media: Pick<TrashedObject, "id" | "trashedAt">,
): Promise<readonly string[] | null> {
  for (;;) {
    const [revisions = [], , hidden = [], records = []] = await db.batch(forgetStatements(media));
    if (revisions.length < revisionsAtOnce)
      return records.length === 0 ? null : hidden.map((row) => removedRow.parse(row).id);
  }
}

function forgetStatements({ id, trashedAt }: Pick<TrashedObject, "id" | "trashedAt">): SQL[] {
  const isAsRead = sql`EXISTS (SELECT 1 FROM trashed_media WHERE id = ${id} AND trashed_at = ${trashedAt})`;
  const behind = sql`
    WITH RECURSIVE behind (id) AS (
      SELECT ${id} UNION
      SELECT hidden.id FROM behind CROSS JOIN trashed_media hidden ON hidden.merged_into = behind.id
    )`;
  const hasHistory = sql`
    EXISTS (SELECT 1 FROM behind CROSS JOIN media_revisions ON media_revisions.media_id = behind.id)`;
  return [
    sql`
      ${behind} DELETE FROM media_revisions WHERE (media_id, revision) IN (
        SELECT r.media_id, r.revision FROM behind CROSS JOIN media_revisions r ON r.media_id = behind.id
        LIMIT ${revisionsAtOnce}
      ) AND ${isAsRead}
      RETURNING revision`,
    // From one import with histories to the next, of which there are few: the words that it has replaced are the record's.
    sql`
      ${behind}, imports (id) AS (
        SELECT min(operation_id) FROM imported_histories
        UNION ALL
        SELECT (SELECT min(operation_id) FROM imported_histories WHERE operation_id > imports.id)
        FROM imports WHERE imports.id IS NOT NULL
      )
      DELETE FROM imported_histories
      WHERE operation_id IN (SELECT id FROM imports) AND media_id IN (SELECT id FROM behind) AND ${isAsRead}`,
    sql`
      ${behind} DELETE FROM trashed_media
      WHERE id IN (SELECT id FROM behind) AND id <> ${id} AND ${isAsRead} AND NOT ${hasHistory}
      RETURNING id`,
    sql`
      DELETE FROM trashed_media WHERE id = ${id} AND trashed_at = ${trashedAt}
        AND NOT EXISTS (SELECT 1 FROM media_revisions WHERE media_id = ${id})
      RETURNING id`,
  ];
}
