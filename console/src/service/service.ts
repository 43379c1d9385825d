import { tagline } from "tagline-client";
import { session } from "./session.svelte.ts";

/** After a write the service names the state of its database; a read that names it sees that write, wherever it is served. */
const bookmarkHeader = "X-D1-Bookmark";
let bookmark: string | null = null;

/** Asks the service as this page does; an answer that knows nobody ends the session. */
export async function fetchHere(url: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  if (bookmark !== null) headers.set(bookmarkHeader, bookmark);
  const response = await fetch(url, { ...init, headers });
  bookmark = response.headers.get(bookmarkHeader) ?? bookmark;
  if (response.status === 401) session.end();
  return response;
}

/**
 * The service that this page comes from. No key is held here: the browser sends the cookie of the session, or what
 * Cloudflare Access has given it, by itself. A person who waits is told soon, so the client waits less than a program would.
 */
export const service = tagline({
  url: location.origin,
  key: null,
  timeoutMs: 30_000,
  retry: { attempts: 3, maxWaitMs: 20_000 },
  fetch: fetchHere,
});
