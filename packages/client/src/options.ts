import type { Clock, RetryOptions } from "./http/retry.ts";

/** Sends a request; `fetch` of the runtime has this form. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Which service is meant, and how the client speaks to it. */
export interface TaglineOptions {
  /** The address of the service; a path in it counts, such as `https://example.org/photos`. */
  readonly url: string | URL;
  /**
   * An API key. It goes to the origin of `url` only, and never into an address. `null` sends none, for a page of the
   * service's own origin: the browser sends the cookie of its visitor's session by itself.
   */
  readonly key: string | null;
  /** Sends the requests instead of the `fetch` of the runtime. */
  readonly fetch?: Fetch;
  readonly retry?: RetryOptions;
  /** How many milliseconds the service may be silent; 60,000 without it. `Infinity` for as long as it takes. */
  readonly timeoutMs?: number;
  /** Stops every call of this client. */
  readonly signal?: AbortSignal;
  /** Time for pauses and dates; a test brings its own. */
  readonly clock?: Clock;
}

/** The address without what no call needs: a trailing slash, a query, a fragment. */
export function baseUrlOf(url: string | URL): string {
  const { protocol, origin, pathname, username } = new URL(url);
  if (protocol !== "https:" && protocol !== "http:")
    throw new TypeError(`The url of a service begins with https: or http:, not with ${protocol}`);
  if (username !== "") throw new TypeError("The url of a service has no user name and no password.");
  const segments = pathname.split("/");
  return `${origin}${segments.slice(0, segments.findLastIndex((each) => each !== "") + 1).join("/")}`;
}

/** The key, if a header can carry it; a text with a line break, such as that of a file, is refused here in words. */
export function keyOf(key: string | null): string | null {
  if (key === null || /^[\x21-\x7e]+$/.test(key)) return key;
  throw new TypeError("The key of a service has visible ASCII characters only, and at least one.");
}
