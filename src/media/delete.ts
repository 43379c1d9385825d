import type { MediaObject } from "../db/media/record.ts";
import { findMedia } from "../db/media/reads.ts";
import { deleteMedia } from "../db/media/writes.ts";
import { isParked } from "../db/ingest/placements.ts";
import { AppError } from "../core/errors.ts";
import type { Services } from "../services.ts";
import { notFound, notWritable, preconditionFailed } from "./failures.ts";

/** How often a removal is tried again when an ingest moves the record at the same moment. */
const maxAttempts = 3;

/**
 * Removes a record with its thumbnails and its object: only this use case removes words that a person wrote. The object
 * is removed first; if the worker dies before the record is removed, the client may repeat the request. In the other
 * order the next ingest would bring back a record without words. A file that was put at the key since the last ingest is
 * not the photo that the client has seen, and may belong to another record: the file stays, and the next ingest finds
 * its record.
 */
export async function removeMedia(
  services: Services,
  id: string,
  allows: (revision: number) => boolean,
): Promise<void> {
  const db = services.db.primary();
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const media = await findMedia(db, id);
    if (media === null) throw notFound(id);
    if (!allows(media.revision)) throw preconditionFailed(media.revision);
    const remove = await removalOf(services, media);
    // The storage took a while to answer; a change that was made meanwhile is checked against If-Match again.
    if ((await findMedia(db, id))?.change !== media.change) continue;
    await remove();
    if (await deleteMedia(db, media)) return services.derivatives.remove(id, null);
  }
  throw new AppError("database_unavailable", "The media object is changing at this moment. Try again.", {
    retryAfterSeconds: 1,
  });
}

/** Removes the object of a record, as long as the storage still holds the version that the record has. */
async function removalOf(services: Services, media: MediaObject): Promise<() => Promise<void>> {
  const provider = services.providers.get(media.provider);
  if (provider?.writable !== true) {
    if (media.missingSince === null) throw notWritable(media.provider);
    return nothing;
  }
  const object = isParked(media) ? null : await provider.stat(media.pathKey);
  return object?.version === media.version ? async () => provider.remove(media.pathKey) : nothing;
}

async function nothing(): Promise<void> {
  // An object that is gone, or that has another version, is left alone.
}
