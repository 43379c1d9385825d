import { replaced } from "./replaced.ts";

/** What a test sees of the statements that go to D1. */
export interface DatabaseObserver {
  /** Before a statement, or each of a batch, runs, which waits for it; what it throws is what D1 answers. */
  readonly before?: (query: string) => void | Promise<void>;
  /** After it has run. */
  readonly after?: (result: D1Result) => void;
}

/** D1 as it is, with every statement seen by `observer`. */
export function observedDatabase(database: D1Database, observer: DatabaseObserver): D1Database {
  return replaced(database, {
    withSession: (constraint?: string) => observedSession(database.withSession(constraint), observer),
  });
}

interface Observed {
  readonly statement: D1PreparedStatement;
  readonly query: string;
}

function observedSession(session: D1DatabaseSession, observer: DatabaseObserver): D1DatabaseSession {
  const originals = new WeakMap<D1PreparedStatement, Observed>();
  const wrap = (statement: D1PreparedStatement, query: string): D1PreparedStatement => {
    const all = async (): Promise<D1Result> => {
      await observer.before?.(query);
      const result = await statement.all();
      observer.after?.(result);
      return result;
    };
    const wrapper = replaced(statement, {
      bind: (...values: unknown[]) => wrap(statement.bind(...values), query),
      all,
      run: all,
    });
    originals.set(wrapper, { statement, query });
    return wrapper;
  };
  return replaced(session, {
    prepare: (query: string) => wrap(session.prepare(query), query),
    batch: async (statements: D1PreparedStatement[]) => {
      const observed = statements.map((each) => originals.get(each));
      for (const each of observed) await observer.before?.(each?.query ?? "");
      const results = await session.batch(
        statements.map((each, index) => observed[index]?.statement ?? each),
      );
      for (const result of results) observer.after?.(result);
      return results;
    },
  });
}

/** D1 that refuses every statement which `refuses` picks, as it does when it is away. */
export function failingDatabase(
  database: D1Database,
  refuses: (query: string) => boolean,
  message = "D1_ERROR: Network connection lost.",
): D1Database {
  return observedDatabase(database, {
    before: (query) => {
      if (refuses(query)) throw new Error(message);
    },
  });
}

/** True for a statement that writes. */
export function isWrite(query: string): boolean {
  return /^\s*(insert|update|delete|with)\b/i.test(query);
}
