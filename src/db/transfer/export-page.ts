import { sql } from "drizzle-orm";

import type { Database } from "../connection.ts";
import type { ShownMedia } from "../media/record.ts";
import { pageColumns, takeFitting, type PageRow } from "../media/rows.ts";

/** Records in the order of ids, as many as one page of an export holds. */
export interface ExportPage {
  readonly media: readonly ShownMedia[];
  /** The id that the next page begins after; null where no record comes after this page. */
  readonly next: string | null;
}

/**
 * Reads at most `limit` records after an id, missing ones included, and fewer where their words and facts take more than
 * an answer may hold: memory is taken by the page, however large the records are.
 */
export async function readExportPage(db: Database, after: string, limit: number): Promise<ExportPage> {
  const rows = await db.orm.all<PageRow>(sql`
    SELECT ${pageColumns("media_objects", limit)} FROM media_objects
    WHERE id > ${after} ORDER BY id LIMIT ${limit}`);
  const { media, taken } = await takeFitting(db, rows);
  const fitting = rows.slice(0, taken);
  const isLast = rows.length < limit && taken === rows.length;
  return {
    media: fitting.flatMap(({ pk }) => media.get(pk) ?? []),
    next: isLast ? null : (fitting.at(-1)?.id ?? null),
  };
}
