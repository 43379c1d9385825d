import { env } from "cloudflare:workers";
import { expect, test } from "vitest";

import { AppError } from "../../../src/core/errors.ts";
import { consumeIngest } from "../../../src/ingest/consumer/consumer.ts";
import { isolateMemory } from "../../../src/thumbnail/budget.ts";
import { failingDatabase } from "../../support/records/database.ts";
import { replaced } from "../../support/records/replaced.ts";
import type { Run } from "../../../src/protocol/run.ts";
import "../../support/setup.ts";
import { Invocation } from "../faults/bindings.ts";
import { photo } from "../support/photos.ts";
import { rowOf, storedRows, thumbnailKeys } from "../support/rows.ts";
import { batchOf, exhausted, replacedCoordinator, World } from "../support/world.ts";

/** A bucket in which reading certain keys fails. */
function failingBucket(fails: (key: string) => Error | null): R2Bucket {
  return replaced(env.MEDIA_BUCKET, {
    get: async (key: string, options?: R2GetOptions) => {
      const failure = fails(key);
      if (failure !== null) throw failure;
      return env.MEDIA_BUCKET.get(key, options);
    },
  });
}

const away = new Error("get: we encountered an internal error (10001)");
const tooMany = new Error("get: too many requests (10058)");

/** A world with photos on record that wait in one chunk; answers the chunk's message. */
async function withChunk(...keys: string[]) {
  const world = await World.create();
  for (const [index, key] of keys.entries()) await world.put(key, photo(index));
  const { id } = await world.startIngest();
  for (;;) {
    const message = world.outbox.shift();
    if (message?.type !== "task") throw new Error("the listing queued no chunk");
    if (message.task.kind === "process") return { world, id, message, ids: message.task.ids };
    await world.deliver(message);
  }
}

test("a message that nobody can read is acknowledged, so that it blocks nothing", async () => {
  const world = await World.create();
  expect(await world.deliver({ type: "task", run: 7 })).toEqual({ acknowledged: true, retryAfter: null });
  expect(await world.deliver("?", { attempts: exhausted })).toEqual({
    acknowledged: true,
    retryAfter: null,
  });
});

test("each message of a batch is acknowledged or retried by itself", async () => {
  const { world, message } = await withChunk("a.jpg");
  const ended: string[] = [];
  const messages = [message, { unreadable: true }].map((body, index) => ({
    id: String(index),
    timestamp: new Date(),
    attempts: 1,
    body,
    ack: () => void ended.push(`${index} acknowledged`),
    retry: () => void ended.push(`${index} retried`),
  }));
  const bindings = { MEDIA_BUCKET: failingBucket(() => away) };
  const batch = batchOf("any", messages);
  await consumeIngest(batch, () => world.services(bindings));
  expect(ended).toEqual(["0 retried", "1 acknowledged"]);
});

test("the wait before another attempt grows with the attempts", async () => {
  const { world, message } = await withChunk("a.jpg");
  const bindings = { MEDIA_BUCKET: failingBucket(() => away) };
  const waits: (number | null)[] = [];
  for (const attempts of [1, 2, 3, 4, 5]) {
    waits.push((await world.deliver(message, { attempts, bindings })).retryAfter);
  }
  expect(waits).toEqual([5, 10, 20, 40, 80]);
});

test("after the last attempt a message comes at once to be recorded, and then with growing waits", async () => {
  const { world, message } = await withChunk("a.jpg");
  const bindings = { DB: failingDatabase(env.DB, () => true) };
  const waits: (number | null)[] = [];
  for (const attempts of [6, 7, 8, 13, 14]) {
    waits.push((await world.deliver(message, { attempts, bindings })).retryAfter);
  }
  expect(waits).toEqual([0, 5, 10, 300, 300]);
});

