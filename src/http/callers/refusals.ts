import { AppError } from "../../core/errors.ts";
import type { UnknownCaller } from "../context.ts";

/** The two ways to present a key, as challenges without parameters (RFC 9110 §11.6.1). */
const challenges = { "WWW-Authenticate": "ApiKey, Bearer" };

const details = {
  nothing_sent:
    "Send a valid key in the header X-API-Key or as Authorization: Bearer, or sign in. Never write a key into an address, because many logs keep addresses.",
  session_over:
    "The session is over: its 12 hours have passed, or its key is no longer valid. Sign in again.",
  session_altered: "The cookie of the session is not one that this service has made. Sign in again.",
} as const;

/** What nobody who is known is told by a route that needs somebody: 401, or 403 for a person without a scope. */
export function refusalOf({ because }: UnknownCaller): AppError {
  if (because === "not_permitted") {
    const detail =
      "Cloudflare Access knows you, but this service has no scope for you. Ask the operator of the service for one.";
    return new AppError("not_permitted", detail);
  }
  return new AppError("invalid_api_key", details[because], { headers: challenges });
}

/** What whoever presents a wrong key is told. */
export function wrongKey(): AppError {
  return refusalOf({ kind: "nobody", because: "nothing_sent" });
}

/** What a request is told that needs a key, and was sent by somebody who is known otherwise. */
export function keyNeeded(): AppError {
  const detail = "To sign in, send a key in the header X-API-Key or as Authorization: Bearer.";
  return new AppError("invalid_api_key", detail, { headers: challenges });
}

/** What a signed link is told that is used for anything but what it was made for, or no longer. */
export function invalidLink(detail: string): AppError {
  return new AppError("invalid_signature", detail);
}
