import { isParked } from "../../db/ingest/placements.ts";
import { forgetTrashed, isPlaceOfAnother, type TrashedObject } from "../../db/trash/purge.ts";
import type { Services } from "../../services.ts";
import type { ObjectInfo, StorageProvider } from "../../storage/provider.ts";
import { changing } from "../failures.ts";
import { leaveOwnSidecar, removeOwnSidecar } from "../sidecars/remove-own.ts";
import { objectAtItsKey, objectFoundElsewhere } from "./whereabouts.ts";

/**
 * Removes a record in the trash for good, its object and its sidecar first: a worker that dies in between has left the record, and is
 * repeated. In the other order the next ingest would take the object for a new photo. False where the record has left the
 * trash meanwhile.
 */
export async function purge(services: Services, media: TrashedObject): Promise<boolean> {
  const provider = services.providers.get(media.provider);
  if (provider?.writable === true) await removeObject(services, provider, media);
  const hasPlace = !isParked(media);
  if (hasPlace && (await isPlaceOfAnother(services.db.primary(), media)))
    await leaveOwnSidecar(services, media);
  else if (hasPlace) await removeOwnSidecar(services, media);
  const hidden = await forgetTrashed(services.db.primary(), media);
  // What a worker that dies has left here is shown to nobody, and swept by a scan of thumbnails.
  for (const id of hidden ?? []) await services.derivatives.remove(id, null);
  return hidden !== null;
}

/**
 * The same for the nightly run, which leaves what it cannot or must not remove: a record whose provider is not configured,
 * or can only be read while the object is there, and a record whose bytes lie under another key by now: without the record
 * the next ingest would take them for a new photo.
 */
export async function purgeExpired(services: Services, media: TrashedObject): Promise<void> {
  const provider = services.providers.get(media.provider);
  if (provider === undefined || (!provider.writable && media.missingSince === null)) return;
  if ((await objectFoundElsewhere(provider, media)) === null) await purge(services, media);
  else if (provider.writable) await removeObject(services, provider, media);
}

/** Removes the object that a record was put into the trash with, unless its key has other bytes or another record by now. */
async function removeObject(
  services: Services,
  provider: StorageProvider,
  media: TrashedObject,
): Promise<void> {
  const info = await objectAtItsKey(provider, media);
  if (info?.version !== media.version) return;
  // Last of all, since no storage removes an object on a condition.
  if (await isPlaceOfAnother(services.db.primary(), media)) return;
  if (isBeingUploaded(media, info)) throw changing();
  await provider.remove(media.pathKey);
}

/** How long the record of an upload may take once its object is stored. */
const uploadMs = 5 * 60_000;

/** Whether the same bytes were just stored again: the record of that upload may not be written yet. */
function isBeingUploaded(media: TrashedObject, { lastModified }: ObjectInfo): boolean {
  if (lastModified === null || lastModified === media.lastModified) return false;
  return lastModified > media.trashedAt && Date.now() - lastModified < uploadMs;
}
