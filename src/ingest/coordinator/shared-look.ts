import type { CoordinatorStatus } from "../../protocol/coordinator.ts";

/** A look that is younger than this is as good as a new one; a little less than the pause between two looks. */
const youngMs = 950;

/** Asks the coordinator. */
export type Look = () => Promise<CoordinatorStatus>;

/**
 * The status that all watchers of an isolate share: however many watchers there are, the coordinator is asked about once
 * a second. No watcher waits for the question of another request, because that request may end before the answer: the
 * watcher takes the status that was known before, and asks again a second later.
 */
export class SharedLook {
  readonly #now: () => number;
  /** The time of the last question, answered or not. */
  #askedAt = Number.NEGATIVE_INFINITY;
  #known: { readonly askedAt: number; readonly status: CoordinatorStatus } | null = null;

  /** `now` tells milliseconds that never go back. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** How things stand at this moment; everybody else knows it from then on. */
  async fresh(look: Look): Promise<CoordinatorStatus> {
    const askedAt = this.#now();
    this.#askedAt = askedAt;
    const status = await look();
    // An answer that was long on its way tells less than one that was asked for later.
    if (this.#known === null || this.#known.askedAt <= askedAt) this.#known = { askedAt, status };
    return status;
  }

  /** How things stood a moment ago, or two seconds at most. */
  async recent(look: Look): Promise<CoordinatorStatus> {
    if (this.#known === null || this.#now() - this.#askedAt >= youngMs) return this.fresh(look);
    return this.#known.status;
  }
}
