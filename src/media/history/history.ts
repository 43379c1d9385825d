import type { Database } from "../../db/connection.ts";
import { revisionsOf, wholeAbove, type RevisionRow } from "../../db/history/revisions.ts";
import type { MediaObject, ObjectMetadata } from "../../db/media/record.ts";
import { applyBackPatch, parseBackPatch } from "./back-patch.ts";
import { milestoneEach } from "./milestones.ts";

/** What of a record its history is read from. */
export type RememberedMedia = Pick<MediaObject, "id" | "revision" | "objectMetadata" | "createdAt">;

/** A revision of a record: its words as they were from then on. */
export interface HistoryEntry {
  readonly revision: number;
  /**
   * Milliseconds since the epoch: when the change was made; of revision 0 when the record was. Null for words that are
   * older than the history that was kept.
   */
  readonly changedAt: number | null;
  /** The name of the key, or the address of the person; null for the oldest words, and where nobody told. */
  readonly changedBy: string | null;
  /** The operation that made the change; null for a change of a single record. */
  readonly operationId: string | null;
  readonly objectMetadata: ObjectMetadata;
}

/** Words of a record, and the change that made them; null for the oldest words that are known. */
interface Step {
  readonly revision: number;
  readonly words: ObjectMetadata;
  readonly change: RevisionRow | null;
}

/** How many changes are read at a time: with the longest patches these are 2 MB. */
const slice = 32;

/**
 * The entries of a record's history, the newest first, from a revision on (null for the newest). The last one is what the
 * record was created with, or the oldest words that are known. They are made one by one, so that a reader stops where it
 * has enough.
 */
export async function* readHistory(
  db: Database,
  media: RememberedMedia,
  from: number | null,
): AsyncGenerator<HistoryEntry> {
  const revision = from === null ? media.revision : Math.min(from, media.revision);
  const words = await wordsAt(db, media, revision);
  if (words === null) return;
  for await (const step of walkBack(db, media.id, { revision, words })) yield entryOf(step, media);
}

/** The words that a record had from a revision on; null where nobody knows. */
export async function wordsAt(
  db: Database,
  media: RememberedMedia,
  revision: number,
): Promise<ObjectMetadata | null> {
  if (revision === media.revision) return media.objectMetadata;
  if (revision > media.revision) return null;
  for await (const step of walkBack(db, media.id, await nearestAbove(db, media, revision))) {
    if (step.revision === revision) return step.words;
  }
  return null;
}

/** Known words at a revision or above it, and not far above it unless other code has written the history. */
async function nearestAbove(
  db: Database,
  media: RememberedMedia,
  revision: number,
): Promise<Pick<Step, "revision" | "words">> {
  const looks = 2 * milestoneEach;
  const above = await wholeAbove(db, media.id, { revision, looks });
  const [row] = above === null ? [] : await revisionsOf(db, media.id, { before: above + 1, limit: 1 });
  const whole = row === undefined ? undefined : parseBackPatch(row.patch).whole;
  return row === undefined || whole === undefined
    ? { revision: media.revision, words: media.objectMetadata }
    : { revision: row.revision - 1, words: whole };
}

/** From known words back to the oldest that are known. */
async function* walkBack(
  db: Database,
  mediaId: string,
  { revision, words }: Pick<Step, "revision" | "words">,
): AsyncGenerator<Step> {
  let [at, wordsThen] = [revision, words];
  for (let isWhole = false; !isWhole;) {
    const rows = await revisionsOf(db, mediaId, { before: at + 1, limit: slice });
    isWhole = rows.length < slice;
    for (const change of rows) {
      // A change that nobody kept is where history begins.
      if (change.revision !== at) {
        isWhole = true;
        break;
      }
      yield { revision: at, words: wordsThen, change };
      wordsThen = applyBackPatch(wordsThen, parseBackPatch(change.patch));
      at -= 1;
    }
  }
  yield { revision: at, words: wordsThen, change: null };
}

function entryOf({ revision, words, change }: Step, { createdAt }: RememberedMedia): HistoryEntry {
  return {
    revision,
    changedAt: change?.changedAt ?? (revision === 0 ? createdAt : null),
    changedBy: change?.changedBy ?? null,
    operationId: change?.operationId ?? null,
    objectMetadata: words,
  };
}
