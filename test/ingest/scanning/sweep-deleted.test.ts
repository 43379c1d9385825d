import { env } from "cloudflare:workers";
import { expect, test } from "vitest";

import worker from "../../../src/index.ts";
import type { Run } from "../../../src/protocol/run.ts";
import { relink } from "../../support/http/operations.ts";
import { failingDatabase } from "../../support/records/database.ts";
import {
  allThumbnails,
  countedBucket,
  storeThumbnails,
  type CountedBucket,
} from "../../support/records/derivatives.ts";
import { buildMany, insertMany, insertMedia, insertStored } from "../../support/records/media.ts";
import "../../support/setup.ts";
import { photo } from "../support/photos.ts";
import { exhausted, World } from "../support/world.ts";

const hour = 60 * 60_000;
const day = 24 * hour;

/** Lets the cron trigger go off, and its run come to its end; what it asked of the bucket is counted. */
async function night(
  world: World,
  counted: CountedBucket = countedBucket(),
): Promise<{ run: Run; tasks: string[] }> {
  const event = { cron: "17 3 * * *", scheduledTime: Date.now(), noRetry: () => undefined };
  await worker.scheduled(event, world.env);
  const tasks: string[] = [];
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    if (message.type === "task") tasks.push(message.id);
    const { acknowledged } = await world.deliver(message, {
      bindings: { DERIVATIVES_BUCKET: counted.bucket },
    });
    expect(acknowledged).toBe(true);
  }
  const run = (await world.coordinator.status()).last_run;
  if (run === null) throw new Error("the night had no run");
  return { run, tasks };
}

/** The ids of the deletions that are remembered. */
async function remembered(): Promise<string[]> {
  const { results } = await env.DB.prepare("SELECT id FROM deletions ORDER BY deleted_at, id").all<{
    id: string;
  }>();
  return results.map(({ id }) => id);
}

/** The database has a clock of its own; a test's stands far ahead of it. */
async function deletedAt(time: number): Promise<void> {
  await env.DB.prepare("UPDATE deletions SET deleted_at = ?").bind(time).run();
}

/** A record that was deleted a minute ago, and that a worker has left a thumbnail of. */
async function deletedWithThumbnail(world: World): Promise<string> {
  const { id } = await insertMedia({ provider: "main", missingSince: 1 });
  expect((await world.api(`/v1/media/${id}`, { method: "DELETE" })).status).toBe(204);
  await deletedAt(Date.now() - 60_000);
  await storeThumbnails([`${id}/v-1/512-cover.jpg`, `${id}/v-1/128-cover.jpg`]);
  return id;
}

