import { charactersOf, limits } from "./names.ts";

/** What is wrong with a keyword that is to be written. */
export type KeywordProblem =
  | { readonly kind: "keywordTooLong"; readonly keyword: string; readonly length: number }
  | { readonly kind: "keywordHidden"; readonly keyword: string };

// What is not seen, or turns what stands beside it, in a name; the service has a longer list.
const hidden =
  /[\p{Cc}\u{ad}\u{200b}\u{200e}\u{200f}\u{2028}-\u{202e}\u{2060}-\u{2064}\u{2066}-\u{206f}\u{feff}]/u;

/** A keyword without the blanks around it, in the form in which it is kept. */
export function tidyKeyword(text: string): string {
  return text.trim().normalize("NFC");
}

/** What keywords are compared by: the service keeps one of those that differ in case. */
export function foldedKeyword(keyword: string): string {
  return tidyKeyword(keyword).toLowerCase();
}

/** The keywords with others behind them, each once, in its first spelling. */
export function withKeywords(keywords: readonly string[], more: readonly string[]): readonly string[] {
  const known = new Set(keywords.map(foldedKeyword));
  const fresh = more.map(tidyKeyword).filter((keyword) => {
    const isNew = keyword !== "" && !known.has(foldedKeyword(keyword));
    known.add(foldedKeyword(keyword));
    return isNew;
  });
  return fresh.length === 0 ? keywords : [...keywords, ...fresh];
}

/** What stands in the field, parted where somebody has typed or pasted commas or lines: all but the last are whole. */
export function partsOfKeywords(text: string): { readonly whole: readonly string[]; readonly rest: string } {
  const parts = text.split(/[,;\n\t]/);
  return { whole: parts.slice(0, -1), rest: parts.at(-1) ?? "" };
}

/** The first problem of a keyword; null where it can be kept. */
export function keywordProblem(keyword: string): KeywordProblem | null {
  if (hidden.test(keyword)) return { kind: "keywordHidden", keyword };
  const length = charactersOf(keyword);
  return length > limits.keywordCharacters ? { kind: "keywordTooLong", keyword, length } : null;
}

/** The keywords of a value; null where it is something else, which no list can show. */
export function keywordsIn(value: unknown): readonly string[] | null {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return null;
  const given: readonly unknown[] = value;
  const texts = given.filter((each) => typeof each === "string");
  return texts.length === given.length ? texts : null;
}
