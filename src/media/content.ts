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

/** Refuses a request for the object of a missing record: a storage may still hand out a deleted file (Dropbox does). */
export function requirePresent({ missingSince }: Pick<MediaObject, "missingSince">): void {
  if (missingSince !== null) throw objectMissing();
}

/** The object that the storage holds for a record now. */
export async function currentObject(services: Services, media: MediaObject): Promise<ObjectInfo> {
  const info = await providerOf(services, media.provider).stat(media.pathKey);
  if (info === null) throw objectMissing();
  return info;
}

/** The object as the record describes it: usually the storage still holds this object, and no call is needed. */
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
