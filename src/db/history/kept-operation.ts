import { sql } from "drizzle-orm";

import type { Database } from "../connection.ts";
import type { Authorship, EditingOperation } from "./edits.ts";

/**
 * Keeps an operation that has changed nothing so far, so that its id names something. Whoever writes its edits keeps it as
 * well, and an operation that is kept already stays as it is.
 */
export async function keepOperation(
  db: Database,
  { by, now, operation }: Authorship & { readonly operation: EditingOperation },
): Promise<void> {
  await db.batch([
    sql`INSERT INTO operations (id, kind, changed_by, changed_at, updated, reverts, details)
      VALUES (${operation.id}, ${operation.kind}, ${by}, ${now}, 0, ${operation.reverts}, ${operation.details})
      ON CONFLICT (id) DO NOTHING`,
  ]);
}
