import { jsonBytes } from "../../core/errors.ts";

/** How many bytes the text of an answer to an agent may have as JSON: what a language model reads in one go. */
export const mostAnswerBytes = 64 * 1024;

/** Room for what stands beside the items of an answer: notes, the longest cursor, a token. */
const besidesItems = 16 * 1024;

/** How many fields of an object are shown, and how many characters of the name of each. */
const mostMembers = 64;

/**
 * A text as an agent is shown it: one of more characters is cut, and says so at its end, so that nobody takes the beginning
 * for the whole.
 */
export function shortenedText(text: string, mostCharacters: number): string {
  const whole = text.toWellFormed();
  // Few texts have more units than they may have characters; only these are counted.
  if (whole.length <= mostCharacters) return whole;
  const characters = Array.from(whole);
  if (characters.length <= mostCharacters) return whole;
  return `${characters.slice(0, mostCharacters).join("")}… [cut: ${mostCharacters} of ${characters.length} characters]`;
}

/** Any JSON value as an agent is shown it: texts are cut, and what is still long is shown as the beginning of its JSON. */
export function shortenedValue(value: unknown, mostCharacters: number): unknown {
  if (typeof value === "string") return shortenedText(value, mostCharacters);
  if (typeof value !== "object" || value === null) return value;
  const json = JSON.stringify(value);
  return json.length <= mostCharacters ? value : shortenedText(json, mostCharacters);
}

/** How long the fields of an object may be in an answer: each by itself, and all together as JSON. */
export interface FieldLimits {
  readonly characters: number;
  readonly bytes: number;
}

/** The fields of an object as an agent is shown them, and how many are left out. */
export function shortenedFields(
  fields: Readonly<Record<string, unknown>>,
  { characters, bytes }: FieldLimits,
): { readonly fields: Record<string, unknown>; readonly leftOut: number } {
  const entries = Object.entries(fields);
  const short = entries
    .slice(0, mostMembers)
    .map(([name, value]) => [shortenedText(name, mostMembers), shortenedValue(value, characters)] as const);
  const shown = fittingWithin(short, bytes);
  return { fields: Object.fromEntries(shown), leftOut: entries.length - shown.length };
}

/** The first of some items, as many as an answer has room for: at least one, where there is one. */
export function fittingAnswer<T>(items: readonly T[]): T[] {
  return fittingWithin(items, mostAnswerBytes - besidesItems);
}

function fittingWithin<T>(items: readonly T[], bytes: number): T[] {
  let room = bytes;
  const fitting: T[] = [];
  for (const item of items) {
    room -= jsonBytes(item) + 1;
    if (room < 0 && fitting.length > 0) break;
    fitting.push(item);
  }
  return fitting;
}
