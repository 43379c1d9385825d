import { sql } from "drizzle-orm";

import type { MediaObject } from "./record.ts";

/**
 * Two questions that differ by a clause and decide whether a record may go: whether it has any words at all, and whether
 * it has words of a person. Both are told of the columns of `media_objects`; the second of the table named `m`.
 */

/** Nobody's words, not even the file's: such a record is removed when its object is gone and it was never processed. */
export const hasNoWords = sql`revision = 0 AND object_metadata = '{}'`;

/** No person has written anything on it: it has no words, or only those that the file brought. */
export const hasNoPersonsWords = sql`(m.revision = 0 AND (m.object_metadata = '{}' OR m.words_from_file = 1))`;

/** The second question of a record that was read. */
export function bearsNoPersonsWords({ revision, objectMetadata, wordsFromFile }: MediaObject): boolean {
  return revision === 0 && (wordsFromFile === 1 || Object.keys(objectMetadata).length === 0);
}

/** Whether a record that was read has words, be they the file's own; below it the first question. */
export function hasOwnWords({ revision, objectMetadata }: MediaObject): boolean {
  return revision > 0 || Object.keys(objectMetadata).length > 0;
}
