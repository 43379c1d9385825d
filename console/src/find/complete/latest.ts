/** Does one thing after the other so that only the latest counts: those before it are stopped, and their outcomes unheard. */
export class Latest {
  #stop = new AbortController();

  /**
   * Does something in the place of whatever is still going on.
   *
   * @returns Its outcome, or null when something later has begun meanwhile, or {@link stop} was called. What a stopped call
   * throws is not thrown any further.
   */
  async run<Outcome>(ask: (signal: AbortSignal) => Promise<Outcome>): Promise<Outcome | null> {
    this.#stop.abort();
    const { signal } = (this.#stop = new AbortController());
    try {
      const outcome = await ask(signal);
      return signal.aborted ? null : outcome;
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  }

  /** Stops what is going on. */
  stop(): void {
    this.#stop.abort();
  }
}

/** Waits, unless a signal ends the waiting: then it rejects with the signal's reason. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", end);
      resolve();
    }, ms);
    const end = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
}
