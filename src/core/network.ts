import type { Logger } from "./log.ts";

/** What the client has of the world; tests bring their own. */
export interface Network {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly log: Logger;
  /** Waits, in milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
}
