import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { z } from "zod";

import type { Run } from "../../../src/protocol/run.ts";
import "../../support/setup.ts";
import { photo } from "../support/photos.ts";
import { describe as write, rowOf, storedRows, thumbnailKeys } from "../support/rows.ts";
import { exhausted, World } from "../support/world.ts";

/** A world whose objects are on record; each is described by its key, but those that are named as plain. */
async function withPhotos(
  photos: Readonly<Record<string, number>>,
  { plain = [] }: { readonly plain?: readonly string[] } = {},
): Promise<World> {
  const world = await World.create();
  for (const [key, number] of Object.entries(photos)) await world.put(key, photo(number));
  await world.ingest();
  for (const row of await storedRows()) if (!plain.includes(row.key)) await write(row.id, `of ${row.key}`);
  world.advance(1000);
  return world;
}

/** What an object's owner does: it goes elsewhere, and over what is there. */
async function move(world: World, from: string, to: string, number: number): Promise<void> {
  await world.put(to, photo(number));
  await world.remove(from);
}

/** Where each record is now, by its words, which name the key that it once had. */
async function whereabouts(): Promise<Record<string, string>> {
  const rows = await storedRows();
  return Object.fromEntries(
    rows.map((row) => {
      const { description = "nobody's" } = z
        .object({ description: z.string().optional() })
        .parse(JSON.parse(row.metadata));
      // A path without a place is told from others by what follows the key.
      const [key = ""] = row.key.split("\u{1}");
      return [description, row.missing ? `missing from ${key}` : key];
    }),
  );
}

async function ingest(world: World): Promise<Run> {
  const { run } = await world.ingest();
  world.advance(1000);
  return run;
}

/** Nothing was looked at again. */
const untouched = { new: 0, changed: 0, missing: 0, ambiguous: 0, queued: 0 };

test("a photo that has moved keeps its record: id, words, thumbnails; and nothing is downloaded", async () => {
  const world = await withPhotos({ "a.jpg": 1 });
  const before = await rowOf("a.jpg");
  const thumbnails = await thumbnailKeys();
  await move(world, "a.jpg", "2024/b.jpg", 1);
  const run = await ingest(world);
  expect(run).toMatchObject({ state: "completed", counts: { ...untouched, moved: 1, unchanged: 0 } });
  expect(run.cost.bytes_read).toBe(0);
  const [after, ...others] = await storedRows();
  expect(others).toEqual([]);
  expect(after).toEqual({ ...before, key: "2024/b.jpg", change: before.change + 1 });
  expect(await thumbnailKeys()).toEqual(thumbnails);
});

test("a record shows and serves what has moved under its new key", async () => {
  const world = await withPhotos({ "a.jpg": 1 });
  const { id } = await rowOf("a.jpg");
  await move(world, "a.jpg", "b.jpg", 1);
  await ingest(world);
  const shown = z.object({ object_key: z.string() }).parse(await (await world.api(`/v1/media/${id}`)).json());
  expect(shown.object_key).toBe("b.jpg");
  const data = await world.api(`/v1/media/${id}/data`);
  expect(new Uint8Array(await data.arrayBuffer())).toEqual(photo(1));
});

test("photos that move up one after the other all keep their records, in one run", async () => {
  const world = await withPhotos({ "a.jpg": 1, "b.jpg": 2 });
  await world.put("c.jpg", photo(2));
  await move(world, "a.jpg", "b.jpg", 1);
  const run = await ingest(world);
  expect(run.counts).toMatchObject({ ...untouched, moved: 2 });
  expect(run.cost.bytes_read).toBe(0);
  expect(await whereabouts()).toEqual({ "of a.jpg": "b.jpg", "of b.jpg": "c.jpg" });
});

test("photos that change places keep their records", async () => {
  const world = await withPhotos({ "a.jpg": 1, "b.jpg": 2 });
  await world.put("a.jpg", photo(2));
  await world.put("b.jpg", photo(1));
  const run = await ingest(world);
  expect(run.counts).toMatchObject({ ...untouched, moved: 2 });
  expect(run.cost.bytes_read).toBe(0);
  expect(await whereabouts()).toEqual({ "of a.jpg": "b.jpg", "of b.jpg": "a.jpg" });
});

