import { intrinsicFacts, type MediaObject } from "../../db/media/record.ts";
import type { ProcessingOutcome } from "../../db/media/writes.ts";
import { busy } from "../../core/errors.ts";
import { factsVersion, type Facts } from "../../metadata/facts/facts.ts";
import { FileParts } from "../../metadata/file-parts.ts";
import { readImageHeaderWith, type HeaderResult } from "../../metadata/headers/header.ts";
import type { ImageHeader } from "../../metadata/headers/image-header.ts";
import type { OrientedHeader } from "../../metadata/facts/oriented-header.ts";
import type { Services } from "../../services.ts";
import type { ObjectInfo, StorageProvider } from "../../storage/provider.ts";
import { isolateMemory, usualDecodeBytes } from "../../thumbnail/budget.ts";
import type { ThumbnailResult } from "../../thumbnail/types.ts";
import { hashObject, type ObjectHashes } from "./hash-object.ts";
import { makePicture } from "../thumbnails/make.ts";
import { factsOf, headBytes, rangeReader, storedFacts, type Look } from "./look.ts";
import { maxWholeBytes, readBytes } from "./read-bytes.ts";
import { seedMetadata } from "../metadata/seed.ts";
import { previewVariant } from "../thumbnails/variant.ts";

/** The result of reading an object's bytes. */
export type Examination =
  | { readonly kind: "outcome"; readonly outcome: ProcessingOutcome; readonly jpeg: Uint8Array | null }
  | { readonly kind: "changed"; readonly info: ObjectInfo }
  | { readonly kind: "missing" };

/**
 * Reads the bytes of a record's object: its type, its facts, and its picture for preview and hash. Of an object that is too
 * large to be decoded only the parts with the facts are read. Failures that may pass are thrown, `busy` if memory has no
 * room at this moment; failures of the file are part of the outcome.
 */
export async function examine(
  services: Services,
  provider: StorageProvider,
  media: MediaObject,
): Promise<Examination> {
  return isolateMemory.withAccount(async (account) => look(services, { provider, media, account }));
}

async function look(services: Services, { provider, media, account }: Look): Promise<Examination> {
  const { pathKey, version } = media;
  const maxBytes = maxWholeBytes(services.config);
  const isWhole = media.fileSize <= maxBytes;
  const readRange = rangeReader({ provider, media, account });
  const length = isWhole ? media.fileSize : Math.min(headBytes, media.fileSize);
  account.takeInput(length, usualDecodeBytes(media.contentType, previewVariant.size));
  const range = isWhole ? {} : { range: { offset: 0, length } };
  const first = await readBytes(account, length, { provider, pathKey, version, ...range });
  if (first.kind !== "read") return first;
  const parts = new FileParts(first.bytes, media.fileSize);
  const header = await readImageHeaderWith(parts, readRange);
  const hash = async () => hashObject({ provider, media, account }, isWhole ? first.bytes : null);
  if (header.kind !== "header")
    return { kind: "outcome", outcome: { ...unreadable(header), ...(await hash()) }, jpeg: null };
  const { facts, header: oriented } = await factsOf({ account, parts, header: header.header, readRange });
  // Last of what is read: of a large object it takes long, and an account that stands still so long may be given up.
  const hashes = await hash();
  const told = { header: oriented, facts, hashes };
  const problem = isWhole ? pixelProblem(services, oriented) : tooLarge(maxBytes);
  if (problem !== null)
    return { kind: "outcome", outcome: outcomeOf(told, "unsupported", problem), jpeg: null };
  const picture = { bytes: first.bytes, header: oriented, provider, object: media, account };
  return thumbnailed(told, await makePicture(picture, { variant: previewVariant, withHash: true }));
}

/** The header, facts and hashes of a sound file. */
interface Told {
  readonly header: OrientedHeader;
  readonly facts: Facts;
  readonly hashes: ObjectHashes;
}

type Problem = NonNullable<ProcessingOutcome["error"]>;

function tooLarge(maxBytes: number): Problem {
  return { code: "file_too_large", detail: `The file has more than ${maxBytes} bytes.` };
}

function pixelProblem(services: Services, header: ImageHeader): Problem | null {
  const { maxPixels } = services.config;
  if (header.width * header.height <= maxPixels) return null;
  return { code: "too_many_pixels", detail: `The photo has more than ${maxPixels} pixels.` };
}

function thumbnailed(told: Told, thumbnail: ThumbnailResult): Examination {
  if (thumbnail.outcome === "made") {
    const { jpeg, thumbhash, picture } = thumbnail;
    return { kind: "outcome", outcome: { ...outcomeOf(told, "ready", null, thumbhash), picture }, jpeg };
  }
  const { reason } = thumbnail;
  if (reason.code === "busy") throw busy();
  return { kind: "outcome", outcome: outcomeOf(told, thumbnail.outcome, reason), jpeg: null };
}

function outcomeOf(
  told: Told,
  state: ProcessingOutcome["state"],
  error: Problem | null,
  thumbhash: string | null = null,
): ProcessingOutcome {
  const { header, facts, hashes } = told;
  return {
    ...hashes,
    ...storedFacts(header, facts, thumbhash),
    factsVersion,
    state,
    error,
    picture: null,
    seed: seedMetadata(facts),
  };
}

/** The outcome of a corrupt file, or of a file of a type that is not accepted: only the reason is known. */
function unreadable(
  header: Exclude<HeaderResult, { kind: "header" | "need_range" }>,
): Omit<ProcessingOutcome, keyof ObjectHashes> {
  const isOther = header.kind === "unsupported";
  return {
    state: isOther ? "unsupported" : "failed",
    error: isOther ? { ...header.reason } : { code: "corrupt", detail: `The file ${header.reason}.` },
    contentType: isOther ? "application/octet-stream" : header.mediaType,
    width: null,
    height: null,
    orientation: null,
    takenAt: null,
    takenAtOffset: null,
    intrinsic: intrinsicFacts.parse({}),
    factsVersion,
    picture: null,
    seed: {},
  };
}
