import { env } from "cloudflare:workers";
import { expect, test } from "vitest";

import worker from "../../../src/index.ts";
import { createServices } from "../../../src/services.ts";
import { purgeExpired } from "../../../src/media/trash/purge.ts";
import { trashUpTo } from "../../../src/db/trash/purge.ts";
import type { IngestMessage } from "../../../src/protocol/messages.ts";
import type { Run } from "../../../src/protocol/run.ts";
import { failingDatabase } from "../../support/records/database.ts";
import { insertMedia } from "../../support/records/media.ts";
import { replaced } from "../../support/records/replaced.ts";
import { apartMedia, insertTrashed, trashedIds } from "../../support/records/trash.ts";
import "../../support/setup.ts";
import { photo } from "../support/photos.ts";
import { rowOf, storedKeys } from "../support/rows.ts";
import { exhausted, World } from "../support/world.ts";

const day = 24 * 60 * 60_000;

const event = { cron: "17 3 * * *", scheduledTime: 0, noRetry: () => undefined };

/** Lets the cron trigger go off, and gives the messages of the purge; all others are left out, as if none had anything to do. */
async function purgeMessages(world: World, variables: Partial<Env> = {}): Promise<IngestMessage[]> {
  await worker.scheduled(event, { ...world.env, ...variables });
  return world.takeAll().filter((message) => message.type === "task" && message.task.kind === "purge_trash");
}

/** Lets a night's purge come to its end, and answers the ids of its tasks. */
async function night(world: World, bindings: Partial<Env> = {}): Promise<string[]> {
  const tasks: string[] = [];
  const messages = await purgeMessages(world, bindings);
  for (let message = messages.shift(); message !== undefined; message = messages.shift()) {
    if (message.type === "task") tasks.push(message.id);
    expect((await world.deliver(message, { bindings })).acknowledged).toBe(true);
    messages.push(...world.takeAll());
  }
  await endRun(world);
  return tasks;
}

/** Ends the run whose listing was not handed out. */
async function endRun(world: World): Promise<void> {
  await world.coordinator.cancel();
  world.advance(2 * 60_000);
  await world.alarm();
  world.takeAll();
}

/** A photo that is in the trash, with its object. */
async function trashedPhoto(world: World, key: string, number = 0): Promise<{ id: string; version: string }> {
  const version = await world.put(key, photo(number));
  const { id } = await insertMedia({
    provider: world.name,
    objectKey: key,
    version,
    contentHash: `md5:${version}`,
    fileSize: photo(number).length,
    objectMetadata: { description: key },
  });
  await trash(world, id);
  return { id, version };
}

async function trash(world: World, id: string): Promise<void> {
  expect((await world.api(`/v1/media/${id}`, { method: "DELETE" })).status).toBe(204);
}

/** The keys of the originals. */
async function objects(): Promise<string[]> {
  return (await env.MEDIA_BUCKET.list()).objects.map(({ key }) => key);
}

test("what has been in the trash for TRASH_DAYS goes for good at night: record, history, object", async () => {
  const world = await World.create();
  const { id } = await trashedPhoto(world, "old.jpg");
  await env.DB.prepare(
    "INSERT INTO media_revisions (media_id, revision, changed_at, patch) VALUES (?, 1, 1, '{}'), ('other', 1, 1, '{}')",
  )
    .bind(id)
    .run();
  world.advance(29 * day);
  const younger = await trashedPhoto(world, "young.jpg", 1);
  expect(await night(world)).toEqual([]);
  world.advance(day);
  expect(await night(world)).toEqual(["purge_trash:0"]);
  expect(await trashedIds()).toEqual([younger.id]);
  expect(await objects()).toEqual(["main/young.jpg"]);
  const { results } = await env.DB.prepare("SELECT media_id FROM media_revisions").all();
  expect(results).toEqual([{ media_id: "other" }]);
});

test("TRASH_DAYS says how long, and with 0 what is still in the trash goes the next night", async () => {
  const world = await World.create();
  await trashedPhoto(world, "a.jpg");
  world.advance(2 * day);
  expect(await night(world, { TRASH_DAYS: "3" })).toEqual([]);
  expect(await night(world, { TRASH_DAYS: "2" })).toEqual(["purge_trash:0"]);
  expect(await trashedIds()).toEqual([]);
  await trashedPhoto(world, "b.jpg", 1);
  world.advance(1);
  expect(await night(world, { TRASH_DAYS: "0" })).toEqual(["purge_trash:0"]);
  expect(await trashedIds()).toEqual([]);
});

