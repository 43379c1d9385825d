import type { Database } from "../../db/connection.ts";
import {
  writeDecisions,
  writeEdits,
  type Authorship,
  type Edit,
  type EditingOperation,
} from "../../db/history/edits.ts";
import { groupsBySize } from "../../db/json-slices.ts";
import type { LoneDecision } from "../../db/suggestions/decisions.ts";
import { makeEdit, type EditedMedia } from "../history/edit.ts";
import { ruleOn } from "../suggestions/decide.ts";
import { readSuggestions, type SuggestedMedia } from "../suggestions/read.ts";
import { charactersOf, outcomeOf, type WordsChange } from "./words-change.ts";

/** What of a record a change is made from. */
export type ChangedMedia = EditedMedia & SuggestedMedia;

/** What became of a record, or of an id that no record has. */
export interface BulkResult {
  readonly id: string;
  readonly status: "updated" | "unchanged" | "not_found" | "invalid";
  /** The revision of the record now; null for an id that no record has. */
  readonly revision: number | null;
  /** Why a record is `invalid` or was left, for people; else null. */
  readonly detail: string | null;
}

/** A change of many records, by whom and as which operation. */
export interface BulkChange {
  readonly change: WordsChange;
  readonly authorship: Authorship & { readonly operation: EditingOperation };
  /** Whether the change is only looked at. */
  readonly dryRun: boolean;
}

/** How records that somebody has changed meanwhile are read again. */
export interface Reread {
  /** Those of these records that are still meant. */
  readonly read: (ids: readonly string[]) => Promise<readonly ChangedMedia[]>;
  /** What is said of a record that is not meant any more. */
  readonly gone: (id: string) => BulkResult;
}

/** How often a record is tried again on top of somebody else's change. */
const maxAttempts = 8;

/** How many characters of words are changed at a time: what is written of them is several times as much. */
const groupCharacters = 1024 * 1024;

/**
 * Changes records, each for itself: those that break a rule are reported and left. The records should be few hundred, of
 * which all edits of a statement are written in one transaction.
 */
export async function applyToEach(
  db: Database,
  media: readonly ChangedMedia[],
  bulk: BulkChange & Reread,
): Promise<BulkResult[]> {
  const results: BulkResult[] = [];
  const sizeOf = ({ objectMetadata }: EditedMedia): number => charactersOf(objectMetadata, bulk.change);
  for (const group of groupsBySize(media, groupCharacters, sizeOf))
    results.push(...(await applyToGroup(db, group, bulk)));
  return results;
}

async function applyToGroup(
  db: Database,
  media: readonly ChangedMedia[],
  { change, authorship, dryRun, read, gone }: BulkChange & Reread,
): Promise<BulkResult[]> {
  const results = new Map<string, BulkResult>();
  let left = media;
  for (let attempt = 0; attempt < maxAttempts && left.length > 0; attempt += 1) {
    const judged = await judge(db, left, change);
    for (const result of judged.results) results.set(result.id, result);
    const changes = [...judged.edits, ...judged.decisions];
    const written = dryRun
      ? changes
      : [
          ...(await writeEdits(db, judged.edits, authorship)),
          ...(await writeDecisions(db, judged.decisions, authorship)),
        ];
    for (const { id, revision } of written) results.set(id, updated(id, revision));
    const lost = changes.map(({ id }) => id).filter((id) => !results.has(id));
    left = lost.length === 0 ? [] : await read(lost);
    const still = new Set(left.map(({ id }) => id));
    for (const id of lost) if (!still.has(id)) results.set(id, gone(id));
  }
  return media.map(({ id, revision }) => results.get(id) ?? besieged(id, revision));
}

/** What a change makes of some records. */
export interface Judged {
  readonly edits: Edit[];
  /** On suggestions for records whose words stay as they are. */
  readonly decisions: LoneDecision[];
  /** What is said of the records that it leaves. */
  readonly results: BulkResult[];
}

/** The edits and decisions that a change makes of records, and what is said of the records that it leaves. */
export async function judge(
  db: Database,
  media: readonly ChangedMedia[],
  asked: WordsChange,
): Promise<Judged> {
  const [edits, decisions, results]: [Edit[], LoneDecision[], BulkResult[]] = [[], [], []];
  const open = asked.suggestions === null ? null : await readSuggestions(db, media);
  for (const each of media) {
    const { id, revision, objectMetadata } = each;
    const { change, decision } = ruleOn(asked, objectMetadata, open?.get(id) ?? null);
    const outcome = outcomeOf(objectMetadata, change);
    if (outcome.kind === "updated")
      edits.push({ ...(await makeEdit(each, outcome.metadata, "to operation")), decision });
    else if (outcome.kind === "unchanged" && decision !== null) decisions.push({ id, revision, decision });
    else {
      const detail = outcome.kind === "invalid" ? outcome.detail : null;
      results.push({ id, status: outcome.kind, revision, detail });
    }
  }
  return { edits, decisions, results };
}

/** What is said of a record that was changed. */
export function updated(id: string, revision: number): BulkResult {
  return { id, status: "updated", revision, detail: null };
}

/** What is said of an id that no record has. */
export function notFoundResult(id: string): BulkResult {
  return { id, status: "not_found", revision: null, detail: "No media object has this id." };
}

function besieged(id: string, revision: number): BulkResult {
  const detail = "Too many requests are changing the media object at this moment. Try again.";
  return { id, status: "invalid", revision, detail };
}
