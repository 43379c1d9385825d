import type { MediaObject } from "../db/media/record.ts";
import type { Services } from "../services.ts";
import type { ByteRange } from "../core/byte-range.ts";
import type { ObjectInfo } from "../storage/provider.ts";
import { objectMissing } from "./failures.ts";
import { providerOf } from "./providers.ts";

/** The original's bytes, or part of them. */
export interface OpenedContent {
  readonly info: ObjectInfo;
  readonly body: ReadableStream;
}

/** Refuses what is asked of a missing record's object: a storage may still give away what was deleted (Dropbox does). */
export function requirePresent({ missingSince }: Pick<MediaObject, "missingSince">): void {
  if (missingSince !== null) throw objectMissing();
}

/** What the storage holds for a record now. */
export async function currentObject(services: Services, media: MediaObject): Promise<ObjectInfo> {
  const info = await providerOf(services, media.provider).stat(media.pathKey);
  if (info === null) throw objectMissing();
  return info;
}

/** What the record says of its object: usually that is what the storage holds, and costs no call. */
export function recordedObject(media: MediaObject): ObjectInfo {
  return {
    objectKey: media.objectKey,
    pathKey: media.pathKey,
    providerRef: media.providerRef,
    version: media.version,
    contentHash: media.contentHash,
    sizeBytes: media.fileSize,
    lastModified: media.lastModified,
  };
}

/** Opens exactly the bytes that `info` names; null if the object has others by now. */
export async function openContent(
  services: Services,
  media: MediaObject,
  info: ObjectInfo,
  range: ByteRange | null,
): Promise<OpenedContent | null> {
  const provider = providerOf(services, media.provider);
  const options = range === null ? { version: info.version } : { version: info.version, range };
  const opened = await provider.open(media.pathKey, options);
  if (opened.kind === "missing") throw objectMissing();
  return opened.kind === "opened" ? { info: opened.info, body: opened.body } : null;
}
