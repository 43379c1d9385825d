import type { MediaObject } from "../db/media-object.ts";
import { findMedia } from "../db/media-reads.ts";
import { AppError } from "../errors.ts";
import { FileParts } from "../metadata/file-parts.ts";
import { readImageHeader } from "../metadata/header.ts";
import type { Services } from "../services.ts";
import type { Variant } from "../thumbnail/types.ts";
import { notFound } from "./change-metadata.ts";
import { keepThumbnail } from "./keep-thumbnail.ts";
import { thumbnailOf } from "./ladder.ts";
import { providerOf } from "./providers.ts";
import { readBytes } from "./read-bytes.ts";
import { variantName } from "./thumbnail-variant.ts";

/** A thumbnail, ready to be sent. */
export interface Thumbnail {
  readonly body: ReadableStream | Uint8Array;
  readonly sizeBytes: number;
  readonly version: string;
}

/** The stored thumbnail of a version; null where there is none (yet). Old versions are not kept. */
export async function storedThumbnail(
  services: Services,
  mediaId: string,
  version: string,
  variant: Variant,
): Promise<Thumbnail | null> {
  const stored = await services.derivatives.get({ mediaId, version, variant: variantName(variant) });
  return stored === null ? null : { body: stored.body, sizeBytes: stored.sizeBytes, version };
}

/** How often a thumbnail is made of a record whose picture is replaced at the same moment. */
const maxAttempts = 3;

/**
 * The current thumbnail of a record: the stored one, or one made now and kept. Where the record goes, or gets another
 * picture, while it is made, the answer is the one that fits the record then.
 */
export async function currentThumbnail(
  services: Services,
  media: MediaObject,
  variant: Variant,
): Promise<Thumbnail> {
  let current = media;
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const version = current.thumbnailVersion;
    if (version === null) throw unavailable(current.errorDetail ?? "The object can have no thumbnail.");
    const stored = await storedThumbnail(services, media.id, version, variant);
    const thumbnail = stored ?? (await makeAndKeep(services, current, version, variant));
    if (thumbnail !== null) return thumbnail;
    const found = await findMedia(services.db.latest(), media.id);
    if (found === null) throw notFound(media.id);
    current = found;
  }
  throw new AppError("database_unavailable", "The record is changing; try again.", { retryAfterSeconds: 1 });
}

/** Null where the record has not this picture any more. */
async function makeAndKeep(
  services: Services,
  media: MediaObject,
  version: string,
  variant: Variant,
): Promise<Thumbnail | null> {
  if (media.fileSize > services.config.maxProcessBytes)
    throw unavailable("The file is too large to be decoded.");
  const provider = providerOf(services, media.provider);
  const read = await readBytes(provider, media.pathKey, media.fileSize, { version: media.version });
  if (read.kind === "missing")
    throw new AppError("object_missing", "The object is gone from its storage provider.");
  if (read.kind === "changed") {
    throw unavailable("The object has changed in its storage and waits to be looked at anew.");
  }
  const jpeg = await decode(services, media, read.bytes, variant);
  const isKept = await keepThumbnail(
    services,
    { mediaId: media.id, version, variant: variantName(variant) },
    jpeg,
  );
  return isKept ? { body: jpeg, sizeBytes: jpeg.length, version } : null;
}

async function decode(
  services: Services,
  media: MediaObject,
  bytes: Uint8Array,
  variant: Variant,
): Promise<Uint8Array> {
  const result = readImageHeader(FileParts.whole(bytes));
  if (result.kind !== "header") throw unavailable("The file cannot be read as a picture.");
  const { header } = result;
  if (header.width * header.height > services.config.maxPixels)
    throw unavailable("The picture has too many pixels.");
  const provider = providerOf(services, media.provider);
  const made = await thumbnailOf({ bytes, header, provider, object: media }, variant);
  if (made.outcome === "made") return made.jpeg;
  if (made.reason.code === "busy") {
    throw new AppError("storage_rate_limited", made.reason.detail, { retryAfterSeconds: 2 });
  }
  throw unavailable(made.reason.detail);
}

function unavailable(detail: string): AppError {
  return new AppError("thumbnail_unavailable", detail);
}
