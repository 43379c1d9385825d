import { newMediaId } from "../../core/media-id.ts";
import type { MediaObject, ObjectMetadata } from "../../db/media/record.ts";
import { saveUploaded } from "../../db/media/writes.ts";
import { AppError } from "../../core/errors.ts";
import type { MediaType } from "../../core/media-type.ts";
import {
  cameraRaw,
  isCameraRawHead,
  isCameraRawKey,
  notAnImage,
  type UnacceptedReason,
} from "../../metadata/headers/tiff/camera-raw.ts";
import { FileParts } from "../../metadata/file-parts.ts";
import { readImageHeader } from "../../metadata/headers/header.ts";
import { sniffBytes, sniffMediaType } from "../../metadata/headers/sniff.ts";
import type { Services } from "../../services.ts";
import type { ObjectInfo, StorageProvider } from "../../storage/provider.ts";
import { headBytes } from "../processing/look.ts";
import { checkObjectKey } from "./object-key.ts";
import { contentColumns } from "../processing/process.ts";
import { uploadProvider } from "../providers.ts";
import { queueProcessing } from "./queue-processing.ts";

/** An upload as a client sends it. */
export interface Upload {
  readonly provider: string | undefined;
  readonly objectKey: string;
  readonly body: ReadableStream;
  /** What the client says that the body has. */
  readonly sizeBytes: number;
  /** `Content-Type`; null where the client does not say. */
  readonly declaredType: string | null;
  /** `Content-Digest`, verified by the storage. */
  readonly sha256: Uint8Array | null;
  readonly overwrite: boolean;
  /** Words that come with it, already checked. */
  readonly metadata: ObjectMetadata | null;
}

/** The record of what was stored; `created` is false where an object that was there has been replaced. */
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
  checkSize(upload.sizeBytes, services.config.maxUploadBytes);
  const { head, rest } = await readHead(upload.body);
  const contentType = judgeType(head, upload);
  const replaces = upload.overwrite && (await provider.stat(objectKey)) !== null;
  const info = await storeObject(provider, objectKey, contentType, head, rest, upload);
  const result = await saveRecord(services, provider, info, contentType, upload, replaces);
  // A replaced object's pictures must not be served for it any more.
  if (replaces) await services.derivatives.remove(result.media.id, result.media.thumbnailVersion);
  await queueProcessing(services, result.media.id);
  return result;
}

function checkSize(sizeBytes: number, maxBytes: number): void {
  if (sizeBytes > maxBytes)
    throw new AppError("payload_too_large", `An upload may have at most ${maxBytes} bytes.`);
}

/** Reads just enough of a body to tell its type, of a TIFF enough to tell most camera raws; `rest` is what follows. */
async function readHead(body: ReadableStream): Promise<{ head: Uint8Array; rest: ReadableStream }> {
  const reader = body.getReader();
  let head = new Uint8Array(0);
  try {
    while (head.length < wantedBytes(head)) {
      const result: ReadableStreamReadResult<unknown> = await reader.read();
      if (!(result.value instanceof Uint8Array)) break;
      const joined = new Uint8Array(head.length + result.value.length);
      joined.set(head);
      joined.set(result.value, head.length);
      head = joined;
    }
  } catch (cause) {
    throw brokenOff(cause);
  }
  reader.releaseLock();
  return { head, rest: body };
}

function wantedBytes(head: Uint8Array): number {
  return head.length >= sniffBytes && sniffMediaType(head) === "image/tiff" ? headBytes : sniffBytes;
}

function brokenOff(cause: unknown): AppError {
  return new AppError(
    "validation_error",
    "The body is not as long as its Content-Length; nothing was stored.",
    {
      cause,
      errors: [{ path: "body", message: "is not as long as Content-Length says" }],
    },
  );
}

/** Names that clients use for accepted types. HEIC is a kind of HEIF, and its files carry either name. */
const aliases: ReadonlyMap<string, MediaType> = new Map([
  ["image/jpg", "image/jpeg"],
  ["image/pjpeg", "image/jpeg"],
  ["image/apng", "image/png"],
  ["image/x-ms-bmp", "image/bmp"],
  ["image/x-bmp", "image/bmp"],
  ["image/tif", "image/tiff"],
  ["image/heif", "image/heic"],
]);