test("a folder of 60 photos is renamed without a question, a download or a thumbnail", async () => {
  const names = Array.from({ length: 60 }, (_, number) => `${number}.jpg`);
  const world = await World.create();
  await Promise.all(names.map((name, number) => world.put(`old/${name}`, `no photo ${number}`)));
  await world.ingest();
  for (const row of await storedRows()) await write(row.id, `of ${row.key}`);
  world.advance(1000);
  await Promise.all(names.map((name, number) => world.put(`new/${name}`, `no photo ${number}`)));
  await world.remove(...names.map((name) => `old/${name}`));
  const run = await ingest(world);
  expect(run).toMatchObject({ state: "completed", counts: { ...untouched, moved: 60, scanned: 60 } });
  expect(run.cost.bytes_read).toBe(0);
  const wanted = names.map((name): [string, string] => [`of old/${name}`, `new/${name}`]);
  expect(await whereabouts()).toEqual(Object.fromEntries(wanted));
  expect(await thumbnailKeys()).toEqual([]);
});

test("a photo that is gone in one run and turns up elsewhere in a later one keeps its record", async () => {
  const world = await withPhotos({ "a.jpg": 1 });
  const { id } = await rowOf("a.jpg");
  await world.remove("a.jpg");
  expect((await ingest(world)).counts).toMatchObject({ missing: 1, moved: 0 });
  await world.put("b.jpg", photo(1));
  const run = await ingest(world);
  expect(run.counts).toMatchObject({ ...untouched, moved: 1 });
  expect(run.cost.bytes_read).toBe(0);
  expect(await rowOf("b.jpg")).toMatchObject({ id, missing: false, metadata: '{"description":"of a.jpg"}' });
});

test("a photo that turns up elsewhere in one run and is gone in a later one keeps its record", async () => {
  const world = await withPhotos({ "a.jpg": 1 });
  const { id } = await rowOf("a.jpg");
  await world.put("b.jpg", photo(1));
  expect((await ingest(world)).counts).toMatchObject({ new: 1, moved: 0, ambiguous: 0 });
  const copy = await rowOf("b.jpg");
  await world.remove("a.jpg");
  const run = await ingest(world);
  expect(run.counts).toMatchObject({ ...untouched, moved: 1 });
  expect(await storedRows()).toMatchObject([
    { id, key: "b.jpg", missing: false, metadata: '{"description":"of a.jpg"}' },
  ]);
  // The copy's record is gone, and its thumbnail with it.
  expect((await world.api(`/v1/media/${copy.id}`)).status).toBe(404);
  expect((await thumbnailKeys()).map((key) => key.split("/")[0])).toEqual([id]);
});

test("a copy that somebody has described keeps its own record when its original is gone", async () => {
  const world = await withPhotos({ "a.jpg": 1 });
  await world.put("b.jpg", photo(1));
  await ingest(world);
  await write((await rowOf("b.jpg")).id, "of b.jpg");
  await world.remove("a.jpg");
  expect((await ingest(world)).counts).toMatchObject({ missing: 1, moved: 0 });
  expect(await whereabouts()).toEqual({ "of a.jpg": "missing from a.jpg", "of b.jpg": "b.jpg" });
});

test("a copy that was uploaded with words keeps its own record when its original is gone", async () => {
  const world = await withPhotos({ "a.jpg": 1 });
  const form = new FormData();
  form.append("file", new Blob([photo(1)]), "b.jpg");
  form.append("object_key", "b.jpg");
  form.append("object_metadata", JSON.stringify({ description: "of b.jpg" }));
  expect((await world.api("/v1/media", { method: "POST", body: form })).status).toBe(201);
  await world.remove("a.jpg");
  world.advance(1000);
  expect((await ingest(world)).counts).toMatchObject({ missing: 1, moved: 0 });
  expect(await whereabouts()).toEqual({ "of a.jpg": "missing from a.jpg", "of b.jpg": "b.jpg" });
});

test("when a copy is gone its original stays as it is", async () => {
  const world = await withPhotos({ "a.jpg": 1 }, { plain: ["a.jpg"] });
  await world.put("b.jpg", photo(1));
  await ingest(world);
  await write((await rowOf("b.jpg")).id, "of b.jpg");
  await world.remove("b.jpg");
  expect((await ingest(world)).counts).toMatchObject({ missing: 1, moved: 0, ambiguous: 0 });
  expect(await whereabouts()).toEqual({ "nobody's": "a.jpg", "of b.jpg": "missing from b.jpg" });
});

