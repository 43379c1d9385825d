import { AppError } from "../../core/errors.ts";
import type { MediaType } from "../../core/media-type.ts";
import type { ObjectInfo, StorageProvider } from "../../storage/provider.ts";
import { bodyBrokeOff, type Upload } from "./body.ts";

/** How long a body has to show that it broke, once the storage has failed. */
const faultGraceMs = 50;

/** A body whose first bytes were read: its key and type, and what follows the head. */
export interface JudgedBody {
  readonly objectKey: string;
  readonly contentType: MediaType;
  readonly head: Uint8Array;
  readonly rest: ReadableStream;
}

/** Streams a body into a provider; a body that breaks off, or is refused, leaves nothing behind. */
export async function storeObject(
  provider: StorageProvider,
  upload: Upload,
  { objectKey, contentType, head, rest }: JudgedBody,
): Promise<ObjectInfo> {
  const { readable, writable } = new FixedLengthStream(upload.sizeBytes);
  const done = new AbortController();
  // Never rejects, so that the body may break while the storage is waited for.
  const fault = feed(writable, head, rest, done.signal).then(() => null, bodyBrokeOff);
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
      "An object with this key already exists. Send overwrite=true to replace the object.",
    );
  }
  if (stored.value.kind === "digest_mismatch") {
    throw new AppError(
      "digest_mismatch",
      "The digest of the body differs from the header Content-Digest. Nothing was stored.",
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
