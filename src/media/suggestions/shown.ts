import { foldKeyword, type ObjectMetadata } from "../../db/media/record.ts";
import { hasVerdict, type Suggestion } from "../../db/suggestions/record.ts";

/** The suggestions that wait for a person, as the person sees them. */
export interface ShownSuggestion {
  readonly description: string | null;
  /** The likeliest first. */
  readonly keywords: readonly { readonly keyword: string; readonly folded: string; readonly score: number }[];
  readonly model: string | null;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** How many keywords are shown at a time. */
const mostKeywords = 10;

/**
 * What of a record's suggestions is shown: what nobody has decided on and the record lacks, of the picture that it has now;
 * of keywords those whose score reaches the threshold that is learned of each. Null where nothing is left.
 */
export function shownOf(
  suggestion: Suggestion,
  record: { readonly thumbnailVersion: string | null; readonly objectMetadata: ObjectMetadata },
  thresholds: ReadonlyMap<string, number>,
): ShownSuggestion | null {
  const { state, picture, createdAt, verdicts, model } = suggestion;
  if (state !== "open" || createdAt === null || picture !== record.thumbnailVersion) return null;
  const own = new Set(keywordsOf(record.objectMetadata).map(foldKeyword));
  const keywords = suggestion.candidates
    .filter(({ folded }) => !hasVerdict(verdicts, folded) && !own.has(folded))
    .filter(({ folded, score }) => score >= (thresholds.get(folded) ?? 0))
    .slice(0, mostKeywords);
  const isWritten = suggestion.description === record.objectMetadata["description"];
  const description = verdicts.description === undefined && !isWritten ? suggestion.description : null;
  return description === null && keywords.length === 0 ? null : { description, keywords, model, createdAt };
}

/** The keywords among words; what is no list of texts has none. */
export function keywordsOf({ keywords }: ObjectMetadata): readonly string[] {
  return Array.isArray(keywords) ? keywords.filter((each: unknown) => typeof each === "string") : [];
}
