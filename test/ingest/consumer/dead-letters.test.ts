import { env } from "cloudflare:workers";
import { expect, test } from "vitest";

import { AppError } from "../../../src/core/errors.ts";
import { consumeIngest } from "../../../src/ingest/consumer/consumer.ts";
import type { IngestMessage } from "../../../src/protocol/messages.ts";
import { createProviders } from "../../../src/storage/registry.ts";
import { testSurroundings } from "../../support/dropbox/network.ts";
import { insertStored } from "../../support/records/media.ts";
import { replaced } from "../../support/records/replaced.ts";
import "../../support/setup.ts";
import { photo } from "../support/photos.ts";
import { rowOf, storedRows, thumbnailKeys } from "../support/rows.ts";
import { batchOf, exhausted, World } from "../support/world.ts";

const names = Array.from({ length: 10 }, (_, index) => `${index}.jpg`);

/** A world with ten uploads that wait, all in one message, which is answered. */
async function withUploads(): Promise<{ world: World; message: IngestMessage; ids: readonly string[] }> {
  const world = await World.create();
  const ids: string[] = [];
  for (const [index, name] of names.entries()) {
    const body = photo(index);
    const headers = { "Content-Length": String(body.length) };
    const response = await world.api(`/v1/media?object_key=${name}`, { method: "POST", body, headers });
    expect(response.status).toBe(201);
    ids.push((await rowOf(name)).id);
  }
  await world.uploadsSent();
  const [message, ...others] = world.takeAll();
  expect(others).toEqual([]);
  if (message?.type !== "process") throw new Error("the uploads sent no message");
  expect(message.ids).toEqual(ids);
  return { world, message, ids };
}

/** Hands out what is sent until nothing more comes; what has this record in it kills its workers, and so dies. */
async function drainWithCulprit(world: World, culprit: string): Promise<void> {
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    const ids = message.type === "process" ? message.ids : [];
    await world.deliver(message, { attempts: ids.includes(culprit) ? exhausted : 1 });
  }
}

async function statesOf(): Promise<Record<string, string>> {
  return Object.fromEntries((await storedRows()).map(({ key, state, error }) => [key, error ?? state]));
}

function all(state: string): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, state]));
}

/** Whom each message names, sorted. */
function namedBy(messages: readonly IngestMessage[]): string[] {
  return messages.map((message) => (message.type === "process" ? message.ids.join() : message.type)).sort();
}

test("a dead message of ten uploads fails the one that killed its workers, and no other", async () => {
  const { world, message, ids } = await withUploads();
  const culprit = (await rowOf("3.jpg")).id;
  expect((await world.deliver(message, { attempts: exhausted })).acknowledged).toBe(true);
  expect(await statesOf()).toEqual(all("pending"));
  expect(namedBy(world.outbox)).toEqual(ids.toSorted());
  await drainWithCulprit(world, culprit);
  expect(await statesOf()).toEqual({ ...all("ready"), "3.jpg": "attempts_exhausted" });
});

test("of a dead message only the uploads that still wait are tried again", async () => {
  const { world, message, ids } = await withUploads();
  await world.deliver({ ...message, ids: ids.slice(0, 7) });
  await env.DB.prepare("DELETE FROM media_objects WHERE id = ?").bind(ids[7]).run();
  await world.deliver(message, { attempts: exhausted });
  expect(namedBy(world.takeAll())).toEqual(ids.slice(8).toSorted());
});

test("a dead message that is handled again after a death tries each upload all the same, and once", async () => {
  const { world, message } = await withUploads();
  await world.deliver(message, { attempts: exhausted });
  await world.deliver(message, { attempts: exhausted });
  expect(world.outbox).toHaveLength(20);
  await world.drain();
  expect((await storedRows()).map(({ state, change }) => [state, change])).toEqual(
    names.map(() => ["ready", 1]),
  );
  expect(await thumbnailKeys()).toHaveLength(10);
});