test("no other run purges anything", async () => {
  const world = await World.create();
  await trashedPhoto(world, "a.jpg");
  world.advance(31 * day);
  await world.startIngest();
  const kinds = world.outbox.map((message) => (message.type === "task" ? message.task.kind : message.type));
  expect(kinds).toEqual(["list"]);
});

test("other bytes at the key stay, and so does an object that a record has", async () => {
  const world = await World.create();
  await trashedPhoto(world, "a.jpg");
  await world.put("a.jpg", photo(1));
  const { version } = await trashedPhoto(world, "b.jpg", 2);
  await insertMedia({ provider: "main", objectKey: "b.jpg", version });
  world.advance(31 * day);
  await night(world);
  expect(await trashedIds()).toEqual([]);
  expect(await objects()).toEqual(["main/a.jpg", "main/b.jpg"]);
  expect(await storedKeys()).toEqual(["b.jpg"]);
});

test("a record whose object lies elsewhere by now stays in the trash, until it is gone from there", async () => {
  const world = await World.create();
  const { id } = await trashedPhoto(world, "a.jpg");
  await world.remove("a.jpg");
  await world.put("moved.jpg", photo(0));
  await env.DB.prepare("UPDATE trashed_media SET found_at = 'moved.jpg'").run();
  world.advance(31 * day);
  expect(await night(world)).toEqual(["purge_trash:0"]);
  expect(await trashedIds()).toEqual([id]);
  expect(await objects()).toEqual(["main/moved.jpg"]);
  await world.put("moved.jpg", photo(1));
  await night(world);
  expect(await trashedIds()).toEqual([]);
  expect(await objects()).toEqual(["main/moved.jpg"]);
});

test("an object at its key goes though a copy lies elsewhere, which stays hidden with the record", async () => {
  const world = await World.create();
  const { id } = await trashedPhoto(world, "a.jpg");
  await world.put("copy.jpg", photo(0));
  await world.ingest();
  world.advance(31 * day);
  await night(world);
  expect(await objects()).toEqual(["main/copy.jpg"]);
  expect(await trashedIds()).toEqual([id]);
  await world.ingest();
  expect(await storedKeys()).toEqual([]);
});

test("a record that a relink hides is in no trash, however old", async () => {
  const world = await World.create();
  const { id } = await trashedPhoto(world, "a.jpg");
  await env.DB.prepare("UPDATE trashed_media SET trashed_at = NULL, merged_into = 'x'").run();
  world.advance(31 * day);
  expect(await night(world)).toEqual([]);
  expect(await apartMedia(id)).not.toBeNull();
  expect(await objects()).toEqual(["main/a.jpg"]);
});

test("a record whose provider is not configured stays", async () => {
  const world = await World.create();
  const { id } = await trashedPhoto(world, "a.jpg");
  await env.DB.prepare("UPDATE trashed_media SET provider = 'former'").run();
  world.advance(31 * day);
  expect(await night(world)).toEqual(["purge_trash:0"]);
  expect(await trashedIds()).toEqual([id]);
});

test("of a provider that can only be read, records go whose object was missing, and others stay", async () => {
  const world = await World.create();
  const there = await trashedPhoto(world, "a.jpg");
  const missing = await trashedPhoto(world, "b.jpg", 1);
  await env.DB.prepare("UPDATE trashed_media SET missing_since = 5 WHERE id = ?").bind(missing.id).run();
  const services = createServices(world.env, { session: "primary", traceId: "0".repeat(32), logContext: {} });
  const providers = new Map(
    [...services.providers].map(([name, provider]) => [name, replaced(provider, { writable: false })]),
  );
  const page = { upTo: Date.now(), limit: 10 };
  for (const media of await trashUpTo(services.db, { trashedAt: 0, id: "" }, page)) {
    await purgeExpired({ ...services, providers }, media);
  }
  expect(await trashedIds()).toEqual([there.id]);
  expect(await objects()).toEqual(["main/a.jpg", "main/b.jpg"]);
});

test("any number goes in pages, the oldest first", async () => {
  const world = await World.create();
  const ids = await insertTrashed(120, { at: 1000, content: () => ({ provider: "main", missingSince: 5 }) });
  expect(await night(world)).toEqual([0, 1, 2].map((page) => `purge_trash:${page}`));
  expect({ before: ids.length, after: await trashedIds() }).toEqual({ before: 120, after: [] });
});

