import type { ObjectMetadata } from "../../db/media/record.ts";
import { wordsText } from "../../db/search/index-text.ts";
import type { Decision } from "../../db/suggestions/decisions.ts";
import { hasVerdict, textOf, type Verdict, type Verdicts } from "../../db/suggestions/record.ts";
import { makeWordsChange, type WordsChange } from "../bulk/words-change.ts";
import type { OpenSuggestion } from "./read.ts";
import type { ShownSuggestion } from "./shown.ts";

/** Some of what is suggested. */
export type NamedSuggestions = Pick<ShownSuggestion, "description" | "keywords">;

/** The same verdict on all that is named. */
export function verdictsOn({ description, keywords }: NamedSuggestions, verdict: Verdict): Verdicts {
  return {
    ...(description !== null && { description: verdict }),
    keywords: Object.fromEntries(keywords.map(({ folded }) => [folded, verdict])),
  };
}

/** The decision that adds verdicts to what was decided before. What has nothing left to show is closed. */
export function decisionOn({ suggestion, shown }: OpenSuggestion, added: Verdicts): Decision {
  const { picture, verdicts, verdictsText } = suggestion;
  const description = added.description === undefined ? (shown?.description ?? null) : null;
  const keywords = (shown?.keywords ?? []).filter(({ folded }) => !hasVerdict(added, folded));
  const isOpen = description !== null || keywords.length > 0;
  return {
    picture,
    before: verdictsText,
    verdicts: textOf({ ...verdicts, ...added, keywords: { ...verdicts.keywords, ...added.keywords } }),
    state: isOpen ? "open" : "closed",
    searchText: wordsText({ description, keywords: keywords.map(({ keyword }) => keyword) }),
    wayBack: verdictsText,
  };
}

/** The decision that refuses all that is open; of what is not shown nothing is said. */
export function refusalOf(open: OpenSuggestion): Decision {
  return decisionOn(open, open.shown === null ? {} : verdictsOn(open.shown, "refused"));
}

/** What a change of many records is for one of them. */
export interface Ruling {
  readonly change: WordsChange;
  readonly decision: Decision | null;
}

/**
 * A change of a record's words with its suggestions taken or refused. What a person wrote is not replaced: a description is
 * taken where there is none, and else refused. Suggestions of which nothing is shown wait no longer.
 */
export function ruleOn(change: WordsChange, words: ObjectMetadata, open: OpenSuggestion | null): Ruling {
  if (open === null || change.suggestions === null) return { change, decision: null };
  if (change.suggestions === "refuse") return { change, decision: refusalOf(open) };
  if (open.shown === null) return { change, decision: decisionOn(open, {}) };
  const taken = isDescribed({ ...words, ...change.patch })
    ? { ...open.shown, description: null }
    : open.shown;
  const added = { ...verdictsOn(open.shown, "refused"), ...verdictsOn(taken, "accepted") };
  return { change: withTaken(change, taken), decision: decisionOn(open, added) };
}

/** A change of words that brings these as well. */
export function withTaken(change: WordsChange, { description, keywords }: NamedSuggestions): WordsChange {
  return makeWordsChange({
    ...change,
    patch: description === null ? change.patch : { ...change.patch, description },
    add: [...change.add, ...keywords.map(({ keyword }) => keyword)],
  });
}

function isDescribed({ description }: ObjectMetadata): boolean {
  return description !== undefined && description !== null && description !== "";
}
