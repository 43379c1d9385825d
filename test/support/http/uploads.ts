import { env } from "cloudflare:workers";

import { jpegBytes } from "../images/index.ts";
import { api, apiWith, type ApiRequest } from "./api.ts";

/** An upload of raw bytes; the rest as for any request. */
export interface RawUpload extends ApiRequest {
  readonly key: string;
  readonly bytes: Uint8Array | ReadableStream;
  readonly type?: string;
  /** Other query parameters. */
  readonly query?: Readonly<Record<string, string>>;
  /** `Content-Length`; that of the bytes where none is given, which a stream does not have. */
  readonly length?: number;
  /** Bindings that are replaced. */
  readonly bindings?: Partial<Env>;
}

/** `POST /v1/media` with a raw body. */
export async function upload(request: RawUpload): Promise<Response> {
  const { key, bytes, type, query = {}, length, bindings, ...rest } = request;
  const headers = new Headers(rest.headers);
  if (type !== undefined) headers.set("Content-Type", type);
  const known = bytes instanceof Uint8Array ? bytes.length : undefined;
  const stated = length ?? known;
  if (stated !== undefined) headers.set("Content-Length", String(stated));
  const path = `/v1/media?${new URLSearchParams({ object_key: key, ...query }).toString()}`;
  // Always a stream: of bytes the runtime would state the length by itself.
  const body = bytes instanceof Uint8Array ? new Blob([bytes]).stream() : bytes;
  const init = { as: "write", ...rest, method: "POST", headers, body } as const;
  return bindings === undefined ? api(path, init) : apiWith(bindings, path, init);
}

/** `POST /v1/media` with a form; `query` goes into the address. */
export async function uploadForm(
  fields: Readonly<Record<string, string | Blob>>,
  query: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === "string") form.append(name, value);
    else form.append(name, value, "photo.jpg");
  }
  const path = `/v1/media?${new URLSearchParams(query).toString()}`;
  return api(path, { method: "POST", as: "write", body: form });
}

/** The bytes that the bucket of originals holds at a key; null where there is nothing. */
export async function storedBytes(key: string): Promise<Uint8Array | null> {
  const object = await env.MEDIA_BUCKET.get(key);
  return object === null ? null : new Uint8Array(await object.arrayBuffer());
}

/** All keys of the bucket of originals. */
export async function storedKeys(): Promise<string[]> {
  return (await env.MEDIA_BUCKET.list()).objects.map((object) => object.key);
}

/** How many records there are. */
export async function recordCount(): Promise<number> {
  const row = await env.DB.prepare("SELECT count(*) AS n FROM media_objects").first<{ n: number }>();
  return row?.n ?? 0;
}

/** A small JPEG; another picture for another `width`. */
export function smallJpeg(width = 16): Uint8Array {
  return jpegBytes({ width, height: 8 });
}

/** The value of `Content-Digest` for bytes. */
export async function digestOf(bytes: Uint8Array): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `sha-256=:${btoa(String.fromCharCode(...hash))}:`;
}
