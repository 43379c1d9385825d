import { sql, type SQL } from "drizzle-orm";

import type { Database } from "../connection.ts";
import { selected } from "../media/rows.ts";
import { suggestions, type SuggestionRow } from "../suggestion-tables.ts";
import { suggestionOf, type Suggestion } from "./record.ts";

const columns = {
  mediaId: suggestions.mediaId,
  picture: suggestions.picture,
  state: suggestions.state,
  description: suggestions.description,
  candidates: suggestions.candidates,
  model: suggestions.model,
  decisionModel: suggestions.decisionModel,
  createdAt: suggestions.createdAt,
  verdicts: suggestions.verdicts,
  verdictsBefore: suggestions.verdictsBefore,
  decidedRevision: suggestions.decidedRevision,
} as const;

/** The suggestions for these records that wait for a person, in no order. */
export async function openSuggestions(db: Database, ids: readonly string[]): Promise<Suggestion[]> {
  return (await readRows(db, ids, sql`${suggestions.state} = 'open'`)).map(suggestionOf);
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
  const { verdictsBefore, decidedOperation } = suggestions;
  const belongs = operation === null ? sql`true` : sql`${decidedOperation} = ${operation}`;
  const rows = await readRows(
    db,
    ids,
    sql`${verdictsBefore} IS NOT NULL AND ${suggestions.state} IN ('open', 'closed') AND ${belongs}`,
  );
  return rows.flatMap(({ verdictsBefore: wayBack, decidedRevision, ...row }) =>
    wayBack === null ? [] : [{ ...suggestionOf(row), wayBack, decidedRevision }],
  );
}

async function readRows(
  db: Database,
  ids: readonly string[],
  holds: SQL,
): Promise<Pick<SuggestionRow, keyof typeof columns>[]> {
  if (ids.length === 0) return [];
  return db.orm.all(sql`
    SELECT ${selected(columns)} FROM json_each(${JSON.stringify(ids)}) wanted
    CROSS JOIN suggestions ON ${suggestions.mediaId} = wanted.value WHERE ${holds}`);
}