test("a dead message whose uploads the queue does not take comes again, and fails nobody", async () => {
  const { world, message } = await withUploads();
  world.refusals = 4;
  const refused = await world.deliver(message, { attempts: exhausted });
  expect(refused.acknowledged).toBe(false);
  expect(refused.retryAfter).toBeGreaterThan(0);
  expect(await statesOf()).toEqual(all("pending"));
  world.refusals = 0;
  expect((await world.deliver(message, { attempts: exhausted })).acknowledged).toBe(true);
  await world.drain();
  expect(await statesOf()).toEqual(all("ready"));
});

test("an upload that takes the place of the culprit is not failed for it", async () => {
  const { world, message } = await withUploads();
  const { id } = await rowOf("3.jpg");
  await world.deliver(message, { attempts: exhausted });
  const single = world.takeAll().find((each) => each.type === "process" && each.ids.includes(id));
  world.advance(1000);
  const body = photo(99);
  const headers = { "Content-Length": String(body.length) };
  const path = "/v1/media?object_key=3.jpg&overwrite=true";
  expect((await world.api(path, { method: "POST", body, headers })).status).toBe(200);
  await world.deliver(single, { attempts: exhausted });
  expect(await rowOf("3.jpg")).toMatchObject({ id, state: "pending" });
  await world.drain();
  expect(await rowOf("3.jpg")).toMatchObject({ id, state: "ready" });
});

test("an upload that takes the place of a run's culprit is not failed for it, and tried in its turn", async () => {
  const world = await World.create();
  await world.put("a.jpg", photo(1));
  const { id } = await world.startIngest();
  await world.deliver(world.outbox.shift());
  const chunk = world.takeAll().find((each) => each.type === "task" && each.task.kind === "process");
  world.advance(1000);
  await world.put("a.jpg", photo(2));
  await env.DB.prepare("UPDATE media_objects SET version = 'other', observed_at = ?").bind(Date.now()).run();
  await world.deliver(chunk, { attempts: exhausted });
  expect((await rowOf("a.jpg")).state).toBe("pending");
  await world.drain();
  expect((await rowOf("a.jpg")).state).toBe("ready");
  expect((await world.run(id)).counts).toMatchObject({ queued: 1, processed: 1, failed: 0, dropped: 0 });
});

