import { sql, type SQL } from "drizzle-orm";

import type { Database } from "../connection.ts";
import type { SuggestionRow } from "../suggestion-tables.ts";
import { suggestionOf, type Suggestion } from "./record.ts";

/** The suggestions for these records that wait for a person, in no order. */
export async function openSuggestions(db: Database, ids: readonly string[]): Promise<Suggestion[]> {
  return (await readRows(db, ids, sql`state = 'open'`)).map(suggestionOf);
}

/** Suggestions that were made, with what was decided on them last. */
export interface MadeSuggestion extends Suggestion {
  /** JSON: the verdicts before; null where taking the decision back leads to none. */
  readonly wayBack: string | null;
  /** The operation that has decided; null for none. */
  readonly decidedOperation: string | null;
}

/** The suggestions that were made for the pictures that these records have now, decided or not, in no order. */
export async function madeSuggestions(db: Database, ids: readonly string[]): Promise<MadeSuggestion[]> {
  const isOfPicture = sql`state IN ('open', 'closed') AND EXISTS (
    SELECT 1 FROM media_objects m WHERE m.id = media_id AND m.thumbnail_version = picture)`;
  const rows = await readRows(db, ids, isOfPicture);
  return rows.map(({ verdictsBefore: wayBack, decidedOperation, ...row }) =>
    Object.assign(suggestionOf(row), { wayBack, decidedOperation }),
  );
}

/** Whether an operation has decided on suggestions, and nobody since. */
export async function hasDecided(db: Database, operation: string): Promise<boolean> {
  const rows = await db.orm.all(sql`
    SELECT 1 FROM suggestions INDEXED BY suggestions_by_operation WHERE decided_operation = ${operation} LIMIT 1`);
  return rows.length > 0;
}

type ReadRow = Parameters<typeof suggestionOf>[0] &
  Pick<SuggestionRow, "verdictsBefore" | "decidedOperation">;

async function readRows(db: Database, ids: readonly string[], holds: SQL): Promise<ReadRow[]> {
  if (ids.length === 0) return [];
  return db.orm.all(sql`
    SELECT media_id AS "mediaId", picture, state, description, candidates, model, decision_model AS "decisionModel",
      created_at AS "createdAt", verdicts, verdicts_before AS "verdictsBefore", decided_operation AS "decidedOperation"
    FROM json_each(${JSON.stringify(ids)}) CROSS JOIN suggestions ON media_id = value WHERE ${holds}`);
}
