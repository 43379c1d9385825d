import { TaglineError, type components } from "tagline-client";
import { namedOf, targetSize, type Named, type Target } from "../target.ts";
import type { BulkChange } from "./wording.ts";

type BulkBody = components["schemas"]["BulkChange"];
type BulkAnswer = components["schemas"]["BulkAnswer"];
type Operation = components["schemas"]["Operation"];
type Failed = Pick<components["schemas"]["BulkResult"], "id" | "status" | "detail">;

/** What the calls of a run have done together, or would do. */
export interface Tally {
  /** How many photos the calls came by. */
  readonly done: number;
  /** How many there are, as far as is known. */
  readonly total: number;
  readonly updated: number;
  /** The photos that could not be changed; by a filter, those among the first 500 of each call. */
  readonly failed: readonly Failed[];
  /** The operations that have changed something, in their order. */
  readonly operationIds: readonly string[];
}

/** Before the first call. */
function emptyTally(target: Target): Tally {
  return { done: 0, total: targetSize(target), updated: 0, failed: [], operationIds: [] };
}

/** How a run is made: what is done to which photos, and whether it is only looked at what would be. */
interface Order {
  readonly target: Target;
  readonly change: BulkChange;
  readonly isDry: boolean;
  readonly ask: (body: BulkBody) => Promise<BulkAnswer>;
  /** The latest operations of the archive, the newest first. */
  readonly operations: () => Promise<readonly Operation[]>;
  /** Who changes the photos, as operations have it. */
  readonly by: string | null;
}

/**
 * A change of many photos, call by call. A call that fails is sent again by the next {@link step}: a change that the service
 * has made already is none the second time. What such a call has done is taken in by {@link recover}.
 */
export class BulkRun {
  readonly #order: Order;
  readonly #calls: Named[];
  /** Where the first of the calls goes on; null where it begins. */
  #cursor: string | null = null;
  #tally: Tally;
  /** The newest operation before the first call, null for none; undefined while that is not known. */
  #before: string | null | undefined;
  /** How many calls may have changed something that nobody knows of, since their answers were lost. */
  #unanswered = 0;
  #hasLost = false;

  /** `previous` is a run that was given up, of whose lost answers nothing could be learnt yet: this run learns it. */
  constructor(order: Order, previous: BulkRun | null = null) {
    this.#order = order;
    if (previous?.isUncertain === true && previous.tally.operationIds.length === 0) {
      this.#before = previous.#before;
      this.#unanswered = previous.#unanswered;
      this.#hasLost = true;
    }
    this.#calls = [...namedOf(order.target)];
    this.#tally = emptyTally(order.target);
  }

  /** What was done until now. */
  get tally(): Tally {
    return this.#tally;
  }

  /** Whether there is nothing left to do. */
  get isDone(): boolean {
    return this.#calls.length === 0;
  }

  /** Whether the tally may lack something that was changed. */
  get isUncertain(): boolean {
    return this.#unanswered > 0;
  }

  /** Whether something was changed, or may have been. */
  get mayHaveChanged(): boolean {
    return this.#hasLost || this.#tally.operationIds.length > 0;
  }

  /** Makes the next call. Throws what `ask` throws, and then stands where it stood. */
  async step(): Promise<void> {
    const { change, isDry } = this.#order;
    const [named] = this.#calls;
    if (named === undefined) return;
    const cursor = this.#cursor === null ? {} : { cursor: this.#cursor };
    if (!isDry && this.#before === undefined)
      this.#before = (await this.#order.operations())[0]?.operation_id ?? null;
    const answer = await this.#asked({ ...named, ...change, ...cursor, ...(isDry ? { dry_run: true } : {}) });
    this.#cursor = answer.next_cursor;
    if (this.#cursor === null) this.#calls.shift();
    this.#tally = added(this.#tally, answer);
  }

  /**
   * Takes in what calls have done whose answers were lost: the operations of the same person since the first call, as many as
   * there are such calls. Throws what `operations` throws.
   */
  async recover(): Promise<void> {
    if (!this.isUncertain || this.#order.isDry) return;
    const { by, operations } = this.#order;
    const latest = await operations();
    const first = latest.findIndex(({ operation_id: id }) => id === this.#before);
    const own = latest
      .slice(0, first === -1 ? latest.length : first)
      .filter(({ kind, changed_by: who, updated }) => kind === "bulk" && who === by && updated > 0)
      .toReversed();
    const known = new Set(this.#tally.operationIds);
    const isKnown = ({ operation_id: id }: Operation): boolean => known.has(id);
    const lost = new Set(own.filter((each) => !isKnown(each)).slice(0, this.#unanswered));
    const all = own.filter((each) => isKnown(each) || lost.has(each));
    this.#unanswered = 0;
    // What is known to have been done is not forgotten, however many operations there were since.
    if (all.length < known.size) return;
    this.#tally = {
      ...this.#tally,
      updated: all.reduce((sum, { updated }) => sum + updated, 0),
      operationIds: all.map(({ operation_id: id }) => id),
    };
  }

  async #asked(body: BulkBody): Promise<BulkAnswer> {
    try {
      return await this.#order.ask(body);
    } catch (error) {
      const isAnswered = error instanceof TaglineError && error.status !== null && error.status < 500;
      if (!this.#order.isDry && !isAnswered) {
        this.#unanswered += 1;
        this.#hasLost = true;
      }
      throw error;
    }
  }
}

function added(tally: Tally, answer: BulkAnswer): Tally {
  const { operation_id: id, matched, updated, results } = answer;
  const failed = results.filter(({ status }) => status === "not_found" || status === "invalid");
  const isNew = id !== null && updated > 0 && !tally.operationIds.includes(id);
  const done = tally.done + matched;
  return {
    done,
    total: Math.max(tally.total, done),
    updated: tally.updated + updated,
    failed: [...tally.failed, ...failed],
    operationIds: isNew ? [...tally.operationIds, id] : tally.operationIds,
  };
}
