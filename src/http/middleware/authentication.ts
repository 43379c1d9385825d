import { createMiddleware } from "hono/factory";

import type { Scope } from "../../config/api-keys.ts";
import { AppError } from "../../core/errors.ts";
import { invalidLink, refusalOf } from "../callers/refusals.ts";
import type { AppEnv, Caller } from "../context.ts";

/** The one path below `/v1` where nobody may ask: there a page learns who its visitor is, signs in and signs out. */
export const sessionPath = "/v1/session";

/**
 * Lets only callers through who are known, or follow a signed link. With no key configured nobody has one: the service never
 * runs open.
 */
export const refuseNobody = createMiddleware<AppEnv>(async function refuseNobody(context, next) {
  const caller = context.get("caller");
  if (caller.kind === "nobody" && context.req.path !== sessionPath) throw refusalOf(caller);
  await next();
});

/** Lets only callers with this scope through; stands in the route line of every route below `/v1`. */
export function requireScope(scope: Scope) {
  return createMiddleware<AppEnv>(async function requireScopeOfCaller(context, next) {
    checkScope(context.get("caller"), scope);
    await next();
  });
}

/** Lets signed links through too: for what a browser loads by itself. */
export function requireScopeOrLink(scope: Scope) {
  return createMiddleware<AppEnv>(async function requireScopeOfCallerOrLink(context, next) {
    if (context.get("caller").kind !== "link") checkScope(context.get("caller"), scope);
    await next();
  });
}

/**
 * Throws `insufficient_scope` for a caller without this scope, for a route that needs it for some requests only. Whoever came
 * by a link is not known, and a link opens nothing but what it was made for.
 */
export function checkScope(caller: Caller, scope: Scope): void {
  if (caller.kind === "nobody") throw refusalOf(caller);
  if (caller.kind === "link")
    throw invalidLink("A signed link cannot be used for this request. Send an API key, or sign in.");
  if (!caller.scopes.has(scope)) {
    throw new AppError("insufficient_scope", `This request needs the scope "${scope}".`);
  }
}
