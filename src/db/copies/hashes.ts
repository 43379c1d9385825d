import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import { mediaObjects } from "../schema.ts";

/** A stretch of row ids, `to` not among them. */
export interface PkStretch {
  readonly from: number;
  readonly to: number;
}

const hashRow = z.object({ pk: z.int(), hash: z.string(), thumbnailVersion: z.string() });
const nextRow = z.object({ pk: z.int().nullable() });

/** The hashes of pictures in a stretch of row ids, and where the next record is. */
export interface HashStretch {
  readonly hashes: readonly z.infer<typeof hashRow>[];
  /** The least row id behind the stretch that has a record; null where there is none. */
  readonly nextPk: number | null;
}

/** Reads the hashes of the ready pictures in a stretch that have a quality of at least `leastQuality`. */
export async function readHashes(
  db: Database,
  { from, to }: PkStretch,
  leastQuality: number,
): Promise<HashStretch> {
  const [hashes, next] = await db.batch([
    sql`
      SELECT ${mediaObjects.pk} AS "pk", coalesce(${mediaObjects.pictureInnerHash}, ${mediaObjects.pictureHash}) AS "hash",
        ${mediaObjects.thumbnailVersion} AS "thumbnailVersion"
      FROM media_objects NOT INDEXED
      WHERE ${mediaObjects.pk} >= ${from} AND ${mediaObjects.pk} < ${to} AND ${mediaObjects.state} = 'ready'
        AND ${mediaObjects.pictureQuality} >= ${leastQuality} AND ${mediaObjects.pictureHash} IS NOT NULL
        AND ${mediaObjects.thumbnailVersion} IS NOT NULL`,
    sql`SELECT min(${mediaObjects.pk}) AS "pk" FROM media_objects WHERE ${mediaObjects.pk} >= ${to}`,
  ]);
  return { hashes: z.array(hashRow).parse(hashes), nextPk: nextRow.parse(next?.[0]).pk };
}
