import { env } from "cloudflare:workers";
import fc from "fast-check";
import { test } from "vitest";

import { checkFullText } from "../../support/records/full-text.ts";
import "../../support/setup.ts";
import { CalmPlayer } from "./calm.ts";
import { calmHistory, wildHistory, type History } from "./history.ts";
import { Stage } from "./stage.ts";
import { WildPlayer } from "./wild.ts";

const histories = Number(env.TEST_DROPBOX_HISTORIES);
const timeout = histories * 5000 + 120_000;

/** Plays histories one after the other on one stage; one that fails may leave a run under way, so that it is left. */
function onStages<T>(
  arbitrary: fc.Arbitrary<History<T>>,
  play: (stage: Stage, history: History<T>) => Promise<void>,
): fc.IAsyncProperty<[History<T>]> {
  let stage: Stage | null = null;
  return fc.asyncProperty(arbitrary, async (history) => {
    const own = stage ?? (await Stage.create());
    stage = null;
    await own.clear(history.pageSize);
    await play(own, history);
    await checkFullText();
    stage = own;
  });
}

test("records follow the files of a Dropbox as the rules say", { timeout }, async () => {
  const property = onStages(calmHistory, async (stage, history) => new CalmPlayer(stage).play(history.steps));
  await fc.assert(property, { numRuns: Math.ceil(histories / 2) });
});

test("no words are lost, whatever happens in the middle of a run", { timeout }, async () => {
  const property = onStages(wildHistory, async (stage, history) => new WildPlayer(stage).play(history.steps));
  await fc.assert(property, { numRuns: Math.floor(histories / 2) });
});
