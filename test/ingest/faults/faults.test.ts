import { env } from "cloudflare:workers";
import fc from "fast-check";
import { expect, test } from "vitest";

import type { IngestMessage } from "../../../src/protocol/messages.ts";
import type { Run } from "../../../src/protocol/run.ts";
import { checkFullText } from "../../support/records/full-text.ts";
import "../../support/setup.ts";
import { storedRows } from "../support/rows.ts";
import { World } from "../support/world.ts";
import {
  checkCounts,
  checkEnded,
  checkForward,
  checkStorage,
  checkVersions,
  checkWords,
  unsettledRows,
} from "./checks.ts";
import { Driver } from "./driver.ts";
import { anyPlan, type Plan } from "./plan.ts";

let worlds = 0;

/** A world of its own for each plan: other provider, other coordinator, and nothing left of the one before. */
async function newWorld(): Promise<World> {
  await env.DB.prepare("DELETE FROM media_objects").run();
  const { objects } = await env.DERIVATIVES_BUCKET.list();
  if (objects.length > 0) await env.DERIVATIVES_BUCKET.delete(objects.map((object) => object.key));
  worlds += 1;
  return World.create({ name: `plan-${worlds}` });
}

async function playPlan(plan: Plan): Promise<void> {
  const driver = new Driver(await newWorld(), plan);
  const { world } = driver;
  await driver.prepare(plan);
  let seen: Run | null = null;
  driver.afterStep = async () => {
    const { run } = await world.coordinator.status();
    checkForward(seen, run);
    seen = run;
  };
  const { id } = await world.startIngest();
  const run = await driver.play(id, plan.steps);
  checkForward(seen, run);
  await checkEnded(driver, run);
  await checkVersions(driver);
  await checkWords(driver);
  await checkFullText();
  if (!driver.interfered) {
    checkCounts(plan, run);
    if (run.state === "completed") await checkStorage(driver);
  }
  const rows = await storedRows(world.name);
  const leftovers = await driver.deliverLeftovers();
  expect(await storedRows(world.name)).toEqual(rows);
  await checkRecovery(driver, leftovers);
}

/** After a run with whatever faults, an ingest and a scan without any bring everything in order; old messages do not. */
async function checkRecovery(driver: Driver, leftovers: readonly IngestMessage[]): Promise<void> {
  const { world } = driver;
  world.refusals = 0;
  world.advance(1000);
  const { id } = await world.startIngest();
  // The tasks of the new run bear the names of the old one's.
  const started = await world.run(id);
  for (const message of leftovers) await world.deliver(message);
  expect(await world.run(id)).toEqual(started);
  await world.drain();
  const run = await world.run(id);
  expect(Object.values(run.providers)).toMatchObject([{ state: "completed" }]);
  await checkEnded(driver, run);
  if ((await unsettledRows(driver)).length > 0) {
    const scan = await world.scan({ retryFailed: true });
    await checkEnded(driver, scan.run);
  }
  await checkStorage(driver);
  expect(await unsettledRows(driver)).toEqual([]);
  await checkVersions(driver);
  await checkWords(driver);
  await checkFullText();
}

const plans = Number(env.TEST_PLANS);

test(`${plans} plans of faults leave every promise kept`, { timeout: plans * 5000 + 60_000 }, async () => {
  await fc.assert(fc.asyncProperty(anyPlan, playPlan), { numRuns: plans, endOnFailure: false });
  expect(worlds).toBeGreaterThanOrEqual(plans);
});
