import { sql } from "drizzle-orm";

import type { Database } from "../connection.ts";
import type { MediaObject } from "../media/record.ts";
import { selected } from "../media/rows.ts";
import { mediaObjects } from "../schema.ts";

/** What of a record tells its picture and its bytes from those of others. */
export const pictureColumns = {
  pk: mediaObjects.pk,
  id: mediaObjects.id,
  state: mediaObjects.state,
  missingSince: mediaObjects.missingSince,
  contentHash: mediaObjects.contentHash,
  portableHash: mediaObjects.portableHash,
  fileSize: mediaObjects.fileSize,
  thumbnailVersion: mediaObjects.thumbnailVersion,
  pictureHash: mediaObjects.pictureHash,
  pictureInnerHash: mediaObjects.pictureInnerHash,
  pictureQuality: mediaObjects.pictureQuality,
} as const;

/** See {@link pictureColumns}. */
export type PictureRow = Pick<MediaObject, keyof typeof pictureColumns>;

/** The hash by which a picture is compared with others: without its border, which would hide what it shows. */
export function comparedHash<Hash extends string | null>(row: {
  readonly pictureHash: Hash;
  readonly pictureInnerHash: string | null;
}): Hash | string {
  return row.pictureInnerHash ?? row.pictureHash;
}

/** The pictures of the records with these row ids that still exist, in no order; missing ones too. */
export async function picturesByPk(db: Database, pks: readonly number[]): Promise<PictureRow[]> {
  if (pks.length === 0) return [];
  return db.orm.all<PictureRow>(sql`
    SELECT ${selected(pictureColumns)} FROM json_each(${JSON.stringify(pks)}) wanted
    CROSS JOIN media_objects ON ${mediaObjects.pk} = wanted.value`);
}

/** Whether two records have the same bytes, by a hash that both have. */
export function haveSameBytes(
  a: Pick<PictureRow, "contentHash" | "portableHash" | "fileSize">,
  b: Pick<PictureRow, "contentHash" | "portableHash" | "fileSize">,
): boolean {
  if (a.fileSize !== b.fileSize) return false;
  const isSameContent = a.contentHash !== null && a.contentHash === b.contentHash;
  return isSameContent || (a.portableHash !== null && a.portableHash === b.portableHash);
}
