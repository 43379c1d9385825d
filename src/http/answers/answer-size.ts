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
  let room = maxAnswerBytes - besidesItems - encoder.encode(JSON.stringify(beside)).length;
  const beyond = items.findIndex((item) => {
    // A comma or a bracket goes with each.
    room -= encoder.encode(JSON.stringify(item)).length + 1;
    return room < 0;
  });
  return beyond === -1 ? items.length : Math.max(1, beyond);
}
