import { parkedPath } from "../../db/ingest/placements.ts";
import { findMedia, hasMediaAt } from "../../db/media/reads.ts";
import type { MediaObject } from "../../db/media/record.ts";
import { bringBack, type Comeback } from "../../db/trash/move.ts";
import { findTrashed, type InTrash } from "../../db/trash/trashed.ts";
import type { Services } from "../../services.ts";
import type { ObjectInfo, StorageProvider } from "../../storage/provider.ts";
import { changing, notFound, notInTrash } from "../failures.ts";
import { contentColumns } from "../processing/process.ts";
import { queueProcessing } from "../upload/queue-processing.ts";
import { hasItsBytes, objectAtItsKey, objectFoundElsewhere } from "./whereabouts.ts";

/** How often a restoration is tried again when another record takes the place at the same moment. */
const maxAttempts = 3;

/**
 * Takes a record out of the trash, with its id, its words and its history. Where its object is there, also under another
 * key where an ingest has found it, the record waits to be processed, which makes its thumbnails anew; else it is missing.
 * A worker that dies before the record is queued leaves it to the next run, which puts to work whatever waits.
 */
export async function restoreMedia(services: Services, id: string): Promise<MediaObject> {
  const db = services.db.primary();
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const trashed = await findTrashed(db, id);
    if (trashed === null) throw notInTrash(id);
    const comeback = await comebackOf(services, trashed);
    const [back = []] = await db.batch(bringBack(trashed, comeback));
    if (back.length === 0) continue;
    const isToBeProcessed = comeback.missingSince === null && comeback.state === "pending";
    if (isToBeProcessed && services.providers.has(comeback.provider)) await queueProcessing(services, id);
    const media = await findMedia(db, id);
    if (media === null) throw notFound(id);
    return media;
  }
  throw changing();
}

/** Where a record comes back to, by what its storage and the other records say now. */
async function comebackOf(services: Services, media: InTrash): Promise<Comeback> {
  const { provider: name, pathKey } = media;
  const provider = services.providers.get(name);
  const isTaken = await isPlaceTaken(services, name, pathKey);
  // Nobody can look whether the object is there: the record comes back as it was.
  if (provider === undefined) return isTaken ? missing(media, parkedPath(media)) : asItWas(media);
  const own = await objectAtItsKey(provider, media);
  if (own !== null && hasItsBytes(media, own) && !isTaken) return present(media, own);
  const elsewhere = await freeElsewhere(services, provider, media);
  if (elsewhere !== null) return present(media, elsewhere);
  // At its own key the record would take whatever lies there for its object.
  return missing(media, own !== null || isTaken ? parkedPath(media) : pathKey);
}

async function isPlaceTaken(services: Services, provider: string, pathKey: string): Promise<boolean> {
  return hasMediaAt(services.db.primary(), provider, pathKey);
}

async function freeElsewhere(
  services: Services,
  provider: StorageProvider,
  media: InTrash,
): Promise<ObjectInfo | null> {
  const found = await objectFoundElsewhere(provider, media);
  if (found === null || (await isPlaceTaken(services, provider.name, found.pathKey))) return null;
  return found;
}

/** With its object: its words and facts are its own, and only its thumbnails have to be made. */
function present(media: InTrash, info: ObjectInfo): Comeback {
  const contentHash = info.contentHash ?? media.contentHash;
  return {
    ...contentColumns({ ...info, contentHash }),
    provider: media.provider,
    objectKey: info.objectKey,
    pathKey: info.pathKey,
    providerRef: info.providerRef,
    state: "pending",
    missingSince: null,
    now: Date.now(),
  };
}

function missing(media: InTrash, pathKey: string): Comeback {
  // Its thumbnails are gone: an ingest that finds the object again has them made.
  const state = media.state === "ready" ? "pending" : media.state;
  return { ...asItWas(media), pathKey, state, missingSince: media.missingSince ?? Date.now() };
}

function asItWas(media: InTrash): Comeback {
  const { provider, objectKey, pathKey, providerRef, version, contentHash, fileSize, lastModified } = media;
  const { state, thumbnailVersion, missingSince } = media;
  const object = { provider, objectKey, pathKey, providerRef, version, contentHash, fileSize, lastModified };
  return { ...object, state, thumbnailVersion, missingSince, now: Date.now() };
}
