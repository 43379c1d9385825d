import { env } from "cloudflare:workers";
import { expect, test } from "vitest";

import { jpegBytes } from "../../support/images/index.ts";
import "../../support/setup.ts";
import { dropboxWorld } from "../support/dropbox-world.ts";
import { describe as describeRecord, rowOf, storedRows, thumbnailKeys } from "../support/rows.ts";
import { exhausted, listOnly } from "../support/world.ts";

const photo = (number = 0): Uint8Array => jpegBytes({ width: 8 + number, height: 8 });

test("a Dropbox is listed whole at first, then asked for what has changed, which is nothing", async () => {
  const { world, dropbox } = await dropboxWorld();
  dropbox.tree.put("/Beach/A.jpg", photo(1));
  dropbox.tree.put("/notes.txt", "no photo");
  const first = await world.ingest();
  expect(first.run).toMatchObject({ state: "completed", counts: { new: 1, ignored: 1, processed: 1 } });
  expect(await rowOf("beach/a.jpg", "dropbox")).toMatchObject({ state: "ready", missing: false });
  world.advance(1000);
  const before = dropbox.callsOf("files/list_folder/continue");
  const { run } = await world.ingest();
  expect(run).toMatchObject({ state: "completed", counts: { scanned: 0, unchanged: 0, queued: 0 } });
  expect(run.cost).toMatchObject({ provider_calls: 1, messages: 2 });
  // The new position.
  expect(run.cost.rows_written).toBeLessThanOrEqual(1);
  expect(dropbox.callsOf("files/list_folder/continue")).toBe(before + 1);
});

test("a folder that is renamed keeps the records of its photos, without a download", async () => {
  const { world, dropbox } = await dropboxWorld();
  for (let index = 0; index < 30; index++) dropbox.tree.put(`/Old/${index}.jpg`, photo(index));
  await world.ingest();
  const before = await storedRows("dropbox");
  for (const { id, key } of before) await describeRecord(id, key);
  const thumbnails = await thumbnailKeys();
  const downloaded = dropbox.bytesDownloaded;
  dropbox.tree.move("/Old", "/New Name");
  world.advance(1000);
  const { run } = await world.ingest();
  expect(run).toMatchObject({ state: "completed", counts: { moved: 30, new: 0, missing: 0, queued: 0 } });
  const after = await storedRows("dropbox");
  expect(new Map(after.map(({ id, metadata }) => [id, metadata]))).toEqual(
    new Map(before.map(({ id, key }) => [id, JSON.stringify({ description: key })])),
  );
  expect(after.every(({ key }) => key.startsWith("new name/"))).toBe(true);
  expect(await thumbnailKeys()).toEqual(thumbnails);
  expect(dropbox.bytesDownloaded).toBe(downloaded);
});

