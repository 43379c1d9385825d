import { addressOf } from "../http/address.ts";
import type { Call, CallBody, Exchange } from "../http/exchange.ts";
import { jsonOf } from "../http/json.ts";
import { isMediaObject, type MediaObject } from "../media-object.ts";
import { fetchWithProgress, progressRequest } from "./browser.ts";
import { streamSupport } from "./runtime.ts";
import { collected, counted, sourceOf, type Source, type UploadBody } from "./source.ts";

/** How far an upload is, in bytes. A photo that is sent again begins anew. */
export interface UploadProgress {
  readonly sent: number;
  readonly total: number;
}

/** A photo to upload. */
export interface Upload {
  /** The name of the object in the storage, such as `2024/beach/IMG_0042.jpg`. */
  readonly object_key: string;
  readonly body: UploadBody;
  /** How many bytes a stream has; a `Blob` and a `Uint8Array` tell it themselves. */
  readonly size?: number;
  /** Replaces the object that has this key. */
  readonly overwrite?: boolean;
  /** The storage provider; without it the first one that can be written to. */
  readonly provider?: string;
  /** The SHA-256 of the bytes, 32 bytes long. The service refuses the photo if other bytes arrive. */
  readonly sha256?: Uint8Array;
  /**
   * Hears how many bytes are on their way. Node, Bun and workerd tell it as they take the bytes, browsers as the bytes
   * are out; elsewhere, and in a browser with a `fetch` of your own, it is heard at the beginning and at the end.
   */
  readonly onProgress?: (progress: UploadProgress) => void;
  readonly signal?: AbortSignal;
}

/** The slowest line that an upload is given time for, where nobody sees its bytes move. */
const slowestBytesPerMs = 16;

/** Uploads a photo, and gives its media object. */
export async function upload(exchange: Exchange, photo: Upload): Promise<MediaObject> {
  const { object_key, provider, overwrite, signal = null, onProgress } = photo;
  const source = sourceOf(photo.body, photo.size);
  const total = source.size;
  let told: number | null = null;
  const tell = (sent: number): void => {
    if (sent !== told) onProgress?.({ sent, total });
    told = sent;
  };
  const url = addressOf(exchange.baseUrl, "/v1/media", {
    query: { object_key, provider, overwrite: overwrite === true ? true : undefined },
  });
  const headers = headersOf(photo);
  const way = wayOf(exchange, photo, source, tell);
  const response = await exchange.send({
    method: "POST",
    url,
    headers,
    signal,
    isReplayable: source.isReplayable,
    ...way,
  });
  const media = await jsonOf(response, isMediaObject);
  tell(total);
  return media;
}

function headersOf({ sha256 }: Upload): Headers {
  // The service tells the type by the bytes; a file whose name says another type is still a photo.
  const headers = new Headers({ "content-type": "application/octet-stream" });
  if (sha256 !== undefined) headers.set("content-digest", `sha-256=:${base64(sha256)}:`);
  return headers;
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** How the bytes go out: all at once where nobody wants to see them move, else in the way that the runtime has. */
function wayOf(
  exchange: Exchange,
  { onProgress }: Upload,
  source: Source,
  tell: (sent: number) => void,
): Pick<Call, "body" | "fetch"> & { readonly timeoutMs?: number } {
  const support = streamSupport();
  const { whole, size } = source;
  if (whole === null || (onProgress !== undefined && support.kind !== "none"))
    return { body: (touch, over) => streamed(source, (sent) => (touch(), tell(sent)), over) };
  const progress = onProgress === undefined || !exchange.usesRuntimeFetch ? null : progressRequest();
  const timeoutMs = exchange.timeoutMs + size / slowestBytesPerMs;
  const body = (): CallBody => (tell(0), { body: whole });
  return progress === null
    ? { body, timeoutMs }
    : { body, timeoutMs, fetch: fetchWithProgress(progress, tell) };
}

/** The body as a stream with a length, which is let go of when the request is over. */
async function streamed(
  source: Source,
  onBytes: (sent: number) => void,
  over: AbortSignal,
): Promise<CallBody> {
  const { size } = source;
  onBytes(0);
  const opened = counted(await source.open(), size, onBytes);
  over.addEventListener("abort", opened.stop);
  if (over.aborted) opened.stop();
  const support = streamSupport();
  if (support.kind === "none") return collected(opened);
  const { stream, failure } = opened;
  if (support.kind === "header")
    return { body: stream, duplex: "half", headers: { "content-length": String(size) }, failure };
  const { readable, writable } = new support.withLength(size);
  // The request fails with it, and `failure` says why.
  stream.pipeTo(writable).catch(() => {});
  return { body: readable, failure };
}
