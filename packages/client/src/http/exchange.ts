import { baseUrlOf, keyOf, type Fetch, type TaglineOptions } from "../options.ts";
import { Deadline } from "./deadline.ts";
import { errorOf, redirectError, TaglineError } from "./error.ts";
import { isJsonType } from "./json.ts";
import { backoffMs, Gate, retryAfterOf, systemClock, type Clock, type RetryOptions } from "./retry.ts";

/** A request to the service, which may be sent more than once. */
export interface Call {
  readonly method: string;
  /** Below the address of the service. */
  readonly url: string;
  readonly headers: Headers;
  /** Makes the body for an attempt; `touch` is called as the body moves, and `over` is aborted when nobody takes it any more. */
  readonly body?: (touch: () => void, over: AbortSignal) => CallBody | Promise<CallBody>;
  /** Whether `body` makes the same body again. */
  readonly isReplayable?: boolean;
  readonly signal?: AbortSignal | null;
  /** How many milliseconds the service may be silent, where the call needs others than the client has. */
  readonly timeoutMs?: number;
  /** Sends the request instead of the client's `fetch`. */
  readonly fetch?: Fetch;
}

/** What a request carries, and what `fetch` has to know of it. */
export interface CallBody {
  readonly body: Exclude<RequestInit["body"], undefined>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Streams go one way at a time in every runtime (Fetch Standard, `duplex`). */
  readonly duplex?: "half";
  /** Why the body itself could not be made to its end; null if it is not to blame. */
  readonly failure?: () => Error | null;
}

const defaultAttempts = 5;
const defaultMaxWaitMs = 60_000;
const defaultTimeoutMs = 60_000;
/** The pause where the service asks for one and does not say for how long, or for none: who never waits would ask for ever. */
const shortestPauseMs = 1_000;

/** Codes of a `503` with which the service refuses a request before it has done anything. */
const refusedBefore: ReadonlySet<string> = new Set(["busy", "storage_rate_limited"]);

/**
 * Methods that leave the same however often they are sent: those of RFC 9110 §9.2.2, and `PATCH`, since the service takes
 * merge patches alone, which set what they name.
 */
const idempotent: ReadonlySet<string> = new Set(["GET", "HEAD", "PUT", "DELETE", "PATCH"]);
/** Methods that change nothing at all. */
const safe: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/** The way to a service: sends requests with the key, again where that may help, and tells failures as errors. */
export class Exchange {
  readonly baseUrl: string;
  readonly clock: Clock;
  /** Whether the requests go by the `fetch` of the runtime. */
  readonly usesRuntimeFetch: boolean;
  readonly #key: string | null;
  readonly #fetch: Fetch;
  readonly #retry: RetryOptions;
  readonly timeoutMs: number;
  readonly #signal: AbortSignal | undefined;
  readonly #gate: Gate;

  constructor(options: TaglineOptions) {
    const {
      url,
      key,
      fetch,
      retry = {},
      timeoutMs = defaultTimeoutMs,
      signal,
      clock = systemClock,
    } = options;
    this.baseUrl = baseUrlOf(url);
    this.clock = clock;
    this.usesRuntimeFetch = fetch === undefined;
    this.#key = keyOf(key);
    // The runtime's own one is looked up for each call, so that what instruments it later is called too.
    this.#fetch = fetch ?? ((to, init) => globalThis.fetch(to, init));
    this.#retry = retry;
    this.timeoutMs = timeoutMs;
    this.#signal = signal;
    this.#gate = new Gate(clock, retry.onWait);
  }

