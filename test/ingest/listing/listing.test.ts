import { expect, test } from "vitest";

import "../../support/setup.ts";
import { replaced } from "../../support/records/replaced.ts";
import { photo } from "../support/photos.ts";
import { describe as describeRecord, rowOf, storedKeys, storedRows } from "../support/rows.ts";
import { listOnly, World } from "../support/world.ts";

test("new objects are recorded, processed and counted", async () => {
  const world = await World.create();
  for (const key of ["a.jpg", "b.jpg", "c.jpg"]) await world.put(key, photo());
  const { run } = await world.ingest();
  expect(run.state).toBe("completed");
  expect(run.counts).toMatchObject({
    scanned: 3,
    new: 3,
    unchanged: 0,
    queued: 3,
    processed: 3,
    failed: 0,
    dropped: 0,
  });
  expect(run.providers).toEqual({ main: { state: "completed", scanned: 3, error: null } });
  expect((await storedRows()).map(({ key, state }) => [key, state])).toEqual([
    ["a.jpg", "ready"],
    ["b.jpg", "ready"],
    ["c.jpg", "ready"],
  ]);
});

test("an ingest of unchanged storage writes no row and sends one message for each page and one for the end", async () => {
  const world = await World.create();
  for (const key of ["a.jpg", "b.jpg", "c.jpg"]) await world.put(key, photo());
  await world.ingest();
  world.advance(1000);
  const { run, messages } = await world.ingest();
  expect(run.cost).toMatchObject({ rows_written: 0, messages: 2, provider_calls: 1, bytes_read: 0 });
  expect(run.cost.rows_read).toBeLessThanOrEqual(3 + 5);
  expect(run.counts).toMatchObject({ scanned: 3, new: 0, unchanged: 3, queued: 0 });
  expect(messages.map((message) => (message.type === "task" ? message.task.kind : message.type))).toEqual([
    "list",
    "settle",
  ]);
});

test("an object with new bytes is changed and processed again", async () => {
  const world = await World.create();
  await world.put("a.jpg", photo(1));
  await world.ingest();
  const before = await rowOf("a.jpg");
  await describeRecord(before.id, "mine");
  await world.put("a.jpg", photo(2));
  world.advance(1000);
  const { run } = await world.ingest();
  expect(run.counts).toMatchObject({ changed: 1, new: 0, unchanged: 0, queued: 1, processed: 1 });
  const after = await rowOf("a.jpg");
  expect(after).toMatchObject({ id: before.id, state: "ready", metadata: '{"description":"mine"}' });
  expect(after.version).not.toBe(before.version);
  expect(after.thumbnail).not.toBe(before.thumbnail);
});

test("keys whose extension is no image's are ignored, keys without one are judged by their bytes", async () => {
  const world = await World.create();
  await world.put("notes.txt", "hello");
  await world.put("bare", photo());
  await world.put("letter", "Dear all");
  const { run } = await world.ingest();
  expect(run.counts).toMatchObject({ scanned: 3, ignored: 1, new: 2, queued: 2, processed: 2 });
  expect((await storedRows()).map(({ key, state, error }) => [key, state, error])).toEqual([
    ["bare", "ready", null],
    ["letter", "unsupported", "not_an_image"],
  ]);
});

test("an object on record is never ignored, whatever its name", async () => {
  const world = await World.create();
  await world.put("photo.dat", photo());
  const uploaded = await world.api("/v1/media?object_key=photo.dat&overwrite=true", {
    method: "POST",
    body: photo(1),
    headers: { "Content-Length": String(photo(1).length) },
  });
  expect(uploaded.status).toBe(201);
  await world.uploadsSent();
  await world.drain();
  await world.put("photo.dat", photo(2));
  world.advance(1000);
  const { run } = await world.ingest();
  expect(run.counts).toMatchObject({ ignored: 0, changed: 1, processed: 1 });
});

test("a vanished object that was never processed nor edited leaves no record", async () => {
  const world = await World.create();
  await world.put("a.jpg", photo());
  await world.startIngest();
  for (const message of world.takeAll()) await world.deliver(message);
  world.outbox.splice(0);
  await world.coordinator.cancel();
  expect((await rowOf("a.jpg")).state).toBe("pending");
  await world.remove("a.jpg");
  world.advance(1000);
  const { run } = await world.ingest();
  expect(run.counts).toMatchObject({ missing: 1 });
  expect(await storedRows()).toEqual([]);
});

test("a vanished object that was processed, or that somebody described, stays on record as missing", async () => {
  const world = await World.create();
  await world.put("ready.jpg", photo());
  await world.ingest();
  await world.put("words.jpg", photo(1));
  await world.startIngest();
  for (const message of world.takeAll()) await world.deliver(message);
  world.outbox.splice(0);
  await world.coordinator.cancel();
  await describeRecord((await rowOf("words.jpg")).id, "mine");
  await world.remove("ready.jpg", "words.jpg");
  world.advance(1000);
  const { run } = await world.ingest();
  expect(run.counts).toMatchObject({ missing: 2 });
  expect(run.state).toBe("completed");
  expect((await storedRows()).map(({ key, missing }) => [key, missing])).toEqual([
    ["ready.jpg", true],
    ["words.jpg", true],
  ]);
});

test("an object that comes back with the same bytes is there again and not processed again", async () => {
  const world = await World.create();
  await world.put("a.jpg", photo());
  await world.ingest();
  await world.remove("a.jpg");
  world.advance(1000);
  await world.ingest();
  expect((await rowOf("a.jpg")).missing).toBe(true);
  await world.put("a.jpg", photo());
  world.advance(1000);
  const { run } = await world.ingest();
  expect(run.counts).toMatchObject({ changed: 1, new: 0, queued: 0 });
  expect(await rowOf("a.jpg")).toMatchObject({ missing: false, state: "ready" });
});

