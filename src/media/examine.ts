import { intrinsicFacts, type MediaObject } from "../db/media-object.ts";
import type { ProcessingOutcome } from "../db/media-writes.ts";
import { AppError, busy } from "../errors.ts";
import { readFactsWith, type Facts } from "../metadata/facts.ts";
import { type ByteRange, FileParts } from "../metadata/file-parts.ts";
import { readImageHeaderWith, type HeaderResult, type ReadRange } from "../metadata/header.ts";
import type { ImageHeader } from "../metadata/image-header.ts";
import { decodingBytes } from "../metadata/metadata-blocks.ts";
import type { Services } from "../services.ts";
import type { ObjectInfo, StorageProvider } from "../storage/provider.ts";
import { type Account, isolateMemory, usualDecodeBytes } from "../thumbnail/budget.ts";
import type { ThumbnailResult } from "../thumbnail/types.ts";
import { hashObject, type ObjectHashes } from "./hash-object.ts";
import { thumbnailOf } from "./ladder.ts";
import { seedMetadata } from "./object-metadata.ts";
import { maxWholeBytes, readBytes } from "./read-bytes.ts";
import { ingestVariant } from "./thumbnail-variant.ts";

/** How many bytes are read at first of an object that is too large to be read whole. */
const headBytes = 64 * 1024;

/** What a look at an object's bytes came to. */
export type Examination =
  | { readonly kind: "outcome"; readonly outcome: ProcessingOutcome; readonly jpeg: Uint8Array | null }
  | { readonly kind: "changed"; readonly info: ObjectInfo }
  | { readonly kind: "missing" };

/**
 * Looks at the bytes of a record's object: what it is, what it tells, and its thumbnail. Of one that is too large to be
 * decoded only the parts that tell something are read. Failures that may pass are thrown, `busy` where there is no room
 * for it just now; those of the file are told.
 */
export async function examine(
  services: Services,
  provider: StorageProvider,
  media: MediaObject,
): Promise<Examination> {
  return isolateMemory.withAccount(async (account) => look(services, { provider, media, account }));
}

/** A record whose object is looked at, and the account of its bytes. */
interface Look {
  readonly provider: StorageProvider;
  readonly media: MediaObject;
  readonly account: Account;
}

async function look(services: Services, { provider, media, account }: Look): Promise<Examination> {
  const { pathKey, version } = media;
  const maxBytes = maxWholeBytes(services.config);
  const isWhole = media.fileSize <= maxBytes;
  const readRange = async (range: ByteRange): Promise<Uint8Array> => {
    account.reserve(range.length);
    const part = await readBytes(account, range.length, { provider, pathKey, version, range });
    if (part.kind === "read") return part.bytes;
    throw new AppError("storage_unavailable", "The object changed while it was read.");
  };
  const length = isWhole ? media.fileSize : Math.min(headBytes, media.fileSize);
  account.takeInput(length, usualDecodeBytes(media.contentType));
  const range = isWhole ? {} : { range: { offset: 0, length } };
  const first = await readBytes(account, length, { provider, pathKey, version, ...range });
  if (first.kind !== "read") return first;
  const parts = new FileParts(first.bytes, media.fileSize);
  const header = await readImageHeaderWith(parts, readRange);
  const hash = async () => hashObject({ provider, media, account }, isWhole ? first.bytes : null);
  if (header.kind !== "header")
    return { kind: "outcome", outcome: { ...unreadable(header), ...(await hash()) }, jpeg: null };
  const facts = await factsOf(account, parts, header.header, readRange);
  // Last of what is read: of a large object it takes long, and an account that stands still so long may be given up.
  const hashes = await hash();
  const told = { header: header.header, facts, hashes };
  const problem = isWhole ? pixelProblem(services, header.header) : tooLarge(maxBytes);
  if (problem !== null)
    return { kind: "outcome", outcome: outcomeOf(told, "unsupported", problem), jpeg: null };
  const picture = { bytes: first.bytes, header: header.header, provider, object: media, account };
  return thumbnailed(told, await thumbnailOf(picture, ingestVariant));
}

/** The facts of a file; what decoding its metadata takes is on the account for so long. */
async function factsOf(
  account: Account,
  parts: FileParts,
  header: ImageHeader,
  readRange: ReadRange,
): Promise<Facts> {
  const bytes = decodingBytes(header.metadataBlocks);
  account.reserve(bytes);
  const facts = await readFactsWith(parts, header, readRange);
  account.release(bytes);
  return facts;
}

/** What a sound file tells. */
interface Told {
  readonly header: ImageHeader;
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
  return { code: "too_many_pixels", detail: `The picture has more than ${maxPixels} pixels.` };
}

function thumbnailed(told: Told, thumbnail: ThumbnailResult): Examination {
  if (thumbnail.outcome === "made") {
    const { jpeg, thumbhash } = thumbnail;
    return { kind: "outcome", outcome: outcomeOf(told, "ready", null, thumbhash), jpeg };
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
  const { takenAt } = facts;
  return {
    ...hashes,
    state,
    error,
    contentType: header.mediaType,
    width: header.shownWidth,
    height: header.shownHeight,
    orientation: header.orientation,
    takenAt: takenAt?.local ?? null,
    takenAtOffset: takenAt?.offset ?? null,
    intrinsic: intrinsicFacts.parse({
      camera: facts.camera,
      exposure: facts.exposure,
      location: facts.location,
      thumbhash,
    }),
    seed: seedMetadata(facts.caption, facts.keywords ?? []),
  };
}

/** A file that is no picture, or a broken one: nothing is known of it but why. */
function unreadable(
  header: Exclude<HeaderResult, { kind: "header" | "need_range" }>,
): Omit<ProcessingOutcome, keyof ObjectHashes> {
  const isOther = header.kind === "unsupported";
  return {
    state: isOther ? "unsupported" : "failed",
    error: isOther
      ? { code: "not_an_image", detail: "By its first bytes the file is of no accepted image type." }
      : { code: "corrupt", detail: `The file ${header.reason}.` },
    contentType: isOther ? "application/octet-stream" : header.mediaType,
    width: null,
    height: null,
    orientation: null,
    takenAt: null,
    takenAtOffset: null,
    intrinsic: intrinsicFacts.parse({}),
    seed: {},
  };
}