test("where several photos could be meant none is guessed; what waits is shown", async () => {
  const world = await withPhotos({ "a.jpg": 1, "b.jpg": 1 });
  await world.remove("a.jpg", "b.jpg");
  await world.put("c.jpg", photo(1));
  const run = await ingest(world);
  expect(run.counts).toMatchObject({ ambiguous: 1, moved: 0, new: 1, missing: 2 });
  const answer = await (await world.api("/v1/media?missing=true")).json();
  const { items } = z.object({ items: z.array(z.object({ object_key: z.string() })) }).parse(answer);
  expect(items.map((item) => item.object_key)).toEqual(["a.jpg", "b.jpg"]);
});

test("a photo that turns up at two places at once is not guessed to be at either", async () => {
  const world = await withPhotos({ "a.jpg": 1 });
  await world.remove("a.jpg");
  await world.put("b.jpg", photo(1));
  await world.put("c.jpg", photo(1));
  expect((await ingest(world)).counts).toMatchObject({ ambiguous: 2, moved: 0, new: 2, missing: 1 });
  expect(await whereabouts()).toMatchObject({ "of a.jpg": "missing from a.jpg" });
});

test("a photo that another is moved over is missing and keeps its words", async () => {
  const world = await withPhotos({ "a.jpg": 1, "b.jpg": 2 });
  const { id } = await rowOf("b.jpg");
  await move(world, "a.jpg", "b.jpg", 1);
  expect((await ingest(world)).counts).toMatchObject({ ...untouched, moved: 1, missing: 1 });
  expect(await whereabouts()).toEqual({ "of a.jpg": "b.jpg", "of b.jpg": "missing from b.jpg" });
  await world.put("c.jpg", photo(2));
  expect((await ingest(world)).counts).toMatchObject({ ...untouched, moved: 1 });
  expect(await rowOf("c.jpg")).toMatchObject({ id, missing: false });
});

test("removing a record whose place another has taken leaves that one's photo alone", async () => {
  const world = await withPhotos({ "a.jpg": 1, "b.jpg": 2 });
  const { id } = await rowOf("b.jpg");
  await move(world, "a.jpg", "b.jpg", 1);
  await ingest(world);
  expect((await world.api(`/v1/media/${id}?permanent=true`, { method: "DELETE" })).status).toBe(204);
  expect(await env.MEDIA_BUCKET.head("main/b.jpg")).not.toBeNull();
  expect(await whereabouts()).toEqual({ "of a.jpg": "b.jpg" });
});

test("a run that looks at one folder believes no earlier one about what is gone from another", async () => {
  const world = await withPhotos({ "a/1.jpg": 1, "b/1.jpg": 2, "b/2.jpg": 3 });
  // An outage hides a folder, and then the listing breaks off.
  await world.remove("a/1.jpg");
  const { id } = await world.startIngest();
  const list = async (options: R2ListOptions) => env.MEDIA_BUCKET.list({ ...options, limit: 1 });
  const bucket = new Proxy(env.MEDIA_BUCKET, { get: (_, name) => (name === "list" ? list : undefined) });
  await world.deliver(world.outbox.shift(), { bindings: { MEDIA_BUCKET: bucket } });
  await world.deliver(world.outbox.shift(), { attempts: exhausted });
  expect((await world.run(id)).state).toBe("failed");
  // The folder is back, and a copy of its photo lies in another.
  await world.put("a/1.jpg", photo(1));
  await world.put("b/copy.jpg", photo(1));
  world.advance(1000);
  const { run } = await world.ingest({ prefix: "b/" });
  expect(run.counts).toMatchObject({ moved: 0, new: 1 });
  expect(await whereabouts()).toMatchObject({ "of a/1.jpg": "a/1.jpg", "nobody's": "b/copy.jpg" });
});

test("words that were written before a photo was ever looked at stay when it is gone", async () => {
  const world = await withPhotos({});
  const headers = { "Content-Length": String(photo(1).length) };
  const request = { method: "POST", body: photo(1), headers };
  expect((await world.api("/v1/media?object_key=a.jpg", request)).status).toBe(201);
  await write((await rowOf("a.jpg")).id, "of a.jpg");
  await world.remove("a.jpg");
  world.advance(1000);
  expect((await ingest(world)).counts).toMatchObject({ missing: 1 });
  expect(await whereabouts()).toEqual({ "of a.jpg": "missing from a.jpg" });
});
