import { waitUntil } from "cloudflare:workers";

import type { MediaObject } from "../db/media-object.ts";
import { AppError, busy } from "../errors.ts";
import { FileParts } from "../metadata/file-parts.ts";
import { readImageHeader } from "../metadata/header.ts";
import type { Services } from "../services.ts";
import { type Account, isolateMemory, usualDecodeBytes } from "../thumbnail/budget.ts";
import type { Variant } from "../thumbnail/types.ts";
import { thumbnailOf } from "./ladder.ts";
import { providerOf } from "./providers.ts";
import { maxWholeBytes, readBytes } from "./read-bytes.ts";
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

/** The current thumbnail of a record: the stored one, or one made now and kept. Throws `busy` if there is no room for that. */
export async function currentThumbnail(
  services: Services,
  media: MediaObject,
  variant: Variant,
): Promise<Thumbnail> {
  const version = media.thumbnailVersion;
  if (version === null) throw unavailable(media.errorDetail ?? "The object can have no thumbnail.");
  const stored = await storedThumbnail(services, media.id, version, variant);
  return stored ?? toItsEnd(makeAndKeep(services, media, version, variant));
}

/** Goes on with work also when the client leaves: what it holds is given back, and what it makes is there next time. */
async function toItsEnd<T>(work: Promise<T>): Promise<T> {
  waitUntil(work.catch(() => undefined));
  return work;
}

async function makeAndKeep(
  services: Services,
  media: MediaObject,
  version: string,
  variant: Variant,
): Promise<Thumbnail> {
  const jpeg = await isolateMemory.withAccount(async (account) => make(services, media, variant, account));
  await services.derivatives.put({ mediaId: media.id, version, variant: variantName(variant) }, jpeg);
  return { body: jpeg, sizeBytes: jpeg.length, version };
}

/** Reads the original and makes a thumbnail of it. The account is charged with the original before it is read. */
async function make(
  services: Services,
  media: MediaObject,
  variant: Variant,
  account: Account,
): Promise<Uint8Array> {
  const { fileSize, pathKey, version } = media;
  if (fileSize > maxWholeBytes(services.config)) throw unavailable("The file is too large to be decoded.");
  const provider = providerOf(services, media.provider);
  account.takeInput(fileSize, usualDecodeBytes(media.contentType));
  const read = await readBytes(account, fileSize, { provider, pathKey, version });
  if (read.kind === "missing")
    throw new AppError("object_missing", "The object is gone from its storage provider.");
  if (read.kind === "changed") {
    throw unavailable("The object has changed in its storage and waits to be looked at anew.");
  }
  const { bytes } = read;
  const result = readImageHeader(FileParts.whole(bytes));
  if (result.kind !== "header") throw unavailable("The file cannot be read as a picture.");
  const { header } = result;
  if (header.width * header.height > services.config.maxPixels)
    throw unavailable("The picture has too many pixels.");
  const made = await thumbnailOf({ bytes, header, provider, object: media, account }, variant);
  if (made.outcome === "made") return made.jpeg;
  throw made.reason.code === "busy" ? busy() : unavailable(made.reason.detail);
}

function unavailable(detail: string): AppError {
  return new AppError("thumbnail_unavailable", detail);
}
