import { TaglineError } from "./error.ts";
import { longestTimerMs, reasonOf } from "./retry.ts";

/**
 * Ends a request when a signal of the caller is aborted, or when the service is silent for too long. It is a controller of
 * its own, since `AbortSignal.any` is not there in every runtime that the client is for.
 */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #signals: readonly AbortSignal[];
  readonly #ms: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;
  #isClosed = false;

  constructor(signals: readonly AbortSignal[], ms: number) {
    this.#signals = signals;
    this.#ms = ms;
    for (const signal of signals) {
      if (signal.aborted) this.#leave();
      signal.addEventListener("abort", this.#leave);
    }
    this.touch();
  }

  /** What the request listens to. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Does something unless it is too late, and waits for it no longer than it may take, whether it heeds the signal or not. */
  async race<T>(work: () => T | Promise<T>): Promise<T> {
    this.signal.throwIfAborted();
    let leave = (): void => {};
    const stopped = new Promise<never>((_resolve, reject) => {
      leave = () => reject(reasonOf(this.signal));
      this.signal.addEventListener("abort", leave);
    });
    try {
      return await Promise.race([work(), stopped]);
    } finally {
      this.signal.removeEventListener("abort", leave);
    }
  }

  /** Begins to count the silence anew, since something has moved. */
  touch(): void {
    clearTimeout(this.#timer);
    // What is closed stays so: a body may still move behind the answer, and a timer would keep the program alive.
    if (this.#ms > longestTimerMs || this.signal.aborted || this.#isClosed) return;
    this.#timer = setTimeout(() => {
      this.#isOver = true;
      this.#controller.abort();
    }, this.#ms);
  }

  /** Counts the silence no more; the signals of the caller still count. */
  untime(): void {
    clearTimeout(this.#timer);
  }

  /** Lets go of everything. */
  close(): void {
    this.#isClosed = true;
    this.untime();
    for (const signal of this.#signals) signal.removeEventListener("abort", this.#leave);
  }

  /** What a request failed with: the reason of the caller's signal, the silence, or that there is no connection. */
  failureOf(error: unknown, host: string): Error {
    const left = this.#signals.find(({ aborted }) => aborted);
    if (left !== undefined) return reasonOf(left);
    if (this.#isOver) {
      const detail = `${host} was silent for ${this.#ms / 1_000} s.`;
      return new TaglineError({ code: "timed_out", detail, cause: error });
    }
    if (error instanceof TaglineError) return error;
    const detail = `${host} cannot be reached, or the connection broke: ${messageOf(error)}`;
    return new TaglineError({ code: "unreachable", detail, cause: error });
  }

  #leave = (): void => {
    clearTimeout(this.#timer);
    this.#controller.abort();
  };
}

/** What went wrong in words. Runtimes say "fetch failed", and what failed in the cause. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? messageOf(error.cause) : error.message;
}
