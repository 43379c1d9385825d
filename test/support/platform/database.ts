import { replaced } from "../records/replaced.ts";
import type { Invocation } from "./invocation.ts";
import { limits } from "./limits.ts";
import { refuse } from "./refusals.ts";
import { bytesOf, utf8Bytes } from "./size.ts";

/** D1 as one invocation has it. */
export function limitedDatabase(database: D1Database, invocation: Invocation): D1Database {
  return replaced(database, {
    ...limitedStatements(database, invocation),
    withSession: (constraint?: string) => {
      const session = database.withSession(constraint);
      return replaced(session, limitedStatements(session, invocation));
    },
  });
}

/** The methods of a database, or of a session, that make statements and run them. */
function limitedStatements(
  target: Pick<D1DatabaseSession, "prepare" | "batch">,
  invocation: Invocation,
): Pick<D1DatabaseSession, "prepare" | "batch"> {
  const originals = new WeakMap<D1PreparedStatement, D1PreparedStatement>();
  const answered = <T>(result: D1Result<T>): D1Result<T> => {
    checkResult(result.results, invocation);
    return result;
  };
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const all = async (): Promise<D1Result> => {
      invocation.query();
      return answered(await statement.all());
    };
    const wrapper = replaced(statement, {
      bind: (...values: unknown[]) => {
        checkParameters(values);
        return wrap(statement.bind(...values));
      },
      all,
      run: all,
      first: async (...columns: [string] | []) => {
        invocation.query();
        return columns.length === 0 ? statement.first() : statement.first(...columns);
      },
      raw: async () => {
        invocation.query();
        const rows = await statement.raw();
        checkResult(rows, invocation);
        return rows;
      },
    });
    originals.set(wrapper, statement);
    return wrapper;
  };
  return {
    prepare: (query) => {
      if (utf8Bytes(query) > limits.statementBytes) refuse("D1_ERROR: statement too long: SQLITE_TOOBIG");
      return wrap(target.prepare(query));
    },
    batch: async <T>(statements: D1PreparedStatement[]) => {
      invocation.query(statements.length);
      const results = await target.batch<T>(statements.map((each) => originals.get(each) ?? each));
      return results.map(answered);
    },
  };
}

function checkParameters(values: readonly unknown[]): void {
  if (values.length > limits.boundParameters)
    refuse("D1_ERROR: too many SQL variables at offset 0: SQLITE_ERROR");
  for (const value of values) checkValue(value);
}

function checkValue(value: unknown): void {
  const bytes =
    typeof value === "string"
      ? textBytes(value)
      : value instanceof ArrayBuffer || ArrayBuffer.isView(value)
        ? value.byteLength
        : 0;
  if (bytes > limits.valueBytes) refuse("D1_ERROR: string or blob too big: SQLITE_TOOBIG");
}

/** The bytes of a text, counted only where they could be too many. */
function textBytes(text: string): number {
  return text.length * 3 > limits.valueBytes ? utf8Bytes(text) : text.length;
}

function checkResult(rows: readonly unknown[], invocation: Invocation): void {
  if (rows.length > limits.resultRows) refuse(`D1 answered ${rows.length} rows to one statement`);
  const bytes = bytesOf(rows);
  if (bytes > limits.resultBytes) refuse(`D1_ERROR: ${bytes} bytes of rows in one answer: SQLITE_TOOBIG`);
  invocation.hold(bytes);
}
