import "../../support/setup.ts";
import "../../support/draws.ts";

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { expect, test } from "vitest";

import { HistoryWorld, historySequence, type SeenRecord } from "../../support/records/history-steps.ts";

/** How many sequences are tried: a soak tries many. */
const sequences = Number(env.TEST_CHANGES);

/** What of records people see; the history is not: it grows by whatever is done, and undone. */
function visible(seen: ReadonlyMap<string, SeenRecord>): unknown {
  return [...seen].map(([id, { history: _history, ...shown }]) => ({ id, ...shown }));
}

/** The history that each record had at last, also while it is hidden. */
class Remembered {
  readonly #histories = new Map<string, readonly string[]>();

  /** Fails unless all words that a record ever had are still its earlier revisions. */
  check(seen: ReadonlyMap<string, SeenRecord>): void {
    for (const [id, { history }] of seen) {
      const before = this.#histories.get(id) ?? [];
      expect(history.slice(0, before.length)).toEqual(before);
      this.#histories.set(id, history);
    }
  }
}

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
        else expect(visible(seen)).toEqual(visible(states.at(-1) ?? new Map()));
      }
      for (states.pop(); world.done.length > 0; states.pop()) {
        expect(await world.undo()).toEqual([]);
        const seen = await world.look();
        remembered.check(seen);
        expect(visible(seen)).toEqual(visible(states.at(-1) ?? new Map()));
      }
    });
    await fc.assert(property, { numRuns: sequences });
  },
  24 * 60 * 60_000,
);
