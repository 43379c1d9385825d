import { tagline } from "tagline-client";
import { session } from "./session.svelte.ts";

/**
 * The service that this page comes from. No key is held here: the browser sends the cookie of the session, or what
 * Cloudflare Access has given it, by itself. A person who waits is told soon, so the client waits less than a program would.
 */
export const service = tagline({
  url: location.origin,
  key: null,
  timeoutMs: 30_000,
  retry: { attempts: 3, maxWaitMs: 20_000 },
  fetch: async (url, init) => {
    const response = await fetch(url, init);
    if (response.status === 401) session.end();
    return response;
  },
});
