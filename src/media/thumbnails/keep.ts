import { findMedia } from "../../db/media/reads.ts";
import type { Services } from "../../services.ts";
import type { DerivativeKey } from "../../storage/r2/derivatives.ts";
import { isolateMemory } from "../../thumbnail/budget.ts";
import { collect } from "../processing/read-bytes.ts";

/**
 * Stores a thumbnail, and then looks at its record again: whoever has removed the record, or replaced its picture, while
 * this one was made has removed its thumbnails before this one was there. True if it is kept.
 */
export async function keepThumbnail(
  services: Services,
  key: DerivativeKey,
  jpeg: Uint8Array,
): Promise<boolean> {
  await services.derivatives.put(key, jpeg);
  return takeBackUnlessShown(services, key);
}

/**
 * Takes back a thumbnail that was just stored, unless its record has this picture; true if it has. Where that cannot be
 * told it is taken back as well: one that is wanted is made again, one that is not would be readable by its links. A
 * worker that dies before this leaves it to the nightly sweep.
 */
export async function takeBackUnlessShown(services: Services, key: DerivativeKey): Promise<boolean> {
  let isShown = false;
  try {
    const media = await findMedia(services.db.latest(), key.mediaId);
    isShown = media?.thumbnailVersion === key.version;
  } finally {
    if (!isShown) await services.derivatives.removeOne(key);
  }
  return isShown;
}

/** Stores a thumbnail under another key as well; false where there is none. Throws `busy` if there is no room to hold it. */
export async function copyThumbnail(
  services: Services,
  from: DerivativeKey,
  to: DerivativeKey,
): Promise<boolean> {
  const stored = await services.derivatives.get(from);
  if (stored === null) return false;
  const { body, sizeBytes } = stored;
  return isolateMemory.withAccount(async (account) => {
    try {
      account.takeInput(sizeBytes, 0);
    } catch (cause) {
      await body.cancel();
      throw cause;
    }
    await services.derivatives.put(to, await collect(body, sizeBytes));
    return true;
  });
}
