import type { Words } from "../drafts/draft.ts";
import { keywordProblem, keywordsIn, type KeywordProblem } from "./keywords.ts";
import { charactersOf, limits, textFields } from "./names.ts";
import { placeOfValue } from "./place.ts";
import { writtenTimeOf } from "./taken.ts";

/** Why the service would not take the value of a field. */
export type Problem =
  | KeywordProblem
  | { readonly kind: "tooLong"; readonly length: number }
  | { readonly kind: "tooManyKeywords"; readonly count: number }
  | { readonly kind: "noKeywords" }
  | { readonly kind: "noDate" }
  | { readonly kind: "noPlace" }
  | { readonly kind: "noRating" }
  | { readonly kind: "tooMuch" };

const texts: ReadonlySet<string> = new Set(["description", ...textFields]);

/** The problem of a value that is to be written into a field; null where there is none, as where the field is emptied. */
export function problemOf(name: string, value: unknown): Problem | null {
  if (value === null || value === undefined) return null;
  if (texts.has(name)) return textProblem(value);
  switch (name) {
    case "keywords":
      return keywordsProblem(value);
    case "rating":
      return isRating(value) ? null : { kind: "noRating" };
    case "taken_at":
      return typeof value === "string" && writtenTimeOf(value) !== null ? null : { kind: "noDate" };
    case "location":
      return placeOfValue(value) === null ? { kind: "noPlace" } : null;
    default:
      return null;
  }
}

/** The problems of everything that is to be written, by the names of the fields. */
export function problemsOf(edits: Words): ReadonlyMap<string, Problem> {
  const found = new Map<string, Problem>();
  for (const [name, value] of Object.entries(edits)) {
    const problem = problemOf(name, value);
    if (problem !== null) found.set(name, problem);
  }
  return found;
}

/** Whether words as a whole are more than the service keeps. */
export function isTooMuch(words: Words): boolean {
  return new TextEncoder().encode(JSON.stringify(words)).length > limits.bytes;
}

/** Whether a value is a number of stars. */
export function isRating(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= limits.rating;
}

function textProblem(value: unknown): Problem | null {
  const length = typeof value === "string" ? charactersOf(value) : 0;
  return length > limits.textCharacters ? { kind: "tooLong", length } : null;
}

function keywordsProblem(value: unknown): Problem | null {
  const keywords = keywordsIn(value);
  if (keywords === null) return { kind: "noKeywords" };
  if (keywords.length > limits.keywords) return { kind: "tooManyKeywords", count: keywords.length };
  for (const keyword of keywords) {
    const problem = keywordProblem(keyword);
    if (problem !== null) return problem;
  }
  return null;
}
