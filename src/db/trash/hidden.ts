import { and, eq } from "drizzle-orm";

import type { Database } from "../connection.ts";
import { trashedMedia } from "../schema.ts";
import { toTrashedMedia, type TrashedMedia } from "./move.ts";

/** The record with this id that a relink has hidden behind another; null where it is not hidden behind that one. */
export async function findHidden(db: Database, id: string, into: string): Promise<TrashedMedia | null> {
  const [row] = await db.orm
    .select()
    .from(trashedMedia)
    .where(and(eq(trashedMedia.id, id), eq(trashedMedia.mergedInto, into)));
  return row === undefined ? null : toTrashedMedia(row);
}
