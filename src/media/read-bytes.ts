import { AppError } from "../errors.ts";
import type { ObjectInfo, OpenOptions, StorageProvider } from "../storage/provider.ts";
import { thumbnailMemory } from "../thumbnail/thumbnail.ts";

/** The bytes of an object, or why there are none. */
export type ReadResult =
  | { readonly kind: "read"; readonly bytes: Uint8Array }
  | { readonly kind: "changed"; readonly info: ObjectInfo }
  | { readonly kind: "missing" };

/**
 * Reads an object, or a part of it, into memory. A whole object is only read when this isolate has room for it and for
 * what decoding will take; else the error says to come again soon.
 */
export async function readBytes(
  provider: StorageProvider,
  pathKey: string,
  sizeBytes: number,
  options: OpenOptions,
): Promise<ReadResult> {
  if (options.range === undefined && thumbnailMemory.usedBytes + sizeBytes > thumbnailMemory.limitBytes) {
    throw new AppError("internal_error", "This Worker is busy with other pictures; try again in a moment.", {
      retryAfterSeconds: 2,
    });
  }
  const opened = await provider.open(pathKey, options);
  if (opened.kind !== "opened") return opened;
  const { sizeBytes: whole } = opened.info;
  const { range } = options;
  const expected = range === undefined ? whole : Math.min(range.length, whole - range.offset);
  return { kind: "read", bytes: await collect(opened.body, expected) };
}

/** A body may also break off without an error; what is too short must not be taken for a corrupt file. */
async function collect(body: ReadableStream, expected: number): Promise<Uint8Array> {
  const bytes = await new Response(body).arrayBuffer().catch((cause: unknown) => brokenOff(cause));
  return bytes.byteLength === expected ? new Uint8Array(bytes) : brokenOff(undefined);
}

function brokenOff(cause: unknown): never {
  const detail = "The storage provider broke off in the middle of an object.";
  throw new AppError("storage_unavailable", detail, { cause });
}
