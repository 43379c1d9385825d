import { AppError } from "../../core/errors.ts";
import { writeEdit } from "../../db/history/edits.ts";
import { findMedia } from "../../db/media/reads.ts";
import type { MediaObject } from "../../db/media/record.ts";
import type { SidecarRow } from "../../db/schema.ts";
import { sidecarOf } from "../../db/sidecars/pairs.ts";
import { settleSidecar } from "../../db/sidecars/settle.ts";
import type { Services } from "../../services.ts";
import { notFound, preconditionFailed } from "../failures.ts";
import { makeEdit } from "../history/edit.ts";
import { replaceFields, sameMetadata } from "../metadata/rules.ts";
import { providerOf } from "../providers.ts";
import { sidecarModeOf } from "./mode.ts";
import { readSidecar } from "./read.ts";
import { onlyChanges, stateOf, takenOver } from "./settle.ts";

/** A person's wish to have the words of a sidecar. */
export interface SidecarTaking {
  readonly id: string;
  /** Who makes the change: the name of a key, or the address of a person. */
  readonly by: string | null;
  /** Whether the record's revision is one that the client allows (`If-Match`). */
  readonly allows: (revision: number) => boolean;
}

/** How often this is tried again when the record or the sidecar changes at the same moment. */
const maxAttempts = 5;

/**
 * Replaces the fields that the sidecar of a record has, as a revision, and takes its date and place; the sidecar is read as
 * it is now. The words are written first: should we die before the record knows that, it shows the change still, and taking
 * it again changes no words. 404 where there is no sidecar.
 */
export async function takeSidecar(services: Services, taking: SidecarTaking): Promise<MediaObject> {
  const db = services.db.primary();
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const media = await findMedia(db, taking.id);
    if (media === null) throw notFound(taking.id);
    if (attempt === 0 && !taking.allows(media.revision)) throw preconditionFailed(media.revision);
    const sidecar = await presentSidecar({ ...services, db }, media);
    const told = await readSidecar(services, sidecar);
    if (told === null) continue;
    const words = replaceFields(media.objectMetadata, told.words);
    const edited = await withWords({ ...services, db }, media, { words, by: taking.by });
    if (edited === null) continue;
    const { facts } = onlyChanges(edited, takenOver(edited, told));
    const known = { key: sidecar.objectKey, changed: false, state: stateOf(sidecar, told) };
    if (await settleSidecar(db, edited, { ...known, words: null, facts }, Date.now()))
      return (await findMedia(db, taking.id)) ?? edited;
  }
  throw new AppError(
    "database_unavailable",
    "The media object or its sidecar is changing at this moment. Try again.",
    { retryAfterSeconds: 1 },
  );
}

/** The sidecar of a record, in the version that the storage has now. */
async function presentSidecar(services: Services, media: MediaObject): Promise<SidecarRow> {
  const isOff = sidecarModeOf(services, media.provider) === "off";
  const known = isOff ? null : await sidecarOf(services.db, media);
  const info = known === null ? null : await providerOf(services, media.provider).stat(known.pathKey);
  if (known === null || info === null)
    throw new AppError("resource_not_found", `No sidecar lies beside the media object ${media.id}.`);
  return { ...known, version: info.version, fileSize: info.sizeBytes };
}

/** The record with these words; null if somebody was faster. */
async function withWords(
  { db }: Services,
  media: MediaObject,
  { words, by }: { readonly words: MediaObject["objectMetadata"]; readonly by: string | null },
): Promise<MediaObject | null> {
  if (sameMetadata(words, media.objectMetadata)) return media;
  const edit = await makeEdit(media, words, "alone");
  return writeEdit(db, edit, { by, now: Date.now(), operation: null });
}
