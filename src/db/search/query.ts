import { tokensOf } from "../../core/text/search-tokens.ts";
import { fieldTerm, writtenPeriod } from "./fields.ts";
import type { SearchQuery, SearchTerm } from "./terms.ts";

/**
 * What a person types at a time: perhaps a dash, what has neither spaces nor quotes, and perhaps something in quotes right
 * behind it. Every kind of quote opens and closes, as „German“, “English”, «French» and »Danish« have them the other way
 * round from one another. A quote that nothing closes ends with the text.
 */
const units = /(-?)([^\s"“”„‟«»＂]*)(?:["“”„‟«»＂]([^"“”„‟«»＂]*)["“”„‟«»＂]?(\**))?/gu;

/** One term as it was typed. */
interface Unit {
  readonly negated: boolean;
  /** The name of a field, and, without quotes, its value; all that has no quotes; empty for a phrase. */
  readonly bare: string;
  readonly quoted: string | null;
  /** Whether an asterisk stands behind the quotes. */
  readonly isStarred: boolean;
  /** Whether the text ends with the unit, and without a quote. */
  readonly isLast: boolean;
}

/**
 * The language of search. Every text is a query: what is nothing else is plain text.
 *
 * - `beach summer`: both words; `"white beach"`: one behind the other; a word in which several words are found, as
 *   `IMG_0042`, is such a phrase;
 * - `bea*`, `"white bea"*`: words that begin so. The last word of the text does so by itself as long as it is typed:
 *   without quotes, a space or punctuation behind it, and unless it is an exclusion;
 * - `-beach`: not with that; before every kind of term;
 * - `keyword:beach`, `keyword:"new york"`, `keyword:bea*`, `camera:nikon`, `folder:2024/beach`, `taken:2024-07`,
 *   `taken:2024-07-14..`, `has:location`: fields, see src/db/search/terms.ts. A field that does not exist, or with a
 *   value that is none of its own, is plain text.
 */
export function parseQuery(text: string): SearchQuery {
  return { terms: unitsOf(text).flatMap((unit) => termOf(unit) ?? []) };
}

/** A query as text, that is parsed to the same query. */
export function formatQuery({ terms }: SearchQuery): string {
  return terms.map((term) => (term.negated ? "-" : "") + written(term)).join(" ");
}

function unitsOf(text: string): Unit[] {
  return Array.from(text.matchAll(units)).flatMap((match) => {
    const { 0: all, 1: dash, 2: bare = "", 3: quoted, 4: stars = "", index } = match;
    const isLast = quoted === undefined && index + all.length === text.length;
    const unit = { negated: dash === "-", bare, quoted: quoted ?? null, isStarred: stars !== "", isLast };
    if (quoted === undefined || bare === "" || bare.endsWith(":")) return [unit];
    return [
      { ...unit, quoted: null, isStarred: false },
      { ...unit, bare: "", negated: false },
    ];
  });
}

function termOf({ negated, bare, quoted, isStarred, isLast }: Unit): SearchTerm | null {
  const whole = bare + (quoted ?? "");
  const text = quoted === null ? withoutStars(whole) : whole;
  const isTyped = isLast && !negated && /[\p{L}\p{N}\p{M}]$/u.test(text.slice(-2));
  const prefix = isStarred || text.length < whole.length || isTyped;
  const colon = bare.indexOf(":") + 1;
  const value = { whole: whole.slice(colon), text: text.slice(colon), prefix, negated };
  const field = colon === 0 ? null : fieldTerm(bare.slice(0, colon - 1), value);
  if (field !== null) return field;
  return tokensOf(text, "query").length === 0 ? null : { kind: "text", text, prefix, negated };
}

function withoutStars(text: string): string {
  let end = text.length;
  while (text.charAt(end - 1) === "*") end--;
  return text.slice(0, end);
}

function written(term: SearchTerm): string {
  if (term.kind === "has") return `has:${term.field}`;
  if (term.kind === "taken") return `taken:${writtenPeriod(term)}`;
  if (term.kind === "folder") return `folder:"${term.path}"`;
  const stars = term.prefix ? "*" : "";
  if (term.kind === "keyword") return `keyword:"${term.keyword}"${stars}`;
  return `${term.kind === "camera" ? "camera:" : ""}"${term.text}"${stars}`;
}
