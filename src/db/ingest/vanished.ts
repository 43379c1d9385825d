import { and, eq, gte, isNotNull, lte, sql, type SQL } from "drizzle-orm";

import type { Database } from "../connection.ts";
import { hasNoWords } from "../media/words.ts";
import { afterPrefix } from "../prefix-range.ts";
import { readTotals, totalIn } from "../media/totals.ts";
import { mediaObjects } from "../schema.ts";

/**
 * Records of a provider whose objects a complete listing did not hold. The plus keeps SQLite from walking all paths
 * instead of the few that have vanished.
 */
export function vanishedRecords(provider: string, prefix: string): SQL {
  const end = afterPrefix(prefix);
  const conditions = and(
    eq(mediaObjects.provider, provider),
    isNotNull(mediaObjects.vanishedRun),
    sql`+${mediaObjects.pathKey} >= ${prefix}`,
    end === null ? undefined : sql`+${mediaObjects.pathKey} < ${end}`,
  );
  return conditions ?? sql`false`;
}

/** Another record has taken the place of this one, see placements.ts: its object is gone beyond doubt. */
const isDisplaced = sql`substr(${mediaObjects.pathKey}, -1 - length(${mediaObjects.id})) = char(1) || ${mediaObjects.id}`;

/** Whether there are any {@link vanishedRecords}. */
export async function hasVanished(db: Database, provider: string, prefix: string): Promise<boolean> {
  const rows = await db.orm
    .select({ pk: mediaObjects.pk })
    .from(mediaObjects)
    .where(vanishedRecords(provider, prefix))
    .limit(1);
  return rows.length > 0;
}

/**
 * How many records would be declared missing since no listing shows their objects, how many since others were put over
 * them, and how many of the provider's are there, all of these included.
 */
export async function weighMissing(
  db: Database,
  provider: string,
  prefix: string,
): Promise<{ readonly vanished: number; readonly displaced: number; readonly present: number }> {
  const [vanished] = await db.orm
    .select({ n: sql<number>`count(*)`, displaced: sql<number>`coalesce(sum(${isDisplaced}), 0)` })
    .from(mediaObjects)
    .where(vanishedRecords(provider, prefix));
  const totals = (await readTotals(db)).filter((row) => row.provider === provider);
  const present = totals.reduce((sum, row) => sum + totalIn(row, undefined).present, 0);
  const { n = 0, displaced = 0 } = vanished ?? {};
  return { vanished: n - displaced, displaced, present };
}

/** How many records one statement changes, D1 asks for bounded writes, and how many such statements one task makes. */
const bounds = { declared: 2000, purged: 500, statements: 20 } as const;

/**
 * Declares missing what has vanished, or only what is displaced, as much of it as one task may; false if there may be
 * more. Done twice it declares nothing more.
 */
export async function declareMissing(
  db: Database,
  options: {
    readonly provider: string;
    readonly prefix: string;
    readonly run: string;
    readonly now: number;
    readonly onlyDisplaced: boolean;
  },
): Promise<boolean> {
  const { provider, prefix, run, now, onlyDisplaced } = options;
  const wanted = and(vanishedRecords(provider, prefix), onlyDisplaced ? isDisplaced : undefined);
  const declare = sql`
    UPDATE media_objects SET
      missing_since = ${now}, vanished_run = NULL, run_id = ${run}, run_change = 'missing',
      change = change + 1, observed_at = ${now}, updated_at = ${now}
    WHERE pk IN (
      SELECT pk FROM media_objects WHERE ${wanted} LIMIT ${bounds.declared}
    ) RETURNING pk`;
  return isDoneInBatches(db, declare, bounds.declared);
}

/** Repeats a statement, which answers a row for each of at most `batch` that it has changed, until it finds fewer. */
async function isDoneInBatches(db: Database, statement: SQL, batch: number): Promise<boolean> {
  for (let statements = 0; statements < bounds.statements; statements++) {
    const [changed = []] = await db.write([statement]);
    if (changed.length < batch) return true;
  }
  return false;
}

/** How many records a run has declared missing since it started: what a replay counts by. */
export async function countDeclared(
  db: Database,
  options: { readonly provider: string; readonly run: string; readonly since: number },
): Promise<number> {
  const [row] = await db.orm
    .select({ n: sql<number>`count(*)` })
    .from(mediaObjects)
    .where(
      and(
        eq(mediaObjects.isMissing, 1),
        gte(mediaObjects.updatedAt, options.since),
        eq(mediaObjects.provider, options.provider),
        eq(mediaObjects.runId, options.run),
      ),
    );
  return row?.n ?? 0;
}

/**
 * Removes missing records that were never processed and never edited, as many as one task may: nobody has seen them,
 * nobody will miss them. False if there may be more.
 */
export async function purgeUntouched(db: Database, provider: string): Promise<boolean> {
  const unseen = and(
    eq(mediaObjects.provider, provider),
    sql`state = 'pending' AND state <> 'ready'`,
    isNotNull(mediaObjects.missingSince),
    lte(mediaObjects.change, 1),
    hasNoWords,
  );
  const [first] = await db.orm.select({ pk: mediaObjects.pk }).from(mediaObjects).where(unseen).limit(1);
  if (first === undefined) return true;
  const remove = sql`
    DELETE FROM media_objects WHERE pk IN (
      SELECT pk FROM media_objects WHERE ${unseen} LIMIT ${bounds.purged}
    ) RETURNING pk`;
  return isDoneInBatches(db, remove, bounds.purged);
}
