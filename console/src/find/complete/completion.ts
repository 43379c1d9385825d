import { unitsOf, withoutQuotes, type SearchField, type Unit } from "../text/units.ts";

/** The term that the cursor is in, as far as it has been typed. */
export interface Typed {
  /** Where what a completion replaces begins and ends, in units of UTF-16; both are the cursor between terms. */
  readonly start: number;
  readonly end: number;
  readonly isNegated: boolean;
  readonly field: SearchField | null;
  /** What of the word or the value stands before the cursor, without quotes; empty where nothing does. */
  readonly value: string;
}

/** A text with the place of the cursor in it. */
export interface Edited {
  readonly text: string;
  readonly cursor: number;
}

/** What completes a term. */
export interface Completion {
  /** What is put in the place of the term; a dash before it stays. */
  readonly term: string;
  /** Whether the term is whole, so that a space is to follow; the name of a field goes on. */
  readonly isWhole: boolean;
}

/** The term that a person types who has the cursor there. */
export function typedAt(text: string, cursor: number): Typed {
  const unit = unitsOf(text).find(({ start, end }) => start < cursor && cursor <= end);
  if (unit === undefined) return { start: cursor, end: cursor, isNegated: false, field: null, value: "" };
  const { start, isNegated, field, valueStart } = unit;
  const end = unit.isOpen ? endOfWord(text, cursor, unit) : unit.end;
  if (cursor < valueStart) {
    // In the dash or the name of the field: the name alone is completed.
    const name = text.slice(start + (isNegated ? 1 : 0), cursor);
    return { start, end, isNegated, field: null, value: name };
  }
  const value = withoutQuotes(text.slice(valueStart, cursor)).trimStart();
  return { start, end, isNegated, field, value };
}

/** The text with the term completed. What stands before and behind the term stays as it is, to the letter. */
export function completed(
  text: string,
  { start, end, isNegated }: Typed,
  { term, isWhole }: Completion,
): Edited {
  const before = text.slice(0, start);
  const after = text.slice(end);
  const space = before === "" || /\s$/u.test(before) ? "" : " ";
  const put = `${before}${space}${isNegated ? "-" : ""}${term}`;
  if (/^\s/u.test(after)) return { text: put + after, cursor: put.length + (isWhole ? 1 : 0) };
  if (after === "" && !isWhole) return { text: put, cursor: put.length };
  return { text: `${put} ${after}`, cursor: put.length + (isWhole ? 1 : 0) };
}

/** A phrase that nobody has closed goes to the end of the text for the service; a person means the word that is typed. */
function endOfWord(text: string, cursor: number, { end }: Unit): number {
  const rest = text.slice(cursor, end);
  const space = rest.search(/\s/u);
  return space === -1 ? end : cursor + space;
}