test("a worker that dies between the object and the record loses nothing, and is repeated", async () => {
  const world = await World.create();
  const { id } = await trashedPhoto(world, "a.jpg");
  world.advance(31 * day);
  const [message] = await purgeMessages(world);
  const DB = failingDatabase(env.DB, (query) => query.includes("DELETE FROM trashed_media"));
  expect((await world.deliver(message, { bindings: { DB } })).acknowledged).toBe(false);
  expect(await objects()).toEqual([]);
  expect(await apartMedia(id)).toMatchObject({ object_metadata: '{"description":"a.jpg"}' });
  expect((await world.deliver(message)).acknowledged).toBe(true);
  expect(await trashedIds()).toEqual([]);
  expect((await world.deliver(message)).acknowledged).toBe(true);
});

test("a record that was taken out of the trash before its turn stays, with its object", async () => {
  const world = await World.create();
  const { id } = await trashedPhoto(world, "a.jpg");
  world.advance(31 * day);
  const [message] = await purgeMessages(world);
  expect((await world.api(`/v1/media/${id}/restore`, { method: "POST" })).status).toBe(200);
  await world.deliver(message);
  expect(await rowOf("a.jpg")).toMatchObject({ id, missing: false });
  expect(await objects()).toEqual(["main/a.jpg"]);
});

/** A bucket that removes nothing below a prefix. */
function failingBucket(prefix: string): Partial<Env> {
  const remove = async (key: string): Promise<void> => {
    if (key.startsWith(prefix)) throw new Error("delete: internal error (10001)");
    return env.MEDIA_BUCKET.delete(key);
  };
  return { MEDIA_BUCKET: replaced(env.MEDIA_BUCKET, { delete: remove }) };
}

/** A world with a second provider. */
async function withTwo(): Promise<World> {
  const providers = ["main", "second"].map((name) => {
    return { name, type: "r2", binding: "MEDIA_BUCKET", prefix: `${name}/` };
  });
  return World.create({ bindings: { STORAGE_PROVIDERS: JSON.stringify(providers) } });
}

test("a storage that fails keeps none of another's records from going, and is tried again", async () => {
  const world = await withTwo();
  const first = await trashedPhoto(world, "a.jpg");
  await insertTrashed(1, { at: Date.now(), content: () => ({ provider: "second" }) });
  world.advance(31 * day);
  const [message] = await purgeMessages(world);
  const { acknowledged, retryAfter } = await world.deliver(message, { bindings: failingBucket("main/") });
  expect({ acknowledged, isRetried: retryAfter !== null }).toEqual({ acknowledged: false, isRetried: true });
  expect(await trashedIds()).toEqual([first.id]);
  expect((await world.deliver(message)).acknowledged).toBe(true);
  expect(await trashedIds()).toEqual([]);
  expect(await objects()).toEqual([]);
});

test("a page that is dead keeps no other provider's records from going, and is remembered", async () => {
  const world = await withTwo();
  const failing = await insertTrashed(60, {
    at: 1000,
    content: (index) => ({ provider: "main", objectKey: `${index}.jpg`, version: "v" }),
  });
  await insertTrashed(5, { at: 2000, content: () => ({ provider: "second" }) });
  const head = async (key: string): Promise<R2Object | null> => {
    if (key.startsWith("main/")) throw new Error("head: internal error (10001)");
    return env.MEDIA_BUCKET.head(key);
  };
  const bindings = { MEDIA_BUCKET: replaced(env.MEDIA_BUCKET, { head }) };
  let [message] = await purgeMessages(world);
  await world.deliver(message, { bindings, attempts: exhausted });
  [message] = world.takeAll();
  expect(message).toMatchObject({ id: "purge_trash:1", task: { resting: ["main"] } });
  expect((await world.deliver(message, { bindings })).acknowledged).toBe(true);
  expect(await trashedIds()).toEqual(failing.toSorted());
  await endRun(world);
  await night(world);
  expect(await trashedIds()).toEqual([]);
});

test("a night whose purge is dead ends with errors", async () => {
  const world = await World.create();
  await trashedPhoto(world, "a.jpg");
  world.advance(31 * day);
  await worker.scheduled(event, world.env);
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    const isDead = message.type === "task" && message.task.kind === "purge_trash";
    await world.deliver(message, { attempts: isDead ? exhausted : 1 });
  }
  const run: Run | null = (await world.coordinator.status()).last_run;
  expect(run?.state).toBe("completed_with_errors");
});
