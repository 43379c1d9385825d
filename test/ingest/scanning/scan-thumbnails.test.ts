import { env } from "cloudflare:workers";
import { expect, test } from "vitest";

import type { IngestMessage } from "../../../src/protocol/messages.ts";
import type { Run } from "../../../src/protocol/run.ts";
import { allThumbnails, countedBucket, storeThumbnails } from "../../support/records/derivatives.ts";
import { insertMany, buildMedia } from "../../support/records/media.ts";
import { replaced } from "../../support/records/replaced.ts";
import "../../support/setup.ts";
import { replacedCoordinator, World } from "../support/world.ts";

const idOf = (last: string): string => `00000000-0000-7000-8000-00000000000${last}`;

/** Records that are ready, whose ids end in these letters. */
async function insertReady(...letters: string[]): Promise<void> {
  const rows = letters.map((letter) => ({ id: idOf(letter), provider: "main", thumbnailVersion: "v-3" }));
  await insertMany(rows.map((row) => buildMedia(row)));
}

function own(letter: string): string {
  return `${idOf(letter)}/v-3/1024-contain.jpg`;
}

function stored(letter: string, version: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${idOf(letter)}/${version}/${1000 + index}.jpg`);
}

/** A scan for thumbnails, in a bucket that lists ten keys with a call: how it ended, and what each of its tasks asked for. */
async function scan(world: World): Promise<{ run: Run; lists: number[]; work: string[]; deletes: number[] }> {
  const counted = countedBucket(10);
  const lists: number[] = [];
  const work: string[] = [];
  const { id } = await world.startScan({ thumbnails: true });
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    if (message.type !== "task") throw new Error("a message of no task");
    if (message.task.kind === "process") {
      work.push(...message.task.ids);
      const counts = { processed: message.task.ids.length };
      await world.coordinator.complete(id, message.id, { counts, cost: {} }, []);
      continue;
    }
    await world.deliver(message, { bindings: { DERIVATIVES_BUCKET: counted.bucket } });
    if (message.task.kind === "scan_thumbnails") lists.push(counted.lists.splice(0).length);
  }
  return { run: await world.run(id), lists, work, deletes: counted.deletes };
}

test.each([
  { where: "before the first record", letter: "1" },
  { where: "between two records", letter: "b" },
  { where: "behind the last record", letter: "f" },
])("any number of orphans $where is swept in steps of a few lists", async ({ letter }) => {
  const world = await World.create();
  await insertReady("a", "c");
  await storeThumbnails([own("a"), own("c"), ...stored(letter, "v-3", 120)]);
  const { run, lists, work } = await scan(world);
  expect(await allThumbnails()).toEqual([own("a"), own("c")]);
  expect(Math.max(...lists)).toBeLessThanOrEqual(5);
  expect(lists.length).toBeLessThanOrEqual(4);
  expect(work).toEqual([]);
  expect(run).toMatchObject({ state: "completed", counts: { scanned: 2, queued: 0 } });
});

test.each(["0-older", "z-older"])(
  "a record with any number of thumbnails of the version %s keeps its own, and is not put to work",
  async (version) => {
    const world = await World.create();
    await insertReady("a", "b", "c");
    const kept = [own("a"), own("b"), ...stored("b", "v-3", 60), own("c")].toSorted();
    await storeThumbnails([...kept, ...stored("b", version, 110)]);
    const { run, lists, work } = await scan(world);
    expect(await allThumbnails()).toEqual(kept);
    expect(Math.max(...lists)).toBeLessThanOrEqual(5);
    expect(work).toEqual([]);
    expect(run).toMatchObject({ state: "completed", counts: { scanned: 3 } });
  },
);

test("a record that lacks its own thumbnail among any number of others is put to work once", async () => {
  const world = await World.create();
  await insertReady("a", "b", "c");
  await storeThumbnails([own("a"), ...stored("b", "0-older", 110), ...stored("b", "z-older", 110), own("c")]);
  const { run, work } = await scan(world);
  expect(work).toEqual([idOf("b")]);
  expect(run.counts).toMatchObject({ scanned: 3, queued: 1, processed: 1 });
  expect(await allThumbnails()).toEqual([own("a"), own("c")]);
});

test("more thumbnails than R2 deletes with one call are swept", async () => {
  const world = await World.create();
  await insertReady("a");
  await storeThumbnails([own("a"), ...stored("b", "v", 1010)]);
  const { bucket, deletes } = countedBucket();
  await world.startScan({ thumbnails: true });
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    const { acknowledged } = await world.deliver(message, { bindings: { DERIVATIVES_BUCKET: bucket } });
    expect(acknowledged).toBe(true);
  }
  expect(await allThumbnails()).toEqual([own("a")]);
  expect(deletes).toEqual([1000, 10]);
});

test("a page that was cut short and is handled again after a death loses and doubles nothing", async () => {
  const world = await World.create();
  await insertReady("a", "b", "c", "d");
  await storeThumbnails([...stored("a", "older", 30), ...stored("b", "older", 30), own("c")]);
  const dying = replacedCoordinator(world.coordinator, {
    complete: async () => {
      throw new Error("died right before the report");
    },
  });
  const bindings = {
    INGEST_COORDINATOR: replaced(env.INGEST_COORDINATOR, { getByName: () => dying }),
    DERIVATIVES_BUCKET: countedBucket(10).bucket,
  };
  const died = new Set<string>();
  const seen: IngestMessage[] = [];
  const { id } = await world.startScan({ thumbnails: true });
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    if (message.type !== "task") throw new Error("a message of no task");
    if (message.task.kind === "process") {
      seen.push(message);
      const counts = { processed: message.task.ids.length };
      await world.coordinator.complete(id, message.id, { counts, cost: {} }, []);
      continue;
    }
    if (message.task.kind === "scan_thumbnails" && !died.has(message.id)) {
      died.add(message.id);
      await world.deliver(message, { bindings });
    }
    const { DERIVATIVES_BUCKET } = bindings;
    expect((await world.deliver(message, { bindings: { DERIVATIVES_BUCKET } })).acknowledged).toBe(true);
  }
  expect(died.size).toBeGreaterThan(0);
  const work = seen.flatMap((each) =>
    each.type === "task" && each.task.kind === "process" ? each.task.ids : [],
  );
  expect(work.toSorted()).toEqual(["a", "b", "d"].map((letter) => idOf(letter)));
  expect(await world.run(id)).toMatchObject({ state: "completed", counts: { scanned: 4, queued: 3 } });
  expect(await allThumbnails()).toEqual([own("c")]);
});

test("a page that an earlier version of the service has asked for is handled", async () => {
  const world = await World.create();
  await insertReady("a", "b");
  await storeThumbnails([own("a"), ...stored("b", "older", 3)]);
  const { id } = await world.startScan({ thumbnails: true });
  await world.deliver(world.outbox.shift());
  const [page] = world.takeAll();
  if (page?.type !== "task") throw new Error("a message of no task");
  const task = { kind: "scan_thumbnails", afterId: idOf("a"), page: 0 };
  await world.deliver({ ...page, task });
  expect(await allThumbnails()).toEqual([own("a")]);
  expect((await world.run(id)).counts).toMatchObject({ scanned: 1, queued: 1 });
});
