import { AppError } from "../core/errors.ts";

/** The cost of the statements of an invocation, as D1 bills it; index rows included. */
export interface DatabaseCost {
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly statements: number;
  /** Time spent waiting for D1, in milliseconds. */
  readonly waitedMs: number;
  /** How large the database was after the last statement. */
  readonly sizeBytes: number;
}

/** A cost to which every statement adds. */
export type RunningDatabaseCost = { -readonly [Part in keyof DatabaseCost]: DatabaseCost[Part] };

/** Wraps statements so that each is counted, timed and has its failure translated. */
export function meteredDatabase(
  binding: D1Database,
  session: D1DatabaseSession,
  cost: RunningDatabaseCost,
): D1Database {
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
  return new AppError("database_unavailable", "The database did not answer. Try again in a second.", {
    cause,
    retryAfterSeconds: 1,
  });
}
