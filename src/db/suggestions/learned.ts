import { and, eq, sql } from "drizzle-orm";

import type { Database } from "../connection.ts";
import { suggestionKeywords } from "../suggestion-tables.ts";

/** What people have decided on those of the keywords that a model has suggested before, by folded keyword. */
export async function learnedOf(db: Database, model: string, folded: readonly string[]) {
  if (folded.length === 0) return new Map<string, ReturnType<typeof tenthsOf>>();
  const rows = await db.orm
    .select()
    .from(suggestionKeywords)
    .where(
      and(
        eq(suggestionKeywords.model, model),
        sql`${suggestionKeywords.folded} IN (SELECT value FROM json_each(${JSON.stringify(folded)}))`,
      ),
    );
  return new Map(rows.map((row) => [row.folded, tenthsOf(row)]));
}

function tenthsOf(row: typeof suggestionKeywords.$inferSelect) {
  return {
    accepted: [row.accepted5, row.accepted6, row.accepted7, row.accepted8, row.accepted9],
    refused: [row.refused5, row.refused6, row.refused7, row.refused8, row.refused9],
    decidedAt: row.decidedAt,
  };
}
