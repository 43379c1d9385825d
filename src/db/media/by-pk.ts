import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import { mediaObjects } from "../schema.ts";
import { pageColumns, type PageRow } from "./rows.ts";

/** Row ids as SQL answers them in one JSON array; null where it had nothing to collect. */
const rowIds = z.array(z.int());

/** The row ids in a JSON array that SQL has made. */
export function parseRowIds(json: string | null | undefined): number[] {
  return rowIds.parse(JSON.parse(json ?? "[]"));
}

/** Those of these row ids that have a record of which a condition holds, in no order. */
export async function existingPks(db: Database, pks: readonly number[], holds: SQL): Promise<number[]> {
  if (pks.length === 0) return [];
  const [row] = await db.orm.all<{ pks: string }>(sql`
    SELECT json_group_array(${mediaObjects.pk}) AS pks FROM json_each(${JSON.stringify(pks)}) wanted
    CROSS JOIN media_objects ON ${mediaObjects.pk} = wanted.value WHERE ${holds}`);
  return parseRowIds(row?.pks);
}

/** The rows with these row ids, in no order, of which a condition holds. */
export async function readByPk(db: Database, pks: readonly number[], holds = sql`true`): Promise<PageRow[]> {
  if (pks.length === 0) return [];
  return db.orm.all<PageRow>(sql`
    SELECT ${pageColumns("media_objects", pks.length)} FROM json_each(${JSON.stringify(pks)}) wanted
    CROSS JOIN media_objects ON ${mediaObjects.pk} = wanted.value WHERE ${holds}`);
}
