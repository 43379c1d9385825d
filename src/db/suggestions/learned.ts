import { sql } from "drizzle-orm";

import type { Database } from "../connection.ts";

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
  const rows = await db.orm.values<[string, number, ...number[]]>(sql`
    SELECT folded, decided_at, accepted_5, accepted_6, accepted_7, accepted_8, accepted_9,
      refused_5, refused_6, refused_7, refused_8, refused_9
    FROM json_each(${JSON.stringify(folded)}) CROSS JOIN suggestion_keywords ON folded = value AND model = ${model}`);
  return new Map(
    rows.map(([keyword, decidedAt, ...counts]) => [
      keyword,
      { accepted: counts.slice(0, 5), refused: counts.slice(5), decidedAt },
    ]),
  );
}