test("a folder that is deleted waits for confirmation; restored or confirmed, its records are kept", async () => {
  const { world, dropbox } = await dropboxWorld();
  for (let index = 0; index < 120; index++) dropbox.tree.put(`/${index % 2}/${index}.jpg`, photo(index));
  await listOnly(world);
  const ids = (await storedRows("dropbox")).map(({ id }) => id);
  dropbox.tree.delete("/1");
  world.advance(1000);
  const { run } = await world.ingest();
  expect(run).toMatchObject({ state: "needs_confirmation", counts: { missing: 60 } });
  expect((await storedRows("dropbox")).filter(({ missing }) => missing)).toEqual([]);
  world.advance(1000);
  const confirmed = await world.ingest({ confirmMissing: true });
  expect(confirmed.run).toMatchObject({ state: "completed", counts: { missing: 60 } });
  for (let index = 1; index < 120; index += 2) dropbox.tree.put(`/1/${index}.jpg`, photo(index));
  world.advance(1000);
  const restored = await world.ingest();
  expect(restored.run).toMatchObject({ state: "completed", counts: { queued: 0 } });
  const rows = await storedRows("dropbox");
  expect(rows.filter(({ missing }) => missing)).toEqual([]);
  expect(rows.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
});

test("a file with a new id at the path of one that is gone is the same record with new bytes", async () => {
  const { world, dropbox } = await dropboxWorld();
  dropbox.tree.put("/a.jpg", photo(1));
  await world.ingest();
  const before = await rowOf("a.jpg", "dropbox");
  await describeRecord(before.id, "mine");
  dropbox.tree.delete("/a.jpg");
  dropbox.tree.put("/a.jpg", photo(2));
  world.advance(1000);
  const { run } = await world.ingest();
  expect(run.counts).toMatchObject({ changed: 1, new: 0, missing: 0, processed: 1 });
  expect(await rowOf("a.jpg", "dropbox")).toMatchObject({
    id: before.id,
    state: "ready",
    metadata: '{"description":"mine"}',
  });
});

test("a file that is written again with the same bytes is the same photo under a new version", async () => {
  const { world, dropbox } = await dropboxWorld();
  dropbox.tree.put("/a.jpg", photo(1));
  await world.ingest();
  const { id, version } = await rowOf("a.jpg", "dropbox");
  const { revision } = dropbox.tree.put("/a.jpg", photo(1));
  world.advance(1000);
  const { run } = await world.ingest();
  expect(run.counts).toMatchObject({ unchanged: 1, moved: 0, changed: 0, queued: 0 });
  expect(await rowOf("a.jpg", "dropbox")).toMatchObject({ id, version: revision.rev });
  expect(revision.rev).not.toBe(version);
});

test("files are known by their ids: twins that move, and one that moves and is written anew, keep their records", async () => {
  const { world, dropbox } = await dropboxWorld();
  for (const name of ["twin1", "twin2"]) dropbox.tree.put(`/old/${name}.jpg`, photo(1));
  dropbox.tree.put("/old/other.jpg", photo(2));
  await world.ingest();
  const before = await storedRows("dropbox");
  dropbox.tree.move("/old", "/new");
  dropbox.tree.put("/new/other.jpg", photo(3));
  world.advance(1000);
  const { run } = await world.ingest();
  expect(run.counts).toMatchObject({ moved: 3, new: 0, missing: 0, ambiguous: 0, processed: 1 });
  expect((await storedRows("dropbox")).map(({ id, key }) => [id, key])).toEqual(
    before.map(({ id, key }) => [id, key.replace("old/", "new/")]),
  );
});

test("a change of case alone shows after a full run", async () => {
  const { world, dropbox } = await dropboxWorld();
  dropbox.tree.put("/beach/a.jpg", photo(1));
  await world.ingest();
  dropbox.tree.move("/beach/a.jpg", "/beach/A.JPG");
  world.advance(1000);
  await world.ingest();
  const keyOf = async () => env.DB.prepare("SELECT object_key FROM media_objects").first("object_key");
  expect(await keyOf()).toBe("beach/a.jpg");
  world.advance(1000);
  const { run } = await world.ingest({ full: true });
  expect(run.counts).toMatchObject({ moved: 1, queued: 0, missing: 0 });
  expect(await keyOf()).toBe("beach/A.JPG");
});

test("a position that holds no more leads to a full listing that reconciles and wipes nothing", async () => {
  const { world, dropbox } = await dropboxWorld();
  for (const name of ["a", "b", "c"]) dropbox.tree.put(`/${name}.jpg`, photo(name.charCodeAt(0) % 10));
  await world.ingest();
  const [a, b, c] = await storedRows("dropbox");
  dropbox.tree.move("/a.jpg", "/moved.jpg");
  dropbox.tree.delete("/b.jpg");
  dropbox.listings.reset();
  world.advance(1000);
  const { run } = await world.ingest();
  expect(run).toMatchObject({ state: "completed", counts: { moved: 1, missing: 1, new: 0, unchanged: 1 } });
  expect((await storedRows("dropbox")).map(({ id, key, missing }) => [id, key, missing])).toEqual([
    [b?.id, "b.jpg", true],
    [c?.id, "c.jpg", false],
    [a?.id, "moved.jpg", false],
  ]);
});

test("a root that is gone declares nothing missing, and is listed anew when it is back", async () => {
  const { world, dropbox } = await dropboxWorld();
  const bindings = {
    STORAGE_PROVIDERS: JSON.stringify([{ name: "dropbox", type: "dropbox", root: "/Photos" }]),
  };
  Object.assign(world.env, bindings);
  dropbox.tree.put("/Photos/a.jpg", photo(1));
  await world.ingest();
  const before = await storedRows("dropbox");
  dropbox.tree.move("/Photos", "/Elsewhere");
  world.advance(1000);
  await world.startIngest();
  const [message] = world.takeAll();
  const { acknowledged } = await world.deliver(message);
  expect(acknowledged).toBe(false);
  await world.deliver(message, { attempts: exhausted });
  expect((await world.coordinator.status()).last_run?.state).toBe("failed");
  expect(await storedRows("dropbox")).toEqual(before);
  dropbox.tree.move("/Elsewhere", "/Photos");
  world.advance(1000);
  const { run } = await world.ingest();
  expect(run).toMatchObject({ state: "completed", counts: { missing: 0, new: 0, queued: 0 } });
  expect((await storedRows("dropbox")).map(({ id, missing }) => [id, missing])).toEqual(
    before.map(({ id }) => [id, false]),
  );
});

test("what was seen by a run that broke off is settled by the next, though nobody tells it again", async () => {
  const { world, dropbox } = await dropboxWorld();
  dropbox.tree.put("/a.jpg", photo(1));
  await world.ingest();
  const before = await rowOf("a.jpg", "dropbox");
  dropbox.tree.move("/a.jpg", "/b.jpg");
  dropbox.tree.put("/c.jpg", photo(2));
  dropbox.listings.pageSize = 1;
  world.advance(1000);
  const { id } = await world.startIngest();
  // The last page is told again, since nobody can know whether what it led to was heard of.
  for (let page = 0; page < 3; page++) await world.deliver(world.outbox.shift());
  await world.coordinator.cancel();
  world.takeAll();
  expect((await world.run(id)).state).toBe("cancelled");
  world.advance(1000);
  const { run } = await world.ingest();
  expect(run).toMatchObject({
    state: "completed",
    counts: { scanned: 1, moved: 1, missing: 0, processed: 1 },
  });
  expect(await rowOf("b.jpg", "dropbox")).toMatchObject({ id: before.id, missing: false });
});

test("what a cancelled run was to process is processed by the next, though nobody tells it again", async () => {
  const { world, dropbox } = await dropboxWorld();
  dropbox.tree.put("/a.jpg", photo(1));
  await world.ingest();
  dropbox.tree.put("/b.jpg", photo(2));
  world.advance(1000);
  await world.startIngest();
  await world.deliver(world.takeAll()[0]);
  // All that was told is settled, and its position set down; only the work is left.
  for (const message of world.takeAll())
    if (message.type === "task" && message.task.kind !== "process") await world.deliver(message);
  await world.coordinator.cancel();
  world.takeAll();
  expect(await rowOf("b.jpg", "dropbox")).toMatchObject({ state: "pending" });
  const { run } = await world.ingest();
  expect(run).toMatchObject({ state: "completed", counts: { queued: 1, processed: 1 } });
  world.advance(1000);
  const again = await world.ingest();
  expect(again.run.counts).toMatchObject({ scanned: 0, queued: 0 });
  expect(await rowOf("b.jpg", "dropbox")).toMatchObject({ state: "ready" });
});
