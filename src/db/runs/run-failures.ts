import { and, eq, gt, sql } from "drizzle-orm";

import type { Database } from "../connection.ts";
import type { MediaOutcome } from "../media/reads.ts";
import { runFailures } from "../schema.ts";
import { firstKeptRun } from "./kept-runs.ts";

/** How many old failures one chunk sweeps at most. */
const sweptAtOnce = 500;

/** One record that a run could not process. */
export type RunFailure = typeof runFailures.$inferSelect;

/** Stores the failures of a run. A second attempt writes the same; the failures of the oldest runs are removed. */
export async function recordFailures(
  db: Database,
  work: { readonly run: string; readonly attempts: number },
  media: readonly MediaOutcome[],
): Promise<void> {
  const failures = media.map((each) => ({
    mediaId: each.id,
    provider: each.provider,
    objectKey: each.objectKey,
    code: each.errorCode ?? "unknown",
    detail: each.errorDetail ?? "",
    lastAttemptAt: each.updatedAt,
  }));
  await db.batch([
    sql`
      INSERT OR REPLACE INTO run_failures
        (run_id, media_id, provider, object_key, code, detail, attempts, last_attempt_at)
      SELECT ${work.run}, value ->> 'mediaId', value ->> 'provider', value ->> 'objectKey', value ->> 'code',
        value ->> 'detail', ${work.attempts}, value ->> 'lastAttemptAt'
      FROM json_each(${JSON.stringify(failures)})`,
    sql`
      DELETE FROM run_failures WHERE (run_id, media_id) IN (
        SELECT run_id, media_id FROM run_failures WHERE run_id < ${firstKeptRun(Date.now())}
        ORDER BY run_id, media_id LIMIT ${sweptAtOnce})`,
  ]);
}

/** The failures of a run in the order of media ids, after one. */
export async function findFailures(
  db: Database,
  run: string,
  afterId: string,
  limit: number,
): Promise<RunFailure[]> {
  return db.orm
    .select()
    .from(runFailures)
    .where(and(eq(runFailures.runId, run), gt(runFailures.mediaId, afterId)))
    .orderBy(runFailures.mediaId)
    .limit(limit);
}
