import { isParked } from "../../db/ingest/placements.ts";
import type { TrashedObject } from "../../db/trash/purge.ts";
import type { ObjectInfo, StorageProvider } from "../../storage/provider.ts";

/** Whether an object has the bytes that a record was put into the trash with. */
export function hasItsBytes(
  media: Pick<TrashedObject, "version" | "contentHash" | "fileSize">,
  info: ObjectInfo,
): boolean {
  if (info.version === media.version) return true;
  return (
    info.contentHash !== null && info.contentHash === media.contentHash && info.sizeBytes === media.fileSize
  );
}

/** The object at the key that a record was put into the trash with, whichever bytes it has; null where there is none. */
export async function objectAtItsKey(
  provider: StorageProvider,
  media: Pick<TrashedObject, "id" | "pathKey">,
): Promise<ObjectInfo | null> {
  return isParked(media) ? null : provider.stat(media.pathKey);
}

/** The object of a record in the trash under the other key where an ingest has found it; null where it is not there. */
export async function objectFoundElsewhere(
  provider: StorageProvider,
  media: TrashedObject,
): Promise<ObjectInfo | null> {
  const found = media.foundAt === null ? null : await provider.stat(media.foundAt);
  // Which bytes are there may have been told by reading them only.
  return found !== null && (found.version === media.foundVersion || hasItsBytes(media, found)) ? found : null;
}
