import type { Context } from "hono";
import { createMiddleware } from "hono/factory";

import { AppError } from "../../core/errors.ts";
import { personBehindAccess } from "../callers/access.ts";
import { findKey, presentedKey } from "../callers/keys.ts";
import { invalidLink, wrongKey } from "../callers/refusals.ts";
import { isFromSameOrigin } from "../callers/same-origin.ts";
import { checkSession, sessionCookieFor, type SessionCheck } from "../callers/session-cookie.ts";
import type { AppEnv, Caller, KnownCaller } from "../context.ts";
import { checkLink, isSigned, type SignedLink } from "../links/signed-links.ts";
import { configuredSecrets } from "../links/signing-secrets.ts";
import { countAddress, countCaller, countFailure } from "./rate-limiting.ts";

/**
 * Finds out who is asking, and counts the request: by a key, else by a signed link, else by a session, else as Cloudflare
 * Access names them. A key or a link that is wrong is refused here; whether somebody has to be known is for the next to say.
 * Only wrong credentials count as failures of an address, so that whoever has valid ones is heard from anywhere.
 */
export const identifyCaller = createMiddleware<AppEnv>(async function identifyCaller(context, next) {
  const caller = await callerOf(context);
  context.set("caller", caller);
  if (caller.kind === "known") await refuseCrossSite(context, caller);
  await countCaller(context);
  await next();
});

async function callerOf(context: Context<AppEnv>): Promise<Caller> {
  const presented = presentedKey(context.req.raw.headers);
  if (presented !== null) return holderOf(context, presented);
  if (isSigned(context.req.url)) return { kind: "link", link: await followLink(context) };
  const session = await sessionOf(context);
  if (session.outcome === "altered") return { kind: "nobody", because: "session_altered" };
  if (session.outcome === "valid") {
    const { entry, expiresAt } = session;
    return { kind: "known", via: "session", name: entry.name, scopes: entry.scopes, entry, expiresAt };
  }
  const because = session.outcome === "over" ? "session_over" : "nothing_sent";
  return (await personOf(context)) ?? { kind: "nobody", because };
}

async function holderOf(context: Context<AppEnv>, presented: string): Promise<KnownCaller> {
  const entry = await findKey(context.get("services").config.apiKeys, presented);
  if (entry !== null)
    return { kind: "known", via: "key", name: entry.name, scopes: entry.scopes, entry, expiresAt: null };
  await countFailure(context);
  throw wrongKey();
}

/** A link that has expired was ours, so following it is a read like any other and no attempt at guessing. */
async function followLink(context: Context<AppEnv>): Promise<SignedLink> {
  const check = await checkLink(context.get("services"), context.req.method, context.req.url);
  if (check.outcome === "altered") {
    await countFailure(context);
    throw invalidLink("The signed link was altered, or the link was made for another request.");
  }
  if (check.outcome === "expired") {
    await countAddress(context);
    throw invalidLink("The signed link has expired.");
  }
  return check.link;
}

async function sessionOf(context: Context<AppEnv>): Promise<SessionCheck> {
  const cookie = sessionCookieFor(new URL(context.req.url));
  if (cookie === null) return { outcome: "none" };
  const services = context.get("services");
  return checkSession({
    header: context.req.raw.headers.get("Cookie"),
    cookie,
    secrets: configuredSecrets(services),
    keys: services.config.apiKeys,
    now: Date.now(),
  });
}

/** Whom Cloudflare Access names; null for nobody. Where Access counts for nothing, the platform is not even asked. */
async function personOf(context: Context<AppEnv>): Promise<Caller | null> {
  const { accessScopes } = context.get("services").config;
  if (accessScopes === null) return null;
  const { headers } = context.req.raw;
  const asked = { platform: context.executionCtx, headers, now: Date.now() };
  const found = await personBehindAccess(accessScopes, asked).catch(async (failure: unknown) => {
    await countAddress(context);
    throw failure;
  });
  if (found.outcome === "none") return null;
  if (found.outcome === "not_permitted") return { kind: "nobody", because: "not_permitted" };
  const { address: name, scopes } = found;
  return { kind: "known", via: "access", name, scopes, entry: null, expiresAt: null };
}

/**
 * A browser sends the cookie of a session, and that of Access, by itself, whatever page has made it send the request: what
 * may change anything must come from a page of ours. It counts as a read of the address, so that nobody's own limit is used
 * up by other sites.
 */
async function refuseCrossSite(context: Context<AppEnv>, { via }: KnownCaller): Promise<void> {
  const reads = context.req.method === "GET" || context.req.method === "HEAD";
  if (via === "key" || reads || isFromSameOrigin(context.req.raw)) return;
  await countAddress(context);
  throw new AppError(
    "cross_site",
    "Without a key, this request is answered to pages of this very origin only: neither Sec-Fetch-Site nor Origin says that it comes from one.",
  );
}
