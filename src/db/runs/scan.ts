import { sql } from "drizzle-orm";

import type { Database } from "../connection.ts";

/** Makes failed records wait for processing again, unchanged. */
export async function retryFailed(db: Database, ids: readonly string[], now: number): Promise<void> {
  await db.orm.run(sql`
    UPDATE media_objects SET
      state = 'pending', error_code = NULL, error_detail = NULL, change = change + 1,
      observed_at = ${now}, updated_at = ${now}
    FROM json_each(${JSON.stringify(ids)}) wanted
    WHERE media_objects.id = wanted.value AND media_objects.state = 'failed'`);
}

/** Makes records that lack their preview wait again, under the mark of the run by which a replay counts. */
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
