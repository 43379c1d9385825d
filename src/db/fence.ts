import { sql, type SQL } from "drizzle-orm";

import { AppError } from "../core/errors.ts";
import type { Database, Fence } from "./connection.ts";

/**
 * The database for a task that lists or settles a provider. Two workers may have the same task, and one that was held up
 * may go on when its run has ended long since; each knows only what was so when it looked. So every transaction raises
 * the provider's fence to its worker's token, and is rolled back where a later worker has raised it further. Such a
 * worker's changes throw `database_unavailable`: when its message comes again, it finds whether anybody still waits.
 */
export function fencedDatabase(db: Database, fence: Fence): Database {
  const { provider, token } = fence;
  const raise = sql`
    INSERT INTO fences (provider, token) VALUES (${provider}, ${token})
    ON CONFLICT (provider) DO UPDATE SET token = CASE WHEN excluded.token > fences.token THEN excluded.token END
    WHERE excluded.token <> fences.token`;
  return {
    ...db,
    fence,
    write: async (statements) => {
      try {
        const [, ...results] = await db.write([raise, ...statements]);
        return results;
      } catch (cause) {
        throw isBelowFence(cause) ? overtaken(cause) : cause;
      }
    },
  };
}

/** Whether no later worker has written for the provider of a fenced database. */
export function isAbove({ fence }: Database): SQL {
  return fence === null
    ? sql`true`
    : sql`NOT EXISTS (SELECT 1 FROM fences WHERE provider = ${fence.provider} AND token > ${fence.token})`;
}

function isBelowFence(cause: unknown): boolean {
  return cause instanceof Error && cause.message.includes("NOT NULL constraint failed: fences.token");
}

function overtaken(cause: unknown): AppError {
  return new AppError("database_unavailable", "A later worker has already written. This worker must stop.", {
    cause,
    retryAfterSeconds: 1,
  });
}
