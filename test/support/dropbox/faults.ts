import { errorJson } from "./answers.ts";

/** What may go wrong with an answer. */
export type Fault =
  /** 429, as JSON or, as a proxy does it, as plain text; the wait in seconds. */
  | { readonly kind: "rate_limited"; readonly retryAfter: number; readonly as: "json" | "text" }
  | { readonly kind: "error"; readonly status: 500 | 502 | 503 }
  /** The connection is lost before anything is answered. */
  | { readonly kind: "dropped" }
  /** The body breaks off after some bytes, with an error, or as if that were its end. */
  | { readonly kind: "truncated"; readonly afterBytes: number; readonly silently: boolean }
  /** The answer begins late: when this has ended, or when nobody waits any more. */
  | { readonly kind: "slow"; readonly until: Promise<void> }
  /** The access token ends just now. */
  | { readonly kind: "expired" };

/** A fault that waits for a request: of one route, or of any. */
export interface PlannedFault {
  readonly fault: Fault;
  readonly route?: string;
}

/** Chance with a seed: the same faults each time. */
export interface RandomFaults {
  readonly seed: number;
  /** Of every request, from 0 to 1. */
  readonly probability: number;
  /** Seconds, of 429. */
  readonly retryAfter?: number;
}

/** Decides what goes wrong: first what was planned, in order, then by chance. */
export class Faults {
  readonly #planned: PlannedFault[] = [];
  #random: { readonly next: () => number; readonly options: RandomFaults } | null = null;

  plan(fault: Fault, route?: string): void {
    this.#planned.push(route === undefined ? { fault } : { fault, route });
  }

  randomly(options: RandomFaults | null): void {
    this.#random = options === null ? null : { next: randomFrom(options.seed), options };
  }

  next(route: string): Fault | null {
    const place = this.#planned.findIndex((each) => each.route === undefined || each.route === route);
    const [planned] = place < 0 ? [] : this.#planned.splice(place, 1);
    return planned?.fault ?? this.#byChance();
  }

  #byChance(): Fault | null {
    if (this.#random === null) return null;
    const { next, options } = this.#random;
    if (next() >= options.probability) return null;
    const { retryAfter = 1 } = options;
    const kinds: readonly Fault[] = [
      { kind: "rate_limited", retryAfter, as: "json" },
      { kind: "rate_limited", retryAfter, as: "text" },
      { kind: "error", status: 500 },
      { kind: "error", status: 503 },
      { kind: "dropped" },
      { kind: "truncated", afterBytes: Math.floor(next() * 2000), silently: next() < 0.5 },
      { kind: "expired" },
    ];
    return kinds[Math.floor(next() * kinds.length)] ?? null;
  }
}

/** The answer of a fault that answers by itself, without the route. */
export function faultAnswer(fault: Fault): Response | null {
  if (fault.kind === "error") return new Response("Internal error", { status: fault.status });
  if (fault.kind !== "rate_limited") return null;
  const { retryAfter } = fault;
  const headers = { "Retry-After": String(retryAfter) };
  if (fault.as === "text") return new Response("too_many_requests", { status: 429, headers });
  const reason = { ".tag": "too_many_requests" };
  const body = { error_summary: "too_many_requests/..", error: { reason, retry_after: retryAfter } };
  const all = { ...headers, "Content-Type": "application/json" };
  return new Response(JSON.stringify(body), { status: 429, headers: all });
}

/** The same answer, its body cut. */
export function truncated(response: Response, afterBytes: number, silently: boolean): Response {
  let left = afterBytes;
  const cut = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      if (chunk.length <= left) {
        left -= chunk.length;
        controller.enqueue(chunk);
        return;
      }
      if (left > 0) controller.enqueue(chunk.subarray(0, left));
      left = 0;
      if (silently) controller.terminate();
      else controller.error(new Error("The connection was lost."));
    },
  });
  const headers = new Headers(response.headers);
  headers.delete("Content-Length");
  return new Response(response.body?.pipeThrough(cut) ?? null, { status: response.status, headers });
}

/** Numbers from 0 to 1 that look random (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000;
  };
}

/** 401 for a token that has ended. */
export function expiredToken(): Response {
  return errorJson(401, "expired_access_token");
}
