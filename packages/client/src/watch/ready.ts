import { addressOf } from "../http/address.ts";
import { TaglineError } from "../http/error.ts";
import type { Exchange } from "../http/exchange.ts";
import { jsonOf } from "../http/json.ts";
import { isMediaObject, type MediaObject } from "../media-object.ts";

const firstDelayMs = 250;
const longestDelayMs = 5_000;
const growth = 1.5;

/**
 * Waits until a media object is processed: until its `state` is `ready`, `failed` or `unsupported`. Each look costs the
 * service little, since it answers `304` while nothing has changed, and the looks become rarer.
 */
export async function waitUntilReady(
  exchange: Exchange,
  id: string,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<MediaObject> {
  const url = addressOf(exchange.baseUrl, "/v1/media/{id}", { path: { id } });
  let tag: string | null = null;
  for (let delay = firstDelayMs; ; delay = Math.min(delay * growth, longestDelayMs)) {
    const headers = new Headers(tag === null ? {} : { "if-none-match": tag });
    const response = await unlessSame(exchange.send({ method: "GET", url, headers, signal: signal ?? null }));
    if (response !== null) {
      const media = await jsonOf(response, isMediaObject);
      if (media.state !== "pending") return media;
      tag = response.headers.get("etag");
    }
    await exchange.sleep(delay, signal);
  }
}

/** An answer, or null where nothing has changed. */
async function unlessSame(answer: Promise<Response>): Promise<Response | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof TaglineError && error.code === "not_modified") return null;
    throw error;
  }
}
