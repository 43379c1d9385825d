import { AppError } from "../../core/errors.ts";
import { writeEdit } from "../../db/history/edits.ts";
import { findMedia } from "../../db/media/reads.ts";
import type { MediaObject, ObjectMetadata } from "../../db/media/record.ts";
import type { Services } from "../../services.ts";
import { notFound, preconditionFailed } from "../failures.ts";
import { makeEdit } from "../history/edit.ts";
import { patchMetadata, sameMetadata } from "./rules.ts";

/** Who rewrites the words of which record, and on what condition. */
export interface Rewriting {
  readonly id: string;
  /** Who makes the change: the name of a key, or the address of a person. */
  readonly by: string | null;
  /** Whether the record's revision is one that the client allows (`If-Match`). */
  readonly allows: (revision: number) => boolean;
}

/** A person's change of a record. */
export interface MetadataChange extends Rewriting {
  /** JSON Merge Patch (RFC 7396) of `object_metadata`. */
  readonly patch: Readonly<Record<string, unknown>>;
}

/** How often a change is made again on top of somebody else's; more only happens to a record under siege. */
const maxAttempts = 20;

/**
 * Applies a change to the words of a record. Concurrent changes are applied one on top of the other, so that those of
 * different fields all survive. A change that changes nothing writes nothing.
 */
export async function changeMetadata(
  services: Services,
  { patch, ...rewriting }: MetadataChange,
): Promise<MediaObject> {
  return rewriteWords(services, rewriting, ({ objectMetadata }) => {
    const metadata = patchMetadata(objectMetadata, patch);
    return sameMetadata(metadata, objectMetadata) ? null : metadata;
  });
}

/**
 * Gives a record the words that follow from the record as it is, as a revision; null leaves it as it is. `words` is asked
 * again where somebody was faster.
 */
export async function rewriteWords(
  services: Services,
  { id, by, allows }: Rewriting,
  words: (media: MediaObject) => ObjectMetadata | null | Promise<ObjectMetadata | null>,
): Promise<MediaObject> {
  const db = services.db.primary();
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const media = await findMedia(db, id);
    if (media === null) throw notFound(id);
    if (!allows(media.revision)) throw preconditionFailed(media.revision);
    const metadata = await words(media);
    if (metadata === null) return media;
    const edit = await makeEdit(media, metadata, "alone");
    const changed = await writeEdit(db, edit, { by, now: Date.now(), operation: null });
    if (changed !== null) return changed;
  }
  throw new AppError(
    "database_unavailable",
    "Too many requests are changing the media object at this moment. Try again.",
    {
      retryAfterSeconds: 1,
    },
  );
}
