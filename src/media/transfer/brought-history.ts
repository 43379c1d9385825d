import type { ObjectMetadata } from "../../db/media/record.ts";
import type { WordsOfRecord } from "../../db/transfer/matching.ts";
import type { BroughtRevision } from "../../db/transfer/take-histories.ts";
import { applyBackPatch, parseBackPatch, type BackPatch } from "../history/back-patch.ts";
import { metadataLimits } from "../metadata/rules.ts";
import type { LineHistory } from "./import-line.ts";
import { unrestorable } from "./restorable.ts";

/**
 * The words before some revisions, newest first, from those after them; null where a patch does not fit, or leads to words
 * that nobody could bring back, as they may not be kept.
 */
export function walkBack(
  words: ObjectMetadata,
  revisions: readonly Pick<BroughtRevision, "patch">[],
): ObjectMetadata | null {
  try {
    let before = words;
    // A patch brings no more bytes than it has itself: the words are measured only where the sum says too much.
    let mostBytes = bytesOf(JSON.stringify(words));
    for (const { patch: json } of revisions) {
      const patch = parseBackPatch(json);
      before = applyBackPatch(before, patch);
      mostBytes += bytesOf(json);
      if (mostBytes > metadataLimits.serialisedBytes) mostBytes = bytesOf(JSON.stringify(before));
      if (mostBytes > metadataLimits.serialisedBytes || !isRestorable(patch)) return null;
    }
    return before;
  } catch {
    return null;
  }
}

/** Whether what a patch brings may be kept. */
function isRestorable({ whole = {}, set = {}, put = [] }: BackPatch): boolean {
  return [whole, set, { keywords: put }].every((brought) => unrestorable(brought) === null);
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** What the history of a line is to that of a record. */
export type HistoryFit =
  /** It goes on where that of the record ends: these revisions are missing there. */
  | { readonly kind: "continues"; readonly missing: readonly BroughtRevision[] }
  /** Both end with the same revision. */
  | { readonly kind: "same" }
  /** The record has another history, or what it has in common with the line's cannot be told. */
  | { readonly kind: "other" };

/**
 * Compares the history of a line with that of a record. A record that no person has changed has none, so that any history
 * goes on from there. Otherwise the line must have the record's newest revision, and the record's words at it.
 */
export function fitOfHistory(
  record: WordsOfRecord,
  words: ObjectMetadata,
  { revision, revisions }: LineHistory,
): HistoryFit {
  // A history whose newest revision is not known cannot be taken along.
  if ((revisions[0]?.revision ?? 0) !== revision) return { kind: "other" };
  if (record.revision === 0) {
    const isNothing = revision === 0 && JSON.stringify(words) === record.json;
    return isNothing ? { kind: "same" } : { kind: "continues", missing: revisions };
  }
  const place = revisions.findIndex((each) => each.revision === record.revision);
  const shared = revisions[place];
  if (shared === undefined || !isNewestOf(record, shared)) return { kind: "other" };
  const missing = revisions.slice(0, place);
  if (JSON.stringify(walkBack(words, missing)) !== record.json) return { kind: "other" };
  return missing.length === 0 ? { kind: "same" } : { kind: "continues", missing };
}

function isNewestOf({ newest }: WordsOfRecord, revision: BroughtRevision): boolean {
  return (
    newest !== null &&
    newest.changedAt === revision.changedAt &&
    newest.changedBy === revision.changedBy &&
    newest.operationId === revision.operationId &&
    newest.patchBytes === bytesOf(revision.patch)
  );
}
