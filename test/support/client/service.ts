import { exports } from "cloudflare:workers";

import {
  tagline,
  TaglineError,
  type Clock,
  type Fetch,
  type Tagline,
} from "../../../packages/client/src/index.ts";
import type { TaglineOptions } from "../../../packages/client/src/index.ts";
import { keys } from "../keys.ts";

/** Where the service is for a client under test. */
export const address = "https://tagline.test";

/** The Worker under test, as the runtime calls it. */
export const toService: Fetch = async (url, init) => exports.default.fetch(url, init);

/** The client of the Worker under test, with the admin's key. */
export function clientOf(options: Partial<TaglineOptions> = {}): Tagline {
  return tagline({ url: address, key: keys.admin, fetch: toService, ...options });
}

/** A request as it went out. */
export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
}

/** Whatever answers a request: an answer, or an error. */
export type Reply = Response | Error | ((url: string, init: RequestInit) => Promise<Response>);

/** A way to the service that gives these replies first, one a request, and keeps what went out. */
export function replying(...replies: readonly Reply[]): { readonly fetch: Fetch; readonly sent: Sent[] } {
  const sent: Sent[] = [];
  const fetch: Fetch = async (url, init) => {
    sent.push({ method: init.method ?? "GET", url, headers: new Headers(init.headers) });
    const reply = replies[sent.length - 1] ?? toService;
    if (reply instanceof Error) throw reply;
    return reply instanceof Response ? reply : reply(url, init);
  };
  return { fetch, sent };
}

/** A problem as the service answers it. */
export function problem(
  status: number,
  code: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body = { type: "about:blank", title: "T", status, detail: "Why.", code, request_id: "r-1" };
  return Response.json(body, { status, headers: { "content-type": "application/problem+json", ...headers } });
}

/** A clock on which a pause takes no time, and what was paused. */
export function quickClock(): Clock & { readonly pauses: number[] } {
  const pauses: number[] = [];
  let now = Date.UTC(2026, 0, 1);
  return {
    pauses,
    now: () => now,
    random: () => 0,
    sleep: async (ms, signal) => {
      signal.throwIfAborted();
      pauses.push(ms);
      now += ms;
    },
  };
}

/** The error that something rejects with, which has to be one of the client's. */
export async function errorOf(call: Promise<unknown>): Promise<TaglineError> {
  const error: unknown = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof TaglineError) return error;
  throw new Error(`not an error of the client: ${String(error)}`);
}
