import { newMediaId } from "../../core/media-id.ts";
import { validationError } from "../../core/errors.ts";
import { writeAllEdits } from "../../db/history/edits.ts";
import { findManyMedia } from "../../db/media/reads.ts";
import type { MediaObject } from "../../db/media/record.ts";
import type { Services } from "../../services.ts";
import { changing, cannotUnite } from "../failures.ts";
import { makeEdit } from "../history/edit.ts";
import { uniteWords, whyTooMuch, type WordsConflict } from "./unite-words.ts";

/** Records whose words are to be united. */
export interface Union {
  /** Two or more, each once, as clients spell them. */
  readonly ids: readonly string[];
  readonly by: string | null;
  /** Whether nothing is to be written. */
  readonly dryRun: boolean;
}

/** What uniting came to. */
export interface UnionOutcome {
  /** Null where nothing was written. */
  readonly operationId: string | null;
  readonly updated: number;
  readonly unchanged: number;
  readonly conflicts: readonly WordsConflict[];
}

/** How often a union is made anew on top of what somebody else has written. */
const maxAttempts = 5;

/**
 * Gives each record the words of all, in one transaction. Throws `validation_error` for ids that no record has, and
 * `merge_conflict` where a record would have more words than it may.
 */
export async function uniteMedia(services: Services, { ids, by, dryRun }: Union): Promise<UnionOutcome> {
  const db = services.db.primary();
  const operation = { id: newMediaId(), kind: "unite", reverts: null, details: null } as const;
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const media = inOrder(ids, await findManyMedia(db, ids));
    const { words, conflicts } = uniteWords(media.map(({ objectMetadata }) => objectMetadata));
    const united = media.map((each, index) => ({ media: each, words: words[index] ?? each.objectMetadata }));
    const changed = united.filter(
      (each) => JSON.stringify(each.words) !== JSON.stringify(each.media.objectMetadata),
    );
    for (const each of changed) {
      const problem = whyTooMuch(each.media.id, each.words);
      if (problem !== null) throw cannotUnite(problem);
    }
    const counts = { updated: changed.length, unchanged: media.length - changed.length, conflicts };
    if (dryRun || changed.length === 0) return { operationId: null, ...counts };
    const edits = await Promise.all(
      changed.map(async (each) => makeEdit(each.media, each.words, "to operation")),
    );
    const written = await writeAllEdits(db, edits, { by, now: Date.now(), operation });
    if (written !== null) return { operationId: operation.id, ...counts };
  }
  throw changing();
}

function inOrder(ids: readonly string[], found: readonly MediaObject[]): MediaObject[] {
  const byId = new Map(found.map((media) => [media.id, media]));
  const unknown = ids.flatMap((id, index) =>
    byId.has(id) ? [] : [{ path: `ids.${index}`, message: "no media object has this id" }],
  );
  if (unknown.length > 0) throw validationError(unknown);
  return ids.flatMap((id) => byId.get(id) ?? []);
}
