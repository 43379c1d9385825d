import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import { wordsText } from "../search/index-text.ts";
import { selected } from "../media/rows.ts";
import { suggestions } from "../suggestion-tables.ts";
import { suggestionOf, type Candidate, type Suggestion } from "./record.ts";

/** How long whoever has claimed a record may take; should they die, somebody else asks after that. */
const claimMs = 5 * 60_000;

const dueColumns = {
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

/** A record about which models are to be asked, with what they have said so far. */
export interface DueSuggestion {
  readonly suggestion: Suggestion;
  /** How often asking has failed or died; this time counts until it has not. */
  readonly attempts: number;
  /** Names the claim, in the place of the time when a model is to be asked. */
  readonly claim: number;
}

const claimedRow = z.object({ attempts: z.number(), dueAt: z.number() });

type DueRow = Parameters<typeof suggestionOf>[0] & z.infer<typeof claimedRow>;

/** Claims the record that has waited longest; null where none is due. Of two who ask at the same time each gets another. */
export async function claimDue(db: Database, now: number): Promise<DueSuggestion | null> {
  const [row] = await db.orm.all<DueRow>(sql`
    UPDATE suggestions SET due_at = ${now + claimMs}, attempts = attempts + 1
    WHERE media_id = (
      SELECT media_id FROM suggestions INDEXED BY suggestions_wanted
      WHERE state = 'wanted' AND due_at <= ${now} ORDER BY due_at LIMIT 1)
    RETURNING ${selected(dueColumns)}, attempts, due_at AS "dueAt"`);
  if (row === undefined) return null;
  const { attempts, dueAt, ...columns } = row;
  return { suggestion: suggestionOf(columns), attempts, claim: dueAt };
}

const askedRow = z.object({
  pk: z.number(),
  objectKey: z.string(),
  bestTakenAt: z.string().nullable(),
  lacking: z.number(),
});

/** What of a record tells what is asked about it. */
export type AskedMedia = Readonly<z.infer<typeof askedRow>>;

/** A record that is there, is processed and has still the picture that it is to be asked about; else null. */
export async function findAsked(
  db: Database,
  { mediaId, picture }: Pick<Suggestion, "mediaId" | "picture">,
): Promise<AskedMedia | null> {
  const [row] = await db.orm.all(sql`
    SELECT pk, object_key AS "objectKey", best_taken_at AS "bestTakenAt", lacking_words AS lacking FROM media_objects
    WHERE id = ${mediaId} AND thumbnail_version = ${picture} AND state = 'ready' AND missing_since IS NULL`);
  return row === undefined ? null : askedRow.parse(row);
}

/** What asking came to. */
export interface Settled {
  /** When the next attempt is to be; null where none is, or nobody can tell when. */
  readonly dueAt: number | null;
  readonly attempts: number;
  /** What people are shown of it; null where nothing is. */
  readonly shown: {
    readonly description: string | null;
    readonly keywords: readonly Pick<Candidate, "keyword">[];
  } | null;
  readonly now: number;
}

/**
 * Writes what asking about a record came to, with what was said by now, unless somebody else has claimed the record meanwhile. What people are shown is a visible
 * change, and only of a record that has still the picture; one that has another stays claimed, and is looked at again.
 */
export async function settleDue(
  db: Database,
  { suggestion, claim }: DueSuggestion,
  { dueAt, attempts, shown, now }: Settled,
): Promise<void> {
  const { mediaId, picture, state } = suggestion;
  const isClaimed = sql`media_id = ${mediaId} AND state = 'wanted' AND due_at = ${claim} AND picture = ${picture}`;
  const isShown = sql`media_objects.id = ${mediaId} AND thumbnail_version = ${picture} AND missing_since IS NULL`;
  const settle = sql`
    UPDATE suggestions SET state = ${state}, due_at = ${dueAt}, attempts = ${attempts},
      description = ${suggestion.description}, candidates = ${JSON.stringify(suggestion.candidates)},
      model = ${suggestion.model}, decision_model = ${suggestion.decisionModel}, created_at = ${suggestion.createdAt},
      search_text = ${shown === null ? "" : textOf(shown)}
    WHERE ${isClaimed}`;
  if (shown === null) await db.write([settle]);
  else
    await db.write([
      sql`UPDATE media_objects SET change = change + 1, updated_at = ${now}
        WHERE ${isShown} AND EXISTS (SELECT 1 FROM suggestions WHERE ${isClaimed})`,
      sql`${settle} AND EXISTS (SELECT 1 FROM media_objects WHERE ${isShown})`,
    ]);
}

function textOf({ description, keywords }: NonNullable<Settled["shown"]>): string {
  return wordsText({ description, keywords: keywords.map(({ keyword }) => keyword) });
}
