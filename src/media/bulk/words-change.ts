import { z } from "zod";

import { appErrorOf, validationError } from "../../core/errors.ts";
import { foldKeyword, type ObjectMetadata } from "../../db/media/record.ts";
import { keywordLimits } from "../metadata/keywords.ts";
import { patchMetadata, sameMetadata } from "../metadata/rules.ts";

/** What is done to the words of each of many records: first the patch, then keywords go, then keywords come. */
export interface WordsChange {
  /** JSON Merge Patch (RFC 7396) of `object_metadata`; null for none. */
  readonly patch: Readonly<Record<string, unknown>> | null;
  /** Folded, as the filter by keyword compares them. */
  readonly remove: ReadonlySet<string>;
  /** As they are kept: checked, trimmed, each once. */
  readonly add: readonly string[];
  /** What is done with the suggestions for each record; null for nothing. */
  readonly suggestions: "accept" | "refuse" | null;
  /** How many characters it brings to a record at the most, as JSON. */
  readonly characters: number;
}

/** How much suggestions bring: a description, and some keywords. */
const suggestedCharacters = 8192;

/** A change of words that brings so much to each record. */
export function makeWordsChange({
  patch,
  remove,
  add,
  suggestions = null,
}: Omit<WordsChange, "characters" | "suggestions"> & Partial<Pick<WordsChange, "suggestions">>): WordsChange {
  const suggested = suggestions === "accept" ? suggestedCharacters : 0;
  const characters = JSON.stringify([patch, add]).length + suggested;
  return { patch, remove, add, suggestions, characters };
}

/** How many characters a change of these words is about: those that there are, and those that come. */
export function charactersOf(words: ObjectMetadata, { characters }: Pick<WordsChange, "characters">): number {
  return JSON.stringify(words).length + characters;
}

/** What a change does to the words of a record. */
export type ChangeOutcome =
  | { readonly kind: "updated"; readonly metadata: ObjectMetadata }
  | { readonly kind: "unchanged" }
  /** The words would break a rule; `detail` says which. */
  | { readonly kind: "invalid"; readonly detail: string };

/** What a change does to these words. */
export function outcomeOf(words: ObjectMetadata, change: WordsChange): ChangeOutcome {
  try {
    const metadata = changedWords(words, change);
    return sameMetadata(metadata, words) ? { kind: "unchanged" } : { kind: "updated", metadata };
  } catch (cause) {
    const refusal = appErrorOf(cause);
    if (refusal?.code !== "validation_error") throw cause;
    return { kind: "invalid", detail: refusal.detail };
  }
}

/** The words after a change. Throws `validation_error` where they would break a rule. */
export function changedWords(words: ObjectMetadata, { patch, remove, add }: WordsChange): ObjectMetadata {
  const patched = patch === null ? words : patchMetadata(words, patch);
  if (remove.size === 0 && add.length === 0) return patched;
  const keywords = changedKeywords(patched["keywords"], { remove, add });
  if (keywords === null) return patched;
  // Nothing is named anew, so that only size and depth of the whole are checked: older keywords may break a younger rule.
  return patchMetadata(withKeywords(patched, keywords), {});
}

/** Words without keywords have no field for them. */
function withKeywords(words: ObjectMetadata, keywords: readonly string[]): ObjectMetadata {
  const { keywords: _before, ...others } = words;
  if (keywords.length === 0) return others;
  // At its place, where there was one.
  return { ...words, keywords };
}

const keywordList = z.array(z.string());

/**
 * The keywords after a change; null where it leaves them as they are. A keyword that is to be there as it is spelt is not
 * taken away before, so that the same change made twice does no more than made once.
 */
function changedKeywords(
  value: unknown,
  { remove, add }: Pick<WordsChange, "remove" | "add">,
): string[] | null {
  const before = keywordList.safeParse(value ?? []);
  if (!before.success) {
    if (add.length === 0) return null;
    throw refused("is not a list of keywords, so no keyword can be added");
  }
  const wanted = new Set(add);
  const kept = before.data.filter((each) => wanted.has(each) || !remove.has(foldKeyword(each)));
  const there = new Set(kept.map((each) => each.toLowerCase()));
  const added = add.filter((each) => !there.has(each.toLowerCase()));
  if (kept.length === before.data.length && added.length === 0) return null;
  const keywords = [...kept, ...added];
  if (added.length > 0 && keywords.length > keywordLimits.keywords)
    throw refused(`would have ${keywords.length} keywords; the most are ${keywordLimits.keywords}`);
  return keywords;
}

function refused(message: string): Error {
  return validationError([{ path: "object_metadata.keywords", message }]);
}