test("an object that comes back with other bytes keeps its record and is processed", async () => {
  const world = await World.create();
  await world.put("a.jpg", photo(1));
  await world.ingest();
  const before = await rowOf("a.jpg");
  await world.remove("a.jpg");
  world.advance(1000);
  await world.ingest();
  await world.put("a.jpg", photo(2));
  world.advance(1000);
  const { run } = await world.ingest();
  expect(run.counts).toMatchObject({ changed: 1, queued: 1, processed: 1 });
  expect(await rowOf("a.jpg")).toMatchObject({ id: before.id, missing: false, state: "ready" });
});

test("a missing object that stays away is not counted again", async () => {
  const world = await World.create();
  await world.put("a.jpg", photo());
  await world.ingest();
  await world.remove("a.jpg");
  world.advance(1000);
  await world.ingest();
  world.advance(1000);
  const { run } = await world.ingest();
  expect(run.counts).toMatchObject({ missing: 0 });
  expect(run.cost.rows_written).toBe(0);
});

test(
  "a listing of more than 1,000 objects is walked page by page in the order of UTF-8",
  { timeout: 60_000 },
  async () => {
    const world = await World.create();
    // U+FF5E comes after U+1F600 by UTF-16 units, and before it by UTF-8 bytes.
    const odd = ["\u{FF5E}.jpg", "\u{1F600}.jpg", "e\u0301.jpg", "\u00e9.jpg", "z z.jpg", "%41.jpg"];
    const many = Array.from({ length: 1010 }, (_, index) => `many/${String(index).padStart(5, "0")}.jpg`);
    await Promise.all([...odd, ...many].map((key) => world.put(key, "x")));
    const first = await listOnly(world);
    expect(first.run.counts).toMatchObject({ scanned: 1016, new: 1016, queued: 1016, processed: 1016 });
    expect(first.pages).toBe(2);
    expect(new Set(await storedKeys())).toEqual(new Set([...odd, ...many]));
    world.advance(1000);
    const { run } = await world.ingest();
    expect(run.counts).toMatchObject({ scanned: 1016, unchanged: 1016, missing: 0, queued: 0 });
    expect(run.cost).toMatchObject({ rows_written: 0, messages: 3 });
    expect(run.cost.rows_read).toBeLessThanOrEqual(1016 + 7);
  },
);

test("keys around the border of two pages are each seen once", { timeout: 60_000 }, async () => {
  const world = await World.create();
  const keys = Array.from({ length: 998 }, (_, index) => `a${String(index).padStart(4, "0")}.jpg`);
  const border = ["b\u{FF5E}.jpg", "b\u{1F600}.jpg", "b\u{1F601}.jpg", "c.jpg"];
  await Promise.all([...keys, ...border].map((key) => world.put(key, "x")));
  await listOnly(world);
  await world.remove("b\u{1F600}.jpg");
  world.advance(1000);
  const { run } = await world.ingest();
  expect(run.counts).toMatchObject({ scanned: 1001, unchanged: 1001, missing: 1 });
  expect((await storedRows()).filter((row) => row.missing).map((row) => row.key)).toEqual(["b\u{1F600}.jpg"]);
});

test("a prefix limits a run to a part of the keys", async () => {
  const world = await World.create();
  for (const key of ["2023/a.jpg", "2024/a.jpg", "2024/b.jpg", "2024\u{FF5E}.jpg", "2025/a.jpg"])
    await world.put(key, photo());
  await world.ingest();
  await world.remove("2023/a.jpg", "2024/b.jpg");
  await world.put("2024/c.jpg", photo(1));
  await world.put("2025/b.jpg", photo(1));
  world.advance(1000);
  const { run } = await world.ingest({ prefix: "2024/" });
  expect(run.counts).toMatchObject({ scanned: 2, new: 1, unchanged: 1, missing: 1 });
  const rows = await storedRows();
  expect(rows.filter((row) => row.missing).map((row) => row.key)).toEqual(["2024/b.jpg"]);
  expect(rows.map((row) => row.key)).not.toContain("2025/b.jpg");
});

test("a prefix is compared by bytes, so that a folder whose name is not NFC is found by its own", async () => {
  const world = await World.create();
  await world.put("fotos/Cafe\u0301/a.jpg", photo());
  await world.put("fotos/Caf\u00E9/b.jpg", photo(1));
  const start = await world.api("/v1/ingest", { method: "POST", json: { prefix: "fotos/Cafe\u0301/" } });
  expect(start.status).toBe(202);
  await world.drain();
  expect((await storedRows()).map((row) => row.key)).toEqual(["fotos/Cafe\u0301/a.jpg"]);
});

test("an upload that lands while a listing is under way has not vanished", async () => {
  const world = await World.create();
  await world.put("old.jpg", photo());
  await world.ingest();
  world.advance(1000);
  const listed = await world.env.MEDIA_BUCKET.list({ prefix: "main/" });
  const bucket = replaced(world.env.MEDIA_BUCKET, {
    list: async () => {
      const body = photo(1);
      const headers = { "Content-Length": String(body.length) };
      await world.api("/v1/media?object_key=upload.jpg", { method: "POST", body, headers });
      return listed;
    },
  });
  await world.startIngest();
  for (const message of world.takeAll()) await world.deliver(message, { bindings: { MEDIA_BUCKET: bucket } });
  await world.uploadsSent();
  await world.drain();
  expect(await rowOf("upload.jpg")).toMatchObject({ missing: false, vanished: false, state: "ready" });
});
