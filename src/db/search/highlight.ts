import { standsForPairs, type Token, tokensOf } from "../../core/text/search-tokens.ts";
import { isOpenEnded } from "./expression.ts";
import { keywordToken } from "./index-text.ts";
import type { KeywordTerm, SearchQuery } from "./terms.ts";

/** What stands before and behind what was found. */
export interface Marks {
  readonly open: string;
  readonly close: string;
}

/** What a text is of a record: terms with a field are looked for in texts of that kind alone. */
export type TextKind = "text" | "keyword" | "camera";

/** From where to where something was found, in units of UTF-16. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** The tokens of a term, one behind the other. */
interface Phrase {
  readonly tokens: readonly Token[];
  readonly first: string;
  /** Whether the last one may go on. */
  readonly isOpen: boolean;
}

/** A text with marks around what was found in it; null where that is nothing. */
export type Highlighter = (text: string, kind: TextKind) => string | null;

/** Phrases by what they begin with, so that a text costs the same for one word and for a hundred. */
interface Phrases {
  readonly byFirst: ReadonlyMap<string, readonly Phrase[]>;
  /** Those that are the beginning of one word. */
  readonly beginnings: ReadonlyMap<string, readonly Phrase[]>;
  /** How long these are. */
  readonly lengths: ReadonlySet<number>;
}

/**
 * What marks texts for a query, which is read once. What overlaps or touches is marked as one, and a character keeps its
 * accents on its side of a mark. A word that only begins as the query's does is marked whole. Marks that the text has
 * already stay in it.
 */
export function highlighter({ terms }: SearchQuery, marks: Marks): Highlighter {
  const wanted = terms.filter(({ negated }) => !negated);
  const words = wanted.filter((term) => term.kind === "text").flatMap(phraseOf);
  const cameras = wanted.filter((term) => term.kind === "camera").flatMap(phraseOf);
  const keywords = wanted.filter((term) => term.kind === "keyword");
  const ofWords = grouped(words);
  const ofCamera = grouped([...words, ...cameras]);
  return (text, kind) => {
    const isWhole = kind === "keyword" && keywords.some((term) => isFoundBy(term, text));
    if (isWhole) return marks.open + text + marks.close;
    return marked(text, spansOf(text, kind === "camera" ? ofCamera : ofWords), marks);
  };
}

function phraseOf({ text, prefix }: { readonly text: string; readonly prefix: boolean }): Phrase[] {
  const tokens = tokensOf(text, "query");
  return tokens.slice(0, 1).map((first) => ({
    tokens,
    first: first.text,
    isOpen: isOpenEnded(tokens, prefix),
  }));
}

function grouped(given: readonly Phrase[]): Phrases {
  const keyOf = ({ tokens, isOpen }: Phrase): string =>
    `${isOpen} ${tokens.map(({ text }) => text).join(" ")}`;
  const phrases = [...new Map(given.map((phrase) => [keyOf(phrase), phrase])).values()];
  const beginnings = phrases.filter(({ tokens, isOpen }) => isOpen && tokens.length === 1);
  return {
    byFirst: Map.groupBy(phrases, ({ first }) => first),
    beginnings: Map.groupBy(beginnings, ({ first }) => first),
    lengths: new Set(beginnings.map(({ first }) => first.length)),
  };
}

function isFoundBy({ keyword, prefix }: KeywordTerm, text: string): boolean {
  const wanted = keywordToken(keyword);
  const token = keywordToken(text);
  return prefix ? token.startsWith(wanted) : token === wanted;
}

/** Where any of the phrases stands. */
function spansOf(text: string, phrases: Phrases): Span[] {
  if (phrases.byFirst.size === 0) return [];
  const tokens = tokensOf(text, "index");
  return tokens.flatMap((first, at) => {
    const found = candidates(phrases, first.text).filter((phrase) => standsAt(tokens, at, phrase));
    return found.map((phrase) => ({ start: first.start, end: endOf(tokens, at, phrase) }));
  });
}

function candidates({ byFirst, beginnings, lengths }: Phrases, text: string): readonly Phrase[] {
  const found = [...lengths].flatMap((length) =>
    length < text.length ? (beginnings.get(text.slice(0, length)) ?? []) : [],
  );
  return found.concat(byFirst.get(text) ?? []);
}

function standsAt(tokens: readonly Token[], at: number, phrase: Phrase): boolean {
  let index = at;
  for (const wanted of phrase.tokens) {
    if (tokens[index]?.text !== wanted.text) break;
    index++;
  }
  const left = at + phrase.tokens.length - index;
  if (left !== 1 || !phrase.isOpen) return left === 0;
  return tokens[index]?.text.startsWith(phrase.tokens.at(-1)?.text ?? "") === true;
}

/** The end of a match. Where one character stands for a pair, it is that of the character: where the next pair begins. */
function endOf(tokens: readonly Token[], at: number, phrase: Phrase): number {
  const wanted = phrase.tokens.at(-1);
  const [last, next] = tokens.slice(at + phrase.tokens.length - 1, at + phrase.tokens.length + 1);
  if (last === undefined) return 0;
  const isHalf = wanted !== undefined && standsForPairs(wanted) && wanted.text !== last.text;
  return isHalf && next !== undefined && next.start > last.start ? next.start : last.end;
}

/** A text with marks around spans, which come in the order of their beginnings. */
function marked(text: string, spans: readonly Span[], { open, close }: Marks): string | null {
  const [first, ...others] = spans;
  if (first === undefined) return null;
  const parts: string[] = [];
  let written = 0;
  let { start, end } = first;
  const write = (): void => {
    parts.push(text.slice(written, start), open, text.slice(start, end), close);
    written = end;
  };
  for (const span of others) {
    if (span.start > end) {
      write();
      ({ start, end } = span);
    } else end = Math.max(end, span.end);
  }
  write();
  return parts.join("") + text.slice(written);
}
