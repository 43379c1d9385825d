/** Time, as far as the client needs it; a test brings its own. */
export interface Clock {
  readonly now: () => number;
  /** Rejects with the reason of the signal as soon as the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/** When a call is sent again, and for how long. */
export interface RetryOptions {
  /** How often a call is sent at most if it fails without a `Retry-After`. */
  readonly attempts?: number;
  /** How long a call waits at most in all, because the service asks for it; 0 for never. A pause has a second at least. */
  readonly maxWaitMs?: number;
  /**
   * Whether a request may be sent again although the service may have carried it out, because its answer was lost or was
   * a failure. Without it only requests that change nothing (`GET`, `HEAD`) are.
   */
  readonly repeats?: (request: { readonly method: string; readonly path: string }) => boolean;
  /** Hears that the calls of this client wait, and for how many milliseconds. */
  readonly onWait?: (ms: number) => void;
}

/** The longest time that a timer of any runtime counts: with more it would be over at once (HTML Standard, §8.6). */
export const longestTimerMs: number = 2 ** 31 - 1;

/** The system's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer);
        reject(reasonOf(signal));
      };
      const timer = setTimeout(
        () => {
          signal.removeEventListener("abort", leave);
          resolve();
        },
        Math.min(ms, longestTimerMs),
      );
      if (signal.aborted) leave();
      else signal.addEventListener("abort", leave, { once: true });
    }),
};

/** Why a signal was aborted, as an error. */
export function reasonOf(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof Error ? reason : new Error("The call was stopped.", { cause: reason });
}

/** How many seconds a `Retry-After` asks to wait: it has seconds or a date (RFC 9110 §10.2.3). Null if it has neither. */
export function retryAfterOf(value: string | null, now: number): number | null {
  if (value === null) return null;
  const text = value.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text);
  // A date names a day, so that no number with a sign or a point is taken for a year.
  const at = /^[A-Za-z]{3,9},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now) / 1_000));
}

const firstDelayMs = 500;
const longestDelayMs = 16_000;

/** The pause behind the attempt with this number. Half of it is chance: who failed together does not come back together. */
export function backoffMs(attempt: number, random: number): number {
  const delay = Math.min(firstDelayMs * 2 ** (attempt - 1), longestDelayMs);
  return delay / 2 + (delay / 2) * random;
}

const spreadMs = 250;

/** Holds all calls of a client back while the service asks for it. */
export class Gate {
  readonly #clock: Clock;
  readonly #onWait: (ms: number) => void;
  #closedUntil = 0;

  constructor(clock: Clock, onWait: (ms: number) => void = () => {}) {
    this.#clock = clock;
    this.#onWait = onWait;
  }

  /** Lets no call through for some time. */
  close(ms: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, this.#clock.now() + ms);
    this.#onWait(ms);
  }

  /** Waits until calls are let through. */
  async pass(signal: AbortSignal): Promise<void> {
    for (;;) {
      const wait = this.#closedUntil - this.#clock.now();
      if (wait <= 0) return;
      // Where the pause is longer than a timer can be, it goes on with the next one.
      // A little spread, so that not all of them come in the same millisecond.
      await this.#clock.sleep(wait + spreadMs * this.#clock.random(), signal);
    }
  }
}
