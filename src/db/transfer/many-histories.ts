import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";

/** A stretch of the revisions of a record. */
export interface RevisionSpan {
  readonly id: string;
  /** The lowest and the highest revision of the stretch. */
  readonly from: number;
  readonly upTo: number;
}

const revisionRow = z.object({
  id: z.string(),
  revision: z.number(),
  changedAt: z.number(),
  changedBy: z.string().nullable(),
  operationId: z.string().nullable(),
  /** JSON: the way back to the words before; see media/history/back-patch.ts. */
  patch: z.string(),
  wordsHash: z.string().nullable(),
});

/** A revision as it is stored, with the id of its record. */
export type StoredRevision = Readonly<z.infer<typeof revisionRow>>;

/** Revisions of several records. */
export interface RevisionStretch {
  /** In the order of the spans, those of each record newest first. */
  readonly revisions: readonly StoredRevision[];
  /** False where further revisions of the spans come after the last of these. */
  readonly isWhole: boolean;
}

const numberedRow = revisionRow.extend({ total: z.number() });

/**
 * Reads the revisions of some stretches, which together have as many revisions as one statement may answer, and of those
 * the first whose patches take no more than `maxBytes`: at least one, where there is one.
 */
export async function readManyRevisions(
  db: Database,
  spans: readonly RevisionSpan[],
  maxBytes: number,
): Promise<RevisionStretch> {
  const rows = await db.orm.all(sql`
    WITH wanted AS (
      SELECT json_each.key AS place, r.media_id, r.revision, octet_length(r.patch) AS bytes
      FROM json_each(${JSON.stringify(spans)}) CROSS JOIN media_revisions r
        ON r.media_id = value ->> 'id' AND r.revision BETWEEN value ->> 'from' AND value ->> 'upTo'
    ), summed AS (
      SELECT place, media_id, revision, count(*) OVER () AS total,
        sum(bytes) OVER (ORDER BY place, revision DESC ROWS UNBOUNDED PRECEDING) - bytes AS before
      FROM wanted
    )
    SELECT r.media_id AS id, r.revision, r.changed_at AS changedAt, r.changed_by AS changedBy,
      r.operation_id AS operationId, r.patch, r.words_hash AS wordsHash, s.total
    FROM summed s CROSS JOIN media_revisions r ON r.media_id = s.media_id AND r.revision = s.revision
    WHERE s.before < ${maxBytes} ORDER BY s.place, s.revision DESC`);
  const revisions = rows.map((row) => numberedRow.parse(row));
  return { revisions, isWhole: revisions.length === (revisions[0]?.total ?? 0) };
}

/** The newest revision of a record that is kept below another one; null where there is none. */
export async function newestBelow(db: Database, id: string, revision: number): Promise<number | null> {
  const rows = await db.orm.all<{ newest: number | null }>(sql`
    SELECT max(revision) AS newest FROM media_revisions WHERE media_id = ${id} AND revision < ${revision}`);
  return rows[0]?.newest ?? null;
}
