/** The fields that the service's language of search knows; see `q` of `GET /v1/search`. */
export const searchFields = ["keyword", "camera", "folder", "taken", "has"] as const;

/** One of {@link searchFields}. */
export type SearchField = (typeof searchFields)[number];

/** A term as it stands in the text of the search field. Places are in units of UTF-16. */
export interface Unit {
  readonly start: number;
  readonly end: number;
  /** Whether a dash stands before it. */
  readonly isNegated: boolean;
  /** Null for plain words and phrases. */
  readonly field: SearchField | null;
  /** Where the value begins: behind the dash and the name of a field; its quotes are a part of it. */
  readonly valueStart: number;
  /** Whether it has an opening quote without a closing one, so that it ends with the text. */
  readonly isOpen: boolean;
}

/** Every character that opens and closes a phrase. */
const quote = '"“”„‟«»＂';

/**
 * Perhaps a dash, what has neither spaces nor quotes, and perhaps something in quotes right behind it: the same as the
 * service reads, see `GET /v1/search`.
 */
const terms = /(-?)([^\s"“”„‟«»＂]*)(?:(["“”„‟«»＂][^"“”„‟«»＂]*)(["“”„‟«»＂]?)(\**))?/gu;

/** The terms of a text, in order; spaces between them are in none. */
export function unitsOf(text: string): Unit[] {
  return Array.from(text.matchAll(terms)).flatMap((match) => {
    const { 0: all, 1: dash = "", 2: bare = "", 3: quoted, 4: closing, index } = match;
    if (all === "") return [];
    const end = index + all.length;
    const isOpen = quoted !== undefined && closing === "";
    const first = unitOf({ start: index, dash, bare, end, isOpen });
    // What has quotes right behind it is a term of its own, unless it is the name of a field.
    if (quoted === undefined || bare === "" || bare.endsWith(":")) return [first];
    const parting = index + dash.length + bare.length;
    return [
      { ...first, end: parting, isOpen: false },
      { start: parting, end, isNegated: false, field: null, valueStart: parting, isOpen },
    ];
  });
}

/** Whether a text has a character that opens or closes a phrase. */
export function hasQuote(text: string): boolean {
  return Array.from(text).some((character) => quote.includes(character));
}

/** A text without the characters that open and close a phrase. */
export function withoutQuotes(text: string): string {
  return Array.from(text, (character) => (quote.includes(character) ? " " : character)).join("");
}

interface Parts {
  readonly start: number;
  readonly dash: string;
  readonly bare: string;
  readonly end: number;
  readonly isOpen: boolean;
}

function unitOf({ start, dash, bare, end, isOpen }: Parts): Unit {
  const colon = bare.indexOf(":");
  const name = bare.slice(0, Math.max(0, colon)).toLowerCase();
  const field = searchFields.find((each) => each === name) ?? null;
  const valueStart = start + dash.length + (field === null ? 0 : colon + 1);
  return { start, end, isNegated: dash !== "", field, valueStart, isOpen };
}
