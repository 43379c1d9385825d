import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import { slicesOf } from "../json-slices.ts";

/** How long after a write the sidecar of a record may be written again, as the trigger has it. */
export const writeEveryMs = 60_000;

const writerRow = z.object({ provider: z.string() });

/**
 * Sets down which providers have their sidecars written; the trigger goes by that. Nothing is written where it
 * is so already.
 */
export async function setWriters(db: Database, providers: readonly string[]): Promise<void> {
  const rows = await db.orm.all(sql`SELECT provider FROM sidecar_writers ORDER BY provider`);
  const known = rows.map((row) => writerRow.parse(row).provider);
  if (JSON.stringify(known) === JSON.stringify(providers.toSorted())) return;
  const json = JSON.stringify(providers);
  const isOther = sql`provider NOT IN (SELECT value FROM json_each(${json}))`;
  await db.batch([
    sql`DELETE FROM sidecar_writers WHERE ${isOther}`,
    sql`INSERT INTO sidecar_writers (provider) SELECT value FROM json_each(${json}) WHERE true ON CONFLICT DO NOTHING`,
  ]);
}

/** Marks records to be written now, with the revision that each has; answers how many there are. */
export async function markForWriting(db: Database, ids: readonly string[], now: number): Promise<number> {
  const results = await db.batch(
    slicesOf(ids).map(
      (json) => sql`
        INSERT INTO sidecar_writes (media_id, revision, due_at)
        SELECT m.id, m.revision, ${now} FROM json_each(${json}) CROSS JOIN media_objects m ON m.id = value
          CROSS JOIN sidecar_writers w ON w.provider = m.provider
        WHERE m.missing_since IS NULL
        ON CONFLICT (media_id) DO UPDATE SET revision = excluded.revision RETURNING media_id`,
    ),
  );
  return results.flat().length;
}

const dueRow = z.object({ id: z.string(), revision: z.number() });

/** A record whose sidecar is to be written, and the newest revision that is. */
export type DueWrite = Readonly<z.infer<typeof dueRow>>;

/** The records whose time has come, the first that were marked first. */
export async function dueWrites(db: Database, now: number, limit: number): Promise<DueWrite[]> {
  const rows = await db.orm.all(sql`
    SELECT media_id AS id, revision FROM sidecar_writes WHERE due_at <= ${now} ORDER BY due_at LIMIT ${limit}`);
  return rows.map((row) => dueRow.parse(row));
}

/** Takes the mark of a record away, unless its words have changed since: these wait for their time. */
export async function finishWrite(db: Database, { id, revision }: DueWrite, now: number): Promise<void> {
  await db.batch([
    sql`DELETE FROM sidecar_writes WHERE media_id = ${id} AND revision <= ${revision}`,
    sql`UPDATE sidecar_writes SET due_at = ${now + writeEveryMs} WHERE media_id = ${id}`,
  ]);
}

/** Has a record wait that could not be written. */
export async function postponeWrite(db: Database, { id }: DueWrite, until: number): Promise<void> {
  await db.orm.run(sql`UPDATE sidecar_writes SET due_at = ${until} WHERE media_id = ${id}`);
}

/** A message that is so late is lost. */
const lostAfterMs = 10 * 60_000;

const wakeRow = z.object({ at: z.number() });

/**
 * Claims to send the message that has marked sidecars written: when it is to come, or null where nothing is marked or one is
 * on its way.
 */
export async function claimWake(db: Database, now: number): Promise<number | null> {
  const rows = await db.orm.all(sql`
    INSERT INTO sidecar_wakes (id, at) SELECT 1, max(due_at, ${now}) FROM (
      SELECT due_at FROM sidecar_writes ORDER BY due_at LIMIT 1
    ) WHERE true
    ON CONFLICT (id) DO UPDATE SET at = excluded.at WHERE sidecar_wakes.at < ${now - lostAfterMs}
    RETURNING at`);
  const [row] = rows.map((each) => wakeRow.parse(each));
  return row?.at ?? null;
}

/** When the next message is to come after the one that is handled; null where nothing is marked any more. */
export async function renewWake(db: Database, now: number): Promise<number | null> {
  const [, rows = []] = await db.batch([
    sql`UPDATE sidecar_wakes SET at = coalesce((SELECT max(min(due_at), ${now}) FROM sidecar_writes), 0) WHERE id = 1`,
    sql`SELECT at FROM sidecar_wakes WHERE id = 1 AND at > 0`,
  ]);
  const [row] = rows.map((each) => wakeRow.parse(each));
  return row?.at ?? null;
}
