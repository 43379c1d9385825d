import type { SQL } from "drizzle-orm";
import { drizzle, type DrizzleD1Database } from "drizzle-orm/d1";
import { SQLiteAsyncDialect } from "drizzle-orm/sqlite-core";

import { AppError } from "../core/errors.ts";

/** What the statements of one invocation have cost, as D1 bills it; index rows included. */
export interface DatabaseCost {
  rowsRead: number;
  rowsWritten: number;
  statements: number;
  /** Time spent waiting for D1, in milliseconds. */
  waitedMs: number;
  /** How large the database was after the last statement. */
  sizeBytes: number;
}

/** For which provider, and as which of its workers, a task writes; see fence.ts. */
export interface Fence {
  readonly provider: string;
  /** Rises with every task that a worker begins; see the coordinator's `begin`. */
  readonly token: number;
}

/** D1 as one invocation sees it. */
export interface Database {
  readonly orm: DrizzleD1Database;
  readonly cost: Readonly<DatabaseCost>;
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
  const cost: DatabaseCost = { rowsRead: 0, rowsWritten: 0, statements: 0, waitedMs: 0, sizeBytes: 0 };
  return openSession(binding, start, cost);
}

const dialect = new SQLiteAsyncDialect();

function openSession(binding: D1Database, start: SessionStart, cost: DatabaseCost): Database {
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

/** Wraps statements so that each is counted, timed and has its failure translated. */
function meteredDatabase(binding: D1Database, session: D1DatabaseSession, cost: DatabaseCost): D1Database {
  const originals = new WeakMap<D1PreparedStatement, D1PreparedStatement>();
  const count = <T>(result: D1Result<T>): D1Result<T> => {
    cost.rowsRead += result.meta.rows_read;
    cost.rowsWritten += result.meta.rows_written;
    cost.statements += 1;
    cost.sizeBytes = result.meta.size_after;
    return result;
  };
  const timed = async <T>(work: () => Promise<T>): Promise<T> => {
    const startedAt = Date.now();
    try {
      return await work();
    } catch (cause) {
      throw translateFailure(cause);
    } finally {
      cost.waitedMs += Date.now() - startedAt;
    }
  };
  const metered = (statement: D1PreparedStatement): D1PreparedStatement => {
    const all = async () => timed(async () => count(await statement.all()));
    const methods: Record<keyof D1PreparedStatement, unknown> = {
      bind: (...values: unknown[]) => metered(statement.bind(...values)),
      all,
      run: all,
      first: async () => (await all()).results[0] ?? null,
      // `raw` alone answers without what the statement cost, so it is made of `all`. Selects name each column once.
      raw: async () => (await all()).results.map((row) => Object.values(row)),
    };
    const wrapper = new Proxy(statement, {
      get: (_target, name): unknown => Reflect.get(methods, name),
    });
    originals.set(wrapper, statement);
    return wrapper;
  };
  return {
    prepare: (query: string) => metered(session.prepare(query)),
    batch: async <T>(statements: D1PreparedStatement[]) =>
      timed(async () => {
        const results = await session.batch<T>(statements.map((each) => originals.get(each) ?? each));
        return results.map(count);
      }),
    exec: async (query: string) => binding.exec(query),
    dump: async () => binding.dump(),
    withSession: (constraint?: string) => binding.withSession(constraint),
  };
}

/** A constraint or a mistake of ours is not an outage; everything else that D1 throws is. */
function translateFailure(cause: unknown): unknown {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (/SQLITE_(AUTH|CONSTRAINT|ERROR|MISMATCH|RANGE)|D1_TYPE_ERROR/.test(message)) return cause;
  return new AppError("database_unavailable", "The database did not answer; try again in a moment.", {
    cause,
    retryAfterSeconds: 1,
  });
}