  /** Waits, unless the caller or the client is stopped. */
  async sleep(ms: number, signal?: AbortSignal | null): Promise<void> {
    const deadline = new Deadline(this.#signalsOf(signal), Number.POSITIVE_INFINITY);
    try {
      await this.clock.sleep(ms, deadline.signal);
    } catch (error) {
      throw deadline.failureOf(error, this.baseUrl);
    } finally {
      deadline.close();
    }
  }

  /** The answer to a call, which is a success. Throws a {@link TaglineError} for anything else. */
  async send(call: Call): Promise<Response> {
    const { attempts = defaultAttempts, maxWaitMs = defaultMaxWaitMs } = this.#retry;
    let left = maxWaitMs;
    for (let number = 1; ;) {
      await this.#pass(call);
      const answer = await this.#attempt(call);
      if (!(answer instanceof TaglineError)) return answer;
      const pause = this.#pauseOf(call, answer);
      if (pause !== null && pause <= left) {
        left -= pause;
        this.#gate.close(pause);
      } else if (pause === null && number < attempts && this.#mayRepeat(call, answer)) {
        await this.sleep(backoffMs(number, this.clock.random()), call.signal);
        number += 1;
      } else throw answer;
    }
  }

  /** The pieces of an answer as they come, where the service must not be silent between two of them for too long. */
  async *stream(call: Call, silenceMs: number): AsyncGenerator<Uint8Array, void, undefined> {
    const deadline = new Deadline(this.#signalsOf(call.signal), silenceMs);
    try {
      const { body } = await this.send({ ...call, signal: deadline.signal });
      const reader = body?.getReader();
      try {
        for (;;) {
          deadline.touch();
          const piece = await deadline.race(async () => reader?.read());
          if (piece?.value === undefined) return;
          // Whoever takes the piece may take long over it.
          deadline.untime();
          yield piece.value;
        }
      } finally {
        // What is left of it is of no use; a stream that has failed says so again.
        reader?.cancel().catch(() => {});
      }
    } catch (error) {
      throw deadline.failureOf(error, this.baseUrl);
    } finally {
      deadline.close();
    }
  }

  async #pass(call: Call): Promise<void> {
    const deadline = new Deadline(this.#signalsOf(call.signal), Number.POSITIVE_INFINITY);
    try {
      await this.#gate.pass(deadline.signal);
    } catch (error) {
      throw deadline.failureOf(error, this.baseUrl);
    } finally {
      deadline.close();
    }
  }

  /** One request. What the caller has stopped or broken is thrown; what the service or the way to it failed with is given. */
  async #attempt(call: Call): Promise<Response | TaglineError> {
    const deadline = new Deadline(this.#signalsOf(call.signal), call.timeoutMs ?? this.timeoutMs);
    const over = new AbortController();
    let carried: CallBody | undefined;
    try {
      carried = await deadline.race(() => bodyOf(call, () => deadline.touch(), over.signal));
      const response = await deadline.race(() => this.#fetchOnce(call, carried, deadline.signal));
      // The service may answer a body that broke off, and knows nothing of the reason.
      const broken = carried?.failure?.() ?? null;
      if (broken !== null) throw broken;
      if (response.ok && !isJson(response) && !isRedirect(response)) {
        // The body is the caller's to read, for as long as it takes, and to stop.
        if (response.body === null) deadline.close();
        else deadline.untime();
        over.abort();
        return response;
      }
      const answer = await deadline.race(() => this.#read(response, deadline));
      deadline.close();
      over.abort();
      return answer;
    } catch (error) {
      deadline.close();
      const failure = carried?.failure?.() ?? deadline.failureOf(error, this.baseUrl);
      over.abort();
      if (error instanceof BodyFailure) throw error.cause;
      if (failure instanceof TaglineError) return failure;
      throw failure;
    }
  }

  async #fetchOnce(call: Call, carried: CallBody | undefined, signal: AbortSignal): Promise<Response> {
    const { method, url, fetch = this.#fetch } = call;
    const { origin } = new URL(url);
    if (origin !== new URL(this.baseUrl).origin)
      throw new TaglineError({ code: "redirected", detail: `The key does not go to ${origin}.` });
    const headers = new Headers(call.headers);
    if (this.#key !== null) headers.set("x-api-key", this.#key);
    for (const [name, value] of Object.entries(carried?.headers ?? {})) headers.set(name, value);
    const { body, duplex } = carried ?? {};
    return fetch(url, {
      method,
      headers,
      redirect: "manual",
      signal,
      ...(body === undefined ? {} : { body }),
      ...(duplex === undefined ? {} : { duplex }),
    });
  }

  /**
   * An answer to its end: an error for one that is no success. One of JSON that breaks off counts as a failed attempt
   * this way, and its silence is counted, anew behind each of its pieces.
   */
  async #read(response: Response, deadline: Deadline): Promise<Response | TaglineError> {
    const { status, headers } = response;
    if (isRedirect(response)) return redirectError(status, headers.get("location"));
    const text = await textOf(response, () => deadline.touch());
    if (!response.ok)
      return errorOf(response, text, retryAfterOf(headers.get("retry-after"), this.clock.now()));
    const plain = new Headers(headers);
    // They are about the bytes on the line.
    for (const name of ["content-encoding", "content-length"]) plain.delete(name);
    return new Response(text, { status, headers: plain });
  }

  /** For how many milliseconds the service asks to be left alone before the call is sent again; null if it may not be. */
  #pauseOf(call: Call, { status, code, retryAfter }: TaglineError): number | null {
    if (call.isReplayable === false) return null;
    const asked = retryAfter === null ? null : Math.max(retryAfter * 1_000, shortestPauseMs);
    if (status === 429) return asked ?? shortestPauseMs;
    if (status !== 503 || asked === null) return null;
    const isSame = idempotent.has(call.method) && !call.headers.has("if-match");
    return isSame || refusedBefore.has(code) || this.#isRepeated(call) ? asked : null;
  }

  #mayRepeat(call: Call, { status, code }: TaglineError): boolean {
    if (call.isReplayable === false || code === "redirected") return false;
    return (status === null || status >= 500) && (safe.has(call.method) || this.#isRepeated(call));
  }

  #isRepeated({ method, url }: Call): boolean {
    const [path = ""] = url.slice(this.baseUrl.length).split("?", 1);
    return this.#retry.repeats?.({ method, path }) === true;
  }

  #signalsOf(signal: AbortSignal | null | undefined): AbortSignal[] {
    return [this.#signal, signal].filter((each) => each !== undefined && each !== null);
  }
}

/** That the caller could not give the body, which is no failure of the service. */
class BodyFailure extends Error {}

async function bodyOf({ body }: Call, touch: () => void, over: AbortSignal): Promise<CallBody | undefined> {
  try {
    return await body?.(touch, over);
  } catch (cause) {
    throw new BodyFailure("The body cannot be made.", { cause });
  }
}

/** A browser hides what a redirect says. */
function isRedirect(response: Response): boolean {
  const { status } = response;
  const type: string = response.type;
  return type === "opaqueredirect" || (status >= 300 && status < 400 && status !== 304);
}

function isJson({ headers }: Response): boolean {
  return isJsonType(headers.get("content-type"));
}

/** The text of an answer; `touch` is called as it comes. */
async function textOf({ body }: Response, touch: () => void): Promise<string> {
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const piece = await reader?.read();
    if (piece?.value === undefined) return text + decoder.decode();
    touch();
    text += decoder.decode(piece.value, { stream: true });
  }
}
