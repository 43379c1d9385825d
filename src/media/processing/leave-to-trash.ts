import type { MediaObject } from "../../db/media/record.ts";
import { othersWith, removeComer, trashedAmong } from "../../db/trash/known.ts";
import type { Services } from "../../services.ts";
import { providerOf } from "../providers.ts";
import { Strays } from "./strays.ts";

/**
 * Removes the record of a photo that an ingest has found, if the hash of its bytes, which only reading them tells, shows
 * that it is the object of a record in the trash; a listing would have left it there. False if the record stays: an upload
 * is always a record of its own, and so is what a person has written on. What a missing record could claim is left to it.
 */
export async function leaveToTrash(
  services: Services,
  media: MediaObject & { readonly contentHash: string },
): Promise<boolean> {
  if (media.runId === null || media.runChange !== "new") return false;
  const { provider, pathKey, version, contentHash, fileSize } = media;
  const match = (await trashedAmong(services.db, provider, [media])).get(pathKey);
  if (match === undefined) return false;
  const others = await othersWith(services.db, media, { hash: contentHash, size: fileSize });
  if (others.gone && !match.isOwn) return false;
  const strays = new Strays(providerOf(services, provider));
  const owner = await strays.ownerOf({ pathKey, match, isLive: others.there, isOccupied: false });
  if (owner === null) return false;
  const { record, moved } = owner;
  const isKnown = [record.foundAt, record.pathKey].includes(pathKey);
  // Of several copies only one is noted.
  const note = moved || isKnown || record.foundAt === null ? { pathKey, version } : null;
  const removed = await removeComer(services.db, media, record, note);
  // A thumbnail may have been made for somebody who could not wait for its processing.
  if (removed) await services.derivatives.remove(media.id, null);
  services.log.debug("media.left_in_trash", { media: media.id, removed });
  return removed;
}
