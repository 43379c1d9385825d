import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../../packages/client/src/index.ts";

export type { Clock };

/** Real time; tests make it fly. */
export const realClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }),
  random: () => Math.random(),
};
