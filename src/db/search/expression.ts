import { inNormalForm } from "../../core/text/normal-form.ts";
import { standsForPairs, type Token, tokensOf } from "../../core/text/search-tokens.ts";
import { everyRecord, keywordToken, type Tag, taggedTokens, tags } from "./index-text.ts";
import type {
  CameraTerm,
  FolderTerm,
  HasTerm,
  KeywordTerm,
  SearchQuery,
  TakenTerm,
  TextTerm,
} from "./terms.ts";

/** What a query asks of the full-text index, and what it asks of the rows. */
export interface MatchExpressions {
  /** A MATCH expression of FTS5 for all that the words, keywords and cameras of the query find. */
  readonly all: string;
  /** The same for what has all its words in description and keywords; null for a query without words. */
  readonly words: string | null;
  /** The same for whatever is not found by {@link words}; it may find some of that again. Null likewise. */
  readonly others: string | null;
  /** Whether the index is asked for nothing, so that {@link all} finds every record. */
  readonly isUnbounded: boolean;
  readonly folders: readonly FolderCondition[];
  readonly taken: readonly TakenTerm[];
  readonly has: readonly HasTerm[];
}

/** Records with an object key that begins so, in NFC and byte by byte; or those without. */
interface FolderCondition {
  readonly prefix: string;
  readonly negated: boolean;
}

/** A term that the index answers. */
type IndexTerm = TextTerm | KeywordTerm | CameraTerm;

/** What a query asks for, told apart by who can answer it. */
export function matchExpressions({ terms }: SearchQuery): MatchExpressions {
  const indexed = indexedOf(terms);
  const wanted = indexed.filter(isWanted).length;
  const all = expression(indexed, anywhere);
  return {
    all,
    words: wanted > 0 ? expression(indexed, inWords) : null,
    // What has the one text elsewhere is found without looking for it in the words another time.
    others: wanted === 1 ? expression(indexed, elsewhere) : wanted > 0 ? all : null,
    isUnbounded: indexed.length === 0,
    folders: terms.filter((term) => term.kind === "folder").map(folderCondition),
    taken: terms.filter((term) => term.kind === "taken"),
    has: terms.filter((term) => term.kind === "has"),
  };
}

/** What finds a query among words that are only suggested. */
export interface SuggestedExpressions {
  readonly match: string;
  /** What of a record's own words rules it out; null for nothing. */
  readonly unwanted: string | null;
}

/** What finds a query among suggested words; null for a query that asks for no words, or for a camera. */
export function suggestedExpressions({ terms }: SearchQuery): SuggestedExpressions | null {
  const indexed = indexedOf(terms);
  const wanted = indexed.filter(({ negated }) => !negated);
  if (wanted.length === 0 || wanted.some(({ kind }) => kind === "camera")) return null;
  return { match: expression(indexed, inWords), unwanted: unwantedOf(indexed) };
}

function indexedOf(terms: SearchQuery["terms"]): IndexTerm[] {
  return terms.filter((term) => term.kind === "text" || term.kind === "keyword" || term.kind === "camera");
}

function isWanted({ kind, negated }: IndexTerm): boolean {
  return kind === "text" && !negated;
}

function folderCondition({ path, negated }: FolderTerm): FolderCondition {
  return { prefix: inNormalForm(path), negated };
}

/**
 * All terms in one expression (https://sqlite.org/fts5.html#full_text_query_syntax). Of AND and of OR any number may stand
 * in a row without nesting, of which FTS5 takes 256 levels; NOT takes one on either side, so there is one of it.
 */
function expression(terms: readonly IndexTerm[], ofText: (term: TextTerm) => string): string {
  const positive = terms.filter(({ negated }) => !negated);
  const wanted = new Set(positive.map((term) => (term.kind === "text" ? ofText(term) : inField(term))));
  const unwanted = unwantedOf(terms);
  const head = wanted.size === 0 ? phrase(everyRecord, false) : [...wanted].join(" AND ");
  return unwanted === null ? head : `(${head}) NOT (${unwanted})`;
}

function unwantedOf(terms: readonly IndexTerm[]): string | null {
  const unwanted = new Set(
    terms
      .filter(({ negated }) => negated)
      .map((term) => (term.kind === "text" ? anywhere(term) : inField(term))),
  );
  return unwanted.size === 0 ? null : [...unwanted].join(" OR ");
}

function anywhere(term: TextTerm): string {
  const texts = [tags.words, tags.camera, tags.other].map((tag) => taggedPhrase(term, tag));
  return `(${texts.join(" OR ")})`;
}

function inWords(term: TextTerm): string {
  return taggedPhrase(term, tags.words);
}

function elsewhere(term: TextTerm): string {
  return `(${[tags.camera, tags.other].map((tag) => taggedPhrase(term, tag)).join(" OR ")})`;
}

function inField(term: KeywordTerm | CameraTerm): string {
  return term.kind === "camera" ? ofCamera(term) : phrase(keywordToken(term.keyword), term.prefix);
}

/** How many words a maker's name has at the most: "OLYMPUS IMAGING CORP." has three. */
const mostMakerWords = 3;

/**
 * A camera is called by its maker and its model, and the index has a border between the two: a phrase may also begin with
 * a maker and go on with a model.
 */
function ofCamera(term: CameraTerm): string {
  const tokens = tokensOf(term.text, "query");
  const isOpen = isOpenEnded(tokens, term.prefix);
  const part = (from: number, end: number, isPrefix: boolean): string =>
    phrase(taggedTokens(tokens.slice(from, end), tags.camera), isPrefix);
  const parted = Array.from(
    { length: Math.min(mostMakerWords, tokens.length - 1) },
    (_, index) => `(${part(0, index + 1, false)} AND ${part(index + 1, tokens.length, isOpen)})`,
  );
  const whole = part(0, tokens.length, isOpen);
  return parted.length === 0 ? whole : `(${[whole, ...parted].join(" OR ")})`;
}

function taggedPhrase({ text, prefix }: TextTerm, tag: Tag): string {
  const tokens = tokensOf(text, "query");
  return phrase(taggedTokens(tokens, tag), isOpenEnded(tokens, prefix));
}

/** Whether the last token of a query's phrase may go on: where the query says so, or as it stands for pairs. */
export function isOpenEnded(tokens: readonly Token[], isPrefix: boolean): boolean {
  const last = tokens.at(-1);
  return isPrefix || (last !== undefined && standsForPairs(last));
}

/** Tokens have no quotes in them: these are letters, numbers, marks, pictures and characters of private use. */
function phrase(tokens: string, isPrefix: boolean): string {
  return isPrefix ? `"${tokens}" *` : `"${tokens}"`;
}