test("a wait that the provider asks for is kept, and announced to the coordinator", async () => {
  const { world, message } = await withChunk("a.jpg");
  const services = world.services();
  const [provider] = services.providers.values();
  if (provider === undefined) throw new Error("there is no provider");
  const slow = replaced(provider, {
    open: async () => {
      throw new AppError("storage_rate_limited", "Come later.", { retryAfterSeconds: 90 });
    },
  });
  const waits: unknown[] = [];
  const held = {
    id: "1",
    timestamp: new Date(),
    attempts: 1,
    body: message,
    ack: () => void waits.push("acknowledged"),
    retry: (options?: QueueRetryOptions) => void waits.push(options?.delaySeconds),
  };
  const batch = batchOf("any", [held]);
  await consumeIngest(batch, () => ({ ...services, providers: new Map([["main", slow]]) }));
  expect(waits).toEqual([90]);
  world.advance(60_000);
  await world.alarm();
  expect(world.takeAll()).toEqual([]);
  world.advance(61_000);
  await world.alarm();
  expect(world.takeAll()).toEqual([message]);
});

test("a record that cannot be read now stops no other of its chunk", async () => {
  const { world, message } = await withChunk("a.jpg", "b.jpg", "c.jpg");
  const bindings = { MEDIA_BUCKET: failingBucket((key) => (key.endsWith("a.jpg") ? away : null)) };
  expect((await world.deliver(message, { bindings })).acknowledged).toBe(false);
  expect((await storedRows()).map((row) => row.state)).toEqual(["pending", "ready", "ready"]);
});

test("a record for which there is no memory just now is tried again, and stops no other of its chunk", async () => {
  const { world, message } = await withChunk("a.jpg", "b.jpg", "c.jpg");
  const others = isolateMemory.newAccount();
  let read = 0;
  const MEDIA_BUCKET = failingBucket(() => {
    read += 1;
    // While the first is worked, somebody else takes what is left.
    if (read === 1) others.take(isolateMemory.limitBytes - isolateMemory.usedBytes);
    return null;
  });
  const postponed = { acknowledged: false, retryAfter: 5 };
  expect(await world.deliver(message, { bindings: { MEDIA_BUCKET } })).toEqual(postponed);
  expect(read).toBe(1);
  expect((await storedRows()).map((row) => row.state)).toEqual(["pending", "pending", "pending"]);
  others.close();
  expect((await world.deliver(message)).acknowledged).toBe(true);
  expect((await storedRows()).map((row) => row.state)).toEqual(["ready", "ready", "ready"]);
  expect(isolateMemory.usedBytes).toBe(0);
});

test("a provider that asks to come later is left alone at once", async () => {
  const { world, message } = await withChunk("a.jpg", "b.jpg", "c.jpg");
  let asked = 0;
  const bindings = {
    MEDIA_BUCKET: failingBucket(() => {
      asked += 1;
      return tooMany;
    }),
  };
  await world.deliver(message, { bindings });
  expect(asked).toBe(1);
});

test("corrupt, unsupported and too large objects are recorded with their reason and stop no other", async () => {
  const world = await World.create();
  const whole = photo(1);
  await world.put("broken.jpg", whole.slice(0, 12));
  await world.put("empty.jpg", "");
  await world.put("good.jpg", whole);
  await world.put("large.jpg", photo(2));
  await world.put("text.jpg", "I am no photo");
  const { id } = await world.startIngest();
  const bindings = { MAX_PROCESS_BYTES: String(whole.length) };
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    const { acknowledged } = await world.deliver(message, {
      bindings: message.type === "task" && message.task.kind === "process" ? bindings : {},
    });
    expect(acknowledged).toBe(true);
  }
  expect((await storedRows()).map(({ key, state, error }) => [key, state, error])).toEqual([
    ["broken.jpg", "failed", "corrupt"],
    ["empty.jpg", "unsupported", "not_an_image"],
    ["good.jpg", "ready", null],
    ["large.jpg", "ready", null],
    ["text.jpg", "unsupported", "not_an_image"],
  ]);
  expect(await world.run(id)).toMatchObject({
    state: "completed_with_errors",
    counts: { queued: 5, processed: 4, failed: 1, dropped: 0 },
  });
});

