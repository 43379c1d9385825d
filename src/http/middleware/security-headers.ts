import { createMiddleware } from "hono/factory";

import type { AppEnv } from "../context.ts";

/** The headers of every response whose route sets no others: no response is a page that may load or run anything. */
const defaults = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
  "X-Frame-Options": "DENY",
  "Cross-Origin-Opener-Policy": "same-origin",
} as const;

/** For this host alone: what else lives below the operator's domain is not ours to decide about. */
const strictTransport = "max-age=31536000";

/** States on every response, refusals included, what a browser may do with it. */
export const securityHeaders = createMiddleware<AppEnv>(async function securityHeaders(context, next) {
  await next();
  const { headers } = context.res;
  for (const [name, value] of Object.entries(defaults)) if (!headers.has(name)) headers.set(name, value);
  // A signed link is made to be shown on other people's pages; all else needs a key, or CORS, which asks for no more.
  const isLink = context.get("caller").kind === "link";
  headers.set("Cross-Origin-Resource-Policy", isLink ? "cross-origin" : "same-origin");
  const { protocol, hostname } = new URL(context.req.url);
  // On a developer's machine it would bind every other service there, too.
  if (protocol === "https:" && hostname !== "localhost")
    headers.set("Strict-Transport-Security", strictTransport);
});
