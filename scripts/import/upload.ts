import { createHash } from "node:crypto";
import { createReadStream, type Stats } from "node:fs";
import { open as openHandle, readFile, stat, type FileHandle } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { describe, Failure, systemCode } from "../failure.ts";
import type { UploadBytes } from "../../packages/client/src/index.ts";
import type { Media } from "./answers.ts";
import type { Api } from "./api.ts";
import type { FilePath } from "./names.ts";
import type { LocalFile } from "./walk.ts";

/** What became of a file. */
export type FileResult =
  | { kind: "uploaded" }
  /** The service has the same object already. */
  | { kind: "present" }
  /** The service has another object under the file's key. */
  | { kind: "taken"; reason: string }
  /** The service, or the disk, says that this file cannot go in. */
  | { kind: "refused"; reason: string }
  /** The service could not be reached, or kept failing. */
  | { kind: "lost"; reason: string };

const smallBytes = 1024 * 1024;
const readBytes = 256 * 1024;

/** The file on this side went wrong; to send it again does not help. */
class UnreadableFile extends Error {}

async function digestOf(algorithm: string, path: FilePath): Promise<string> {
  const hash = createHash(algorithm);
  try {
    await pipeline(createReadStream(path, { highWaterMark: readBytes }), hash);
  } catch (error) {
    throw new UnreadableFile(describe(error), { cause: error });
  }
  return hash.digest("hex");
}

/**
 * Whether the service's object is this file: by size, then by the digest of the bytes. Cameras give the same names
 * again, and some of them files of the same size, so that nothing less tells two photos apart. Only where the service
 * has no digest does the size have to do.
 */
async function isSame(file: LocalFile, known: Media): Promise<boolean> {
  if (known.file_size !== file.size) return false;
  const [, algorithm, digest] = /^(md5|sha256):([0-9a-f]+)$/.exec(known.content_hash ?? "") ?? [];
  return algorithm === undefined || digest === (await digestOf(algorithm, file.path));
}

/** What becomes of a file whose key the service has: it is there already, or its key is taken by another. */
export async function compareWith(file: LocalFile, known: Media): Promise<FileResult> {
  try {
    if (await isSame(file, known)) return { kind: "present" };
  } catch (error) {
    if (error instanceof UnreadableFile) return { kind: "refused", reason: error.message };
    throw error;
  }
  const sizes =
    known.file_size === file.size ? "of the same size" : `of ${known.file_size} bytes, this has ${file.size}`;
  return { kind: "taken", reason: `the service has another object under this key, ${sizes}` };
}

/** The bytes of a file, anew for each attempt; those of a small one at once. */
async function open(path: FilePath, size: number): Promise<UploadBytes> {
  try {
    if (size <= smallBytes) return Uint8Array.from(await readFile(path));
    return streamOf(await openHandle(path), size);
  } catch (error) {
    throw new UnreadableFile(describe(error), { cause: error });
  }
}

/** So many bytes of a file; what a file has grown by since is not sent. */
function streamOf(file: FileHandle, size: number): ReadableStream<Uint8Array> {
  let left = size;
  const close = async (): Promise<void> => file.close().catch(() => {});
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const { bytesRead, buffer } = await file.read({
          buffer: new Uint8Array(Math.min(readBytes, left)),
          position: size - left,
        });
        // The service would wait for the rest.
        if (bytesRead === 0 && left > 0)
          throw new UnreadableFile("the file became shorter while it was read");
        left -= bytesRead;
        if (bytesRead > 0) controller.enqueue(buffer.subarray(0, bytesRead));
        if (left > 0) return;
        controller.close();
      } catch (error) {
        controller.error(error);
      }
      await close();
    },
    cancel: close,
  });
}

async function settleExisting(api: Api, file: LocalFile, sentBefore: boolean): Promise<FileResult> {
  const known = await api.find(file.key);
  const result: FileResult = known === undefined ? { kind: "present" } : await compareWith(file, known);
  // An attempt whose answer was lost may well have been stored.
  return result.kind === "present" && sentBefore ? { kind: "uploaded" } : result;
}

function lost(error: unknown): FileResult {
  return { kind: "lost", reason: systemCode(error) ?? describe(error) };
}

/** Sends one file and says what became of it; `onBytes` hears of progress, and of an attempt's loss as a negative. */
export async function uploadFile(
  api: Api,
  file: LocalFile,
  onBytes: (count: number) => void,
): Promise<FileResult> {
  let attempts = 0;
  let sent = 0;
  const count = (now: number): void => {
    onBytes(now - sent);
    sent = now;
  };
  try {
    const { size } = await statOf(file.path);
    const body = (): Promise<UploadBytes> => {
      attempts += 1;
      return open(file.path, size);
    };
    const refusal = await api.upload({ key: file.key, size, body, onBytes: count });
    if (refusal === null) return { kind: "uploaded" };
    const { code, detail, status } = refusal;
    if (code === "object_exists") return await settleExisting(api, file, attempts > 1);
    return status >= 500 || status === 429
      ? { kind: "lost", reason: `${code}: ${detail}` }
      : { kind: "refused", reason: `${code}: ${detail}` };
  } catch (error) {
    if (error instanceof Failure) throw error;
    return error instanceof UnreadableFile ? { kind: "refused", reason: error.message } : lost(error);
  } finally {
    count(file.size);
  }
}

async function statOf(path: FilePath): Promise<Stats> {
  try {
    return await stat(path);
  } catch (error) {
    throw new UnreadableFile(describe(error), { cause: error });
  }
}
