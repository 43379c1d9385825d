import { sql } from "drizzle-orm";

import type { Database } from "../connection.ts";

/** Puts failed records back to work as they are. */
export async function retryFailed(db: Database, ids: readonly string[], now: number): Promise<void> {
  await db.orm.run(sql`
    UPDATE media_objects SET
      state = 'pending', error_code = NULL, error_detail = NULL, change = change + 1,
      observed_at = ${now}, updated_at = ${now}
    FROM json_each(${JSON.stringify(ids)}) wanted
    WHERE media_objects.id = wanted.value AND media_objects.state = 'failed'`);
}

/** Puts records that lack their thumbnail back to work, under the mark of the run that a replay counts by. */
export async function reopenThumbnails(
  db: Database,
  ids: readonly string[],
  options: { readonly run: string; readonly now: number },
): Promise<void> {
  await db.orm.run(sql`
    UPDATE media_objects SET
      state = 'pending', run_id = ${options.run}, run_change = 'reopened', change = change + 1,
      observed_at = ${options.now}, updated_at = ${options.now}
    FROM json_each(${JSON.stringify(ids)}) wanted
    WHERE media_objects.id = wanted.value AND media_objects.state = 'ready'`);
}
