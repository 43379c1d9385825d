import type { Database } from "../../db/connection.ts";
import { foldKeyword, type ObjectMetadata } from "../../db/media/record.ts";
import { wordsText } from "../../db/search/index-text.ts";
import type { Decision } from "../../db/suggestions/decisions.ts";
import { madeSuggestions, type MadeSuggestion } from "../../db/suggestions/open.ts";
import { hasVerdict, textOf, verdictsOf, type Verdicts } from "../../db/suggestions/record.ts";
import { weighed, type Weighed } from "./read.ts";
import { keywordsOf, shownOf } from "./shown.ts";

/** A revert of a record's words, as far as suggestions are concerned. */
export interface WordsReverted {
  /** The words that the record has, and those that it gets. */
  readonly before: ObjectMetadata;
  readonly words: ObjectMetadata;
  /** The operation that is taken back; null where a person brings a revision back. */
  readonly operation: string | null;
}

/** What reverts of these records have to know of their suggestions, by the ids of the records. */
export async function revertible(
  db: Database,
  ids: readonly string[],
): Promise<Map<string, Weighed<MadeSuggestion>>> {
  const made = await weighed(db, await madeSuggestions(db, ids));
  return new Map(made.map((each) => [each.suggestion.mediaId, each]));
}

/**
 * What a revert decides on the suggestions for a record; null for nothing. What the operation has decided last is taken
 * back, and made again if the revert is taken back. Whatever else was taken waits again where its words go.
 */
export function revertedDecision(made: Weighed<MadeSuggestion>, reverted: WordsReverted): Decision | null {
  const { wayBack, decidedOperation, verdictsText, verdicts, state } = made.suggestion;
  const { before, words, operation } = reverted;
  if (operation !== null && operation === decidedOperation && wayBack !== null)
    return { ...decisionTo(made, verdictsOf(wayBack), words), wayBack: verdictsText };
  const standing = stillTrue(made.suggestion, reverted);
  const decision = decisionTo(made, standing, words);
  if (decision.verdicts !== textOf(verdicts)) return decision;
  // The words alone hide suggestions and show them; what somebody has refused is over.
  const isShown = decision.state === "open";
  const wasShown = decisionTo(made, verdicts, before).state === "open";
  if (isShown === wasShown || decision.state === state) return null;
  return isShown && isRefused(verdicts) ? null : decision;
}

/** Verdicts without those that took what the words lack; an operation takes back only what they had. */
function stillTrue(
  { verdicts, description }: MadeSuggestion,
  { before, words, operation }: WordsReverted,
): Verdicts {
  const [own, had] = [foldedIn(words), foldedIn(before)];
  const keywords = Object.entries(verdicts.keywords ?? {}).filter(
    ([folded, verdict]) =>
      verdict === "refused" || own.has(folded) || (operation !== null && !had.has(folded)),
  );
  const now = words["description"] ?? "";
  const isLost =
    now !== description && (before["description"] === description || (operation === null && now === ""));
  return {
    ...(verdicts.description === "accepted" && isLost ? {} : { description: verdicts.description }),
    keywords: Object.fromEntries(keywords),
  };
}

function foldedIn(words: ObjectMetadata): Set<string> {
  return new Set(keywordsOf(words).map(foldKeyword));
}

function isRefused({ description, keywords = {} }: Verdicts): boolean {
  return description === "refused" || Object.values(keywords).includes("refused");
}

function decisionTo(
  { suggestion, thresholds }: Weighed<MadeSuggestion>,
  verdicts: Verdicts,
  words: ObjectMetadata,
): Decision {
  const { picture, verdictsText } = suggestion;
  const record = { thumbnailVersion: picture, objectMetadata: words };
  // What was decided on was shown; what is learned of it by that very decision is about to be forgotten.
  const others = [...thresholds].filter(([folded]) => !hasVerdict(suggestion.verdicts, folded));
  const shown = shownOf({ ...suggestion, state: "open", verdicts }, record, new Map(others));
  const { description = null, keywords = [] } = shown ?? {};
  return {
    picture,
    before: verdictsText,
    verdicts: textOf(verdicts),
    state: shown === null ? "closed" : "open",
    searchText: wordsText({ description, keywords: keywords.map(({ keyword }) => keyword) }),
    wayBack: null,
  };
}
