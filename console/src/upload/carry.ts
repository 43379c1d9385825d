import { TaglineError, type MediaObject, type Tagline } from "tagline-client";
import { numberedKey } from "./keys.ts";
import { md5Of } from "./md5.ts";
import { outcomeOf, type Outcome } from "./outcome.ts";

/** A file on its way. */
export interface Carried {
  readonly file: File;
  readonly key: string;
  /** Hears that it is being sent, and how many bytes are out. */
  readonly onProgress: (sent: number) => void;
  readonly signal: AbortSignal;
}

/** As much of the client as a file needs. */
export type UploadService = Pick<Tagline, "api" | "upload">;

/** Above that the page does not hold a file whole to compute its digest; the length is checked all the same. */
const mostDigested = 256 * 1024 * 1024;

/** So many names are tried for a file whose own another photo has. */
const mostNames = 100;

/**
 * Sends a file unless it is there already, and never in the place of another photo. Throws only the reason of the signal:
 * every failure is an outcome.
 */
export async function carry(service: UploadService, carried: Carried): Promise<Outcome> {
  try {
    return (await settled(service, carried)) ?? (await sent(service, carried));
  } catch (error) {
    carried.signal.throwIfAborted();
    return outcomeOf(error);
  }
}

async function sent(service: UploadService, carried: Carried): Promise<Outcome> {
  const { file, key, onProgress, signal } = carried;
  onProgress(0);
  const sha256 = file.size > mostDigested ? undefined : await sha256Of(file);
  signal.throwIfAborted();
  try {
    const { id } = await service.upload({
      object_key: key,
      body: file,
      ...(sha256 === undefined ? {} : { sha256 }),
      signal,
      onProgress: ({ sent }) => onProgress(sent),
    });
    return { kind: "done", id };
  } catch (error) {
    if (!(error instanceof TaglineError) || error.code !== "object_exists") throw error;
    // Somebody was quicker, an answer was lost, or the key is one of the trash, which no list shows.
    const free = await firstFree(service, carried);
    return (await settled(service, carried)) ?? { kind: "taken", free, isInTrash: true };
  }
}

/** What is known of a file whose key the archive has; null for a key that is free. */
async function settled(service: UploadService, carried: Carried): Promise<Outcome | null> {
  const { file, key, signal } = carried;
  const known = await find(service, key, signal);
  if (known === null) return null;
  const isSame = sameAs(file, signal);
  if (await isSame(known)) return { kind: "present", id: known.id, key };
  for (let number = 2; number < mostNames; number += 1) {
    const free = numberedKey(key, number);
    const other = await find(service, free, signal);
    if (other === null) return { kind: "taken", free, isInTrash: false };
    // It was sent under this name before.
    if (await isSame(other)) return { kind: "present", id: other.id, key: free };
  }
  return { kind: "taken", free: numberedKey(key, Date.now()), isInTrash: false };
}

async function firstFree(service: UploadService, { key, signal }: Carried): Promise<string> {
  for (let number = 2; number < mostNames; number += 1) {
    const free = numberedKey(key, number);
    if ((await find(service, free, signal)) === null) return free;
  }
  return numberedKey(key, Date.now());
}

async function find(service: UploadService, key: string, signal: AbortSignal): Promise<MediaObject | null> {
  const { data } = await service.api.GET("/v1/media", {
    params: { query: { object_key: key, limit: 1 } },
    signal,
  });
  return data.items[0] ?? null;
}

/** Whether records have the bytes of a file; its digests are computed once, and only for what has its size. */
function sameAs(file: File, signal: AbortSignal): (known: MediaObject) => Promise<boolean> {
  let md5: Promise<string> | null = null;
  let sha256: Promise<string> | null = null;
  return async ({ file_size: size, content_hash: hash }) => {
    if (size !== file.size) return false;
    // Without a digest nothing tells that it is the same photo, and a photo more is better than one that is lost.
    if (hash === null) return false;
    if (hash.startsWith("md5:")) return hash === `md5:${await (md5 ??= md5Of(file, signal))}`;
    if (hash.startsWith("sha256:")) return hash === `sha256:${await (sha256 ??= sha256Of(file).then(hexOf))}`;
    return false;
  };
}

async function sha256Of(file: File): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
