import { waitUntil } from "cloudflare:workers";

import type { MediaObject } from "../../db/media/record.ts";
import { findMedia } from "../../db/media/reads.ts";
import type { Services } from "../../services.ts";
import type { DerivativeKey } from "../../storage/r2/derivatives.ts";
import type { Variant } from "../../thumbnail/types.ts";
import { requirePresent } from "../content.ts";
import { changing, notFound } from "../failures.ts";
import { derive } from "./derive.ts";
import { keepThumbnail } from "./keep.ts";
import { makeOfOriginal, type PicturedMedia, unavailable } from "./original.ts";
import { deriveFromStored } from "./preview.ts";
import { isCovered, previewSides, previewVariant, variantName } from "./variant.ts";
import { hasPreview } from "./version.ts";

/** A thumbnail, ready to be sent. */
export interface Thumbnail {
  readonly body: ReadableStream | Uint8Array;
  readonly sizeBytes: number;
  readonly version: string;
}

/**
 * What is stored of a version for a variant: the thumbnail itself, or as it is made of the preview. Else `uncovered` where
 * there is a preview that has not all that the variant shows, and `absent` where there is none.
 */
type Stored = Thumbnail | "uncovered" | "absent";

/** The thumbnail of a version by what is stored of it; null where the original is needed. Old versions are not kept. */
export async function storedThumbnail(
  services: Services,
  mediaId: string,
  version: string,
  variant: Variant,
): Promise<Thumbnail | null> {
  const stored = await lookUp(services, { mediaId, version }, variant);
  return typeof stored === "string" ? null : stored;
}

/** Whether anything is stored by which a thumbnail of a version is told to be the current one; nothing is made for it. */
export async function isStored(
  services: Services,
  mediaId: string,
  version: string,
  variant: Variant,
): Promise<boolean> {
  for (const each of placesOf(version, variant)) {
    if (await services.derivatives.has({ mediaId, version, variant: variantName(each) })) return true;
  }
  return false;
}

/** How often a thumbnail is made of a record whose picture is replaced at the same moment. */
const maxAttempts = 3;

/**
 * The current thumbnail of a record: by what is stored, or made of the original now and kept. Where the record goes, or gets
 * another picture, while it is made, the answer is the one that fits the record then. Throws `object_missing` for a missing
 * record, whatever is stored of it, and `busy` if there is no room to make the thumbnail.
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
    const stored = await lookUp(services, { mediaId: media.id, version }, variant);
    const thumbnail =
      typeof stored === "string"
        ? await toItsEnd(makeAndKeep(services, { media: current, version, variant, stored }))
        : stored;
    if (thumbnail !== null) return thumbnail;
    const found = await findMedia(services.db.latest(), media.id);
    if (found === null) throw notFound(media.id);
    current = found;
  }
  throw changing();
}

/** A thumbnail that is made for one answer and kept nowhere; throws as {@link currentThumbnail} does. */
export async function makeUnstored(
  services: Services,
  media: PicturedMedia,
  variant: Variant,
): Promise<Uint8Array> {
  const choice = { largest: variant.size, variantOf: () => variant };
  return (await toItsEnd(makeOfOriginal(services, media, choice))).jpeg;
}

/** Goes on with work also when the client leaves: what it holds is given back, and what it makes is there next time. */
async function toItsEnd<T>(work: Promise<T>): Promise<T> {
  waitUntil(work.catch(() => undefined));
  return work;
}

type VersionKey = Pick<DerivativeKey, "mediaId" | "version">;

/**
 * Where a thumbnail may be found, the likeliest place first, so that one read does for nearly all: the preview, but for what
 * is larger than most previews, and for older generations, which have squares of their own.
 */
function placesOf(version: string, variant: Variant): readonly Variant[] {
  if (variantName(variant) === variantName(previewVariant)) return [previewVariant];
  const isOwnFirst = variant.size >= previewVariant.size || !hasPreview(version);
  return isOwnFirst ? [variant, previewVariant] : [previewVariant, variant];
}

async function lookUp(services: Services, key: VersionKey, variant: Variant): Promise<Stored> {
  let found: Exclude<Stored, Thumbnail> = "absent";
  for (const place of placesOf(key.version, variant)) {
    const stored = await services.derivatives.get({ ...key, variant: variantName(place) });
    if (stored === null) continue;
    if (place === variant || variantName(place) === variantName(variant)) {
      return { body: stored.body, sizeBytes: stored.sizeBytes, version: key.version };
    }
    const derived = await toItsEnd(deriveFromStored(stored, variant));
    if (derived === "uncovered") found = derived;
    else if (derived !== "broken") return thumbnailOf(derived, key.version);
  }
  return found;
}

function thumbnailOf(jpeg: Uint8Array, version: string): Thumbnail {
  return { body: jpeg, sizeBytes: jpeg.length, version };
}

/** A thumbnail that is to be made of the original, since what is stored does not do. */
interface Lacking {
  readonly media: MediaObject;
  readonly version: string;
  readonly variant: Variant;
  readonly stored: Exclude<Stored, Thumbnail>;
}

/**
 * Makes a thumbnail of the original and keeps what was made of it: the preview, where that covers the variant, so that no
 * other size needs the original again; else the variant. Null if the record no longer has this picture.
 */
async function makeAndKeep(services: Services, lacking: Lacking): Promise<Thumbnail | null> {
  const { media, version, variant, stored } = lacking;
  const made = await makeOfOriginal(services, media, {
    largest: variant.size,
    variantOf: (original) =>
      stored === "absent" && isCovered(variant, previewSides(original)) ? previewVariant : variant,
  });
  const key = { mediaId: media.id, version, variant: variantName(made.variant) };
  if (!(await keepThumbnail(services, key, made.jpeg))) return null;
  if (made.variant === variant) return thumbnailOf(made.jpeg, version);
  const derived = await derive(made, variant);
  // A picture that a provider makes may be smaller than the file says.
  if (derived === "uncovered") return makeAndKeep(services, { ...lacking, stored: derived });
  if (derived === "broken") throw unavailable("The service cannot read the preview that it has made.");
  return thumbnailOf(derived, version);
}
