import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";

/** The removal of a record: when, in milliseconds since the epoch, and of which one. */
export interface DeletedRecord {
  readonly deletedAt: number;
  readonly id: string;
}

const rememberedRow = z.object({
  deletedAt: z.number(),
  id: z.string(),
  isBack: z.number().transform((value) => value !== 0),
});

/** A deletion, and whether there is a record of that id again, as after a restore. */
export type RememberedRecord = Readonly<z.infer<typeof rememberedRow>>;

/** Whether any deletion is remembered. Reads a row at most. */
export async function hasDeletions(db: Database): Promise<boolean> {
  return (await db.orm.all(sql`SELECT 1 FROM deletions LIMIT 1`)).length > 0;
}

/** The deletions after one, up to a time and that included, in order. */
export async function deletionsAfter(
  db: Database,
  after: DeletedRecord,
  { upTo, limit }: { readonly upTo: number; readonly limit: number },
): Promise<RememberedRecord[]> {
  const rows = await db.orm.all(sql`
    SELECT deleted_at AS deletedAt, id,
      EXISTS (SELECT 1 FROM media_objects WHERE media_objects.id = deletions.id) AS isBack
    FROM deletions
    WHERE (deleted_at, id) > (${after.deletedAt}, ${after.id}) AND deleted_at <= ${upTo}
    ORDER BY deleted_at, id LIMIT ${limit}`);
  return rows.map((row) => rememberedRow.parse(row));
}

/** Forgets deletions that no sweep needs to look at again. */
export async function forgetDeletions(db: Database, deletions: readonly DeletedRecord[]): Promise<void> {
  if (deletions.length === 0) return;
  const json = JSON.stringify(deletions.map(({ deletedAt, id }) => [deletedAt, id]));
  await db.orm.run(sql`
    DELETE FROM deletions WHERE (deleted_at, id) IN (
      SELECT value ->> 0, value ->> 1 FROM json_each(${json})
    )`);
}
