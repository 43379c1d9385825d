import type { Config } from "../../config/config.ts";
import { AppError } from "../../core/errors.ts";
import type { ByteRange } from "../../core/byte-range.ts";
import type { ObjectInfo, StorageProvider } from "../../storage/provider.ts";
import { type Account, maxFileBytes } from "../../thumbnail/budget.ts";

/** The bytes of an object, or why there are none. */
export type ReadResult =
  | { readonly kind: "read"; readonly bytes: Uint8Array }
  | { readonly kind: "changed"; readonly info: ObjectInfo }
  | { readonly kind: "missing" };

/** Which bytes to read: all of an object's, or a part of them. */
export interface BytesWanted {
  readonly provider: StorageProvider;
  readonly pathKey: string;
  readonly version: string;
  readonly range?: ByteRange;
}

/** The most bytes of an object that is read whole: more could not be decoded, and might never have room. */
export function maxWholeBytes({ maxProcessBytes }: Config): number {
  return Math.min(maxProcessBytes, maxFileBytes);
}

/** How long a body may take from its first byte to its last; well below what makes an account an abandoned one. */
const bodyTimeoutMs = 60_000;

/**
 * Reads an object, or a part of it, into memory. `account` has taken `takenBytes` for that before: what is read is never
 * more, unless there is room for more, too. Throws `busy`, or what the storage fails with.
 */
export async function readBytes(
  account: Account,
  takenBytes: number,
  wanted: BytesWanted,
): Promise<ReadResult> {
  const { provider, pathKey, version, range } = wanted;
  const opened = await provider.open(pathKey, range === undefined ? { version } : { version, range });
  if (opened.kind !== "opened") return opened;
  const { sizeBytes: whole } = opened.info;
  const expected = range === undefined ? whole : Math.max(0, Math.min(range.length, whole - range.offset));
  try {
    // Nothing more as a rule; but an answer may have taken so long that the account was given up.
    account.reserve(Math.max(0, expected - takenBytes));
  } catch (cause) {
    await opened.body.cancel();
    throw cause;
  }
  return { kind: "read", bytes: await collect(opened.body, expected) };
}

/** The bytes of a body. One that ends early, goes on too long, or takes too long is broken off; it must not be taken for a corrupt file. */
export async function collect(body: ReadableStream, expected: number): Promise<Uint8Array> {
  const { readable, writable } = new FixedLengthStream(expected);
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error("the body took too long")), bodyTimeoutMs);
  try {
    const [bytes] = await Promise.all([
      new Response(readable).arrayBuffer(),
      body.pipeTo(writable, { signal: late.signal }),
    ]);
    return new Uint8Array(bytes);
  } catch (cause) {
    throw storageBrokeOff(cause);
  } finally {
    clearTimeout(timer);
  }
}

function storageBrokeOff(cause: unknown): AppError {
  const detail = "The storage provider stopped sending in the middle of an object.";
  return new AppError("storage_unavailable", detail, { cause });
}
