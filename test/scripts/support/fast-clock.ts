import type { Clock } from "../../../scripts/import/clock.ts";

/** Time that passes at once. */
export function fastClock(): Clock & { slept: number[] } {
  const slept: number[] = [];
  let now = Date.now();
  return {
    slept,
    now: () => now,
    random: () => 0.5,
    sleep: async (ms, signal) => {
      signal.throwIfAborted();
      slept.push(ms);
      now += ms;
    },
  };
}
