import { and, eq, sql } from "drizzle-orm";

import type { Database } from "../connection.ts";
import { suggestionKeywords } from "../suggestion-tables.ts";

/** What people have decided on a keyword that a model suggested, by the tenth in which its score lay, from 0.5 on. */
export interface LearnedKeyword {
  readonly accepted: readonly number[];
  readonly refused: readonly number[];
  /** When somebody decided last, in milliseconds since the epoch. */
  readonly decidedAt: number;
}

/** What was learned of these folded keywords as a model suggests them, by keyword; without those never decided on. */
export async function learnedOf(
  db: Database,
  model: string,
  folded: readonly string[],
): Promise<Map<string, LearnedKeyword>> {
  if (folded.length === 0) return new Map();
  const among = sql`${suggestionKeywords.folded} IN (SELECT value FROM json_each(${JSON.stringify(folded)}))`;
  const rows = await db.orm
    .select()
    .from(suggestionKeywords)
    .where(and(eq(suggestionKeywords.model, model), among));
  return new Map(
    rows.map((row) => [
      row.folded,
      {
        accepted: [row.accepted5, row.accepted6, row.accepted7, row.accepted8, row.accepted9],
        refused: [row.refused5, row.refused6, row.refused7, row.refused8, row.refused9],
        decidedAt: row.decidedAt,
      },
    ]),
  );
}
