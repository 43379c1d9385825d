import { sql } from "drizzle-orm";

import type { Database } from "../connection.ts";

/** What people have decided on a keyword, by the tenths of the model's score from 0.5 on. */
interface LearnedCounts {
  readonly accepted: readonly number[];
  readonly refused: readonly number[];
  readonly decidedAt: number;
}

const tenths = [5, 6, 7, 8, 9];

/** What people have decided on those of the keywords that a model has suggested before, by folded keyword. */
export async function learnedOf(
  db: Database,
  model: string,
  folded: readonly string[],
): Promise<Map<string, LearnedCounts>> {
  if (folded.length === 0) return new Map();
  const rows = await db.orm.all<Readonly<Record<string, number>> & { readonly folded: string }>(sql`
    SELECT k.* FROM json_each(${JSON.stringify(folded)}) CROSS JOIN suggestion_keywords k
      ON k.model = ${model} AND k.folded = value`);
  return new Map(
    rows.map((row) => {
      const counts = (of: string): number[] => tenths.map((tenth) => row[`${of}_${tenth}`] ?? 0);
      const { decided_at: decidedAt = 0 } = row;
      return [row.folded, { accepted: counts("accepted"), refused: counts("refused"), decidedAt }];
    }),
  );
}
