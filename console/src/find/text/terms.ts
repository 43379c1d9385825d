import { hasQuote, unitsOf, withoutQuotes } from "./units.ts";

/** What the names of keywords, cameras and folders cannot have if they are to be written as terms. */
const unwritable = /[\r\n\0]/;

/**
 * A keyword, a camera or a folder as a term of the service's language of search; null for what this language cannot say,
 * such as a keyword with a quotation mark in it. The value is in quotes always: without them the last word of a text
 * would be the beginning of a word.
 *
 * @param value - A folder's has the slash at its end, as the service gives it.
 */
export function termOf(field: "keyword" | "camera" | "folder", value: string): string | null {
  // The words of a camera are searched for, so that quotation marks between them do not count.
  const written = field === "camera" ? withoutQuotes(value).trim() : value;
  const isWritable =
    written.trim() !== "" &&
    !hasQuote(written) &&
    !unwritable.test(written) &&
    // A slash at the front is what people write for the root.
    !(field === "folder" && written.startsWith("/"));
  return isWritable ? `${field}:"${written}"` : null;
}

/** Whether a text has a term, written in this way. */
export function hasTerm(text: string, term: string): boolean {
  return spanOf(text, term) !== null;
}

/** A text with one term more at its end. A phrase that is open is closed before. */
export function withTerm(text: string, term: string): string {
  const isOpen = unitsOf(text).at(-1)?.isOpen ?? false;
  const before = isOpen ? `${text}"` : text.trimEnd();
  return before === "" ? term : `${before} ${term}`;
}

/** A text without a term; the same text where it has no such term. */
export function withoutTerm(text: string, term: string): string {
  const span = spanOf(text, term);
  return span === null ? text : joined(text.slice(0, span.start), text.slice(span.end));
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function spanOf(text: string, term: string): Span | null {
  return unitsOf(text).find(({ start, end }) => text.slice(start, end) === term) ?? null;
}

function joined(before: string, after: string): string {
  const [first, last] = [before.trimEnd(), after.trimStart()];
  return first === "" || last === "" ? first + last : `${first} ${last}`;
}
