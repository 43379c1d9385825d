import { sql } from "drizzle-orm";

import type { Database } from "../connection.ts";

/** When models are asked next. */
export interface Wake {
  /** When the message comes that is on its way; 0 where none is. */
  readonly at: number;
  /** Until when no model is asked. */
  readonly pausedUntil: number;
  /** When the first record is due; null where none is. */
  readonly due: number | null;
}

/** Reads when models are asked next. */
export async function readWake(db: Database): Promise<Wake> {
  const [row] = await db.orm.all<Wake>(sql`
    SELECT coalesce(w.at, 0) AS at, coalesce(w.paused_until, 0) AS "pausedUntil", (
      SELECT due_at FROM suggestions INDEXED BY suggestions_wanted
      WHERE state = 'wanted' AND due_at IS NOT NULL ORDER BY due_at LIMIT 1) AS due
    FROM (SELECT 1) LEFT JOIN suggestion_wakes w ON w.id = 1`);
  return row ?? { at: 0, pausedUntil: 0, due: null };
}

/** Sets down when the next message comes; false if somebody else has set down something since it was read. */
export async function moveWake(db: Database, from: number, to: number): Promise<boolean> {
  const rows = await db.orm.all(sql`
    INSERT INTO suggestion_wakes (id, at) VALUES (1, ${to})
    ON CONFLICT (id) DO UPDATE SET at = excluded.at WHERE suggestion_wakes.at = ${from} RETURNING at`);
  return rows.length > 0;
}

/** The pauses after failures: twice as long each time, in milliseconds. */
const pause = { first: 60_000, longest: 60 * 60_000 } as const;

/** A model has not answered: nobody asks one for a while. Those who were asking at that time add nothing. */
export async function pauseAfterFailure(db: Database, now: number): Promise<void> {
  await db.orm.run(sql`
    INSERT INTO suggestion_wakes (id, at, failures, paused_until) VALUES (1, 0, 1, ${now + pause.first})
    ON CONFLICT (id) DO UPDATE SET failures = failures + 1,
      paused_until = ${now} + min(${pause.longest}, ${pause.first} * (1 << min(failures, 10)))
    WHERE paused_until <= ${now}`);
}

/** Nobody asks a model until a time. */
export async function pauseUntil(db: Database, until: number): Promise<void> {
  await db.orm.run(sql`
    INSERT INTO suggestion_wakes (id, at, paused_until) VALUES (1, 0, ${until})
    ON CONFLICT (id) DO UPDATE SET paused_until = max(paused_until, excluded.paused_until)`);
}

/** A model has answered: failures are counted anew. */
export async function endFailures(db: Database): Promise<void> {
  await db.orm.run(sql`UPDATE suggestion_wakes SET failures = 0 WHERE id = 1 AND failures > 0`);
}

/** Takes a number of calls from what a day may have; false where it has not so many left, and nothing is taken then. */
export async function takeCalls(
  db: Database,
  { day, calls, limit }: { readonly day: string; readonly calls: number; readonly limit: number },
): Promise<boolean> {
  const rows = await db.orm.all(sql`
    INSERT INTO suggestion_calls (day, calls) SELECT ${day}, ${calls} WHERE ${calls} <= ${limit}
    ON CONFLICT (day) DO UPDATE SET calls = suggestion_calls.calls + excluded.calls
    WHERE suggestion_calls.calls + excluded.calls <= ${limit} RETURNING calls`);
  return rows.length > 0;
}
