import { waitUntil } from "cloudflare:workers";

import type { MediaObject } from "../../db/media/record.ts";
import { findMedia } from "../../db/media/reads.ts";
import { AppError, busy } from "../../core/errors.ts";
import { FileParts } from "../../metadata/file-parts.ts";
import { readImageHeader } from "../../metadata/headers/header.ts";
import type { Services } from "../../services.ts";
import { type Account, isolateMemory, usualDecodeBytes } from "../../thumbnail/budget.ts";
import type { Variant } from "../../thumbnail/types.ts";
import { changing, notFound, objectMissing } from "../failures.ts";
import { requirePresent } from "../content.ts";
import { keepThumbnail } from "./keep.ts";
import { makePicture } from "./make.ts";
import { orientedHeaderOf, rangeReader } from "../processing/look.ts";
import { providerOf } from "../providers.ts";
import { maxWholeBytes, readBytes } from "../processing/read-bytes.ts";
import { variantName } from "./variant.ts";

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
 * picture, while it is made, the answer is the one that fits the record then. Throws `object_missing` for a missing record,
 * whatever is stored of it, and `busy` if there is no room to make the thumbnail.
 */
export async function currentThumbnail(
  services: Services,
  media: MediaObject,
  variant: Variant,
): Promise<Thumbnail> {
  let current = media;
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    requirePresent(current);
    const version = current.thumbnailVersion;
    if (version === null) throw unavailable(current.errorDetail ?? "The media object can have no thumbnail.");
    const stored = await storedThumbnail(services, media.id, version, variant);
    const thumbnail = stored ?? (await toItsEnd(makeAndKeep(services, current, version, variant)));
    if (thumbnail !== null) return thumbnail;
    const found = await findMedia(services.db.latest(), media.id);
    if (found === null) throw notFound(media.id);
    current = found;
  }
  throw changing();
}

/** What of a record, and of where its object is now, tells of which picture a thumbnail is made. */
type PicturedMedia = Pick<
  MediaObject,
  "provider" | "pathKey" | "providerRef" | "version" | "fileSize" | "contentType"
>;

/** A thumbnail that is made for one answer and kept nowhere; throws as {@link currentThumbnail} does. */
export async function makeUnstored(
  services: Services,
  media: PicturedMedia,
  variant: Variant,
): Promise<Uint8Array> {
  return toItsEnd(isolateMemory.withAccount(async (account) => make(services, media, variant, account)));
}

/** Goes on with work also when the client leaves: what it holds is given back, and what it makes is there next time. */
async function toItsEnd<T>(work: Promise<T>): Promise<T> {
  waitUntil(work.catch(() => undefined));
  return work;
}

/** The thumbnail of this picture; null if the record no longer has this picture. */
async function makeAndKeep(
  services: Services,
  media: MediaObject,
  version: string,
  variant: Variant,
): Promise<Thumbnail | null> {
  const jpeg = await isolateMemory.withAccount(async (account) => make(services, media, variant, account));
  const key = { mediaId: media.id, version, variant: variantName(variant) };
  const isKept = await keepThumbnail(services, key, jpeg);
  return isKept ? { body: jpeg, sizeBytes: jpeg.length, version } : null;
}

/** Reads the original and makes a thumbnail of it. The account is charged with the original before it is read. */
async function make(
  services: Services,
  media: PicturedMedia,
  variant: Variant,
  account: Account,
): Promise<Uint8Array> {
  const { fileSize, pathKey, version } = media;
  if (fileSize > maxWholeBytes(services.config)) throw unavailable("The file is too large for a thumbnail.");
  const provider = providerOf(services, media.provider);
  account.takeInput(fileSize, usualDecodeBytes(media.contentType));
  const read = await readBytes(account, fileSize, { provider, pathKey, version });
  if (read.kind === "missing") throw objectMissing();
  if (read.kind === "changed") {
    throw unavailable(
      "The object has changed in the storage. The service has not processed the new bytes yet.",
    );
  }
  const { bytes } = read;
  const parts = FileParts.whole(bytes);
  const result = readImageHeader(parts);
  if (result.kind === "unsupported") throw unavailable(result.reason.detail);
  if (result.kind !== "header") throw unavailable("The service cannot read the file as a photo.");
  const { width, height } = result.header;
  if (width * height > services.config.maxPixels)
    throw unavailable("The photo has too many pixels for a thumbnail.");
  const look = { provider, media, account };
  const file = { account, parts, header: result.header, readRange: rangeReader(look) };
  const header = await orientedHeaderOf(file);
  const made = await makePicture({ bytes, header, provider, object: media, account }, variant);
  if (made.outcome === "made") return made.jpeg;
  throw made.reason.code === "busy" ? busy() : unavailable(made.reason.detail);
}

function unavailable(detail: string): AppError {
  return new AppError("thumbnail_unavailable", detail);
}
