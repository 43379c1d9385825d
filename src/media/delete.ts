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
 * Removes a record with its thumbnails and its object: the one way in which what a person wrote goes. The object goes
 * first; if we die before the record does, the client may simply ask again. The other way round a record without words
 * would come back with the next ingest. What was put at its key behind our back is not what the client has seen, and may
 * be another record's photo that was moved there: it stays, and the next ingest finds whose it is.
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
    // The storage took a while to answer; whoever has written meanwhile, with If-Match or not, is looked at again.
    if ((await findMedia(db, id))?.change !== media.change) continue;
    await remove();
    if (await deleteMedia(db, media)) return services.derivatives.remove(id, null);
  }
  throw new AppError("database_unavailable", "The media object is changing at this moment. Try again.", {
    retryAfterSeconds: 1,
  });
}

/** How a record's object is removed, for as long as it is the one that the record is of. */
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
  // What is not there, or is another's, stays as it is.
}