/** Records that wait, in the order of their ids. */
async function insertWaiting(count: number): Promise<void> {
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
     INSERT INTO media_objects (id, provider, object_key, path_key, version, file_size, content_type, state, updated_at,
       text_version)
     SELECT printf('id-%05d', i), 'main', 'k' || i, 'k' || i, 'v', 1, 'image/jpeg', 'pending', 0, 1 FROM n`,
  )
    .bind(count)
    .run();
}

/** Hands out a scan's pages, the dead ones to the dead letters; its chunks are only said to be done. */
async function scanWithDead(world: World, run: string, dead: readonly string[]): Promise<string[]> {
  const pages: string[] = [];
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    if (message.type !== "task") throw new Error("a message of no task");
    if (message.task.kind === "process") {
      const counts = { processed: message.task.ids.length };
      await world.coordinator.complete(run, message.id, { counts, cost: {} }, []);
      continue;
    }
    pages.push(message.id);
    await world.deliver(message, { attempts: dead.includes(message.id) ? exhausted : 1 });
  }
  return pages;
}

test.each([
  { dead: "scan:0", queued: 501 },
  { dead: "scan:2", queued: 1000 },
])("a dead page $dead of a scan keeps no other from being scanned", async ({ dead, queued }) => {
  const world = await World.create();
  await insertWaiting(1001);
  const { id } = await world.startScan({ thumbnails: true });
  const pages = await scanWithDead(world, id, [dead]);
  expect(pages.slice(0, 4)).toEqual(["scan:0", "scan:1", "scan:2", "scan_thumbnails:0"]);
  expect(await world.run(id)).toMatchObject({
    state: "completed_with_errors",
    counts: { queued, processed: queued },
  });
});

test("a dead page of a scan for thumbnails keeps no other from being scanned", async () => {
  const world = await World.create();
  await insertWaiting(501);
  await env.DB.prepare("UPDATE media_objects SET state = 'ready', thumbnail_version = 'v-1'").run();
  const { id } = await world.startScan({ thumbnails: true });
  expect(await scanWithDead(world, id, ["scan_thumbnails:0"])).toContain("scan_thumbnails:1");
  expect(await world.run(id)).toMatchObject({
    state: "completed_with_errors",
    counts: { queued: 1, processed: 1 },
  });
});

test("a provider that asks to come later keeps no other provider's records waiting", async () => {
  const world = await World.create();
  const { providers } = createProviders(
    ["slow", "ready"].map((name) => ({
      name,
      type: "r2",
      sidecars: "read",
      binding: "MEDIA_BUCKET",
      prefix: "",
    })),
    { bucketOf: () => env.MEDIA_BUCKET, network: testSurroundings() },
  );
  const [slow, ready] = providers.values();
  if (slow === undefined || ready === undefined) throw new Error("there are no providers");
  let asked = 0;
  const resting = replaced(slow, {
    open: async () => {
      asked += 1;
      throw new AppError("storage_rate_limited", "Come later.", { retryAfterSeconds: 90 });
    },
  });
  const ids: string[] = [];
  for (const provider of ["slow", "slow", "ready", "slow", "ready"]) {
    const content = { provider, objectKey: `${ids.length}.jpg`, state: "pending", change: 0 } as const;
    ids.push((await insertStored(photo(ids.length), content)).id);
  }
  const retries: unknown[] = [];
  const held = {
    id: "1",
    timestamp: new Date(),
    attempts: 1,
    body: { type: "process", ids, traceId: "t" },
    ack: () => void retries.push("acknowledged"),
    retry: (options?: QueueRetryOptions) => void retries.push(options?.delaySeconds),
  };
  const own = new Map([
    ["slow", resting],
    ["ready", ready],
  ]);
  await consumeIngest(batchOf("any", [held]), () => ({ ...world.services(), providers: own }));
  expect(retries).toEqual([90]);
  expect(asked).toBe(1);
  expect((await storedRows("ready")).map((row) => row.state)).toEqual(["ready", "ready"]);
});

const unreadable = replaced(env.MEDIA_BUCKET, {
  get: async () => {
    throw new Error("the bucket is down");
  },
});

/**
 * Hands a message out as the platform does: what has no retry left in its queue goes on in the dead-letter queue, where it
 * is counted anew. Answers how often it was handed out until it was acknowledged.
 */
async function handOut(world: World, message: unknown, queues: Readonly<Record<string, number>>) {
  let deliveries = 0;
  for (const [queue, retries] of Object.entries(queues)) {
    for (let attempts = 1; attempts <= 1 + retries; attempts += 1) {
      deliveries += 1;
      const bindings = { MEDIA_BUCKET: unreadable };
      if ((await world.deliver(message, { queue, attempts, bindings })).acknowledged) return deliveries;
    }
  }
  throw new Error("the queues have deleted the message");
}

test.each([
  { queues: { "photos-of-ann": 15, "given-up-of-ann": 15 }, deliveries: 7 },
  { queues: { "tagline-ingest-dead": 15, "tagline-ingest": 15 }, deliveries: 7 },
  { queues: { "photos-of-ann": 5, "given-up-of-ann": 10 }, deliveries: 6 + 7 },
])(
  "an upload that cannot be processed fails after its attempts in $queues",
  async ({ queues, deliveries }) => {
    const world = await World.create();
    const body = photo(1);
    const headers = { "Content-Length": String(body.length) };
    await world.api("/v1/media?object_key=a.jpg", { method: "POST", body, headers });
    await world.uploadsSent();
    expect(await handOut(world, world.outbox.shift(), queues)).toBe(deliveries);
    expect(await rowOf("a.jpg")).toMatchObject({ state: "failed", error: "attempts_exhausted" });
  },
);

test("a run whose chunk cannot be processed ends with renamed queues", async () => {
  const world = await World.create();
  await world.put("a.jpg", photo(1));
  const { id } = await world.startIngest();
  const queue = "photos-of-ann";
  await world.deliver(world.outbox.shift(), { queue });
  const chunk = world.outbox.find((each) => each.type === "task" && each.task.kind === "process");
  await handOut(world, chunk, { [queue]: 15, "given-up-of-ann": 15 });
  world.outbox.splice(
    world.outbox.findIndex((each) => each === chunk),
    1,
  );
  await world.drain();
  expect(await world.run(id)).toMatchObject({ state: "completed_with_errors", counts: { failed: 1 } });
});
