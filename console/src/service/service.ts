import { tagline } from "tagline-client";
import { session } from "./session.svelte.ts";

/** Asks the service as this page does; an answer that knows nobody ends the session. */
export async function fetchHere(...request: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...request);
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
