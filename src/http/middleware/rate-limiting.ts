import type { Context } from "hono";
import { createMiddleware } from "hono/factory";

import type { ApiKey } from "../../config/api-keys.ts";
import { AppError } from "../../core/errors.ts";
import { limitPeriodSeconds } from "../../core/rate-limits.ts";
import { clientNetwork } from "../headers/client-network.ts";
import type { AppEnv } from "../context.ts";

/** Counts what needs no key, by address. Below `/v1` it is known only later who calls: authentication counts there. */
export const limitKeyless = createMiddleware<AppEnv>(async function limitKeyless(context, next) {
  if (!/^\/v1(\/|$)/.test(context.req.path)) await countAddress(context);
  await next();
});

/** Counts a read by address: what needs no key, and signed links. 429 over the limit. */
export async function countAddress(context: Context<AppEnv>): Promise<void> {
  if (await context.get("services").limits.allow("READ_LIMIT", addressKey(context))) return;
  throw rateLimited("This address has sent too many requests. Try again later.");
}

/** Making links and counting keywords write nothing, and take a POST only since they take a body. */
const readByPost = /^\/v1\/media\/([^/]+\/links|keywords)$/;

/** Counts a request by its key: reads and writes apart. 429 over the limit. */
export async function countKey(context: Context<AppEnv>, { name }: ApiKey): Promise<void> {
  const { method, path } = context.req;
  const isRead = method === "GET" || method === "HEAD" || (method === "POST" && readByPost.test(path));
  const limit = isRead ? "READ_LIMIT" : "WRITE_LIMIT";
  if (await context.get("services").limits.allow(limit, `key:${name}`)) return;
  throw rateLimited(`This key has sent too many ${isRead ? "reads" : "writes"}. Try again later.`);
}

/** Counts a failed authentication by address, which is refused with 429 rather than 401 or 403 over the limit. */
export async function countFailure(context: Context<AppEnv>): Promise<void> {
  if (await context.get("services").limits.allow("AUTH_LIMIT", addressKey(context))) return;
  throw rateLimited("This address has sent too many invalid keys or links. Try again later.");
}

/** Keys and addresses share a limit, and no name of a key can look like an address. */
function addressKey(context: Context<AppEnv>): string {
  return `address:${clientNetwork(context.req.header("CF-Connecting-IP"))}`;
}

/** The platform does not tell when a period ends, so a caller is asked to wait for a whole one. */
function rateLimited(detail: string): AppError {
  return new AppError("rate_limited", detail, { retryAfterSeconds: limitPeriodSeconds });
}
