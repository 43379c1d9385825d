import type { CoordinatorStatus } from "../../protocol/coordinator.ts";

/** An event for a watcher: the status, or a comment that only keeps the connection open. */
export type WatchEvent =
  | { readonly kind: "status"; readonly status: CoordinatorStatus }
  | { readonly kind: "comment" };

/** Time, as far as watching needs it; tests bring their own. */
export interface WatchClock {
  readonly now: () => number;
  /** Ends at the latest when the signal is aborted; never rejects for that. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** The parameters of {@link watchRun}. */
export interface Watch {
  /** The status when the watcher came. */
  readonly first: CoordinatorStatus;
  /** The `stateId` of the last status that the watcher has seen; null if the watcher has seen no status. */
  readonly seen: string | null;
  readonly look: () => Promise<CoordinatorStatus>;
  readonly clock: WatchClock;
  /** Aborted as soon as the watcher has left: nothing is looked at any more then. */
  readonly signal?: AbortSignal;
}

const lookEveryMs = 1_000;
const commentEveryMs = 15_000;
/** A stream ends after this time and the watcher comes back, so that a client that is gone holds no stream for ever. */
const longestMs = 5 * 60_000;

/** The platform's own time. */
export const systemClock: WatchClock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    try {
      await scheduler.wait(ms, signal === undefined ? {} : { signal });
    } catch (cause) {
      if (signal?.aborted !== true) throw cause;
    }
  },
};

/** True if no run is on and the status still has the `stateId` that the watcher has seen. */
export function nothingNewer(status: CoordinatorStatus, seen: string | null): boolean {
  return status.state === "idle" && status.stateId === seen;
}

/**
 * Tells the status of a run until the run has ended: the first status at once, then each new status, at most one a
 * second. The coordinator is asked time and again and holds no stream, because it could not sleep while it holds a stream.
 * Ends at once when the watcher leaves.
 */
export async function* watchRun({ first, seen, look, clock, signal }: Watch): AsyncGenerator<WatchEvent> {
  const startedAt = clock.now();
  let status = first;
  let told = seen;
  let toldAt = startedAt;
  for (;;) {
    const isNews = status.stateId !== told;
    if (isNews || clock.now() - toldAt >= commentEveryMs) {
      yield isNews ? { kind: "status", status } : { kind: "comment" };
      told = status.stateId;
      toldAt = clock.now();
    }
    if (status.state === "idle" || clock.now() - startedAt >= longestMs) return;
    await clock.sleep(lookEveryMs, signal);
    if (signal?.aborted === true) return;
    status = await look();
  }
}
