import { validationError } from "../../core/errors.ts";
import type { MediaObject } from "../../db/media/record.ts";
import type { Services } from "../../services.ts";
import { rewriteAndDecide, type Rewriting } from "../metadata/change.ts";
import { revertedDecision, revertible } from "../suggestions/take-back.ts";
import { wordsAt } from "./history.ts";

/**
 * Brings the words of an earlier revision back as a new revision, as they were: rules that are younger do not count. Words
 * that are the same to the byte are not written again. Suggestions that were taken since wait again. Throws
 * `validation_error` for a revision that is not known.
 */
export async function revertMedia(
  services: Services,
  { revision, ...rewriting }: Rewriting & { readonly revision: number },
): Promise<MediaObject> {
  const db = services.db.primary();
  return rewriteAndDecide(services, rewriting, async (media) => {
    const words = await wordsAt(db, media, revision);
    if (words === null) throw unknownRevision(media.revision);
    if (JSON.stringify(words) === JSON.stringify(media.objectMetadata))
      return { words: null, decision: null };
    const made = services.suggester === null ? undefined : (await revertible(db, [media.id])).get(media.id);
    const reverted = { before: media.objectMetadata, words, operation: null };
    return { words, decision: made === undefined ? null : revertedDecision(made, reverted) };
  });
}

function unknownRevision(newest: number): Error {
  const message = `is not a revision in the history of the media object, whose newest revision is ${newest}`;
  return validationError([{ path: "revision", message }]);
}