test("an object over the limit is stored and served, and says so", async () => {
  const { world, message } = await withChunk("large.jpg");
  await world.deliver(message, { bindings: { MAX_PROCESS_BYTES: "100" } });
  expect(await rowOf("large.jpg")).toMatchObject({
    state: "unsupported",
    error: "file_too_large",
    thumbnail: null,
  });
});

test("a chunk that is worked twice reports the same and changes nothing more", async () => {
  const { world, id, message } = await withChunk("a.jpg", "b.jpg");
  await world.deliver(message);
  const rows = await storedRows();
  await world.deliver(message);
  expect(await storedRows()).toEqual(rows);
  expect((await world.run(id)).counts).toMatchObject({ queued: 2, processed: 2, failed: 0, dropped: 0 });
});

test("two workers with the same chunk settle each record once", async () => {
  const { world, id, message } = await withChunk("a.jpg", "b.jpg", "c.jpg");
  await Promise.all([world.deliver(message), world.deliver(message), world.deliver(message)]);
  expect((await storedRows()).map(({ state, change }) => [state, change])).toEqual([
    ["ready", 1],
    ["ready", 1],
    ["ready", 1],
  ]);
  expect(await thumbnailKeys()).toHaveLength(3);
  expect(await world.run(id)).toMatchObject({
    state: "completed",
    counts: { queued: 3, processed: 3, dropped: 0 },
  });
});

test("two workers with the same page record, count and queue every object once", async () => {
  const world = await World.create();
  for (let index = 0; index < 30; index++) await world.put(`${index}.jpg`, photo(index));
  const { id } = await world.startIngest();
  const [list] = world.takeAll();
  await Promise.all([world.deliver(list), world.deliver(list), world.deliver(list)]);
  await world.drain();
  expect((await storedRows()).map((row) => row.state)).toEqual(Array.from({ length: 30 }, () => "ready"));
  expect(await world.run(id)).toMatchObject({
    state: "completed",
    counts: { scanned: 30, new: 30, queued: 30, processed: 30 },
  });
});

/**
 * Two workers have the first page of three photos: the second comes before a call of the first, counted from none, writes
 * its part, and dies before it reports.
 */
async function overtakenAt(call: number, photos: readonly Uint8Array[]): Promise<Run> {
  const world = await World.create();
  for (const [index, bytes] of photos.entries()) await world.put(`${index}.jpg`, bytes);
  const { id } = await world.startIngest();
  const [list] = world.takeAll();
  const overtaken = new Invocation({ at: call, kind: "overtaken" }, async () => {
    const other = new Invocation({ at: 7, kind: "dies" }, async () => undefined);
    await world.deliver(list, { bindings: other.bindings(world, 1000) });
    expect(await storedRows()).toHaveLength(photos.length);
  });
  const { acknowledged } = await world.deliver(list, { bindings: overtaken.bindings(world, 1000) });
  if (!acknowledged) await world.deliver(list);
  await world.drain();
  return world.run(id);
}

test("a worker that was overtaken on its page by one that died then counts and queues what that one wrote", async () => {
  // Calls: begin, list, is it still wanted, forget, read the records and who knows the bytes, write, report.
  const run = await overtakenAt(6, [photo(0), photo(1), photo(2)]);
  expect(run).toMatchObject({ state: "completed", counts: { new: 3, queued: 3, processed: 3 } });
});

test("copies that another worker has found at the same moment are counted and queued all the same", async () => {
  const run = await overtakenAt(5, [photo(), photo(), photo()]);
  expect(run).toMatchObject({ state: "completed", counts: { new: 3, queued: 3, processed: 3 } });
});

