import { sql } from "drizzle-orm";

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
} as const;

/** The suggestions for these records that wait for a person, in no order. */
export async function openSuggestions(db: Database, ids: readonly string[]): Promise<Suggestion[]> {
  if (ids.length === 0) return [];
  const rows = await db.orm.all<Pick<SuggestionRow, keyof typeof columns>>(sql`
    SELECT ${selected(columns)} FROM json_each(${JSON.stringify(ids)}) wanted
    CROSS JOIN suggestions ON ${suggestions.mediaId} = wanted.value WHERE ${suggestions.state} = 'open'`);
  return rows.map(suggestionOf);
}
