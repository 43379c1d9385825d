import { sql } from "drizzle-orm";

import type { Database } from "../connection.ts";
import { wordsText } from "../search/index-text.ts";
import { suggestionOf, type Candidate, type Suggestion } from "./record.ts";

/** How long whoever has claimed a record may take; should they die, somebody else asks after that. */
const claimMs = 5 * 60_000;

/** A record about which models are to be asked, with what they have said so far. */
export interface DueSuggestion {
  readonly suggestion: Suggestion;
  /** How often asking has failed or died; this time counts until it has not. */
  readonly attempts: number;
  /** Names the claim, in the place of the time when a model is to be asked. */
  readonly claim: number;
}

type DueRow = Parameters<typeof suggestionOf>[0] & Pick<DueSuggestion, "attempts" | "claim">;

/** Claims the record that has waited longest; null where none is due. Of two who ask at the same time each gets another. */
export async function claimDue(db: Database, now: number): Promise<DueSuggestion | null> {
  const [row] = await db.orm.all<DueRow>(sql`
    UPDATE suggestions SET due_at = ${now + claimMs}, attempts = attempts + 1
    WHERE media_id = (
      SELECT media_id FROM suggestions INDEXED BY suggestions_wanted
      WHERE state = 'wanted' AND due_at <= ${now} ORDER BY due_at LIMIT 1)
    RETURNING media_id AS "mediaId", picture, state, description, candidates, model, decision_model AS "decisionModel",
      created_at AS "createdAt", verdicts, attempts, due_at AS claim`);
  if (row === undefined) return null;
  const { attempts, claim, ...columns } = row;
  return { suggestion: suggestionOf(columns), attempts, claim };
}

/** What of a record tells what is asked about it. */
export interface AskedMedia {
  readonly id: string;
  readonly pk: number;
  readonly objectKey: string;
  readonly bestTakenAt: string | null;
  /** 1 where the description lacks, 2 where keywords do, 3 where both do. */
  readonly lacking: number;
}

/** A record that is there, is processed and has still the picture that it is to be asked about; else null. */
export async function findAsked(db: Database, { mediaId, picture }: Suggestion): Promise<AskedMedia | null> {
  const [row] = await db.orm.all<AskedMedia>(sql`
    SELECT id, pk, object_key AS "objectKey", best_taken_at AS "bestTakenAt", lacking_words AS lacking
    FROM media_objects
    WHERE id = ${mediaId} AND thumbnail_version = ${picture} AND state = 'ready' AND missing_since IS NULL`);
  return row ?? null;
}

/** What becomes of a record about which models were asked. */
export interface Settled {
  /** When the next attempt is to be; null where none is, or nobody can tell when. */
  readonly dueAt: number | null;
  readonly attempts: number;
  /** What people are shown of it; null where nothing is. */
  readonly shown: {
    readonly description: string | null;
    readonly keywords: readonly Pick<Candidate, "keyword">[];
  } | null;
}

/**
 * Writes what was said about a record by now, unless somebody else has claimed the record meanwhile. What people are shown is
 * a visible change, and only of a record that has still the picture; one that has another stays claimed, and is looked at
 * again. A decision of before, on other words, cannot be taken back any more then.
 */
export async function settleDue(
  db: Database,
  { suggestion, claim }: DueSuggestion,
  { dueAt, attempts, shown }: Settled,
): Promise<void> {
  const { mediaId, picture, state, description, candidates, model, decisionModel, createdAt } = suggestion;
  const isClaimed = sql`media_id = ${mediaId} AND state = 'wanted' AND due_at = ${claim} AND picture = ${picture}`;
  const isShown = sql`media_objects.id = ${mediaId} AND thumbnail_version = ${picture} AND missing_since IS NULL`;
  const words = { ...shown, keywords: shown?.keywords.map(({ keyword }) => keyword) };
  const undecided = sql`, decided_at = NULL, decided_operation = NULL, decided_revision = NULL, verdicts_before = NULL`;
  const settle = sql`
    UPDATE suggestions SET state = ${state}, due_at = ${dueAt}, attempts = ${attempts}, description = ${description},
      candidates = ${JSON.stringify(candidates)}, model = ${model}, decision_model = ${decisionModel},
      created_at = ${createdAt}, search_text = ${wordsText(words)}${shown === null ? sql`` : undecided}
    WHERE ${isClaimed}`;
  await db.write(
    shown === null
      ? [settle]
      : [
          sql`UPDATE media_objects SET change = change + 1, updated_at = ${createdAt}
            WHERE ${isShown} AND EXISTS (SELECT 1 FROM suggestions WHERE ${isClaimed})`,
          sql`${settle} AND EXISTS (SELECT 1 FROM media_objects WHERE ${isShown})`,
        ],
  );
}