/** The type by the first bytes; what the client declares must agree with it. */
function judgeType(head: Uint8Array, upload: Upload): MediaType {
  const { declaredType } = upload;
  const sniffed = sniffMediaType(head);
  const reason = unacceptedReason(head, sniffed, upload);
  if (reason !== null) throw new AppError("unsupported_media_type", reason.detail);
  if (sniffed === null) throw new AppError("unsupported_media_type", notAnImage.detail);
  const declared = declaredType?.split(";")[0]?.trim().toLowerCase() ?? "";
  const says = aliases.get(declared) ?? declared;
  if (says === "" || says === "application/octet-stream") return sniffed;
  if (says !== (aliases.get(sniffed) ?? sniffed)) {
    throw new AppError("unsupported_media_type", `The body is ${sniffed}, not what Content-Type declares.`);
  }
  return sniffed;
}

/**
 * Why a body is refused, as far as its head tells. Where the directories of a TIFF lie further back its name decides; a
 * raw without such a name is recognised when it is processed.
 */
function unacceptedReason(
  head: Uint8Array,
  sniffed: MediaType | null,
  { objectKey, sizeBytes }: Upload,
): UnacceptedReason | null {
  if (sniffed === null) return isCameraRawHead(head) ? cameraRaw : notAnImage;
  if (sniffed !== "image/tiff") return null;
  const result = readImageHeader(new FileParts(head, sizeBytes));
  if (result.kind === "unsupported") return result.reason;
  return result.kind === "need_range" && isCameraRawKey(objectKey) ? cameraRaw : null;
}

/** How long a body has to show that it broke, once the storage has failed. */
const faultGraceMs = 50;

async function storeObject(
  provider: StorageProvider,
  objectKey: string,
  contentType: MediaType,
  head: Uint8Array,
  rest: ReadableStream,
  upload: Upload,
): Promise<ObjectInfo> {
  const { readable, writable } = new FixedLengthStream(upload.sizeBytes);
  const done = new AbortController();
  // Never rejects, so that the body may break while the storage is waited for.
  const fault = feed(writable, head, rest, done.signal).then(() => null, brokenOff);
  const storing = provider.put(objectKey, readable, {
    sizeBytes: upload.sizeBytes,
    contentType,
    overwrite: upload.overwrite,
    ...(upload.sha256 === null ? {} : { sha256: upload.sha256 }),
  });
  const [stored] = await Promise.allSettled([storing]);
  // A body that breaks takes the storage down with it; so the body is asked first.
  const broken =
    stored.status === "fulfilled" ? null : await Promise.race([fault, nothingAfter(faultGraceMs)]);
  // A storage that has failed, or refused early, reads no further: the rest of the body must not wait for it.
  done.abort();
  await fault;
  if (stored.status === "rejected") throw broken ?? stored.reason;
  if (stored.value.kind === "exists") {
    throw new AppError(
      "object_exists",
      "There is an object with this key already; overwrite=true replaces it.",
    );
  }
  if (stored.value.kind === "digest_mismatch") {
    throw new AppError(
      "digest_mismatch",
      "The body does not have the declared Content-Digest; nothing was stored.",
    );
  }
  return stored.value.info;
}

/**
 * Writes the head again and then lets the runtime move the rest, with back-pressure and without a copy of ours. Ends
 * when the storage is `done`; rejects only for what is wrong with the body before that.
 */
async function feed(
  writable: WritableStream,
  head: Uint8Array,
  rest: ReadableStream,
  done: AbortSignal,
): Promise<void> {
  const writer = writable.getWriter();
  const isWritten = await Promise.race([writer.write(head).then(() => true), untilAborted(done)]);
  writer.releaseLock();
  if (!isWritten) return rest.cancel();
  try {
    await rest.pipeTo(writable, { signal: done });
  } catch (cause) {
    if (!done.aborted) throw cause;
  }
}

async function nothingAfter(delayMs: number): Promise<null> {
  await scheduler.wait(delayMs);
  return null;
}

async function untilAborted(signal: AbortSignal): Promise<false> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(false), { once: true });
  });
}

async function saveRecord(
  services: Services,
  provider: StorageProvider,
  info: ObjectInfo,
  contentType: MediaType,
  upload: Upload,
  replaces: boolean,
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
