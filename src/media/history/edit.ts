import type { Edit } from "../../db/history/edits.ts";
import type { MediaObject, ObjectMetadata } from "../../db/media/record.ts";
import { patchOfRevision } from "./milestones.ts";
import { hashOfWords } from "./words-hash.ts";

/** What of a record an edit is made from. */
export type EditedMedia = Pick<MediaObject, "id" | "revision" | "change" | "objectMetadata">;

/** The edit that gives a record these words; with the hash of the words, if the edit is to be part of an operation. */
export async function makeEdit(
  media: EditedMedia,
  metadata: ObjectMetadata,
  belongs: "alone" | "to operation",
): Promise<Edit> {
  return {
    id: media.id,
    revision: media.revision,
    change: media.change,
    metadata,
    patch: JSON.stringify(patchOfRevision(media.revision + 1, media.objectMetadata, metadata)),
    wordsHash: belongs === "alone" ? null : await hashOfWords(metadata),
    decision: null,
  };
}
