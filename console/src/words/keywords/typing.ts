import { foldedKeyword, withKeywords } from "../fields/keywords.ts";

/**
 * Keywords, the last of which may still be typed: what stands in the field counts as a keyword at once, so that nothing is
 * lost by whoever saves without Enter.
 */
export interface Typing {
  /** The keywords that are whole. */
  readonly whole: readonly string[];
  /** What stands in the field. */
  readonly text: string;
}

/** All the keywords, that in the field among them. */
export function keywordsOf({ whole, text }: Typing): readonly string[] {
  return withKeywords(whole, [text]);
}

/**
 * What stands in the field where the keywords are these now: the text stays as long as it is their last one, as it is typed.
 * Keywords that somebody else has set leave the field empty.
 */
export function typingOf(keywords: readonly string[], before: Typing): Typing {
  const last = keywords.at(-1);
  const { text } = before;
  if (text.trim() === "") return { whole: keywords, text };
  const isWhole = before.whole.some((keyword) => foldedKeyword(keyword) === foldedKeyword(text));
  if (isWhole && isSameList(keywords, before.whole)) return { whole: keywords, text };
  if (last !== undefined && foldedKeyword(last) === foldedKeyword(text) && !isWhole)
    return { whole: keywords.slice(0, -1), text };
  return { whole: keywords, text: "" };
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((keyword, index) => keyword === other[index]);
}
