import { AppError } from "../../core/errors.ts";
import { writeDecisions, writeEdit } from "../../db/history/edits.ts";
import { findMedia } from "../../db/media/reads.ts";
import type { MediaObject, ObjectMetadata } from "../../db/media/record.ts";
import type { Decision } from "../../db/suggestions/decisions.ts";
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
  rewriting: Rewriting,
  words: (media: MediaObject) => ObjectMetadata | null,
): Promise<MediaObject> {
  return rewriteAndDecide(services, rewriting, (media) => ({ words: words(media), decision: null }));
}

/** What becomes of a record: other words, a decision on its suggestions, both, or nothing. */
export interface Rewrite {
  readonly words: ObjectMetadata | null;
  readonly decision: Decision | null;
}

/** The same with a decision on the suggestions for the record: both are written, or neither is. */
export async function rewriteAndDecide(
  services: Services,
  { id, by, allows }: Rewriting,
  rewrite: (media: MediaObject) => Rewrite | Promise<Rewrite>,
): Promise<MediaObject> {
  const db = services.db.primary();
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const media = await findMedia(db, id);
    if (media === null) throw notFound(id);
    if (!allows(media.revision)) throw preconditionFailed(media.revision);
    const { words, decision } = await rewrite(media);
    const authorship = { by, now: Date.now(), operation: null };
    if (words !== null) {
      const edit = await makeEdit(media, words, "alone");
      const changed = await writeEdit(db, { ...edit, decision }, authorship);
      if (changed !== null) return changed;
    } else if (decision === null) return media;
    else {
      const { revision } = media;
      const written = await writeDecisions(db, [{ id, revision, decision }], authorship);
      const changed = written.length === 0 ? null : await findMedia(db, id);
      if (changed !== null) return changed;
    }
  }
  throw new AppError(
    "database_unavailable",
    "Too many requests are changing the media object at this moment. Try again.",
    {
      retryAfterSeconds: 1,
    },
  );
}
