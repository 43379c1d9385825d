import { env } from "cloudflare:workers";
import { expect, test } from "vitest";

import type { Run } from "../../../src/protocol/run.ts";
import { replaced } from "../../support/records/replaced.ts";
import "../../support/setup.ts";
import { Invocation } from "../faults/bindings.ts";
import { dropboxWorld } from "../support/dropbox-world.ts";
import { storedRows } from "../support/rows.ts";
import { replacedCoordinator, type World } from "../support/world.ts";

/** Which records there are, and which of them are missing. */
async function records(): Promise<unknown> {
  return (await storedRows("dropbox")).map(({ key, missing }) => [key, missing]);
}

test("what a listing held that had to begin anew, and is gone since, is missing", async () => {
  const { world, dropbox } = await dropboxWorld();
  dropbox.tree.put("/a.jpg", "a");
  dropbox.tree.put("/b.jpg", "b");
  await world.ingest();
  world.advance(1000);
  dropbox.listings.pageSize = 1;
  const { id } = await world.startIngest({ full: true });
  await world.deliver(world.takeAll()[0]);
  dropbox.tree.delete("/a.jpg");
  dropbox.listings.reset();
  await world.drain();
  expect(await world.run(id)).toMatchObject({ state: "completed", counts: { missing: 1 } });
  expect(await records()).toEqual([
    ["a.jpg", true],
    ["b.jpg", false],
  ]);
});

test("what was told as new before a listing had to begin anew, and is gone since, is not kept", async () => {
  const { world, dropbox } = await dropboxWorld();
  dropbox.tree.put("/b.jpg", "b");
  await world.ingest();
  world.advance(1000);
  dropbox.listings.pageSize = 1;
  dropbox.tree.put("/a.jpg", "a");
  dropbox.tree.put("/c.jpg", "c");
  const { id } = await world.startIngest();
  await world.deliver(world.takeAll()[0]);
  expect(await records()).toContainEqual(["a.jpg", false]);
  dropbox.tree.delete("/a.jpg");
  dropbox.listings.reset();
  await world.drain();
  expect(await world.run(id)).toMatchObject({ state: "completed" });
  const present = (await storedRows("dropbox")).filter(({ missing }) => !missing).map(({ key }) => key);
  expect(present).toEqual(["b.jpg", "c.jpg"]);
});

/** Lists all there is; the first attempt at the first page is not heard of, and something happens before the second. */
async function listedTwice(world: World, meanwhile: () => void): Promise<Run> {
  world.advance(1000);
  const { id } = await world.startIngest({ full: true });
  const message = world.outbox.shift();
  const lost = replacedCoordinator(world.coordinator, {
    complete: async () => Promise.reject(new Error("The answer was lost.")),
  });
  const INGEST_COORDINATOR = replaced(env.INGEST_COORDINATOR, { getByName: () => lost });
  expect((await world.deliver(message, { bindings: { INGEST_COORDINATOR } })).acknowledged).toBe(false);
  meanwhile();
  await world.deliver(message);
  await world.drain();
  return world.run(id);
}

test("what a first attempt at a listing held, and is gone when the next one is made, is missing", async () => {
  const { world, dropbox } = await dropboxWorld();
  for (const name of ["a", "b"]) dropbox.tree.put(`/${name}.jpg`, name);
  await world.ingest();
  const run = await listedTwice(world, () => dropbox.tree.delete("/a.jpg"));
  expect(run).toMatchObject({ state: "completed", counts: { missing: 1 } });
  expect(await records()).toEqual([
    ["a.jpg", true],
    ["b.jpg", false],
  ]);
});

test("what a first attempt at a listing saw elsewhere, and is gone when the next one is made, is missing where it was", async () => {
  const { world, dropbox } = await dropboxWorld();
  for (const name of ["a", "b"]) dropbox.tree.put(`/${name}.jpg`, name);
  await world.ingest();
  dropbox.tree.move("/a.jpg", "/c.jpg");
  const run = await listedTwice(world, () => dropbox.tree.delete("/c.jpg"));
  expect(run).toMatchObject({ state: "completed", counts: { moved: 0, missing: 1 } });
  expect(await records()).toEqual([
    ["a.jpg", true],
    ["b.jpg", false],
  ]);
});

/** A listing that has to begin anew: whoever begins it is overtaken at a call of his by one who comes to its end. */
async function overtakenAnew(at: number): Promise<boolean> {
  const { world, dropbox } = await dropboxWorld();
  for (const name of ["a", "b"]) dropbox.tree.put(`/${name}.jpg`, name);
  await world.ingest();
  world.advance(1000);
  dropbox.tree.move("/b.jpg", "/c.jpg");
  dropbox.listings.pageSize = 1;
  const { id } = await world.startIngest({ full: true });
  await world.deliver(world.takeAll()[0]);
  dropbox.listings.reset();
  await world.deliver(world.takeAll()[0]);
  const first = world.outbox.shift();
  let wasMet = false;
  const overtaken = new Invocation({ at, kind: "overtaken" }, async () => {
    wasMet = true;
    for (let message = first; message !== undefined; message = world.outbox.shift())
      if (message.type !== "task" || message.task.kind !== "unlisted") await world.deliver(message);
      else return void world.outbox.unshift(message);
  });
  await world.deliver(first, { bindings: overtaken.bindings(world, 1000) });
  await world.drain();
  expect({ at, run: await world.run(id) }).toMatchObject({
    at,
    run: { state: "completed", counts: { moved: 1, missing: 0 } },
  });
  expect(await records()).toEqual([
    ["a.jpg", false],
    ["c.jpg", false],
  ]);
  return wasMet;
}

test("who begins a listing anew and is overtaken at any call takes nothing from who was faster", async () => {
  let calls = 0;
  while (await overtakenAnew(calls)) calls += 1;
  expect(calls).toBeGreaterThan(4);
});

test("what is told twice because a listing had to begin anew is counted and processed once", async () => {
  const { world, dropbox } = await dropboxWorld();
  dropbox.listings.pageSize = 1;
  dropbox.tree.put("/a.jpg", "a");
  dropbox.tree.put("/b.jpg", "b");
  const { id } = await world.startIngest();
  await world.deliver(world.takeAll()[0]);
  dropbox.listings.reset();
  await world.drain();
  expect(await world.run(id)).toMatchObject({
    state: "completed",
    counts: { new: 2, queued: 2, processed: 2 },
  });
});
