import "../../support/setup.ts";
import "../../support/draws.ts";

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { expect, test } from "vitest";

import { HistoryWorld, historySequence, Remembered, visible } from "../../support/records/history-steps.ts";

/** How many sequences are tried: a soak tries many. */
const sequences = Number(env.TEST_CHANGES);

test(
  "no revision is ever lost, and what was done last is undone to the byte, back to the beginning",
  async () => {
    const property = fc.asyncProperty(historySequence, async ({ words, steps }) => {
      const world = await HistoryWorld.create(words);
      const remembered = new Remembered();
      const states = [await world.look()];
      for (const step of steps) {
        const hasChanged = await world.apply(step);
        const seen = await world.look();
        remembered.check(seen);
        if (hasChanged) states.push(seen);
        expect(visible(seen)).toEqual(visible(states.at(-1)));
      }
      for (states.pop(); world.done.length > 0; states.pop()) {
        expect(await world.undo()).toEqual([]);
        const seen = await world.look();
        remembered.check(seen);
        expect(visible(seen)).toEqual(visible(states.at(-1)));
      }
    });
    await fc.assert(property, { numRuns: sequences });
  },
  24 * 60 * 60_000,
);
