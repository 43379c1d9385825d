import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { z } from "zod";

import "../../support/setup.ts";
import { Invocation } from "../faults/bindings.ts";
import { photo } from "../support/photos.ts";
import { rowOf, storedRows } from "../support/rows.ts";
import { restore, trash, trashRows } from "../support/trash.ts";
import { ingest, withTrash } from "../support/trash-world.ts";
import { World } from "../support/world.ts";

const quiet = { new: 0, changed: 0, moved: 0, missing: 0, ambiguous: 0, queued: 0 };
const nothing = { rows_written: 0, bytes_read: 0, provider_calls: 1 };

test("an ingest leaves the object of a record in the trash there, counts it as unchanged and writes nothing", async () => {
  const world = await withTrash({ "a.jpg": 1, "b.jpg": 2 }, "a.jpg");
  const before = await trashRows();
  const run = await ingest(world);
  expect(run).toMatchObject({ state: "completed", counts: { ...quiet, unchanged: 2 }, cost: nothing });
  expect((await storedRows()).map(({ key }) => key)).toEqual(["b.jpg"]);
  expect(await trashRows()).toEqual(before);
});

test("other bytes at the key of a record in the trash are a new record, without its words", async () => {
  const world = await withTrash({ "a.jpg": 1 }, "a.jpg");
  const [before] = await trashRows();
  await world.put("a.jpg", photo(2));
  expect(await ingest(world)).toMatchObject({ counts: { ...quiet, new: 1, queued: 1 } });
  const [row, ...others] = await storedRows();
  expect(others).toEqual([]);
  expect(row).toMatchObject({ state: "ready", metadata: "{}", revision: 0 });
  expect(row?.id).not.toBe(before?.id);
  expect(await trashRows()).toEqual([before]);
});

test("a photo that has moved out of the place where it was trashed stays in the trash, which notes where it is", async () => {
  const world = await withTrash({ "a.jpg": 1 }, "a.jpg");
  const [before] = await trashRows();
  await world.put("2024/b.jpg", photo(1));
  await world.remove("a.jpg");
  expect(await ingest(world)).toMatchObject({ counts: { ...quiet, unchanged: 1 } });
  expect(await storedRows()).toEqual([]);
  expect(await trashRows()).toEqual([{ ...before, foundAt: "2024/b.jpg" }]);
  expect(await ingest(world)).toMatchObject({ counts: { ...quiet, unchanged: 1 }, cost: nothing });
  expect(await storedRows()).toEqual([]);
});

test("of many copies of a photo in the trash one is noted, and none is brought back or looked at", async () => {
  const world = await withTrash({ "a.jpg": 1 }, "a.jpg");
  for (const key of ["b.jpg", "c.jpg", "notes.txt"]) await world.put(key, photo(1));
  expect(await ingest(world)).toMatchObject({ counts: { ...quiet, unchanged: 4, ignored: 0 } });
  expect(await trashRows()).toMatchObject([{ foundAt: "b.jpg" }]);
  expect(await ingest(world)).toMatchObject({ counts: { ...quiet, unchanged: 4 }, cost: nothing });
  expect(await storedRows()).toEqual([]);
});

test("copies of photos that are in the trash together are noted with one each", async () => {
  const world = await withTrash({ "a.jpg": 1, "b.jpg": 1, "c.jpg": 1 }, "a.jpg", "b.jpg", "c.jpg");
  for (const key of ["d.jpg", "e.jpg"]) await world.put(key, photo(1));
  await ingest(world);
  const found = (await trashRows()).map(({ foundAt }) => foundAt);
  expect(found).toEqual(["d.jpg", "e.jpg", null]);
  expect(await ingest(world)).toMatchObject({ counts: { ...quiet, unchanged: 5 }, cost: nothing });
});

test("what a relink has set apart is no trash: its bytes are found as any others", async () => {
  const world = await withTrash({ "a.jpg": 1 }, "a.jpg");
  await env.DB.prepare("UPDATE trashed_media SET trashed_at = NULL, merged_into = 'another'").run();
  expect(await ingest(world)).toMatchObject({ counts: { ...quiet, new: 1, queued: 1 } });
});

