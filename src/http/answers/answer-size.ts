import { maxAnswerBytes } from "../../db/media/rows.ts";

/** What an answer holds beside its items: the longest cursor, and some numbers. */
const besidesItems = 16 * 1024;

const encoder = new TextEncoder();

/**
 * How many of these items fit an answer with MediaObjects, counted as they will be written: at least one, where there is
 * one. The database has bounded them before, but cannot tell how long escapes and links are. `beside` is what else the
 * answer holds, where that may be long.
 */
export function countFitting(items: readonly unknown[], beside: unknown = null): number {
  return fittingItems(items, beside).length;
}

/**
 * The first of some items, as {@link countFitting} counts them. Of items that are made one by one, at most one is made
 * that does not fit.
 */
export function fittingItems<T>(items: Iterable<T>, beside: unknown = null): T[] {
  const fitting: T[] = [];
  let room = maxAnswerBytes - besidesItems - bytesOf(beside);
  for (const item of items) {
    // A comma or a bracket goes with each.
    room -= bytesOf(item) + 1;
    if (room < 0 && fitting.length > 0) break;
    fitting.push(item);
  }
  return fitting;
}

function bytesOf(value: unknown): number {
  return encoder.encode(JSON.stringify(value)).length;
}
