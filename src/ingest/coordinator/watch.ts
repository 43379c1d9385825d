import type { CoordinatorStatus } from "../../protocol/coordinator.ts";

/** What somebody who watches is told: how things stand, or only that the line still holds. */
export type WatchEvent =
  | { readonly kind: "status"; readonly status: CoordinatorStatus }
  | { readonly kind: "comment" };

/** Time, as far as watching needs it; tests bring their own. */
export interface WatchClock {
  readonly now: () => number;
  /** Ends at the latest when the signal is aborted; never rejects for that. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** What watching needs to know. */
export interface Watch {
  /** How things stood when the watcher came. */
  readonly first: CoordinatorStatus;
  /** The stateId of what the watcher has seen before; null if nothing. */
  readonly seen: string | null;
  readonly look: () => Promise<CoordinatorStatus>;
  readonly clock: WatchClock;
  /** Aborted as soon as the watcher has left: nothing is looked at any more then. */
  readonly signal?: AbortSignal;
}

const lookEveryMs = 1_000;
const commentEveryMs = 15_000;
/** A watcher comes back after this; so that nobody is held for ever by a client that is long gone. */
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

/** True if there is nothing to tell to somebody who has seen this stateId: nothing runs, and nothing has happened since. */
export function nothingNewer(status: CoordinatorStatus, seen: string | null): boolean {
  return status.state === "idle" && status.stateId === seen;
}

/**
 * Tells how a run gets on until it has ended, at most once a second; at once, and then only what is new. The
 * coordinator is asked time and again rather than held on to, since it could not sleep while it holds a stream. Ends at
 * once when the watcher leaves.
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
