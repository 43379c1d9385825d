import { createHash } from "node:crypto";
import { createReadStream, fstatSync, openSync, readFileSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { describe, Failure, systemCode } from "../failure.ts";
import { refusalOf, type Media } from "./answers.ts";
import type { Api } from "./api.ts";
import type { LocalFile } from "./walk.ts";

/** What became of a file. */
export type FileResult =
  | { kind: "uploaded" }
  /** The service has the same object already. */
  | { kind: "present" }
  /** The service, or the disk, says that this file cannot go in. */
  | { kind: "refused"; reason: string }
  /** The service could not be reached, or kept failing. */
  | { kind: "lost"; reason: string };

const SMALL_BYTES = 1024 * 1024;
const READ_BYTES = 256 * 1024;

/** The file on this side went wrong; to send it again does not help. */
class UnreadableFile extends Error {}

async function md5Of(path: string): Promise<string> {
  const hash = createHash("md5");
  await pipeline(createReadStream(path, { highWaterMark: READ_BYTES }), hash);
  return hash.digest("hex");
}

/**
 * Whether the service's object is this file. Sizes that differ settle it; equal ones are believed when the file has
 * not been touched since the service got it, as reading all of a large collection again would take hours.
 */
export async function isSame(file: LocalFile, known: Media): Promise<boolean> {
  if (known.file_size !== file.size) return false;
  const storedMs = known.last_modified === null ? Number.NaN : Date.parse(known.last_modified);
  if (file.modifiedMs <= storedMs) return true;
  const md5 = /^md5:([0-9a-f]{32})$/.exec(known.content_hash ?? "")?.[1];
  return md5 === undefined || md5 === (await md5Of(file.path));
}

/** Says that the service has another object under a file's key. */
export function conflict(known: Media, file: LocalFile): FileResult {
  const sizes =
    known.file_size === file.size ? "the same size" : `${known.file_size} bytes, here ${file.size}`;
  return {
    kind: "refused",
    reason: `the service has another object under this key (${sizes}); it is left as it is`,
  };
}

function openFile(
  file: LocalFile,
  onBytes: (count: number) => void,
): { body: Buffer | ReturnType<typeof createReadStream>; size: number } {
  try {
    if (file.size <= SMALL_BYTES) {
      const body = readFileSync(file.path);
      onBytes(body.length);
      return { body, size: body.length };
    }
    const fd = openSync(file.path, "r");
    const { size } = fstatSync(fd);
    const body = createReadStream("", { fd, highWaterMark: READ_BYTES, end: Math.max(size - 1, 0) });
    body.on("data", (chunk) => onBytes(chunk.length));
    body.on("end", () => {
      // The service would wait for the rest.
      if (body.bytesRead < size)
        body.destroy(new UnreadableFile("the file became shorter while it was read"));
    });
    return { body, size };
  } catch (error) {
    throw new UnreadableFile(describe(error), { cause: error });
  }
}

async function settleExisting(api: Api, file: LocalFile, sentBefore: boolean): Promise<FileResult> {
  const known = await api.find(file.key);
  if (known && !(await isSame(file, known))) return conflict(known, file);
  // An attempt whose answer was lost may well have been stored.
  return { kind: sentBefore ? "uploaded" : "present" };
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
  const count = (bytes: number): void => {
    sent += bytes;
    onBytes(bytes);
  };
  try {
    const answer = await api.upload(
      file.key,
      (attempt) => {
        attempts = attempt;
        count(-sent);
        return openFile(file, count);
      },
      (error) => error instanceof UnreadableFile || systemCode(error) === "EIO",
    );
    if (answer.status === 201 || answer.status === 200) return { kind: "uploaded" };
    const { code, detail, status } = refusalOf(answer);
    if (code === "object_exists") return await settleExisting(api, file, attempts > 1);
    return status >= 500 || status === 429
      ? { kind: "lost", reason: `${code}: ${detail}` }
      : { kind: "refused", reason: `${code}: ${detail}` };
  } catch (error) {
    if (error instanceof Failure) throw error;
    return error instanceof UnreadableFile ? { kind: "refused", reason: error.message } : lost(error);
  } finally {
    count(file.size - sent);
  }
}
