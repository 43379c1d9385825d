import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { setCookie } from "hono/cookie";

import { validationError } from "../../../core/errors.ts";
import { callerFields, shownCaller } from "../../answers/caller-json.ts";
import { withProblems } from "../../answers/problem.ts";
import { keyNeeded, refusalOf } from "../../callers/refusals.ts";
import {
  beginSession,
  sessionCookieFor,
  sessionLifetimeMs,
  type SessionCookie,
} from "../../callers/session-cookie.ts";
import type { AppEnv } from "../../context.ts";
import { has, takes } from "../../document-headers.ts";
import { signingSecrets } from "../../links/signing-secrets.ts";
import { requireScope, sessionPath } from "../../middleware/authentication.ts";
import { noBody, noBodyProblems } from "../../requests/json-body.ts";
import { noParameters } from "../../requests/validation.ts";
import { createRoutes, keyWith } from "../../routing.ts";

const newSession = z
  .object({
    ...callerFields,
    expires_at: z.string().openapi({
      format: "date-time",
      description: "The time at which the session ends, 12 hours after it has begun.",
    }),
  })
  .openapi("Session", { description: "The session that has begun." });

const whoIsAsking = z
  .object({
    name: callerFields.name.nullable().openapi({
      description:
        "The name of the key, or the e-mail address of a person whom Cloudflare Access names; null for nobody.",
    }),
    scopes: callerFields.scopes.openapi({ description: "The scopes of the caller; empty for nobody." }),
    via: callerFields.via.nullable().openapi({
      description:
        "The way in which the caller has proved who they are: `key`, `session` or `access`; null for nobody.",
    }),
    expires_at: z.string().nullable().openapi({
      format: "date-time",
      description: "The time at which the session ends; null for a caller without a session.",
    }),
  })
  .openapi("WhoIsAsking", { description: "The caller that sent the request, or nobody." });

const getSessionRoute = createRoute({
  method: "get",
  path: sessionPath,
  operationId: "getSession",
  summary: "Tell who is asking",
  description:
    "Needs no key. For nobody, and for a session that is over, the answer is `200` with `name` and `via` null: a web page learns whether its visitor is signed in without an error.",
  tags: ["Operation"],
  security: [],
  request: { query: noParameters },
  responses: withProblems(
    {
      200: {
        description: "The caller, or nobody.",
        content: { "application/json": { schema: whoIsAsking } },
      },
    },
    "invalid_api_key",
    "not_permitted",
    "validation_error",
    "busy",
  ),
});

const postRoute = createRoute({
  method: "post",
  path: sessionPath,
  operationId: "signIn",
  summary: "Sign in with a key",
  description:
    "Needs a key, in the usual header. The answer sets a cookie, with which the pages of this service need no key for 12 hours: the cookie holds no key, and no script can read it. The session ends earlier when its key is removed or replaced; its scopes are always the scopes of the key. Over http the service sets a cookie only on the machine on which it runs; elsewhere the answer is `422`. The request counts as a read. Takes no body, or `{}`.",
  tags: ["Operation"],
  security: keyWith("read"),
  parameters: takes("Content-Digest"),
  middleware: [requireScope("read"), ...noBody] as const,
  request: { query: noParameters },
  responses: withProblems(
    {
      200: {
        description: "The session has begun.",
        headers: has("Set-Cookie"),
        content: { "application/json": { schema: newSession } },
      },
    },
    "invalid_api_key",
    "insufficient_scope",
    "cross_site",
    ...noBodyProblems,
  ),
});

const deleteRoute = createRoute({
  method: "delete",
  path: sessionPath,
  operationId: "signOut",
  summary: "Sign out",
  description:
    "Needs no key. The answer removes the cookie of the session, if there is one, and what the browser keeps of this service. A copy of the cookie that somebody else has made lives until its time is over; to end it at once, replace the key. Takes no body, or `{}`.",
  tags: ["Operation"],
  security: [],
  parameters: takes("Content-Digest"),
  middleware: [...noBody] as const,
  request: { query: noParameters },
  responses: withProblems(
    {
      204: {
        description: "There is no session any more.",
        headers: has("Set-Cookie", "Clear-Site-Data"),
      },
    },
    "invalid_api_key",
    "cross_site",
    ...noBodyProblems,
  ),
});

/** `/v1/session`: who is asking, sign in, sign out. */
export const sessionRoutes = createRoutes();

sessionRoutes.openapi(getSessionRoute, (context) => {
  const caller = context.get("caller");
  context.header("Cache-Control", "no-store");
  if (caller.kind === "known") {
    const { expiresAt } = caller;
    const ends = expiresAt === null ? null : new Date(expiresAt).toISOString();
    return context.json({ ...shownCaller(caller), expires_at: ends }, 200);
  }
  const isToldWhy =
    caller.kind === "nobody" && (caller.because === "session_altered" || caller.because === "not_permitted");
  if (isToldWhy) throw refusalOf(caller);
  return context.json({ name: null, scopes: [], via: null, expires_at: null }, 200);
});

sessionRoutes.openapi(postRoute, async (context) => {
  const caller = context.get("caller");
  if (caller.kind !== "known" || caller.via !== "key" || caller.entry === null) throw keyNeeded();
  const secrets = signingSecrets(context.get("services"));
  const cookie = sessionCookieFor(new URL(context.req.url));
  if (cookie === null) throw validationError([{ path: "", message: httpsNeeded }]);
  const { value, expiresAt } = await beginSession(secrets, caller.entry, Date.now());
  putCookie(context, cookie, { value, livesSeconds: sessionLifetimeMs / 1000 });
  context.header("Cache-Control", "no-store");
  const shown = { ...shownCaller(caller), via: "session" as const };
  return context.json({ ...shown, expires_at: new Date(expiresAt).toISOString() }, 200);
});

sessionRoutes.openapi(deleteRoute, (context) => {
  const cookie = sessionCookieFor(new URL(context.req.url));
  if (cookie !== null) putCookie(context, cookie, { value: "", livesSeconds: 0 });
  context.header("Cache-Control", "no-store");
  // Thumbnails that a browser keeps for good are not for whoever comes to it next (Clear Site Data §3.1).
  context.header("Clear-Site-Data", '"cache"');
  return context.body(null, 204);
});

const httpsNeeded =
  "over http the cookie of a session could be read on its way, so the service makes sessions over https only, or on this very machine (localhost)";

/** Sets the cookie for every path of this very host, for no script, and for no request of another site. */
function putCookie(
  context: Context<AppEnv>,
  { name, secure }: SessionCookie,
  { value, livesSeconds }: { readonly value: string; readonly livesSeconds: number },
): void {
  const attributes = { path: "/", maxAge: livesSeconds, httpOnly: true, secure, sameSite: "Strict" } as const;
  setCookie(context, name, value, attributes);
}
