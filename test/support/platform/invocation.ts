import { AsyncLocalStorage } from "node:async_hooks";

import { limits } from "./limits.ts";
import { platformMemory } from "./memory.ts";
import { expectNoRefusal, refusalCount, refuse } from "./refusals.ts";

const running = new AsyncLocalStorage<Invocation>();

/**
 * What one invocation of the Worker has used of what the platform gives it. One whose end nobody tells, as of services
 * that a test makes for itself, holds nothing on the isolate's account.
 */
export class Invocation {
  readonly #ends: boolean;
  #queries = 0;
  #subrequests = 0;
  #rowBytes = 0;
  #heldBytes = 0;
  #hasAnswered = false;

  constructor({ ends = false }: { readonly ends?: boolean } = {}) {
    this.#ends = ends;
  }

  /** One that has answered already: what is read is read by a client, or by the test in place of one. */
  static answered(): Invocation {
    const invocation = new Invocation({ ends: true });
    invocation.#answer();
    return invocation;
  }

  /** The invocation that this code runs in, as far as one can tell; null outside of any. */
  static current(): Invocation | null {
    return running.getStore() ?? null;
  }

  /** Runs a handler as one invocation, which ends when it has answered; fails if anything was refused meanwhile. */
  static async run<T>(handler: (invocation: Invocation) => Promise<T>): Promise<T> {
    const invocation = new Invocation({ ends: true });
    const refusedBefore = refusalCount();
    try {
      return await running.run(invocation, async () => handler(invocation));
    } finally {
      invocation.#answer();
      expectNoRefusal(refusedBefore);
    }
  }

  /** Whether what is read now goes into memory, and not to a client as it comes. */
  get isWorking(): boolean {
    return !this.#hasAnswered;
  }

  /** Counts statements that go to D1. */
  query(count = 1): void {
    this.#queries += count;
    if (this.#queries > limits.queries) {
      refuse("D1_ERROR: Too many API requests by single worker invocation.");
    }
  }

  /** Counts one call to anything but D1. */
  subrequest(): void {
    this.#subrequests += 1;
    if (this.#subrequests > limits.subrequests) refuse("Too many API requests by single Worker invocation.");
  }

  /** Takes rows or a listing, which this invocation may keep until it has answered. */
  hold(bytes: number): void {
    if (!this.#ends || this.#hasAnswered) return;
    this.#rowBytes += bytes;
    const more = Math.max(0, this.#rowBytes - limits.uncountedBytes) - this.#heldBytes;
    this.#heldBytes += more;
    if (!platformMemory.hold(more)) refuse(exceeded());
  }

  #answer(): void {
    this.#hasAnswered = true;
    platformMemory.hold(-this.#heldBytes);
    this.#heldBytes = 0;
  }
}

/** What the platform says as it ends an isolate, and how much that held. */
export function exceeded(): string {
  return `Worker exceeded memory limit: ${platformMemory.usedBytes} bytes are held`;
}
