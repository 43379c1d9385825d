import { sql } from "drizzle-orm";

import type { Database } from "../connection.ts";
import { jsonSlices } from "../json-slices.ts";
import { cameraName } from "../media/camera-name.ts";
import { metadataColumns } from "../media/metadata-columns.ts";
import { toMediaObject } from "../media/record.ts";
import type { MediaRow } from "../schema.ts";
import { cameraText, keyText } from "./index-text.ts";

/** The version of the columns of full text that this code writes; see the column `text_version`. */
export const textVersion = 1;

const isUnread = sql`text_version < 1`;

/** Whether there is a record to read for full text: one that older code made, or has changed. */
export async function hasUnread(db: Database): Promise<boolean> {
  const rows = await db.orm.all(
    sql`SELECT 1 FROM media_objects INDEXED BY media_objects_unread WHERE ${isUnread} LIMIT 1`,
  );
  return rows.length > 0;
}

/** The row id of the last of so many records that are to be read; null where there is none after `afterPk`. */
export async function lastUnread(db: Database, afterPk: number, count: number): Promise<number | null> {
  const [row] = await db.orm.all<{ pk: number | null }>(sql`
    SELECT max(pk) AS pk FROM (
      SELECT pk FROM media_objects INDEXED BY media_objects_unread
      WHERE ${isUnread} AND pk > ${afterPk} ORDER BY pk LIMIT ${count}
    )`);
  return row?.pk ?? null;
}

/** How far a page has come. */
export interface ReadPage {
  /** The row id of the last record; null where there was none. */
  readonly lastPk: number | null;
  readonly read: number;
}

/** Records that are to be read, those after a row id. */
async function unreadAfter(db: Database, afterPk: number, limit: number) {
  const columns = sql`pk, id, change, object_key AS "objectKey", intrinsic, object_metadata AS "objectMetadata"`;
  return db.orm.all<
    Pick<MediaRow, "pk" | "id" | "change" | "objectKey" | "intrinsic" | "objectMetadata">
  >(sql`
    SELECT ${columns} FROM media_objects INDEXED BY media_objects_unread
    WHERE ${isUnread} AND pk > ${afterPk} ORDER BY pk LIMIT ${limit}`);
}

/**
 * Writes what full text, the cameras and the spellings of keywords are made of for a page of records that lack it, unless
 * a record has changed meanwhile; then it is read another time. It is no change that anybody sees.
 */
export async function readTexts(db: Database, afterPk: number, limit: number): Promise<ReadPage> {
  const rows = await unreadAfter(db, afterPk, limit);
  const texts = rows.map((row) => {
    const { pk, change, objectKey, intrinsic, objectMetadata } = toMediaObject(row);
    const { foldedKeywords: _folded, objectMetadata: _json, ...words } = metadataColumns(objectMetadata);
    const camera = { camera: cameraName(intrinsic.camera), cameraText: cameraText(intrinsic.camera) };
    return { pk, change, keyText: keyText(objectKey), ...camera, ...words };
  });
  await db.write(
    jsonSlices(texts).map(
      ({ json }) => sql`
        UPDATE media_objects SET
          words_text = value ->> 'wordsText', fields_text = value ->> 'fieldsText', key_text = value ->> 'keyText',
          camera_text = value ->> 'cameraText', camera = value ->> 'camera',
          keyword_spellings = value ->> 'keywordSpellings', text_version = ${textVersion}
        FROM json_each(${json})
        WHERE media_objects.pk = value ->> 'pk' AND change = value ->> 'change' AND ${isUnread}`,
    ),
  );
  return { lastPk: rows.at(-1)?.pk ?? null, read: rows.length };
}
