import type { MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import { createMiddleware } from "hono/factory";

import type { Config } from "../../config/config.ts";
import type { AppEnv } from "../context.ts";

const allowMethods = ["GET", "HEAD", "POST", "PATCH", "DELETE"];

const allowHeaders = [
  "Authorization",
  "Content-Digest",
  "Content-Type",
  "If-Match",
  "If-None-Match",
  "If-Range",
  "Last-Event-ID",
  "MCP-Protocol-Version",
  "Mcp-Method",
  "Mcp-Name",
  "Range",
  "traceparent",
  "X-API-Key",
  "X-D1-Bookmark",
  "X-Request-Id",
];

const exposeHeaders = [
  "Accept-Ranges",
  "Content-Disposition",
  "Content-Range",
  "ETag",
  "Link",
  "Location",
  "Retry-After",
  "Server-Timing",
  "X-D1-Bookmark",
  "X-Request-Id",
];

/** Longer than this no browser keeps the answer to a preflight. */
const preflightSeconds = 86_400;

/**
 * Lets pages of the configured origins call the API (CORS, Fetch standard §3.2). Preflights come without a key and are
 * answered here, before anything is counted; where no origin is configured nothing is said, and they are a 405.
 */
export const crossOrigin = createMiddleware<AppEnv>(async function crossOrigin(context, next) {
  const { config } = context.get("services");
  if (config.corsOrigins !== "*" && config.corsOrigins.length === 0) return next();
  const isPreflight = context.req.header("Access-Control-Request-Method") !== undefined;
  if (context.req.method === "OPTIONS" && !isPreflight) return next();
  return handlerOf(config)(context, next);
});

const isolateHandlers = new WeakMap<Config, MiddlewareHandler>();

function handlerOf(config: Config): MiddlewareHandler {
  const known = isolateHandlers.get(config);
  if (known !== undefined) return known;
  const origin = config.corsOrigins === "*" ? "*" : [...config.corsOrigins];
  const handler = cors({ origin, allowMethods, allowHeaders, exposeHeaders, maxAge: preflightSeconds });
  isolateHandlers.set(config, handler);
  return handler;
}
