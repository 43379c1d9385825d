import { waitUntil } from "cloudflare:workers";
import type { MiddlewareHandler } from "hono";

import { prepareWriting, wakeWriting, writersOf } from "../../media/sidecars/wake.ts";
import type { AppEnv } from "../context.ts";

/**
 * Has sidecars written after a request that may have changed words, whichever it was: the database has marked the records.
 * Costs nothing where no provider has its sidecars written, and a request that only reads nothing at all.
 */
export const keepSidecars: MiddlewareHandler<AppEnv> = async (context, next) => {
  const services = context.get("services");
  const reads = context.req.method === "GET" || context.req.method === "HEAD";
  if (reads || writersOf(services.config).length === 0) return next();
  await prepareWriting(services);
  await next();
  if (context.res.status >= 400) return;
  waitUntil(
    wakeWriting(services).catch((cause: unknown) => services.log.warn("sidecars.wake_failed", {}, cause)),
  );
};
