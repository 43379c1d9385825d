import { env } from "cloudflare:workers";
import { expect, test } from "vitest";

import { replaced } from "../../support/records/replaced.ts";
import "../../support/setup.ts";
import { photo } from "../support/photos.ts";
import { rowOf, storedRows, thumbnailKeys } from "../support/rows.ts";
import { replacedCoordinator, World } from "../support/world.ts";

/** A world with photos on record, each ready with its thumbnail. */
async function withPhotos(...keys: string[]): Promise<World> {
  const world = await World.create();
  for (const [index, key] of keys.entries()) await world.put(key, photo(index));
  await world.ingest();
  return world;
}

async function setState(key: string, state: string): Promise<void> {
  await env.DB.prepare("UPDATE media_objects SET state = ? WHERE path_key = ?").bind(state, key).run();
}

test("a scan puts back to work what is pending, and leaves alone what has failed", async () => {
  const world = await withPhotos("a.jpg", "b.jpg", "c.jpg");
  await setState("a.jpg", "pending");
  await setState("b.jpg", "failed");
  const { run } = await world.scan();
  expect(run).toMatchObject({
    kind: "database_scan",
    state: "completed",
    counts: { scanned: 1, queued: 1, processed: 1 },
  });
  expect((await storedRows()).map((row) => row.state)).toEqual(["ready", "failed", "ready"]);
});

test("a scan retries what has failed if asked", async () => {
  const world = await withPhotos("a.jpg", "b.jpg");
  await setState("a.jpg", "failed");
  await world.put("bad.jpg", "no photo");
  await world.ingest();
  await setState("bad.jpg", "failed");
  const { run } = await world.scan({ retryFailed: true });
  expect(run.counts).toMatchObject({ scanned: 2, queued: 2, processed: 2 });
  expect((await storedRows()).map((row) => row.state)).toEqual(["ready", "ready", "unsupported"]);
});

test("a scan of settled records puts nothing to work and writes nothing", async () => {
  const world = await withPhotos("a.jpg", "b.jpg");
  const { run, messages } = await world.scan({ retryFailed: true, thumbnails: true });
  expect(run).toMatchObject({ state: "completed", counts: { queued: 0 }, cost: { rows_written: 0 } });
  expect(messages).toHaveLength(2);
});

test("a record whose object is missing is not put to work", async () => {
  const world = await withPhotos("a.jpg");
  await setState("a.jpg", "pending");
  await env.DB.prepare("UPDATE media_objects SET missing_since = 1").run();
  expect((await world.scan({ thumbnails: true })).run.counts.queued).toBe(0);
});

test("a scan makes thumbnails that are lacking", async () => {
  const world = await withPhotos("a.jpg", "b.jpg");
  const keys = await thumbnailKeys();
  const { id } = await rowOf("b.jpg");
  await env.DERIVATIVES_BUCKET.delete(keys.filter((key) => key.startsWith(id)));
  expect((await world.scan()).run.counts.queued).toBe(0);
  const { run } = await world.scan({ thumbnails: true });
  expect(run.counts).toMatchObject({ queued: 1, processed: 1 });
  expect(await thumbnailKeys()).toEqual(keys);
});

test("a record that is pending and lacks its thumbnail is put to work once", async () => {
  const world = await withPhotos("a.jpg");
  await setState("a.jpg", "pending");
  await env.DERIVATIVES_BUCKET.delete(await thumbnailKeys());
  const { run } = await world.scan({ thumbnails: true });
  expect(run.counts).toMatchObject({ queued: 1, processed: 1 });
});

test("a page of thumbnails that is handled again after a death queues what the first attempt reopened", async () => {
  const world = await withPhotos("a.jpg");
  await env.DERIVATIVES_BUCKET.delete(await thumbnailKeys());
  const { id } = await world.startScan({ thumbnails: true });
  const [scan] = world.takeAll();
  await world.deliver(scan);
  const [thumbnails] = world.takeAll();
  const dying = replacedCoordinator(world.coordinator, {
    complete: async () => {
      throw new Error("died right before the report");
    },
  });
  const bindings = { INGEST_COORDINATOR: replaced(env.INGEST_COORDINATOR, { getByName: () => dying }) };
  await world.deliver(thumbnails, { bindings });
  expect((await rowOf("a.jpg")).state).toBe("pending");
  await world.deliver(thumbnails);
  await world.drain();
  expect(await world.run(id)).toMatchObject({ state: "completed", counts: { queued: 1, processed: 1 } });
  expect(await rowOf("a.jpg")).toMatchObject({ state: "ready" });
});

test("thumbnails without a record, or of an older version, are swept once they are an hour old", async () => {
  const world = await withPhotos("a.jpg");
  const own = await thumbnailKeys();
  const { id } = await rowOf("a.jpg");
  const orphans = [
    `00000000-0000-7000-8000-000000000000/v/cover-512.jpg`,
    `${id}/older-1/cover-512.jpg`,
    "zzz/v/x.jpg",
  ];
  for (const key of orphans) await env.DERIVATIVES_BUCKET.put(key, "x");
  const young = replaced(env.DERIVATIVES_BUCKET, {
    list: async (options: R2ListOptions) => {
      const page = await env.DERIVATIVES_BUCKET.list(options);
      const objects = page.objects.map((object) =>
        replaced(object, { uploaded: new Date(Date.now() - 59 * 60_000) }),
      );
      return { ...page, objects };
    },
  });
  await world.startScan({ thumbnails: true });
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    await world.deliver(message, { bindings: { DERIVATIVES_BUCKET: young } });
  }
  expect(await thumbnailKeys()).toHaveLength(4);
  await world.scan({ thumbnails: true });
  expect(await thumbnailKeys()).toEqual(own);
});

test("a scan walks more records than a page has", async () => {
  const world = await World.create();
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1001)
     INSERT INTO media_objects (id, provider, object_key, path_key, version, file_size, content_type, state, updated_at,
       text_version)
     SELECT printf('id-%05d', i), 'main', 'k' || i, 'k' || i, 'v', 1, 'image/jpeg', 'pending', 0, 1 FROM n`,
  ).run();
  const { id } = await world.startScan();
  const pages: string[] = [];
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    if (message.type !== "task") throw new Error("a message of no task");
    if (message.task.kind === "process") {
      const counts = { processed: message.task.ids.length };
      await world.coordinator.complete(id, message.id, { counts, cost: {} }, []);
    } else {
      pages.push(message.id);
      await world.deliver(message);
    }
  }
  expect(pages).toEqual(["scan:0", "scan:1", "scan:2"]);
  expect(await world.run(id)).toMatchObject({
    state: "completed",
    counts: { scanned: 1001, queued: 1001, processed: 1001 },
  });
});
