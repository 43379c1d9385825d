import { sql } from "drizzle-orm";

import type { Database } from "../connection.ts";

const dayMs = 24 * 60 * 60_000;

/** When models are asked next. */
export interface Wake {
  /** When the message comes that is on its way; 0 where none is. */
  readonly at: number;
  /** Until when no model is asked. */
  readonly pausedUntil: number;
  /** When the first record is due; null where none is. */
  readonly due: number | null;
}

/** Reads when models are asked next: after a pause, and tomorrow where as many calls as a day may have were made. */
export async function readWake(db: Database, dailyLimit: number, now: number): Promise<Wake> {
  const day = dayOf(now);
  const [row] = await db.orm.all<Wake>(sql`
    SELECT coalesce(w.at, 0) AS at, max(coalesce(w.paused_until, 0), CASE
      WHEN coalesce((SELECT calls FROM suggestion_calls WHERE day = ${day}), 0) >= ${dailyLimit}
      THEN ${Date.parse(day) + dayMs} ELSE 0 END) AS "pausedUntil", (
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

/** A model has not answered: nobody asks one until the time that it answers. Those who were asking by then add nothing. */
export async function pauseAfterFailure(db: Database, now: number): Promise<number> {
  const until = now + pause.first;
  const [row] = await db.orm.all<{ until: number }>(sql`
    INSERT INTO suggestion_wakes (id, at, failures, paused_until) VALUES (1, 0, 1, ${until})
    ON CONFLICT (id) DO UPDATE SET failures = failures + (paused_until <= ${now}),
      paused_until = CASE WHEN paused_until > ${now} THEN paused_until
        ELSE ${now} + min(${pause.longest}, ${pause.first} * (1 << min(failures, 10))) END
    RETURNING paused_until AS until`);
  return row?.until ?? until;
}

/** A model has answered: failures are counted anew. */
export async function endFailures(db: Database): Promise<void> {
  await db.orm.run(sql`UPDATE suggestion_wakes SET failures = 0 WHERE id = 1 AND failures > 0`);
}

/** Takes a number of calls, or as many as are left, from what today may have, and answers how many. */
export async function takeCalls(
  db: Database,
  { calls, limit, now }: { readonly calls: number; readonly limit: number; readonly now: number },
): Promise<number> {
  if (calls === 0) return 0;
  const rows = await db.orm.all(sql`
    INSERT INTO suggestion_calls (day, calls) SELECT ${dayOf(now)}, ${calls} WHERE ${calls} <= ${limit}
    ON CONFLICT (day) DO UPDATE SET calls = suggestion_calls.calls + excluded.calls
    WHERE suggestion_calls.calls + excluded.calls <= ${limit} RETURNING calls`);
  return rows.length > 0 ? calls : takeCalls(db, { calls: calls - 1, limit, now });
}

/** The day (UTC), as calls are counted by. */
function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}
