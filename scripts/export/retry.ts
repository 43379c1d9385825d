import { realClock, type Clock } from "../import/clock.ts";
import type { Answer } from "./transport.ts";

const firstDelayMs = 500;
const longestDelayMs = 16_000;
// Together the delays last about half a minute, so that a service that is restarted is back in time.
const attempts = 7;
const mostPauses = 60;
const defaultPauseMs = 1_000;
const longestPauseMs = 120_000;

/** How long a `Retry-After` asks to wait: seconds or a date. */
export function retryAfterMs(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  const delay = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now;
  return Number.isNaN(delay) ? undefined : Math.min(Math.max(delay, 0), longestPauseMs);
}

/** Half of the delay is certain, half is chance, so that those who failed together do not come back together. */
function backoffMs(attempt: number, random: number): number {
  const delay = Math.min(firstDelayMs * 2 ** (attempt - 1), longestDelayMs);
  return delay / 2 + (delay / 2) * random;
}

/** Sends requests again when that may help, and holds all of them back when the service asks for it. */
export class Retrier {
  readonly #clock: Clock;
  #pausedUntil = 0;
  /** Told how long all requests are held back, whenever the service asks for it. */
  onPause: (ms: number) => void = () => {};

  constructor(clock: Clock = realClock) {
    this.#clock = clock;
  }

  /** The last answer; rejects when the last attempt broke off, at once for an error that `final` knows. */
  async run<A extends Pick<Answer, "status" | "retryAfter">>(
    attempt: (number: number) => Promise<A>,
    signal: AbortSignal,
    final: (error: unknown) => boolean = () => false,
  ): Promise<A> {
    let pauses = 0;
    for (let number = 1; ; number += 1) {
      await this.#untilAllowed(signal);
      try {
        const answer = await attempt(number);
        if (this.#pause(answer) && pauses < mostPauses) {
          pauses += 1;
          number -= 1;
          continue;
        }
        if (answer.status < 500 || number >= attempts) return answer;
      } catch (error) {
        if (signal.aborted || final(error) || number >= attempts) throw error;
      }
      await this.#clock.sleep(backoffMs(number, this.#clock.random()), signal);
    }
  }

  #pause(answer: Pick<Answer, "status" | "retryAfter">): boolean {
    const asked = retryAfterMs(answer.retryAfter, this.#clock.now());
    if (answer.status !== 429 && (answer.status !== 503 || asked === undefined)) return false;
    const ms = asked ?? defaultPauseMs;
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#clock.now() + ms);
    this.onPause(ms);
    return true;
  }

  async #untilAllowed(signal: AbortSignal): Promise<void> {
    for (;;) {
      const wait = this.#pausedUntil - this.#clock.now();
      if (wait <= 0) return;
      // A little spread, so that all of them do not knock in the same millisecond.
      await this.#clock.sleep(wait + 250 * this.#clock.random(), signal);
    }
  }
}
