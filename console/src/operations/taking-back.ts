import type { components } from "tagline-client";

type OperationReverted = components["schemas"]["OperationReverted"];

/** What taking an operation back has done until now. */
export interface TakenBack {
  /** The operation that takes it back, which can be taken back itself; null before the first call. */
  readonly operationId: string | null;
  readonly reverted: number;
  /** The first of the photos that others have changed since, by their ids. */
  readonly skipped: readonly string[];
}

/** Takes an operation back, call by call. A call that fails is made again by the next {@link step}. */
export class TakingBack {
  readonly #ask: (cursor: string | null) => Promise<OperationReverted>;
  #outcome: TakenBack = { operationId: null, reverted: 0, skipped: [] };
  #cursor: string | null = null;
  #isDone = false;

  constructor(ask: (cursor: string | null) => Promise<OperationReverted>) {
    this.#ask = ask;
  }

  get outcome(): TakenBack {
    return this.#outcome;
  }

  /** Whether there is nothing left to take back. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /** Makes the next call. Throws what `ask` throws. */
  async step(): Promise<void> {
    const answer = await this.#ask(this.#cursor);
    this.#cursor = answer.next_cursor;
    this.#isDone = answer.next_cursor === null;
    this.#outcome = {
      operationId: answer.operation_id,
      reverted: this.#outcome.reverted + answer.reverted,
      skipped: [...this.#outcome.skipped, ...answer.skipped],
    };
  }
}
