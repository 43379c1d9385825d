import { createMiddleware } from "hono/factory";

import { validationError } from "../../core/errors.ts";
import type { LogFields } from "../../core/log.ts";
import { createServices } from "../../services.ts";
import { newTraceId, parseTraceparent } from "../../core/trace.ts";
import type { AppEnv, Caller } from "../context.ts";

const reported = new WeakSet();

/**
 * The outermost middleware: names the request, wires the services, and gives every response its request id, timing,
 * caching and, after a write, the bookmark to read it back with.
 */
export const requestContext = createMiddleware<AppEnv>(async function requestContext(context, next) {
  const startedAt = Date.now();
  const requestId = acceptableRequestId(context.req.header("X-Request-Id")) ?? crypto.randomUUID();
  const bookmarkSent = context.req.header("X-D1-Bookmark");
  const services = createServices(context.env, {
    session: isBookmark(bookmarkSent) ? { bookmark: bookmarkSent } : "anywhere",
    traceId: parseTraceparent(context.req.header("traceparent")) ?? newTraceId(),
    logContext: { request: requestId },
  });
  context.set("requestId", requestId);
  context.set("services", services);
  context.set("caller", { kind: "nobody", because: "nothing_sent" });
  if (!reported.has(services.config)) {
    reported.add(services.config);
    for (const problem of services.problems) services.log.error("config.problem", { problem });
  }
  await next();
  const { headers } = context.res;
  const { cost } = services.db;
  const totalMs = Date.now() - startedAt;
  headers.set("X-Request-Id", requestId);
  headers.set("Server-Timing", `total;dur=${totalMs}, db;dur=${cost.waitedMs};desc="${cost.rowsRead} read"`);
  if (!headers.has("Cache-Control")) headers.set("Cache-Control", "private, no-cache");
  const bookmark = services.db.bookmark();
  if (isWrite(context.req.method) && bookmark !== null) headers.set("X-D1-Bookmark", bookmark);
  services.log.info("request.done", {
    method: context.req.method,
    // The path alone: the query of a signed link holds its signature.
    path: context.req.path,
    ...who(context.get("caller")),
    status: context.res.status,
    ms: totalMs,
    rows_read: cost.rowsRead,
    rows_written: cost.rowsWritten,
  });
});

/** The name of the key, also where its session is used, or the address of the person. */
function who(caller: Caller): LogFields {
  if (caller.kind !== "known") return {};
  return caller.entry === null ? { person: caller.name } : { key: caller.name };
}

function acceptableRequestId(header: string | undefined): string | null {
  return header !== undefined && /^[A-Za-z0-9._-]{1,128}$/.test(header) ? header : null;
}

/** Refuses a bookmark that D1 cannot have given out. A route without a key reads no records and needs no bookmark. */
export const checkBookmark = createMiddleware<AppEnv>(async function checkBookmark(context, next) {
  const sent = context.req.header("X-D1-Bookmark");
  if (sent !== undefined && !isBookmark(sent) && /^\/(v1\/|mcp$)/.test(context.req.path)) {
    throw validationError([{ path: "X-D1-Bookmark", message: "is not a bookmark of this service" }]);
  }
  await next();
});

/** Whether a text has the form of a bookmark of D1. A client that sends a bookmark back sees at least that state. */
function isBookmark(text: string | undefined): text is string {
  return text !== undefined && /^[0-9a-f-]{1,256}$/.test(text);
}

function isWrite(method: string): boolean {
  return method !== "GET" && method !== "HEAD" && method !== "OPTIONS";
}
