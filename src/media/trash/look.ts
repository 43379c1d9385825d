import { findTrashed, type InTrash } from "../../db/trash/trashed.ts";
import type { Services } from "../../services.ts";
import type { Variant } from "../../thumbnail/types.ts";
import { notInTrash, objectMissing } from "../failures.ts";
import { providerOf } from "../providers.ts";
import { makeUnstored, type Thumbnail } from "../thumbnails/serve.ts";
import { thumbnailVersionOf } from "../thumbnails/version.ts";
import { hasItsBytes, objectAtItsKey, objectFoundElsewhere } from "./whereabouts.ts";

/** The record in the trash with this id; a miss at a replica is confirmed at the primary before it is answered. */
export async function loadTrashed(services: Services, id: string): Promise<InTrash> {
  const media = (await findTrashed(services.db, id)) ?? (await findTrashed(services.db.primary(), id));
  if (media === null) throw notInTrash(id);
  return media;
}

/**
 * The thumbnail of a record in the trash, made of its object and never stored. Throws `object_missing` where the object is
 * gone, or has other bytes by now.
 */
export async function trashedThumbnail(
  services: Services,
  media: InTrash,
  variant: Variant,
): Promise<Thumbnail> {
  const provider = providerOf(services, media.provider);
  const own = media.missingSince === null ? await objectAtItsKey(provider, media) : null;
  const isThere = own !== null && hasItsBytes(media, own);
  const info = isThere ? own : await objectFoundElsewhere(provider, media);
  if (info === null) throw objectMissing();
  const { pathKey, providerRef, version, sizeBytes: fileSize } = info;
  const { provider: name, contentType } = media;
  const picture = { provider: name, contentType, pathKey, providerRef, version, fileSize };
  const body = await makeUnstored(services, picture, variant);
  return { body, sizeBytes: body.length, version: thumbnailVersionOf(info) };
}
