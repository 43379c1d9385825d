import { sql } from "drizzle-orm";

import type { Database } from "./connection.ts";
import { countByState } from "./media/reads.ts";
import { migrationNames } from "./migration-names.ts";
import type { MediaState } from "./schema.ts";

/** The health and the contents of the database. */
export interface DatabaseHealth {
  /** Time of one small query, in milliseconds. */
  readonly latencyMs: number;
  readonly applied: readonly string[];
  readonly pending: readonly string[];
  readonly counts: Readonly<Record<MediaState, number>>;
  readonly sizeBytes: number;
}

/** Looks at the database; throws `database_unavailable` if it does not answer. */
export async function databaseHealth(db: Database): Promise<DatabaseHealth> {
  const startedAt = Date.now();
  const applied = await appliedMigrations(db);
  const latencyMs = Date.now() - startedAt;
  const pending = lackingIn(applied);
  const ready = pending.length === 0;
  return {
    latencyMs,
    applied,
    pending,
    counts: ready ? await countByState(db) : { pending: 0, ready: 0, failed: 0, unsupported: 0 },
    sizeBytes: db.cost.sizeBytes,
  };
}

/** The names of the migrations that this code needs and the database lacks; throws if the database does not answer. */
export async function pendingMigrations(db: Database): Promise<string[]> {
  return lackingIn(await appliedMigrations(db));
}

function lackingIn(applied: readonly string[]): string[] {
  return migrationNames.filter((name) => !applied.includes(name));
}

/** The table is wrangler's own; before the first migration there is none. */
async function appliedMigrations(db: Database): Promise<string[]> {
  const tables = await db.orm.all(sql`SELECT 1 FROM sqlite_master WHERE name = 'd1_migrations'`);
  if (tables.length === 0) return [];
  const rows = await db.orm.all<{ name: string }>(sql`SELECT name FROM d1_migrations ORDER BY id`);
  return rows.map((row) => row.name);
}
