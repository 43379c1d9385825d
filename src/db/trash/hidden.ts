import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";

import type { Database } from "../connection.ts";
import { trashedMedia } from "../schema.ts";
import { toTrashedMedia, type TrashedMedia } from "./move.ts";

/** D1 binds a hundred parameters at the most. */
const idsAtOnce = 90;

/** The record with this id that a relink has hidden behind another; null where it is not hidden behind that one. */
export async function findHidden(db: Database, id: string, into: string): Promise<TrashedMedia | null> {
  const [row] = await db.orm
    .select()
    .from(trashedMedia)
    .where(and(eq(trashedMedia.id, id), eq(trashedMedia.mergedInto, into)));
  return row === undefined ? null : toTrashedMedia(row);
}

/**
 * Whether a record has since a revision taken the object of another than this one, which it still hides: what it holds is
 * not this one's then.
 */
export async function hidesLater(
  db: Database,
  { id, than, revision }: { readonly id: string; readonly than: string; readonly revision: number },
): Promise<boolean> {
  const rows = await db.orm.all(sql`
    SELECT 1 FROM trashed_media t CROSS JOIN media_revisions r ON r.media_id = t.merged_into AND r.revision > ${revision}
    CROSS JOIN operations o ON o.id = r.operation_id
    WHERE t.merged_into = ${id} AND t.id <> ${than}
      AND o.details ->> 'effect' = 'linked' AND o.details ->> 'to' = t.id
    LIMIT 1`);
  return rows.length > 0;
}

/** Those of these ids whose records a relink has hidden. */
export async function hiddenAmong(db: Database, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const hidden = new Set<string>();
  for (let start = 0; start < ids.length; start += idsAtOnce) {
    const rows = await db.orm
      .select({ id: trashedMedia.id })
      .from(trashedMedia)
      .where(
        and(
          inArray(trashedMedia.id, ids.slice(start, start + idsAtOnce)),
          isNotNull(trashedMedia.mergedInto),
        ),
      );
    for (const { id } of rows) hidden.add(id);
  }
  return hidden;
}
