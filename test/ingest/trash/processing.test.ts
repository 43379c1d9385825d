import { expect, test } from "vitest";

import type { Run } from "../../../src/protocol/run.ts";
import "../../support/setup.ts";
import { Invocation } from "../faults/bindings.ts";
import { photo } from "../support/photos.ts";
import { describe as write, rowOf, storedRows, thumbnailKeys } from "../support/rows.ts";
import { restore, trash, trashRows } from "../support/trash.ts";
import { World } from "../support/world.ts";

async function ingest(world: World): Promise<Run> {
  const { run } = await world.ingest();
  world.advance(1000);
  return run;
}

/** A world with a photo that was stored in parts, so that only reading it tells its hash, and is in the trash. */
async function withPartsInTrash(name = "main"): Promise<World> {
  const world = await World.create({ name });
  await world.putMultipart("a.jpg", photo(1));
  await ingest(world);
  await trash(world, (await rowOf("a.jpg", name)).id);
  return world;
}

/** Hands out what is sent; before the call with this number of a worker that processes, something happens. */
async function drainOvertaken(world: World, at: number, meanwhile: () => Promise<void>): Promise<boolean> {
  let isReached = false;
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    const isHit = message.type === "task" && message.task.kind === "process";
    const invocation = new Invocation(isHit ? { at, kind: "overtaken" } : null, async () => {
      isReached = true;
      await meanwhile();
    });
    await world.deliver(message, { bindings: invocation.bindings(world, 1000) });
  }
  return isReached;
}

const quiet = { new: 0, changed: 0, moved: 0, missing: 0, ambiguous: 0, queued: 0 };
const nothing = { rows_written: 0, bytes_read: 0 };

test("the object of a record in the trash is known by its version where its hash is not told", async () => {
  const world = await withPartsInTrash();
  expect(await ingest(world)).toMatchObject({ counts: { ...quiet, unchanged: 1 }, cost: nothing });
  expect(await storedRows()).toEqual([]);
});

test("a photo of the trash that only its bytes tell goes back there, and is read once", async () => {
  const world = await withPartsInTrash();
  await world.putMultipart("b.jpg", photo(1));
  await world.remove("a.jpg");
  expect(await ingest(world)).toMatchObject({
    state: "completed",
    counts: { ...quiet, new: 1, queued: 1, processed: 0, dropped: 1 },
  });
  expect(await storedRows()).toEqual([]);
  expect(await trashRows()).toMatchObject([{ key: "a.jpg", foundAt: "b.jpg" }]);
  expect(await thumbnailKeys()).toEqual([]);
  expect(await ingest(world)).toMatchObject({ counts: { ...quiet, unchanged: 1 }, cost: nothing });
});

test("a record whose photo only its bytes tell comes back to where it was found", async () => {
  const world = await withPartsInTrash();
  const [{ id } = { id: "" }] = await trashRows();
  await world.putMultipart("b.jpg", photo(1));
  await world.remove("a.jpg");
  await ingest(world);
  await restore(world, id);
  expect(await storedRows()).toMatchObject([{ id, key: "b.jpg", missing: false }]);
});

test("a photo of the trash goes back there even if the worker that computes its hash dies at any call", async () => {
  let isReached = true;
  let deaths = 0;
  for (let at = 0; isReached; at++) {
    isReached = false;
    const world = await withPartsInTrash(`world-${at}`);
    await world.putMultipart("b.jpg", photo(1));
    await world.remove("a.jpg");
    await world.startIngest();
    for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
      const isHit = message.type === "task" && message.task.kind === "process" && !isReached;
      const fault = isHit ? ({ at, kind: "dies_after" } as const) : null;
      const invocation = new Invocation(fault, async () => undefined);
      const { acknowledged } = await world.deliver(message, { bindings: invocation.bindings(world, 1000) });
      if (invocation.isDead) isReached = true;
      if (invocation.isDead || !acknowledged) world.outbox.push(message);
    }
    if (isReached) deaths += 1;
    expect(await storedRows(world.name)).toEqual([]);
    expect((await trashRows()).map(({ foundAt }) => foundAt)).toContain("b.jpg");
  }
  expect(deaths).toBeGreaterThan(5);
});

test("what a person has written on in time stays a record, whatever the trash holds", async () => {
  const world = await withPartsInTrash();
  await world.putMultipart("b.jpg", photo(1));
  await world.startIngest();
  await drainOvertaken(world, 1, async () => write((await rowOf("b.jpg")).id, "mine"));
  expect(await storedRows()).toMatchObject([
    { key: "b.jpg", state: "ready", metadata: '{"description":"mine"}' },
  ]);
  expect(await trashRows()).toMatchObject([{ key: "a.jpg", foundAt: null }]);
});

test("a copy of a live photo stays a record, though the trash holds the same bytes", async () => {
  const world = await World.create();
  for (const key of ["a.jpg", "b.jpg"]) await world.putMultipart(key, photo(1));
  await ingest(world);
  await trash(world, (await rowOf("a.jpg")).id);
  await world.putMultipart("c.jpg", photo(1));
  expect(await ingest(world)).toMatchObject({ counts: { new: 1, processed: 1, dropped: 0 } });
  expect((await storedRows()).map(({ key }) => key)).toEqual(["b.jpg", "c.jpg"]);
});

test("a missing record claims its photo before the trash does", async () => {
  const world = await World.create();
  for (const key of ["a.jpg", "b.jpg"]) await world.putMultipart(key, photo(1));
  await ingest(world);
  const { id } = await rowOf("b.jpg");
  await trash(world, (await rowOf("a.jpg")).id);
  await world.remove("b.jpg");
  await ingest(world);
  await world.putMultipart("c.jpg", photo(1));
  expect(await ingest(world)).toMatchObject({ counts: { new: 1, moved: 1 } });
  expect(await storedRows()).toMatchObject([{ id, key: "c.jpg", missing: false }]);
});

test("of several copies that only their bytes tell none is brought back, and the noted one is not read again", async () => {
  const world = await withPartsInTrash();
  await world.putMultipart("b.jpg", photo(1));
  await ingest(world);
  expect(await ingest(world)).toMatchObject({ counts: { ...quiet, unchanged: 2 }, cost: nothing });
  await world.putMultipart("c.jpg", photo(1));
  expect(await ingest(world)).toMatchObject({ counts: { new: 1, dropped: 1 } });
  expect(await storedRows()).toEqual([]);
  expect(await trashRows()).toMatchObject([{ foundAt: "b.jpg" }]);
});

test("a record that is trashed before any call of the worker that processes it is reported as dropped", async () => {
  let isReached = true;
  const dropped: number[] = [];
  for (let at = 0; isReached; at++) {
    const world = await World.create({ name: `chunk-${at}` });
    await world.put("a.jpg", photo(1));
    const { id } = await world.startIngest();
    isReached = await drainOvertaken(world, at, async () => {
      await trash(world, (await rowOf("a.jpg", world.name)).id);
    });
    const run = await world.run(id);
    expect(run).toMatchObject({ state: "completed", counts: { queued: 1, failed: 0 } });
    expect(run.counts.processed + run.counts.dropped).toBe(1);
    dropped.push(run.counts.dropped);
    expect(await storedRows(world.name)).toHaveLength(isReached ? 0 : 1);
  }
  expect(dropped.length).toBeGreaterThan(5);
  expect(dropped[1]).toBe(1);
});
