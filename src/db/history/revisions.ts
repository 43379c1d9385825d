import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";

const revisionRow = z.object({
  /** The revision that the change made. */
  revision: z.int(),
  /** Milliseconds since the epoch. */
  changedAt: z.int(),
  changedBy: z.string().nullable(),
  operationId: z.string().nullable(),
  /** JSON: leads from the words of this revision to those of the revision before; see media/history/back-patch.ts. */
  patch: z.string(),
  wordsHash: z.string().nullable(),
});

/** A change that a person made to a record, with its way back. */
export type RevisionRow = Readonly<z.infer<typeof revisionRow>>;

const columns = sql`revision, changed_at AS "changedAt", changed_by AS "changedBy",
  operation_id AS "operationId", patch, words_hash AS "wordsHash"`;

/**
 * The changes of a record, the newest first: those below a revision, or from the newest on. A patch may have 64 KiB, so
 * they are read by few at a time.
 */
export async function revisionsOf(
  db: Database,
  mediaId: string,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<RevisionRow[]> {
  const below = before === null ? sql`` : sql` AND revision < ${before}`;
  const rows = await db.orm.all(sql`
    SELECT ${columns} FROM media_revisions
    WHERE media_id = ${mediaId}${below} ORDER BY revision DESC LIMIT ${limit}`);
  return rows.map((row) => revisionRow.parse(row));
}

/** What the patch of a milestone begins with, as a writer and the trigger for older code write it. */
const wholeBegins = '{"whole":';

const milestoneRow = z.object({ revision: z.int().nullable() });

/**
 * The first change above a revision that keeps the whole of the words before it, among so many changes; null where none
 * does. From there the words of the revision are a few patches away, however many changes came later.
 */
export async function wholeAbove(
  db: Database,
  mediaId: string,
  { revision, looks }: { readonly revision: number; readonly looks: number },
): Promise<number | null> {
  const [row] = await db.orm.all(sql`
    SELECT min(revision) AS revision FROM media_revisions
    WHERE media_id = ${mediaId} AND revision > ${revision} AND revision <= ${revision + looks}
      AND substr(patch, 1, ${wholeBegins.length}) = ${wholeBegins}`);
  return milestoneRow.parse(row).revision;
}
