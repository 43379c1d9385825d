import type { components } from "tagline-client";
import { namedOf, targetSize, type Named, type Target } from "../target.ts";

type BulkChange = components["schemas"]["BulkChange"];
type BulkAnswer = components["schemas"]["BulkAnswer"];
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
  readonly change: Pick<BulkChange, "add_keywords" | "remove_keywords" | "object_metadata">;
  readonly isDry: boolean;
  readonly ask: (body: BulkChange) => Promise<BulkAnswer>;
}

/**
 * A change of many photos, call by call. A call that fails is sent again by the next {@link step}: a change that the service
 * has made already is none the second time.
 */
export class BulkRun {
  readonly #order: Order;
  readonly #calls: Named[];
  /** Where the first of the calls goes on; null where it begins. */
  #cursor: string | null = null;
  #tally: Tally;

  constructor(order: Order) {
    this.#order = order;
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

  /** Makes the next call. Throws what `ask` throws, and then stands where it stood. */
  async step(): Promise<void> {
    const { change, isDry, ask } = this.#order;
    const [named] = this.#calls;
    if (named === undefined) return;
    const cursor = this.#cursor === null ? {} : { cursor: this.#cursor };
    const answer = await ask({ ...named, ...change, ...cursor, ...(isDry ? { dry_run: true } : {}) });
    this.#cursor = answer.next_cursor;
    if (this.#cursor === null) this.#calls.shift();
    this.#tally = added(this.#tally, answer);
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
