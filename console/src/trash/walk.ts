import { TaglineError } from "tagline-client";
import { kindOf } from "../service/failure.ts";

/** A photo to which something could not be done, and why, as the service says it. */
export interface Spared {
  readonly id: string;
  readonly reason: string;
}

/** What was done to photos until now. */
export interface WalkTally {
  readonly total: number;
  /** Those to which it was done, in their order. */
  readonly done: readonly string[];
  /** Those that were not there any more: somebody else has done the same. */
  readonly gone: readonly string[];
  readonly spared: readonly Spared[];
}

/** What is done to each photo. */
export interface WalkSteps {
  /** Is asked before each change, and changes nothing; what it fails with counts as if the change had. */
  readonly look?: (id: string) => Promise<unknown>;
  readonly change: (id: string) => Promise<unknown>;
}

/**
 * The same for many photos, one after the other, such as deleting them. A photo that cannot be changed stops no other. What
 * concerns all of them, such as a connection that is lost, is thrown by {@link step}, which then stands where it stood: the
 * change is made again, and finds nothing to change where only its answer was lost.
 */
export class Walk {
  readonly #steps: WalkSteps;
  readonly #left: string[];
  #isUnanswered = false;
  #tally: WalkTally;

  constructor(ids: readonly string[], steps: WalkSteps) {
    this.#steps = steps;
    this.#left = [...ids];
    this.#tally = { total: ids.length, done: [], gone: [], spared: [] };
  }

  get tally(): WalkTally {
    return this.#tally;
  }

  /** Whether there is nothing left to do. */
  get isDone(): boolean {
    return this.#left.length === 0;
  }

  /** Whether the next photo may be changed already, since the last attempt had no answer. */
  get isUnanswered(): boolean {
    return this.#isUnanswered;
  }

  /** Comes by the next photo. */
  async step(): Promise<void> {
    const [id] = this.#left;
    if (id === undefined) return;
    const { done, gone, spared } = this.#tally;
    let isSent = false;
    try {
      await this.#steps.look?.(id);
      isSent = true;
      await this.#steps.change(id);
      this.#tally = { ...this.#tally, done: [...done, id] };
    } catch (error) {
      const kind = kindOf(error);
      if (kind === "gone" && this.#isUnanswered) this.#tally = { ...this.#tally, done: [...done, id] };
      else if (kind === "gone") this.#tally = { ...this.#tally, gone: [...gone, id] };
      else if (kind === "refused" && error instanceof TaglineError)
        this.#tally = { ...this.#tally, spared: [...spared, { id, reason: error.detail }] };
      else {
        this.#isUnanswered ||= isSent && mayBeDone(error);
        throw error;
      }
    }
    this.#isUnanswered = false;
    this.#left.shift();
  }
}

/** Whether a change that failed so may have been made all the same: no answer came, or one in the middle of it. */
function mayBeDone(error: unknown): boolean {
  return !(error instanceof TaglineError) || error.status === null || error.status >= 500;
}

/** The reasons why photos were spared, each once with the number of its photos, the most frequent first. */
export function reasonsOf(
  spared: readonly Spared[],
): readonly { readonly reason: string; readonly count: number }[] {
  const counts = Map.groupBy(spared, ({ reason }) => reason);
  return Array.from(counts, ([reason, { length: count }]) => ({ reason, count })).toSorted(
    (a, b) => b.count - a.count,
  );
}