test("whoever removes a record, its deletion is remembered with the time of it", async () => {
  const before = Date.now();
  const rows = buildMany(3);
  await insertMany(rows);
  await env.DB.prepare("DELETE FROM media_objects").run();
  expect((await remembered()).toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
  const times = await env.DB.prepare(
    "SELECT min(deleted_at) AS first, max(deleted_at) AS last FROM deletions",
  ).first<{ first: number; last: number }>();
  expect(times?.first).toBeGreaterThan(before - 60_000);
  expect(times?.last).toBeLessThan(Date.now() + 60_000);
});

test("thumbnails that were left of a deleted record are swept at night, and nothing else is listed", async () => {
  const world = await World.create();
  const id = await deletedWithThumbnail(world);
  const other = await insertStored(photo(), { provider: "main" });
  await storeThumbnails([`${other.id}/v-1/512-cover.jpg`]);
  const counted = countedBucket();
  const { run, tasks } = await night(world, counted);
  expect(await allThumbnails()).toEqual([`${other.id}/v-1/512-cover.jpg`]);
  expect(counted.lists).toEqual([`${id}/`]);
  expect(tasks.filter((task) => task.startsWith("sweep_deleted"))).toEqual(["sweep_deleted:0"]);
  expect(run).toMatchObject({ trigger: "cron", state: "completed" });
});

test("what a relink holds for its way back stays, and goes when there is none", async () => {
  const world = await World.create();
  const { id } = await insertMedia({ provider: "main", missingSince: 1, thumbnailVersion: "one-3" });
  const { id: to } = await insertMedia({ provider: "main", thumbnailVersion: "two-3" });
  const held = `${to}/one-3/held-preview.jpg`;
  await storeThumbnails([`${id}/one-3/1024-contain.jpg`]);
  await relink(id, to, async (path, request) => world.api(path, request));
  await deletedAt(Date.now() - 60_000);
  await storeThumbnails([`${to}/two-3/1024-contain.jpg`]);
  await night(world);
  expect(await allThumbnails(`${to}/`)).toEqual([held]);
  await env.DB.prepare("DELETE FROM trashed_media").run();
  await deletedAt(Date.now() - 60_000);
  await night(world);
  expect(await allThumbnails(`${to}/`)).toEqual([]);
});

test("a deletion is swept for two days, in which a thumbnail may still come, and then forgotten", async () => {
  const world = await World.create();
  const id = await deletedWithThumbnail(world);
  await night(world);
  await storeThumbnails([`${id}/v-1/512-cover.jpg`]);
  world.advance(day);
  await night(world);
  expect(await allThumbnails()).toEqual([]);
  expect(await remembered()).toEqual([id]);
  world.advance(day);
  const last = countedBucket();
  await night(world, last);
  expect(last.lists).toEqual([`${id}/`]);
  expect(await remembered()).toEqual([]);
  world.advance(day);
  const none = countedBucket();
  const { tasks } = await night(world, none);
  expect(none.lists).toEqual([]);
  expect(tasks).toEqual(["list:main:0", "settle:main"]);
});

test("a deletion that no night has come to is swept before it is forgotten, however old it is", async () => {
  const world = await World.create();
  await deletedWithThumbnail(world);
  await deletedAt(Date.now() - 30 * day);
  await night(world);
  expect(await allThumbnails()).toEqual([]);
  expect(await remembered()).toEqual([]);
});

test("a record that is there again keeps its thumbnails", async () => {
  const world = await World.create();
  const id = await deletedWithThumbnail(world);
  const kept = await allThumbnails();
  await insertStored(photo(), { id, provider: "main" });
  const counted = countedBucket();
  await night(world, counted);
  expect(counted.lists).toEqual([]);
  expect(await allThumbnails()).toEqual(kept);
});

test("a night with nothing deleted has no task for it, writes nothing and lists nothing", async () => {
  const world = await World.create();
  await world.put("a.jpg", photo());
  await world.ingest();
  world.advance(day);
  const counted = countedBucket();
  const { run, tasks } = await night(world, counted);
  expect(tasks).toEqual(["list:main:0", "settle:main"]);
  expect(run).toMatchObject({ state: "completed", cost: { rows_written: 0, messages: 2 } });
  expect(counted.lists).toEqual([]);
});

test("any number of deletions is swept and forgotten in pages", async () => {
  const world = await World.create();
  const rows = buildMany(250, () => ({ provider: "gone" }));
  await insertMany(rows);
  await env.DB.prepare("DELETE FROM media_objects").run();
  await storeThumbnails([...rows.slice(0, 3), ...rows.slice(-3)].map(({ id }) => `${id}/v/512-cover.jpg`));
  const counted = countedBucket();
  const { run, tasks } = await night(world, counted);
  expect(tasks.filter((task) => task.startsWith("sweep_deleted"))).toEqual(
    [0, 1, 2].map((page) => `sweep_deleted:${page}`),
  );
  expect(counted.lists).toHaveLength(250);
  expect(await allThumbnails()).toEqual([]);
  expect(await remembered()).toEqual([]);
  expect(run.state).toBe("completed");
});

test("a deleted record with more thumbnails than a list has is swept to its end", async () => {
  const world = await World.create();
  const id = await deletedWithThumbnail(world);
  await storeThumbnails(Array.from({ length: 25 }, (_, index) => `${id}/v-2/${index}.jpg`));
  await deletedAt(Date.now() - 3 * day);
  const { tasks } = await night(world, countedBucket(10));
  expect(tasks.filter((task) => task.startsWith("sweep_deleted"))).toHaveLength(3);
  expect(await allThumbnails()).toEqual([]);
  expect(await remembered()).toEqual([]);
});

test("a page that is handled again after a death sweeps what the first attempt did not, and forgets it once", async () => {
  const world = await World.create();
  const id = await deletedWithThumbnail(world);
  await deletedAt(Date.now() - 3 * day);
  await worker.scheduled(
    { cron: "17 3 * * *", scheduledTime: Date.now(), noRetry: () => undefined },
    world.env,
  );
  const sweep = world
    .takeAll()
    .find((message) => message.type === "task" && message.task.kind === "sweep_deleted");
  const DB = failingDatabase(env.DB, (query) => query.includes("DELETE FROM deletions"));
  expect((await world.deliver(sweep, { bindings: { DB } })).acknowledged).toBe(false);
  expect(await remembered()).toEqual([id]);
  await storeThumbnails([`${id}/v-1/256-cover.jpg`]);
  expect((await world.deliver(sweep)).acknowledged).toBe(true);
  expect(await allThumbnails()).toEqual([]);
  expect(await remembered()).toEqual([]);
});

test("a dead page of deletions keeps no other from being swept, and is remembered", async () => {
  const world = await World.create();
  const rows = buildMany(101, () => ({ provider: "gone" }));
  await insertMany(rows);
  await env.DB.prepare("DELETE FROM media_objects").run();
  const ids = await remembered();
  await storeThumbnails(ids.map((id) => `${id}/v/512-cover.jpg`));
  await worker.scheduled(
    { cron: "17 3 * * *", scheduledTime: Date.now(), noRetry: () => undefined },
    world.env,
  );
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    const isDead = message.type === "task" && message.id === "sweep_deleted:0";
    await world.deliver(message, { attempts: isDead ? exhausted : 1 });
  }
  expect(await remembered()).toEqual(ids.slice(0, 100));
  expect(await allThumbnails()).toHaveLength(100);
  expect((await world.coordinator.status()).last_run?.state).toBe("completed_with_errors");
  await night(world);
  expect(await allThumbnails()).toEqual([]);
});

test("a database that does not answer keeps no night's ingest from starting", async () => {
  const world = await World.create({ bindings: { DB: failingDatabase(env.DB, () => true) } });
  await worker.scheduled(
    { cron: "17 3 * * *", scheduledTime: Date.now(), noRetry: () => undefined },
    world.env,
  );
  const tasks = world.outbox.map((message) => (message.type === "task" ? message.id : message.type));
  expect(tasks).toEqual(["list:main:0", "sweep_deleted:0", "purge_trash:0", "read_texts:0"]);
});
