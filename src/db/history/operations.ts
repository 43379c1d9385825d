import { desc, eq, getTableColumns, lt, sql } from "drizzle-orm";

import type { Database } from "../connection.ts";
import { operations } from "../schema.ts";

/** What was done to many records at once, or can be taken back as a whole. */
export type Operation = Readonly<typeof operations.$inferSelect>;

/** An operation as a list shows it: what a relink keeps for its way back is not read. */
export type ListedOperation = Omit<Operation, "details" | "reverts">;

const { details: _details, reverts: _reverts, ...listed } = getTableColumns(operations);

/** The operations before an id, the newest first; those of the newest page where it is null. */
export async function operationsBefore(
  db: Database,
  before: string | null,
  limit: number,
): Promise<ListedOperation[]> {
  return db.orm
    .select(listed)
    .from(operations)
    .where(before === null ? undefined : lt(operations.id, before))
    .orderBy(desc(operations.id))
    .limit(limit);
}

/** The operation with this id; null where there is none. */
export async function findOperation(db: Database, id: string): Promise<Operation | null> {
  const [operation] = await db.orm.select().from(operations).where(eq(operations.id, id));
  return operation ?? null;
}

/** How many reverts of reverts are followed: nobody goes to and fro more often. */
const longestChain = 1000;

/**
 * Notes that an operation is taken back by another. If it is a revert itself, what it had taken back is so no longer, and
 * so on: what is taken back an even number of times stands. Done twice it notes the same.
 */
export async function noteReverted(db: Database, id: string, by: string): Promise<void> {
  await db.batch([
    sql`
      WITH RECURSIVE chain (id, by_id, depth) AS (
        SELECT ${id}, ${by}, 0
        UNION ALL
        SELECT o.reverts, o.id, chain.depth + 1 FROM chain CROSS JOIN operations o ON o.id = chain.id
        WHERE o.reverts IS NOT NULL AND chain.depth < ${longestChain}
      )
      UPDATE operations SET reverted_by = CASE WHEN chain.depth % 2 = 0 THEN chain.by_id END
      FROM chain WHERE operations.id = chain.id AND CASE
        WHEN chain.depth = 0 THEN operations.reverted_by IS NOT chain.by_id
        WHEN chain.depth % 2 = 1 THEN operations.reverted_by = chain.by_id
        ELSE operations.reverted_by IS NULL
      END`,
  ]);
}
