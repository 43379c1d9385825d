import { z } from "zod";

import { newMediaId } from "../../core/media-id.ts";
import { validationError } from "../../core/errors.ts";
import type { Database } from "../../db/connection.ts";
import { findMedia } from "../../db/media/reads.ts";
import type { MediaObject, ObjectMetadata } from "../../db/media/record.ts";
import { countRevisions, heldObject, linkMedia } from "../../db/trash/relink.ts";
import type { Services } from "../../services.ts";
import { cannotUnite, changing, notFound } from "../failures.ts";
import { makeBackPatch } from "../history/back-patch.ts";
import { hashOfWords } from "../history/words-hash.ts";
import { wantWords } from "../suggestions/want.ts";
import { giveHeldBack, holdPreview } from "../thumbnails/held.ts";
import { copyThumbnail, takeBackUnlessShown } from "../thumbnails/keep.ts";
import { previewVariant, variantName } from "../thumbnails/variant.ts";
import { queueProcessing } from "../upload/queue-processing.ts";
import { uniteWords, whyTooMuch, type WordsConflict } from "./unite-words.ts";

/**
 * What an operation keeps that has given an object from one record to another, for its way back: `linked` where the
 * record `id` has taken the object of `to`, and was at `place` before; `parted` where it has given it back.
 */
export const relinkDetails = z.discriminatedUnion("effect", [
  z.object({
    effect: z.literal("linked"),
    id: z.string(),
    to: z.string(),
    place: heldObject,
    /** The run that had made of `to` what it was. */
    run: heldObject.pick({ runId: true, runChange: true }),
    /** The revision that the record had before. */
    revision: z.number(),
  }),
  z.object({ effect: z.literal("parted"), id: z.string(), to: z.string() }),
]);

/** See {@link relinkDetails}. */
export type RelinkDetails = Readonly<z.infer<typeof relinkDetails>>;

/** A record that is to take the object of another. */
export interface Relink {
  readonly id: string;
  readonly to: string;
  readonly by: string | null;
}

/** What relinking came to. */
export interface RelinkOutcome {
  readonly operationId: string;
  readonly media: MediaObject;
  readonly conflicts: readonly WordsConflict[];
}

/** How often a relink is tried again on top of what somebody else has written. */
const maxAttempts = 5;

/**
 * Lets a missing record take the object of another, whose words and revisions come along, and which is hidden from then
 * on. Throws `resource_not_found` for an id that no record has, `validation_error` for such a `to`, and `merge_conflict`
 * where the one is not missing, the other is, or the words of both are too many for one.
 */
export async function relinkMedia(services: Services, { id, to, by }: Relink): Promise<RelinkOutcome> {
  if (id === to) throw validationError([{ path: "to", message: "is the media object itself" }]);
  const db = services.db.primary();
  const operation = { id: newMediaId(), kind: "relink", reverts: null } as const;
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const [media, other] = [await findMedia(db, id), await findMedia(db, to)];
    if (media === null) throw notFound(id);
    if (other === null) throw validationError([{ path: "to", message: "no media object has this id" }]);
    if (media.missingSince === null) throw cannotUnite(`The media object ${id} is not missing.`);
    if (other.missingSince !== null) throw cannotUnite(`The media object ${to} is missing itself.`);
    const linking = await linkOf(db, { media, to: other });
    if (linking.problem !== null) throw cannotUnite(linking.problem);
    const { link, details, conflicts } = linking;
    const authorship = { by, now: Date.now(), operation: { ...operation, details } };
    if (!(await linkMedia(db, link, authorship))) continue;
    await tidyThumbnails(services, link.media.id, other, { holds: media });
    const linked = await findMedia(db, id);
    if (linked !== null) return { operationId: operation.id, media: linked, conflicts };
  }
  throw changing();
}

/**
 * What is to be written for a record to take the object of another, and what of the words was left; `own` are the words of
 * the record that those of the other are united into.
 */
export async function linkOf(
  db: Database,
  { media, to }: { readonly media: MediaObject; readonly to: MediaObject },
  own: ObjectMetadata = media.objectMetadata,
) {
  const { words, conflicts } = uniteWords([own, to.objectMetadata]);
  const [metadata = own] = words;
  const revisions = await countRevisions(db, to.id);
  const before = revisions === 0 ? media : to;
  const united = {
    metadata,
    patch: JSON.stringify(makeBackPatch(before.objectMetadata, metadata)),
    wordsHash: await hashOfWords(metadata),
  };
  const place = heldObject.parse(media);
  const details: RelinkDetails = {
    effect: "linked",
    id: media.id,
    to: to.id,
    place,
    run: { runId: to.runId, runChange: to.runChange },
    revision: media.revision,
  };
  return {
    link: { media, to, revisions, united },
    details: JSON.stringify(details),
    conflicts,
    problem: whyTooMuch(media.id, metadata),
  };
}

/** Whose own preview is put away before it is removed, or comes back, which nobody could make again. */
interface OwnPreview {
  /** The missing record that takes the other's object, as it was before. */
  readonly holds?: Pick<MediaObject, "id" | "thumbnailVersion">;
  /** The missing record that has given the object back, as it is now. */
  readonly frees?: Pick<MediaObject, "id" | "thumbnailVersion">;
}

/**
 * Takes the preview along to the record that has the object now, and removes the thumbnails of the record that had it, and
 * those of the other's own object. A photo that waits is queued, and so is one that is ready: what the index of pictures
 * and the groups of copies know of it is under the other record. What the storage does not do now costs room, or a
 * thumbnail that is made again, until a scan, and nothing else; but the preview of a missing record, which is lost then.
 * What was suggested for the picture that the record had is over.
 */
export async function tidyThumbnails(
  services: Services,
  id: string,
  given: Pick<MediaObject, "id" | "state" | "thumbnailVersion">,
  { holds, frees }: OwnPreview,
): Promise<void> {
  if (given.state === "pending") await queueProcessing(services, id);
  try {
    if (given.state === "ready") await takePreviewAlong(services, id, given);
    await services.derivatives.remove(given.id, null);
    if (holds !== undefined) await holdPreview(services, holds, given.id);
    if (frees !== undefined) await giveHeldBack(services, frees, id);
    await services.derivatives.remove(id, given.thumbnailVersion);
  } catch (cause) {
    services.log.warn("relink.thumbnails_left", { media: id, from: given.id }, cause);
  }
  if (given.state === "ready") await queueProcessing(services, id);
  await wantWords(services, [id]);
}

async function takePreviewAlong(
  services: Services,
  id: string,
  { id: from, thumbnailVersion: version }: Pick<MediaObject, "id" | "thumbnailVersion">,
): Promise<void> {
  if (version === null) return;
  const variant = variantName(previewVariant);
  const key = { mediaId: id, version, variant };
  if (await copyThumbnail(services, { ...key, mediaId: from }, key)) await takeBackUnlessShown(services, key);
}
