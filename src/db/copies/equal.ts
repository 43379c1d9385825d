import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import type { PictureRow } from "./pictures.ts";

/** How many records are looked at with one statement, and for one page at the most. */
const looks = { atATime: 200, most: 1000 } as const;

/** Records with the same bytes as another. */
export interface EqualPage {
  /** Row ids, in their order. */
  readonly pks: readonly number[];
  /** The row id after which the next page begins; null where there is none. */
  readonly next: number | null;
}

/**
 * The records that are there with the bytes of a record, after a row id: at most `limit`, and fewer, with a next page, where
 * very many of them are missing.
 */
export async function equalAfter(
  db: Database,
  media: Pick<PictureRow, "pk" | "contentHash" | "fileSize">,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<EqualPage> {
  if (media.contentHash === null) return { pks: [], next: null };
  const pks: number[] = [];
  let at = after;
  for (let looked = 0; looked < looks.most; looked += looks.atATime) {
    const rows = await walk(db, media, at);
    for (const { pk, isShown } of rows) {
      if (pks.length === limit) return { pks, next: at };
      at = pk;
      if (isShown === 1 && pk !== media.pk) pks.push(pk);
    }
    if (rows.length < looks.atATime) return { pks, next: null };
  }
  return { pks, next: at };
}

const walkedRow = z.object({ pk: z.int(), isShown: z.int() });

async function walk(
  db: Database,
  { contentHash, fileSize }: Pick<PictureRow, "contentHash" | "fileSize">,
  after: number,
): Promise<z.infer<typeof walkedRow>[]> {
  const rows = await db.orm.all(sql`
    SELECT pk, file_size = ${fileSize} AND missing_since IS NULL AS "isShown"
    FROM media_objects INDEXED BY media_objects_by_hash
    WHERE content_hash = ${contentHash} AND pk > ${after} ORDER BY pk LIMIT ${looks.atATime}`);
  return z.array(walkedRow).parse(rows);
}
