import { sql, type SQL } from "drizzle-orm";

import type { Database } from "../connection.ts";
import type { SuggestionRow } from "../suggestion-tables.ts";
import { suggestionOf, type Suggestion } from "./record.ts";

/** The suggestions for these records that wait for a person, in no order. */
export async function openSuggestions(db: Database, ids: readonly string[]): Promise<Suggestion[]> {
  return (await readRows(db, ids, sql`state = 'open'`)).map(suggestionOf);
}

/** Suggestions on which a person has decided last what can be taken back. */
export interface DecidedSuggestion extends Suggestion {
  /** JSON: the verdicts before. */
  readonly wayBack: string;
  /** The revision that the decision made; null where it made none. */
  readonly decidedRevision: number | null;
}

/** Those of these records' suggestions of which the last decision can be taken back, and belongs to an operation if given. */
export async function decidedSuggestions(
  db: Database,
  ids: readonly string[],
  operation: string | null,
): Promise<DecidedSuggestion[]> {
  const belongs = operation === null ? sql`true` : sql`decided_operation = ${operation}`;
  const rows = await readRows(
    db,
    ids,
    sql`verdicts_before IS NOT NULL AND state IN ('open', 'closed') AND ${belongs}`,
  );
  return rows.flatMap(({ verdictsBefore: wayBack, decidedRevision, ...row }) =>
    wayBack === null ? [] : [{ ...suggestionOf(row), wayBack, decidedRevision }],
  );
}

type ReadRow = Parameters<typeof suggestionOf>[0] & Pick<SuggestionRow, "verdictsBefore" | "decidedRevision">;

async function readRows(db: Database, ids: readonly string[], holds: SQL): Promise<ReadRow[]> {
  if (ids.length === 0) return [];
  return db.orm.all(sql`
    SELECT media_id AS "mediaId", picture, state, description, candidates, model, decision_model AS "decisionModel",
      created_at AS "createdAt", verdicts, verdicts_before AS "verdictsBefore", decided_revision AS "decidedRevision"
    FROM json_each(${JSON.stringify(ids)}) CROSS JOIN suggestions ON media_id = value WHERE ${holds}`);
}
