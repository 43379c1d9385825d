import { AppError } from "../core/errors.ts";
import { isMediaId } from "../core/media-id.ts";
import { findMedia } from "../db/media/reads.ts";
import type { MediaObject } from "../db/media/record.ts";
import type { Services } from "../services.ts";
import { requirePresent } from "./content.ts";
import { notFound } from "./failures.ts";

/** The record with this id; a miss at a replica is confirmed at the primary before it is answered. */
export async function loadMedia(services: Services, id: string): Promise<MediaObject> {
  const known = knownId(id);
  const media = (await findMedia(services.db, known)) ?? (await findMedia(services.db.primary(), known));
  if (media === null) throw notFound(known);
  return media;
}

/** The record with this id whose object is there: 410 if the object is missing, which is confirmed at the primary as well. */
export async function loadPresentMedia(services: Services, id: string): Promise<MediaObject> {
  const media = await loadMedia(services, id);
  if (media.missingSince === null) return media;
  const confirmed = await findMedia(services.db.primary(), media.id);
  if (confirmed === null) throw notFound(media.id);
  requirePresent(confirmed);
  return confirmed;
}

/** The id in its stored spelling; 404 for a text that is not an id, before the database is asked. */
export function knownId(id: string): string {
  if (isMediaId(id)) return id.toLowerCase();
  throw new AppError("resource_not_found", "No media object has this id.");
}
