import { getTableColumns, sql, type SQL } from "drizzle-orm";

import type { Database } from "./connection.ts";
import { mediaObjects, type MediaRow } from "./schema.ts";

const aliased = Object.entries(getTableColumns(mediaObjects)).map(
  ([name, column]) => sql`${column} AS ${sql.identifier(name)}`,
);

/** What a hand-written query selects from `media_objects`, so that it answers rows named as the schema names them. */
export const rowColumns = sql.join(aliased, sql`, `);

/** Runs a query that selects {@link rowColumns}. */
export async function selectRows(db: Database, query: SQL): Promise<MediaRow[]> {
  return db.orm.all<MediaRow>(query);
}
