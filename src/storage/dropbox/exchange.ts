import type { z } from "zod";

import { AppError } from "../../core/errors.ts";
import type { Network } from "../../core/network.ts";
import { errorTags, parseJson, rateLimit } from "./answers.ts";

/** An answer that asking again would not change. */
export interface Refusal {
  readonly status: number;
  /** The tags of the error (`path/not_found`), or the beginning of the text where it has none. */
  readonly reason: string;
  readonly requestId: string | null;
}

/** How an exchange with Dropbox ended. */
export type Exchange<T> =
  | { readonly kind: "answered"; readonly value: T }
  | { readonly kind: "refused"; readonly refusal: Refusal };

/** How long something is asked for before it is given up. */
export interface Patience {
  /** How often a call is made. */
  readonly attempts: number;
  /** Ends a call that is under way. */
  readonly signal?: AbortSignal | undefined;
}

/** Of those who can wait; what is given up even so, the queue tries again later. */
export const usualPatience: Patience = { attempts: 3 };

/** The first wait after a failure; each further one is twice as long. Half of it is left to chance. */
const firstWaitMs = 400;

/** What Dropbox asks to wait up to this long is waited for; calls that come too early prolong the block. */
const longestWaitSeconds = 5;

/** What is asked, and how its answer is read. */
export interface Question<T> {
  /** The route, for the log. */
  readonly what: string;
  readonly send: () => Promise<Response>;
  /** Reads a successful answer. What it throws counts as a broken connection, unless it is an `AppError`. */
  readonly read: (response: Response) => Promise<T>;
}

/**
 * Asks Dropbox, again after a short wait where that may help: connections that break, 5xx, and 429 that asks for little
 * patience. Throws `storage_rate_limited` (with how long to wait) or `storage_unavailable` when it is given up; other
 * statuses are answered as refusals.
 */
export async function exchange<T>(
  network: Network,
  question: Question<T>,
  { attempts }: Patience = usualPatience,
): Promise<Exchange<T>> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await attemptOnce(network, question);
    if (outcome.kind !== "passing") return outcome;
    const { error } = outcome;
    const fields = { route: question.what, attempt, reason: String(error.cause) };
    const patience = error.retryAfterSeconds ?? 0;
    if (attempt === attempts || patience > longestWaitSeconds) {
      network.log.warn("dropbox.given_up", fields);
      throw error;
    }
    const backOffMs = firstWaitMs * 2 ** (attempt - 1) * (0.5 + network.random());
    network.log.debug("dropbox.again", fields);
    await network.wait(patience * 1000 + backOffMs);
  }
}

type Outcome<T> = Exchange<T> | { readonly kind: "passing"; readonly error: AppError };

async function attemptOnce<T>(network: Network, question: Question<T>): Promise<Outcome<T>> {
  const { what } = question;
  try {
    const response = await question.send();
    if (response.ok) return { kind: "answered", value: await question.read(response) };
    return judge(network, what, response, await response.text());
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    // What took its whole time has cost enough; what broke off at once may be mended by asking again.
    if (cause instanceof Error && cause.name === "TimeoutError")
      throw unavailable(`${what}: timed out`, cause);
    return { kind: "passing", error: unavailable(`${what}: the connection failed`, cause) };
  }
}

function judge<T>(network: Network, what: string, response: Response, body: string): Outcome<T> {
  const { status } = response;
  const requestId = response.headers.get("X-Dropbox-Request-Id");
  const reason = errorTags(body) ?? body.slice(0, 200);
  const sentence = `${what}: status ${status}, ${reason} (X-Dropbox-Request-Id ${requestId ?? "absent"})`;
  const retryAfterSeconds = retryAfter(response, body, network.now());
  if (status === 429) {
    const detail = "The storage provider has received too many requests. Try again later.";
    const options = { cause: new Error(sentence), retryAfterSeconds: retryAfterSeconds ?? 1 };
    return { kind: "passing", error: new AppError("storage_rate_limited", detail, options) };
  }
  if (status >= 500) {
    const options = retryAfterSeconds === null ? {} : { retryAfterSeconds };
    return { kind: "passing", error: unavailable(sentence, undefined, options) };
  }
  return { kind: "refused", refusal: { status, reason, requestId } };
}

/** Seconds to wait: the header (RFC 9110 §10.2.3), else the body of a 429 that is JSON (`auth.RateLimitError`). */
function retryAfter(response: Response, body: string, now: number): number | null {
  const header = response.headers.get("Retry-After")?.trim() ?? "";
  if (/^\d{1,9}$/.test(header)) return Number(header);
  const date = Date.parse(header);
  if (!Number.isNaN(date)) return Math.max(0, Math.ceil((date - now) / 1000));
  const told = rateLimit.safeParse(parseJson(body));
  return told.success ? told.data.error.retry_after : null;
}

/** The error for a Dropbox that does not do what it should; `what` goes to the log alone. */
export function unavailable(
  what: string,
  cause?: unknown,
  options: { readonly retryAfterSeconds?: number } = {},
): AppError {
  const detail = "The storage provider failed or timed out.";
  return new AppError("storage_unavailable", detail, {
    ...options,
    cause: new Error(`Dropbox ${what}`, { cause }),
  });
}

/** How long Dropbox may take for an answer, or to begin a download. */
export const answerTimeoutMs = 30_000;

/** Ends a call whose answer is late, or that nobody waits for any more. */
export function answerSignal({ signal }: Patience): AbortSignal {
  const late = AbortSignal.timeout(answerTimeoutMs);
  return signal === undefined ? late : AbortSignal.any([late, signal]);
}

/**
 * Reads an answer that is JSON. One that breaks off throws what the stream or the parser throws, so that it is asked for
 * again; one that is whole and does not fit is thrown as `storage_unavailable`.
 */
export async function readJson<T>(what: string, response: Response, schema: z.ZodType<T>): Promise<T> {
  return checked(what, await response.json(), schema);
}

/** A value of Dropbox's by its schema; `storage_unavailable` where it does not fit. */
export function checked<T>(what: string, value: unknown, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join(".") ?? "";
  throw unavailable(`${what}: an answer that does not fit the specification (${where})`, parsed.error);
}

/** The bytes of a body; null where there are more than `maxBytes`, of which no more is read then. */
export async function readAtMost(body: ReadableStream, maxBytes: number): Promise<Uint8Array | null> {
  let length = 0;
  const counted = body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        length += piece.length;
        if (length <= maxBytes) controller.enqueue(piece);
        else controller.terminate();
      },
    }),
  );
  const bytes = new Uint8Array(await new Response(counted).arrayBuffer());
  return length <= maxBytes ? bytes : null;
}
