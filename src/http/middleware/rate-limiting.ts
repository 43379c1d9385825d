import type { Context } from "hono";
import { createMiddleware } from "hono/factory";

import { AppError } from "../../core/errors.ts";
import { limitPeriodSeconds } from "../../core/rate-limits.ts";
import { clientNetwork } from "../headers/client-network.ts";
import type { AppEnv, Caller } from "../context.ts";

/** Counts what needs no key, by address. Where a key is needed it is known only later who calls: authentication counts there. */
export const limitKeyless = createMiddleware<AppEnv>(async function limitKeyless(context, next) {
  if (!/^\/(v1(\/|$)|mcp$)/.test(context.req.path)) await countAddress(context);
  await next();
});

/** Counts a read by address: what needs no key, and links that have expired. 429 over the limit. */
export async function countAddress(context: Context<AppEnv>): Promise<void> {
  await count(context, "READ_LIMIT", { kind: "nobody", because: "nothing_sent" });
}

/**
 * Counts a request by the key, also of a session, or by the person, or by the address from which a signed link is followed.
 * Whoever is nobody reads, by the address; a session that is not ours is an attempt at guessing. 429 over the limit.
 */
export async function countCaller(context: Context<AppEnv>): Promise<void> {
  const caller = context.get("caller");
  if (caller.kind !== "nobody") return count(context, limitOf(context), caller);
  return caller.because === "session_altered" ? countFailure(context) : countAddress(context);
}

/** Counts a request among the writes too, where its body has proved to ask for one. 429 over the limit. */
export async function countWrite(context: Context<AppEnv>): Promise<void> {
  await count(context, "WRITE_LIMIT", context.get("caller"));
}

/** Counts a request among the reads too, where its `v` has proved wrong. 429 over the limit. */
export async function countRead(context: Context<AppEnv>): Promise<void> {
  await count(context, "READ_LIMIT", context.get("caller"));
}

/**
 * Making links and counting keywords write nothing, and take a POST only since they take a body; a session is kept in the
 * browser alone. Of a message of an agent only the body tells whether it writes; then it counts among the writes as well.
 */
const writesNothing = /^(POST \/v1\/media\/([^/]+\/links|keywords)|POST \/mcp|(POST|DELETE) \/v1\/session)$/;

function limitOf(context: Context<AppEnv>): "READ_LIMIT" | "WRITE_LIMIT" | "THUMBNAIL_LIMIT" {
  const { method, path } = context.req;
  if (writesNothing.test(`${method} ${path}`)) return "READ_LIMIT";
  if (method !== "GET" && method !== "HEAD") return "WRITE_LIMIT";
  return namesThumbnail(context) ? "THUMBNAIL_LIMIT" : "READ_LIMIT";
}

/** How the `thumbnail_version` of a media object looks, and so every `v` that may be right. */
export const thumbnailVersionPattern = /^[A-Za-z0-9-]{1,64}$/;

/** Whether the very thumbnail is named that is wanted, which costs no look at a record. */
function namesThumbnail({ req }: Context<AppEnv>): boolean {
  if (!/^\/v1\/media\/[^/]+\/thumbnail$/.test(req.path)) return false;
  // An empty one is the same as none; one that is given twice, or is none at all, will be refused.
  const [version = "", ...more] = (req.queries("v") ?? []).filter((given) => given !== "");
  const isTrashed = req.queries("trashed")?.includes("true") ?? false;
  return more.length === 0 && !isTrashed && thumbnailVersionPattern.test(version);
}

const many = {
  READ_LIMIT: "reads",
  WRITE_LIMIT: "writes",
  THUMBNAIL_LIMIT: "requests for thumbnails",
} as const;

async function count(context: Context<AppEnv>, limit: keyof typeof many, caller: Caller): Promise<void> {
  const { limits } = context.get("services");
  if (caller.kind === "known") {
    const [kind, who] = caller.entry === null ? ["person", "You have"] : ["key", "This key has"];
    if (await limits.allow(limit, `${kind}:${caller.name}`)) return;
    throw rateLimited(`${who} sent too many ${many[limit]}. Try again later.`);
  }
  if (await limits.allow(limit, addressKey(context))) return;
  throw rateLimited("This address has sent too many requests. Try again later.");
}

/** Counts a failed authentication by address, which is refused with 429 rather than 401 or 403 over the limit. */
export async function countFailure(context: Context<AppEnv>): Promise<void> {
  if (await context.get("services").limits.allow("AUTH_LIMIT", addressKey(context))) return;
  throw rateLimited("This address has sent too many invalid keys, links or sessions. Try again later.");
}

/** Keys, people and addresses share a limit, and each of them begins with what it is. */
function addressKey(context: Context<AppEnv>): string {
  return `address:${clientNetwork(context.req.header("CF-Connecting-IP"))}`;
}

/** The platform does not tell when a period ends, so a caller is asked to wait for a whole one. */
function rateLimited(detail: string): AppError {
  return new AppError("rate_limited", detail, { retryAfterSeconds: limitPeriodSeconds });
}