test("the trash of one provider says nothing of the objects of another", async () => {
  const world = await withTrash({ "a.jpg": 1 }, "a.jpg");
  await env.DB.prepare("UPDATE trashed_media SET provider = 'other'").run();
  expect(await ingest(world)).toMatchObject({ counts: { ...quiet, new: 1, queued: 1 } });
});

test("an upload to a key in the trash is a record, which an ingest leaves as it is", async () => {
  const world = await withTrash({ "a.jpg": 1 }, "a.jpg");
  const bytes = photo(1);
  const headers = { "Content-Length": String(bytes.length) };
  const query = "/v1/media?overwrite=true&object_key=a.jpg";
  expect((await world.api(query, { method: "POST", body: bytes, headers })).status).toBe(201);
  await world.uploadsSent();
  await world.drain();
  world.advance(1000);
  expect(await ingest(world)).toMatchObject({ counts: { ...quiet, unchanged: 1 } });
  expect(await storedRows()).toMatchObject([{ key: "a.jpg", state: "ready", missing: false }]);
  expect(await trashRows()).toMatchObject([{ key: "a.jpg", foundAt: null }]);
});

test("a record that was trashed and restored is at its place again, with its words", async () => {
  const world = await withTrash({ "a.jpg": 1 });
  const before = await rowOf("a.jpg");
  await trash(world, before.id);
  await ingest(world);
  await restore(world, before.id);
  world.advance(1000);
  expect(await ingest(world)).toMatchObject({ counts: { ...quiet, unchanged: 1, queued: 1 } });
  expect(await rowOf("a.jpg")).toMatchObject({ id: before.id, metadata: before.metadata, state: "ready" });
  expect(await trashRows()).toEqual([]);
});

test("a record whose photo has moved comes back to where an ingest has found it, with its words", async () => {
  const world = await withTrash({ "a.jpg": 1 }, "a.jpg");
  const [{ id, metadata } = { id: "", metadata: "" }] = await trashRows();
  await world.put("b.jpg", photo(1));
  await world.remove("a.jpg");
  await ingest(world);
  await restore(world, id);
  world.advance(1000);
  expect(await ingest(world)).toMatchObject({ counts: { ...quiet, unchanged: 1, queued: 1 } });
  expect(await storedRows()).toMatchObject([{ id, key: "b.jpg", missing: false, state: "ready", metadata }]);
});

test("a photo that is uploaded and trashed in the middle of a listing that has seen it does not come back", async () => {
  const world = await World.create();
  let uploads = 0;
  for (let at = 0, isReached = true; isReached; at++) {
    isReached = false;
    const bytes = photo(at);
    const headers = { "Content-Length": String(bytes.length) };
    const key = `${at}.jpg`;
    await world.put(key, bytes);
    await world.startIngest();
    for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
      const isHit = message.type === "task" && message.task.kind === "list";
      const invocation = new Invocation(isHit ? { at, kind: "overtaken" } : null, async () => {
        isReached = true;
        const query = `/v1/media?overwrite=true&object_key=${key}`;
        const upload = await world.api(query, { method: "POST", body: bytes, headers });
        uploads += 1;
        await trash(world, z.object({ id: z.string() }).parse(await upload.json()).id);
      });
      await world.deliver(message, { bindings: invocation.bindings(world, 1000) });
    }
    const rows = isReached ? await storedRows() : [];
    expect(rows).toEqual([]);
    await world.remove(key);
    world.advance(1000);
  }
  expect(uploads).toBeGreaterThan(4);
});

test("records in the trash are none that could be missing in an outage", async () => {
  const photos = Object.fromEntries(Array.from({ length: 60 }, (_, number) => [`${number}.jpg`, number]));
  const world = await withTrash(photos, ...Object.keys(photos).slice(2));
  await world.remove(...Object.keys(photos));
  expect(await ingest(world)).toMatchObject({ state: "completed", counts: { missing: 2 } });
  expect(await trashRows()).toHaveLength(58);
});

test("an object without a record costs one row read while the trash is empty, as if there were none", async () => {
  const world = await World.create();
  for (let number = 0; number < 20; number++) await world.put(`${number}.txt`, `text ${number}`);
  const run = await ingest(world);
  expect(run.counts).toMatchObject({ ignored: 20 });
  expect(run.cost.rows_read).toBeLessThanOrEqual(26);
});