test("a page that is handled again after a death is counted and queued as it would have been", async () => {
  const world = await World.create();
  await world.put("a.jpg", photo(1));
  await world.ingest();
  await world.put("a.jpg", photo(2));
  await world.put("b.jpg", photo(3));
  world.advance(1000);
  const { id } = await world.startIngest();
  const [list] = world.takeAll();
  const dying = replacedCoordinator(world.coordinator, {
    complete: async () => {
      throw new Error("died right before the report");
    },
  });
  const bindings = { INGEST_COORDINATOR: replaced(env.INGEST_COORDINATOR, { getByName: () => dying }) };
  expect((await world.deliver(list, { bindings })).acknowledged).toBe(false);
  world.advance(5000);
  expect((await world.deliver(list)).acknowledged).toBe(true);
  await world.drain();
  expect(await world.run(id)).toMatchObject({
    state: "completed",
    counts: { scanned: 2, new: 1, changed: 1, unchanged: 0, queued: 2, processed: 2 },
  });
});

test("nothing is written for a page that nobody waits for any more", async () => {
  const world = await World.create();
  await world.put("a.jpg", photo());
  await world.startIngest();
  const [list] = world.takeAll();
  const bucket = replaced(env.MEDIA_BUCKET, {
    list: async (options: R2ListOptions) => {
      await world.coordinator.cancel();
      return env.MEDIA_BUCKET.list(options);
    },
  });
  expect((await world.deliver(list, { bindings: { MEDIA_BUCKET: bucket } })).acknowledged).toBe(true);
  expect(await storedRows()).toEqual([]);
});

test("an upload's own message and a run's chunk process its record once", async () => {
  const { world, id, message, ids } = await withChunk("a.jpg");
  const own = { type: "process", ids, traceId: "t" };
  await Promise.all([world.deliver(own), world.deliver(message)]);
  await world.drain();
  expect(await rowOf("a.jpg")).toMatchObject({ state: "ready", change: 1 });
  expect(await world.run(id)).toMatchObject({ state: "completed", counts: { queued: 1, processed: 1 } });
});

test("a record that is deleted, or whose object is replaced by an upload, counts as dropped", async () => {
  const { world, id, message, ids } = await withChunk("a.jpg", "b.jpg");
  await env.DB.prepare("DELETE FROM media_objects WHERE id = ?").bind(ids[0]).run();
  await world.deliver(message);
  expect((await world.run(id)).counts).toMatchObject({ queued: 2, processed: 1, dropped: 1 });
});

test("an object that changes between listing and reading is processed as it is now", async () => {
  const { world, id, message } = await withChunk("a.jpg");
  await world.put("a.jpg", photo(99));
  await world.deliver(message);
  const head = await env.MEDIA_BUCKET.head("main/a.jpg");
  expect(await rowOf("a.jpg")).toMatchObject({ state: "ready", version: head?.etag });
  expect((await world.run(id)).counts).toMatchObject({ queued: 1, processed: 1 });
});

test("what was found out about bytes that an upload has replaced meanwhile is not recorded", async () => {
  const { world, id, message } = await withChunk("a.jpg");
  // Calls: begin, read the records, read the object, store its thumbnail, settle the record.
  const overtaken = new Invocation({ at: 4, kind: "overtaken" }, async () => {
    await env.DB.prepare("UPDATE media_objects SET version = 'another', change = change + 1").run();
  });
  await world.deliver(message, { bindings: overtaken.bindings(world, 1000) });
  expect(await rowOf("a.jpg")).toMatchObject({ state: "pending", version: "another" });
  expect((await world.run(id)).counts).toMatchObject({ queued: 1, dropped: 1 });
});

test("an object that vanishes between listing and reading leaves no record", async () => {
  const { world, id, message } = await withChunk("a.jpg");
  await world.remove("a.jpg");
  await world.deliver(message);
  expect(await storedRows()).toEqual([]);
  expect(await world.run(id)).toMatchObject({ state: "completed", counts: { queued: 1, dropped: 1 } });
});

