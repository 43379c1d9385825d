import { env } from "cloudflare:workers";
import fc from "fast-check";
import { test } from "vitest";

import { checkFullText } from "../../support/records/full-text.ts";
import "../../support/setup.ts";
import { ExactPlayer } from "./exact.ts";
import { exactHistory, guardHistory, largeCollection, wildHistory } from "./history.ts";
import { Stage } from "./stage.ts";
import { WildPlayer } from "./wild.ts";

const histories = Number(env.TEST_HISTORIES);

/** Plays histories one after the other on one stage; one that fails may leave a run under way, so that it is left. */
function onStages<T>(
  arbitrary: fc.Arbitrary<T>,
  play: (stage: Stage, history: T) => Promise<void>,
): fc.IAsyncProperty<[T]> {
  let stage: Stage | null = null;
  return fc.asyncProperty(arbitrary, async (history) => {
    const own = stage ?? (await Stage.create());
    stage = null;
    await own.clear();
    await play(own, history);
    await checkFullText();
    stage = own;
  });
}

const timeout = histories * 5000 + 120_000;

test("what a person wrote is never lost: each run does what the rules say", { timeout }, async () => {
  const property = onStages(exactHistory, async (stage, history) => new ExactPlayer(stage).play(history));
  await fc.assert(property, { numRuns: Math.ceil(histories / 2) });
});

test("what a person wrote is never lost, whatever happens in the middle of a run", { timeout }, async () => {
  const property = onStages(wildHistory, async (stage, history) => new WildPlayer(stage).play(history));
  await fc.assert(property, { numRuns: Math.floor(histories / 2) });
});

test("what a person wrote is never lost in outages that look like a deletion", { timeout }, async () => {
  const property = onStages(guardHistory, async (stage, history) =>
    new ExactPlayer(stage).playFrom(largeCollection, history),
  );
  await fc.assert(property, { numRuns: Math.ceil(histories / 20) });
});
