import type { SQL } from "drizzle-orm";
import { drizzle, type DrizzleD1Database } from "drizzle-orm/d1";
import { SQLiteAsyncDialect } from "drizzle-orm/sqlite-core";

import { type DatabaseCost, meteredDatabase, type RunningDatabaseCost } from "./metering.ts";

/** For which provider, and as which of its workers, a task writes; see fence.ts. */
export interface Fence {
  readonly provider: string;
  /** Rises with every task that a worker begins; see the coordinator's `begin`. */
  readonly token: number;
}

/** D1 as one invocation sees it. */
export interface Database {
  readonly orm: DrizzleD1Database;
  readonly cost: DatabaseCost;
  /** Null outside of the tasks that list or settle a provider. */
  readonly fence: Fence | null;
  /**
   * Runs statements in one transaction and answers the rows of each. For SQL written by hand: drizzle's own `batch` loses
   * the parameters of such statements on D1.
   */
  batch(statements: readonly SQL[]): Promise<Record<string, unknown>[][]>;
  /** The same for statements that change something, behind the fence of a task where there is one; see fence.ts. */
  write(statements: readonly SQL[]): Promise<Record<string, unknown>[][]>;
  /** Names the newest state that this invocation has seen; a read that starts from it sees all of that. */
  bookmark(): string | null;
  /** The same database, read at the primary: for confirming what a replica may not have yet. */
  primary(): Database;
  /**
   * The same database in a session of its own that has read nothing yet, so that its first read is answered by the primary
   * as of now: a later one may come from any copy that is as new as the first.
   */
  latest(): Database;
}

/** Where a session begins: anywhere, at the primary, or at what a client has seen (its bookmark). */
export type SessionStart = "anywhere" | "primary" | { readonly bookmark: string };

/**
 * Opens a session on D1 (read replication: reads go to the nearest copy that is new enough).
 * Failures of D1 itself are thrown as `database_unavailable`; a constraint that does not hold stays D1's own error.
 */
export function openDatabase(binding: D1Database, start: SessionStart): Database {
  const cost: RunningDatabaseCost = { rowsRead: 0, rowsWritten: 0, statements: 0, waitedMs: 0, sizeBytes: 0 };
  return openSession(binding, start, cost);
}

const dialect = new SQLiteAsyncDialect();

function openSession(binding: D1Database, start: SessionStart, cost: RunningDatabaseCost): Database {
  const session = binding.withSession(sessionConstraint(start));
  let primary: Database | undefined;
  const client = meteredDatabase(binding, session, cost);
  const batch: Database["batch"] = async (statements) => {
    if (statements.length === 0) return [];
    const queries = statements.map((statement) => dialect.sqlToQuery(statement));
    const prepared = queries.map((query) => client.prepare(query.sql).bind(...query.params));
    const results = await client.batch<Record<string, unknown>>(prepared);
    return results.map((result) => result.results);
  };
  return {
    orm: drizzle(client),
    cost,
    fence: null,
    batch,
    write: batch,
    bookmark: () => primary?.bookmark() ?? session.getBookmark(),
    primary: () =>
      (primary ??=
        start === "primary" ? openSession(binding, start, cost) : openSession(binding, "primary", cost)),
    latest: () => openSession(binding, "primary", cost),
  };
}

function sessionConstraint(start: SessionStart): string {
  if (start === "anywhere") return "first-unconstrained";
  return start === "primary" ? "first-primary" : start.bookmark;
}
