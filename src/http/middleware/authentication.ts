import type { Context } from "hono";
import { createMiddleware } from "hono/factory";

import { longestKeyCharacters, type ApiKey, type Scope } from "../../config/api-keys.ts";
import { AppError } from "../../core/errors.ts";
import type { AppEnv, Caller } from "../context.ts";
import { countAddress, countCaller, countFailure } from "./rate-limiting.ts";
import { checkLink, isSigned, type SignedLink } from "../links/signed-links.ts";

/**
 * Lets only callers with a valid key or a signed link through, and counts them. With no key configured nobody has one:
 * the service never runs open. Only failures count against an address, so whoever has a key is heard from anywhere.
 */
export const authenticate = createMiddleware<AppEnv>(async function authenticate(context, next) {
  const presented = presentedKey(context.req.header("X-API-Key"), context.req.header("Authorization"));
  if (presented === null && isSigned(context.req.url)) {
    context.set("caller", { kind: "link", link: await followLink(context) });
  } else {
    context.set("caller", { kind: "key", key: await identify(context, presented) });
  }
  await countCaller(context);
  await next();
});

/** Lets only keys with this scope through; stands in the route line of every route below `/v1`. */
export function requireScope(scope: Scope) {
  return createMiddleware<AppEnv>(async function requireScopeOfKey(context, next) {
    checkScope(context.get("caller"), scope);
    await next();
  });
}

/** Lets signed links through too: for what a browser loads by itself. */
export function requireScopeOrLink(scope: Scope) {
  return createMiddleware<AppEnv>(async function requireScopeOfKeyOrLink(context, next) {
    if (context.get("caller").kind !== "link") checkScope(context.get("caller"), scope);
    await next();
  });
}

/**
 * Throws `insufficient_scope` for a key without this scope, for a route that needs it for some requests only. Whoever came
 * by a link has no key, and a link opens nothing but what it was made for.
 */
export function checkScope(caller: Caller, scope: Scope): void {
  if (caller.kind !== "key")
    throw invalidSignature("A signed link cannot be used for this request. Send an API key.");
  if (!caller.key.scopes.has(scope)) {
    throw new AppError("insufficient_scope", `This request needs a key with the scope "${scope}".`);
  }
}

async function identify(context: Context<AppEnv>, presented: string | null): Promise<ApiKey> {
  const key = presented === null ? null : await findKey(context.get("services").config.apiKeys, presented);
  if (key !== null) return key;
  await countFailure(context);
  const detail =
    "Send a valid key in the header X-API-Key or as Authorization: Bearer. Never write a key into an address, because many logs keep addresses.";
  throw new AppError("invalid_api_key", detail, { headers: { "WWW-Authenticate": challenges } });
}

/** The two ways to present a key, as challenges without parameters (RFC 9110 §11.6.1). */
const challenges = "ApiKey, Bearer";

/** A link that has expired was ours, so following it is a read like any other and no attempt at guessing. */
async function followLink(context: Context<AppEnv>): Promise<SignedLink> {
  const check = await checkLink(context.get("services"), context.req.method, context.req.url);
  if (check.outcome === "altered") {
    await countFailure(context);
    throw invalidSignature("The signed link was altered, or the link was made for another request.");
  }
  if (check.outcome === "expired") {
    await countAddress(context);
    throw invalidSignature("The signed link has expired.");
  }
  return check.link;
}

function invalidSignature(detail: string): AppError {
  return new AppError("invalid_signature", detail);
}

function presentedKey(header: string | undefined, authorization: string | undefined): string | null {
  if (header !== undefined) return header;
  if (authorization === undefined || authorization.length > longestAuthorization) return null;
  return /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? null;
}

/** `Bearer`, a few blanks and the longest key; what is longer holds no key of ours. */
const longestAuthorization = longestKeyCharacters + 64;

/**
 * Compares with every key, each in constant time: the digests are of one length, whatever was presented. What is longer
 * than any key can be is not digested at all.
 */
async function findKey(keys: readonly ApiKey[], presented: string): Promise<ApiKey | null> {
  if (presented.length > longestKeyCharacters) return null;
  const digest = await sha256(presented);
  let found: ApiKey | null = null;
  for (const key of keys) {
    if (crypto.subtle.timingSafeEqual(await sha256(key.key), digest)) found = key;
  }
  return found;
}

async function sha256(text: string): Promise<ArrayBuffer> {
  return crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
}
