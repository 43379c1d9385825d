import { AppError } from "../../core/errors.ts";
import { newMediaId } from "../../core/media-id.ts";
import { isSidecarKey, type MediaType } from "../../core/media-type.ts";
import type { MediaObject } from "../../db/media/record.ts";
import { saveUploaded } from "../../db/media/writes.ts";
import type { Services } from "../../services.ts";
import type { ObjectInfo, StorageProvider } from "../../storage/provider.ts";
import { contentColumns } from "../processing/process.ts";
import { uploadProvider } from "../providers.ts";
import type { Upload } from "./body.ts";
import { checkObjectKey } from "./object-key.ts";
import { queueProcessing } from "./queue-processing.ts";
import { judgeType, readHead } from "./read-head.ts";
import { storeObject } from "./store-object.ts";

/** The record of the stored object; `created` is false if the upload has replaced an object. */
export interface UploadResult {
  readonly media: MediaObject;
  readonly created: boolean;
}

/**
 * Stores an upload: the object first, its record second. Whatever fails before the object is whole leaves nothing behind
 * and what was there untouched; if the record cannot be written, a fresh object is removed again.
 */
export async function storeUpload(services: Services, upload: Upload): Promise<UploadResult> {
  const provider = uploadProvider(services, upload.provider);
  const objectKey = checkObjectKey(upload.objectKey);
  refuseSidecar(objectKey);
  checkSize(upload.sizeBytes, services.config.maxUploadBytes);
  const { head, rest } = await readHead(upload.body);
  const contentType = judgeType(head, upload);
  const replaces = upload.overwrite && (await provider.stat(objectKey)) !== null;
  const info = await storeObject(provider, upload, { objectKey, contentType, head, rest });
  const result = await saveRecord(services, provider, { info, contentType, upload, replaces });
  // A replaced object's pictures must not be served for it any more.
  if (replaces) await services.derivatives.remove(result.media.id, result.media.thumbnailVersion);
  await queueProcessing(services, result.media.id);
  return result;
}

function refuseSidecar(objectKey: string): void {
  if (!isSidecarKey(objectKey)) return;
  throw new AppError(
    "unsupported_media_type",
    "A key that ends in .xmp names a sidecar, which is no photo. Put the sidecar beside the photo in the storage, or send its words as object_metadata with the photo.",
  );
}

function checkSize(sizeBytes: number, maxBytes: number): void {
  if (sizeBytes > maxBytes)
    throw new AppError("payload_too_large", `An upload may have at most ${maxBytes} bytes.`);
}

/** An upload whose object is stored; `replaces` where there was one at its key. */
interface StoredUpload {
  readonly info: ObjectInfo;
  readonly contentType: MediaType;
  readonly upload: Upload;
  readonly replaces: boolean;
}

async function saveRecord(
  services: Services,
  provider: StorageProvider,
  { info, contentType, upload, replaces }: StoredUpload,
): Promise<UploadResult> {
  const id = newMediaId();
  try {
    const media = await saveUploaded(services.db.primary(), {
      ...contentColumns(info),
      id,
      provider: provider.name,
      objectKey: info.objectKey,
      pathKey: info.pathKey,
      providerRef: info.providerRef,
      contentType,
      objectMetadata: upload.metadata,
      now: Date.now(),
    });
    return { media, created: media.id === id || !upload.overwrite };
  } catch (cause) {
    // An object that replaced another has taken its place for good, and the next ingest notices it.
    if (!replaces) await removeFresh(services, provider, info);
    throw cause;
  }
}

/** Removes an object that has no record; if that fails too, the next ingest takes the object in. */
async function removeFresh(services: Services, provider: StorageProvider, info: ObjectInfo): Promise<void> {
  try {
    await provider.remove(info.pathKey);
  } catch (cause) {
    services.log.warn("upload.left_behind", { key: info.pathKey }, cause);
  }
}
