import { TaglineError } from "tagline-client";

/**
 * What a failure means for a person:
 * - `signedOut`: the session is over; sign in again.
 * - `notAllowed`: the person is known, and may not do this.
 * - `offline`: no answer came.
 * - `busy`: the service asks to come again later.
 * - `gone`: what was asked for is not there.
 * - `refused`: the service does not take what was sent; its `detail` says why.
 * - `broken`: everything else.
 */
export type FailureKind = "signedOut" | "notAllowed" | "offline" | "busy" | "gone" | "refused" | "broken";

/** What a failed call means. Null for a call that the page itself has stopped, which is no failure. */
export function kindOf(error: unknown): FailureKind | null {
  if (error instanceof DOMException && error.name === "AbortError") return null;
  if (!(error instanceof TaglineError)) return "broken";
  const { status, code } = error;
  if (code === "unreachable" || code === "timed_out") return "offline";
  if (status === 401) return "signedOut";
  if (status === 403) return "notAllowed";
  if (status === 404 || status === 410) return "gone";
  if (status === 429 || status === 503) return "busy";
  return status !== null && status >= 400 && status < 500 ? "refused" : "broken";
}
