import type { Trace } from "../../db/history/traces.ts";
import type { ObjectMetadata } from "../../db/media/record.ts";
import { applyBackPatch, parseBackPatch } from "../history/back-patch.ts";
import { hashOfWords } from "../history/words-hash.ts";

/**
 * The words that a record had before an operation, if it has words now that the operation left; else null. `traces` are
 * what the operation left on the record, the newest first. Where it made several revisions in a row, the way leads back
 * over all of them; where somebody has edited in between, it ends with their words.
 */
export async function wordsBefore(
  words: ObjectMetadata,
  traces: readonly Trace[],
): Promise<ObjectMetadata | null> {
  const hash = await hashOfWords(words);
  const own = ownTraces(traces);
  const first = own.findIndex(({ wordsHash }) => wordsHash === hash);
  let before: ObjectMetadata | null = null;
  let expected: number | null = null;
  for (const { revision, patch } of first === -1 ? [] : own.slice(first)) {
    if (before !== null && (revision === null || revision !== expected)) break;
    before = applyBackPatch(before ?? words, parseBackPatch(patch));
    expected = revision === null ? null : revision - 1;
  }
  return before;
}

/** Those that the operation has left itself; others have come to the record with the history of another. */
export function ownTraces(traces: readonly Trace[]): Trace[] {
  return traces.filter(({ wordsHash }) => wordsHash !== null);
}
