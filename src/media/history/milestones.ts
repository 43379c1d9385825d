import type { ObjectMetadata } from "../../db/media/record.ts";
import { makeBackPatch, type BackPatch } from "./back-patch.ts";

/**
 * Each so many revisions the whole of the words before is kept, so that the words of any revision are no more patches
 * away, however long the history is. That costs a change, in the mean, one part in so many of the words.
 */
export const milestoneEach = 64;

/** The patch that the change which makes this revision keeps: the way back, or all words before. */
export function patchOfRevision(revision: number, before: ObjectMetadata, after: ObjectMetadata): BackPatch {
  return revision % milestoneEach === 0 ? { whole: before } : makeBackPatch(before, after);
}
