import { createMiddleware } from "hono/factory";

import { AppError } from "../../core/errors.ts";
import type { AppEnv } from "../context.ts";
import { countAddress } from "./rate-limiting.ts";

/**
 * Refuses what a page of another origin sends: 403, whoever's key it has. Let in are programs, which send no `Origin`, our
 * own pages, and pages of the origins that the configuration names one by one. The Model Context Protocol asks for this
 * check, since a page whose name has been bound to another address reaches services that only its visitor can reach.
 */
export const refuseForeignPages = createMiddleware<AppEnv>(async function refuseForeignPages(context, next) {
  const origin = context.req.header("Origin");
  const { corsOrigins } = context.get("services").config;
  const named = corsOrigins === "*" ? [] : corsOrigins;
  if (origin === undefined || origin === new URL(context.req.url).origin || named.includes(origin))
    return next();
  await countAddress(context);
  throw new AppError(
    "cross_site",
    "The header Origin names another site, and this path does not answer pages of that site.",
  );
});
