import type { MediaObject } from "tagline-client";
import type { Edits, Words } from "../drafts/draft.ts";
import { foldedKeyword, keywordsIn, withKeywords } from "../fields/keywords.ts";

/** What a machine suggests for a photo, and nobody has decided on. */
export type Suggestions = NonNullable<MediaObject["suggestions"]>;

/** What of {@link Suggestions} somebody has taken, as the service is told. */
export interface Taken {
  readonly description: boolean;
  readonly keywords: readonly string[];
}

/** What of {@link Suggestions} is still to be decided. */
export interface Left {
  readonly description: string | null;
  /** The likeliest first. */
  readonly keywords: readonly string[];
}

/** What is suggested beside these words: what stands among them already is none. Null for nothing. */
export function leftOf(suggestions: Suggestions | null, words: Words): Left | null {
  if (suggestions === null) return null;
  const known = new Set((keywordsIn(words["keywords"]) ?? []).map(foldedKeyword));
  const keywords = suggestions.keywords
    .map(({ keyword }) => keyword)
    .filter((keyword) => !known.has(foldedKeyword(keyword)));
  const description = suggestions.description === words["description"] ? null : suggestions.description;
  return description === null && keywords.length === 0 ? null : { description, keywords };
}

/** What writes suggestions into the fields. Keywords that are no list of texts stay as they are. */
export function editsOf({ description, keywords }: Left, words: Words): Edits {
  const own = keywordsIn(words["keywords"]);
  const all = own === null ? [] : withKeywords(own, keywords);
  return {
    ...(description === null ? {} : { description }),
    ...(own === null || all === own ? {} : { keywords: all }),
  };
}

/** Everything that is suggested, but no other description where somebody has written one. */
export function withoutOwn(left: Left, words: Words): Left {
  return { ...left, description: (words["description"] ?? "") === "" ? left.description : null };
}

/** What of the suggestions stands among edits and not among the words below them, however it came there; null for nothing. */
export function takenIn(
  suggestions: Suggestions | null,
  { base, edits }: { readonly base: Words; readonly edits: Edits },
): Taken | null {
  if (suggestions === null) return null;
  const before = new Set((keywordsIn(base["keywords"]) ?? []).map(foldedKeyword));
  const written = new Set((keywordsIn(edits["keywords"]) ?? []).map(foldedKeyword));
  const keywords = suggestions.keywords
    .map(({ keyword }) => keyword)
    .filter((keyword) => written.has(foldedKeyword(keyword)) && !before.has(foldedKeyword(keyword)));
  const description = suggestions.description !== null && edits["description"] === suggestions.description;
  return description || keywords.length > 0 ? { description, keywords } : null;
}