test("an object whose bytes break off is tried again, and not taken for corrupt", async () => {
  const { world, message } = await withChunk("a.jpg");
  const bucket = replaced(env.MEDIA_BUCKET, {
    get: async (key: string, options?: R2GetOptions) => {
      const object = await env.MEDIA_BUCKET.get(key, options);
      if (object === null) return null;
      const bytes = new Uint8Array(await object.arrayBuffer());
      return replaced(object, { body: new Blob([bytes.slice(0, -20)]).stream() });
    },
  });
  expect((await world.deliver(message, { bindings: { MEDIA_BUCKET: bucket } })).acknowledged).toBe(false);
  expect((await rowOf("a.jpg")).state).toBe("pending");
});

test("a chunk is tried again when D1 does not answer", async () => {
  const { world, id, message } = await withChunk("a.jpg");
  const bindings = { DB: failingDatabase(env.DB, (query) => query.startsWith("update")) };
  expect((await world.deliver(message, { bindings })).acknowledged).toBe(false);
  expect((await world.deliver(message)).acknowledged).toBe(true);
  expect(await world.run(id)).toMatchObject({ state: "completed", counts: { processed: 1 } });
});

test("a dead chunk's records are tried one by one, and only the culprit fails", async () => {
  const { world, id, message, ids } = await withChunk("a.jpg", "bad.jpg", "c.jpg");
  expect((await world.deliver(message, { attempts: exhausted })).acknowledged).toBe(true);
  const singles = world.takeAll();
  expect(
    singles.map((each) => (each.type === "task" && each.task.kind === "process" ? each.task.ids : null)),
  ).toEqual(ids.map((each) => [each]));
  expect((await world.run(id)).counts.queued).toBe(3);
  const bad = (await rowOf("bad.jpg")).id;
  for (const single of singles) {
    const dies = single.type === "task" && single.id.endsWith(bad);
    await world.deliver(single, { attempts: dies ? exhausted : 1 });
  }
  expect((await storedRows()).map(({ key, state, error }) => [key, state, error])).toEqual([
    ["a.jpg", "ready", null],
    ["bad.jpg", "failed", "attempts_exhausted"],
    ["c.jpg", "ready", null],
  ]);
  expect(await world.run(id)).toMatchObject({
    state: "completed_with_errors",
    counts: { queued: 3, processed: 2, failed: 1, dropped: 0 },
  });
});

test("an upload's message that is dead fails its record", async () => {
  const { world, ids } = await withChunk("a.jpg");
  await world.deliver({ type: "process", ids, traceId: "t" }, { attempts: exhausted });
  expect(await rowOf("a.jpg")).toMatchObject({ state: "failed", error: "attempts_exhausted" });
});

test("a dead sweep is let go", async () => {
  const world = await World.create();
  const { acknowledged } = await world.deliver({ type: "sweep", traceId: "t" }, { attempts: exhausted });
  expect(acknowledged).toBe(true);
});

test("a dead scan ends its run, which says that it is not whole", async () => {
  const world = await World.create();
  const { id } = await world.startScan();
  for (const message of world.takeAll()) await world.deliver(message, { attempts: exhausted });
  expect((await world.run(id)).state).toBe("completed_with_errors");
});

test("a failure whose postponement the coordinator cannot hear is retried all the same", async () => {
  const { world, message } = await withChunk("a.jpg");
  const deaf = replacedCoordinator(world.coordinator, {
    postpone: async () => {
      throw new Error("evicted");
    },
  });
  const bindings = {
    MEDIA_BUCKET: failingBucket(() => away),
    INGEST_COORDINATOR: replaced(env.INGEST_COORDINATOR, { getByName: () => deaf }),
  };
  expect((await world.deliver(message, { bindings })).retryAfter).toBe(5);
});
