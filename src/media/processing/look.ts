import type { StoredFacts } from "../../db/media/facts.ts";
import { intrinsicFacts, type IntrinsicFacts, type MediaObject } from "../../db/media/record.ts";
import { AppError } from "../../core/errors.ts";
import { readFactsWith, type Facts, type ReadFacts } from "../../metadata/facts/facts.ts";
import type { TakenAt } from "../../metadata/facts/taken-at.ts";
import type { FileParts } from "../../metadata/file-parts.ts";
import type { ReadRange } from "../../metadata/headers/header.ts";
import type { ImageHeader } from "../../metadata/headers/image-header.ts";
import { decodingBytes } from "../../metadata/blocks/metadata-blocks.ts";
import { settledHeader, type OrientedHeader } from "../../metadata/facts/oriented-header.ts";
import type { StorageProvider } from "../../storage/provider.ts";
import type { Account } from "../../thumbnail/budget.ts";
import { readBytes } from "./read-bytes.ts";
import { longCaption } from "../metadata/seed.ts";

/** How many bytes are read at first of an object that is not read whole. */
export const headBytes = 64 * 1024;

/** A record whose object is looked at, and the account of its bytes. */
export interface Look {
  readonly provider: StorageProvider;
  readonly media: MediaObject;
  readonly account: Account;
}

/** Reads parts of an object, each of which is on the account before; throws `storage_unavailable` if it has changed. */
export function rangeReader({
  provider,
  media,
  account,
}: Pick<Look, "provider" | "account"> & {
  readonly media: Pick<MediaObject, "pathKey" | "version">;
}): ReadRange {
  const { pathKey, version } = media;
  return async (range) => {
    account.reserve(range.length);
    const part = await readBytes(account, range.length, { provider, pathKey, version, range });
    if (part.kind === "read") return part.bytes;
    throw new AppError("storage_unavailable", "The object changed while the service was reading the object.");
  };
}

/** A file whose header has been read and whose other parts are still to be read. */
interface OpenedFile {
  readonly account: Account;
  readonly parts: FileParts;
  readonly header: ImageHeader;
  readonly readRange: ReadRange;
}

/** The facts of a file, and its header as they complete it; what decoding its metadata takes is on the account for so long. */
export async function factsOf(file: OpenedFile): Promise<ReadFacts> {
  const { account, parts, header, readRange } = file;
  const bytes = decodingBytes(header.metadataBlocks);
  account.reserve(bytes);
  const told = await readFactsWith(parts, header, readRange);
  account.release(bytes);
  return told;
}

/** The header by which a picture is turned; metadata are read only where it does not tell by itself. */
export async function orientedHeaderOf(file: OpenedFile): Promise<OrientedHeader> {
  return settledHeader(file.header) ?? (await factsOf(file)).header;
}

/** The facts of a sound file, as its record holds them; the placeholder comes from the picture. */
export function storedFacts(header: OrientedHeader, facts: Facts, thumbhash: string | null): StoredFacts {
  const { takenAt } = facts;
  return {
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
      taken: takenFrom(takenAt),
      thumbhash,
      caption: longCaption(facts.caption),
    }),
  };
}

/** How exactly a time is known and from where; null for what is told of nearly all, so that no record has to hold it. */
function takenFrom(takenAt: TakenAt | null): IntrinsicFacts["taken"] {
  if (takenAt === null) return null;
  const { precision, source } = takenAt;
  return precision === "second" && source === "exif" ? null : { precision, source };
}
