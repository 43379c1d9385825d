import { toHex } from "../../core/text/encoding.ts";
import type { MediaObject } from "../../db/media/record.ts";
import type { ProcessingOutcome } from "../../db/media/writes.ts";
import { AppError } from "../../core/errors.ts";
import { ContentHasher, ContentHashStream, hashBlockBytes } from "../../storage/content-hash.ts";
import type { StorageProvider } from "../../storage/provider.ts";
import type { Account } from "../../thumbnail/budget.ts";

/** The hashes that processing adds to a record. */
export type ObjectHashes = Pick<ProcessingOutcome, "contentHash" | "portableHash">;

/** A record whose object is hashed, and the account on which a block of it counts while that goes on. */
export interface HashedObject {
  readonly provider: StorageProvider;
  readonly media: MediaObject;
  readonly account: Account;
}

/**
 * Hashes an object's bytes: what was read whole anyway by the one algorithm that tells photos of all providers alike,
 * and, where the provider cannot tell a hash without reading (an R2 multipart upload), by SHA-256 too. Such an object is
 * read for that even if it is too large to be decoded, as a stream.
 */
export async function hashObject(object: HashedObject, whole: Uint8Array | null): Promise<ObjectHashes> {
  const { provider, media, account } = object;
  if (media.contentHash?.startsWith("dropbox:")) {
    return { contentHash: null, portableHash: media.contentHash };
  }
  if (whole === null && media.contentHash !== null) return { contentHash: null, portableHash: null };
  const blockBytes = Math.min(hashBlockBytes, media.fileSize);
  account.reserve(blockBytes);
  const hashes =
    whole === null ? await hashStream(provider, media) : await hashWhole(whole, media.contentHash === null);
  account.release(blockBytes);
  return hashes;
}

async function hashWhole(whole: Uint8Array, needsContentHash: boolean): Promise<ObjectHashes> {
  const hasher = new ContentHasher();
  await hasher.write(whole);
  return {
    contentHash: needsContentHash ? sha256Hash(await crypto.subtle.digest("SHA-256", whole)) : null,
    portableHash: await hasher.finish(),
  };
}

async function hashStream(provider: StorageProvider, media: MediaObject): Promise<ObjectHashes> {
  const opened = await provider.open(media.pathKey, { version: media.version });
  if (opened.kind !== "opened") throw changedWhileRead();
  const portable = new ContentHashStream();
  const digest = new crypto.DigestStream("SHA-256");
  await opened.body.pipeThrough(portable).pipeTo(digest).catch(storageBrokeOff);
  if (Number(digest.bytesWritten) !== media.fileSize) storageBrokeOff(undefined);
  return { contentHash: sha256Hash(await digest.digest), portableHash: portable.contentHash };
}

function sha256Hash(digest: ArrayBuffer): string {
  return `sha256:${toHex(new Uint8Array(digest))}`;
}

function changedWhileRead(): AppError {
  return new AppError("storage_unavailable", "The object changed while the service was reading the object.");
}

function storageBrokeOff(cause: unknown): never {
  throw new AppError(
    "storage_unavailable",
    "The storage provider stopped sending in the middle of an object.",
    {
      cause,
    },
  );
}
