import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { z } from "zod";

import { newMediaId } from "../../../src/core/media-id.ts";
import { mediaObjectSchema } from "../../../src/http/answers/media-json.ts";
import type { Run } from "../../../src/protocol/run.ts";
import { refusalOf } from "../../support/http/answers.ts";
import { relink, takeBack } from "../../support/http/operations.ts";
import { buildMany, insertMany } from "../../support/records/media.ts";
import "../../support/setup.ts";
import { photo } from "../support/photos.ts";
import { describe as write, rowOf, storedRows } from "../support/rows.ts";
import { World } from "../support/world.ts";

const missingPage = z.strictObject({
  items: z.array(mediaObjectSchema),
  next_cursor: z.string().nullable(),
});
const unclearPage = z.strictObject({
  items: z.array(z.strictObject({ media: mediaObjectSchema, candidates: z.array(mediaObjectSchema) })),
  next_cursor: z.string().nullable(),
});

/** A world whose objects are on record, each described by its key. */
async function withPhotos(photos: Readonly<Record<string, number>>): Promise<World> {
  const world = await World.create();
  for (const [key, number] of Object.entries(photos)) await world.put(key, photo(number));
  await world.ingest();
  for (const row of await storedRows()) await write(row.id, `of ${row.key}`);
  world.advance(1000);
  return world;
}

async function ingest(world: World, options: { confirmMissing?: boolean } = {}): Promise<Run> {
  const { run } = await world.ingest(options);
  world.advance(1000);
  return run;
}

/** All pages of what a run declared missing, by their keys. */
async function missingOf(world: World, run: Run, query = ""): Promise<string[][]> {
  const pages: string[][] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const path = `/v1/ingest/runs/${run.id}/missing?${query}&cursor=${cursor}`;
    const { items, next_cursor: next } = missingPage.parse(await (await world.api(path)).json());
    pages.push(items.map((item) => item.object_key));
    cursor = next;
  }
  return pages;
}

/** All pages of the moves that a run did not guess: each record's key with those of its candidates. */
async function unclearOf(world: World, run: Run, query = ""): Promise<[string, string[]][][]> {
  const pages: [string, string[]][][] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const path = `/v1/ingest/runs/${run.id}/ambiguous?${query}&cursor=${cursor}`;
    const { items, next_cursor: next } = unclearPage.parse(await (await world.api(path)).json());
    const keys = items.map(({ media, candidates }): [string, string[]] => [
      media.object_key,
      candidates.map((each) => each.object_key).toSorted(),
    ]);
    pages.push(keys);
    cursor = next;
  }
  return pages;
}

async function noted(): Promise<number> {
  const row = await env.DB.prepare("SELECT count(*) AS n FROM unclear_moves").first();
  return z.object({ n: z.number() }).parse(row).n;
}

test("two photos that are gone are shown with the one that may be either", async () => {
  const world = await withPhotos({ "a.jpg": 1, "b.jpg": 1, "kept.jpg": 1, "x.jpg": 2 });
  await world.remove("a.jpg", "b.jpg");
  await world.put("c.jpg", photo(1));
  const run = await ingest(world);
  expect(run.counts).toMatchObject({ ambiguous: 1, missing: 2 });
  expect(await unclearOf(world, run)).toEqual([
    [
      ["a.jpg", ["c.jpg"]],
      ["b.jpg", ["c.jpg"]],
    ],
  ]);
});

test("a photo that is gone is shown with all that the run found of it, up to 20", async () => {
  const world = await withPhotos({ "a.jpg": 1 });
  await world.remove("a.jpg");
  const copies = Array.from({ length: 21 }, (_, index) => `copy-${String(index).padStart(2, "0")}.jpg`);
  for (const key of copies.slice(0, 3)) await world.put(key, photo(1));
  const run = await ingest(world);
  expect(await unclearOf(world, run)).toEqual([[["a.jpg", copies.slice(0, 3)]]]);
  const { version } = await rowOf("copy-00.jpg");
  const size = photo(1).length;
  await insertMany(
    buildMany(18, (index) => ({
      provider: "main",
      objectKey: copies[index + 3] ?? "",
      contentHash: `md5:${version}`,
      fileSize: size,
      runId: run.id,
      runChange: "new",
    })),
  );
  const [[[, candidates] = ["", []]] = []] = await unclearOf(world, run);
  expect(candidates).toHaveLength(20);
});

test("a photo that was gone before is shown by the run that finds copies of it", async () => {
  const world = await withPhotos({ "a.jpg": 1 });
  await world.remove("a.jpg");
  const first = await ingest(world);
  await world.put("b.jpg", photo(1));
  await world.put("c.jpg", photo(1));
  const second = await ingest(world);
  expect(await unclearOf(world, first)).toEqual([[]]);
  expect(await unclearOf(world, second)).toEqual([[["a.jpg", ["b.jpg", "c.jpg"]]]]);
});

test("what a person decides is listed no more, and the next run finds nothing to do", async () => {
  const world = await withPhotos({ "a.jpg": 1, "b.jpg": 1 });
  await world.remove("a.jpg", "b.jpg");
  await world.put("c.jpg", photo(1));
  const run = await ingest(world);
  const [a, c] = [await rowOf("a.jpg"), await rowOf("c.jpg")];
  const answer = await relink(a.id, c.id, async (path, { method = "POST", json }) =>
    world.api(path, { method, json }),
  );
  expect(answer.media).toMatchObject({ id: a.id, object_key: "c.jpg", state: "ready" });
  const data = await world.api(`/v1/media/${a.id}/thumbnail`);
  expect(data.status).toBe(200);
  expect(await unclearOf(world, run)).toEqual([[]]);
  const before = await storedRows();
  world.advance(1000);
  const next = await ingest(world);
  expect(next.counts).toMatchObject({ new: 0, changed: 0, moved: 0, missing: 0, queued: 0, unchanged: 1 });
  expect(await storedRows()).toEqual(before);
});

test("a run after a relink was taken back finds nothing to do either", async () => {
  const world = await withPhotos({ "a.jpg": 1 });
  await world.remove("a.jpg");
  await world.put("b.jpg", photo(1));
  await world.put("c.jpg", photo(1));
  const run = await ingest(world);
  const before = await unclearOf(world, run);
  const [a, c] = [await rowOf("a.jpg"), await rowOf("c.jpg")];
  const send = async (path: string, { method = "POST", json }: { method?: string; json?: unknown }) =>
    world.api(path, { method, json });
  const { operation_id: operation } = await relink(a.id, c.id, send);
  expect(await takeBack(operation, {}, send)).toMatchObject({ reverted: 1 });
  const next = await ingest(world);
  expect(next.counts).toMatchObject({ new: 0, changed: 0, moved: 0, missing: 0, queued: 0, unchanged: 2 });
  expect(await rowOf("c.jpg")).toMatchObject({ id: c.id, metadata: c.metadata, missing: false });
  expect(await rowOf("a.jpg")).toMatchObject({ id: a.id, metadata: a.metadata, missing: true });
  expect(await unclearOf(world, run)).toEqual(before);
  expect(await missingOf(world, run)).toEqual([["a.jpg"]]);
});

test("a photo that still waits is worked on under the id that has taken it", async () => {
  const world = await withPhotos({ "a.jpg": 1 });
  await world.remove("a.jpg");
  await ingest(world);
  await world.put("b.jpg", photo(2));
  await world.startIngest();
  await world.deliver(world.outbox.shift());
  const [a, b] = [await rowOf("a.jpg"), await rowOf("b.jpg")];
  expect(b.state).toBe("pending");
  const send = async (path: string, { method = "POST", json }: { method?: string; json?: unknown }) =>
    world.api(path, { method, json });
  await relink(a.id, b.id, send);
  await world.uploadsSent();
  await world.drain();
  expect(await rowOf("b.jpg")).toMatchObject({ id: a.id, state: "ready", metadata: a.metadata });
});

test("copies that were there before are no find of the run, which notes nothing", async () => {
  const world = await World.create();
  await world.put("a.jpg", photo(1));
  await ingest(world);
  await write((await rowOf("a.jpg")).id, "of a.jpg");
  await world.put("b.jpg", photo(1));
  await world.put("c.jpg", photo(1));
  await ingest(world);
  await world.remove("a.jpg");
  const run = await ingest(world);
  expect(run.counts).toMatchObject({ ambiguous: 1, missing: 1 });
  expect(await noted()).toBe(0);
  expect(await unclearOf(world, run)).toEqual([[]]);
});

test("a photo is shown with copies whose bytes the run had to read to know them", async () => {
  const world = await World.create();
  await world.putMultipart("a.jpg", photo(1));
  await ingest(world);
  await write((await rowOf("a.jpg")).id, "of a.jpg");
  await world.remove("a.jpg");
  await world.putMultipart("b.jpg", photo(1));
  await world.putMultipart("c.jpg", photo(1));
  const run = await ingest(world);
  expect(run.counts).toMatchObject({ ambiguous: 1, missing: 1, new: 2 });
  expect(await unclearOf(world, run)).toEqual([[["a.jpg", ["b.jpg", "c.jpg"]]]]);
});

test("a run that decides everything notes nothing", async () => {
  const world = await withPhotos({ "a.jpg": 1, "b.jpg": 2 });
  await world.remove("a.jpg");
  await world.put("c.jpg", photo(1));
  expect((await ingest(world)).counts).toMatchObject({ moved: 1, ambiguous: 0 });
  expect(await noted()).toBe(0);
});

test("moves are paged, and those of very old runs are removed", async () => {
  const world = await withPhotos({ "a.jpg": 1, "b.jpg": 1, "c.jpg": 1 });
  await env.DB.prepare("INSERT INTO unclear_moves VALUES (?, 'x')")
    .bind("0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a11")
    .run();
  await world.remove("a.jpg", "b.jpg", "c.jpg");
  await world.put("d.jpg", photo(1));
  const run = await ingest(world);
  expect(await noted()).toBe(3);
  expect(await unclearOf(world, run, "limit=2")).toEqual([
    [
      ["a.jpg", ["d.jpg"]],
      ["b.jpg", ["d.jpg"]],
    ],
    [["c.jpg", ["d.jpg"]]],
  ]);
});

test("what a run declared missing is listed as it is now, page by page", async () => {
  const world = await withPhotos({ "a.jpg": 1, "b.jpg": 2, "c.jpg": 3, "d.jpg": 4 });
  await world.remove("a.jpg");
  const first = await ingest(world);
  await world.remove("b.jpg", "c.jpg", "d.jpg");
  const second = await ingest(world);
  expect(await missingOf(world, first)).toEqual([["a.jpg"]]);
  expect(await missingOf(world, second, "limit=2")).toEqual([["b.jpg", "c.jpg"], ["d.jpg"]]);
  await write((await rowOf("b.jpg")).id, "still wanted");
  await world.put("c.jpg", photo(3));
  await ingest(world);
  expect(await missingOf(world, second)).toEqual([["b.jpg", "d.jpg"]]);
});

test("what a run would declare missing is listed while it asks, and no later than by the next run", async () => {
  const world = await World.create();
  const keys = Array.from({ length: 60 }, (_, index) => `${String(index).padStart(2, "0")}.jpg`);
  await Promise.all(keys.map(async (key) => world.put(key, key)));
  await world.put("kept.jpg", "kept");
  await ingest(world);
  for (const row of await storedRows()) await write(row.id, `of ${row.key}`);
  await world.remove(...keys);
  const asking = await ingest(world);
  expect(asking).toMatchObject({ state: "needs_confirmation", counts: { missing: 60 } });
  const pages = await missingOf(world, asking, "limit=50");
  expect(pages.map((page) => page.length)).toEqual([50, 10]);
  expect(pages.flat().toSorted()).toEqual(keys);
  await world.put("00.jpg", "00.jpg");
  const again = await ingest(world);
  expect(again).toMatchObject({ state: "needs_confirmation" });
  expect(await missingOf(world, asking)).toEqual([[]]);
  expect((await missingOf(world, again)).flat().toSorted()).toEqual(keys.slice(1));
  const confirmed = await ingest(world, { confirmMissing: true });
  expect(confirmed).toMatchObject({ state: "completed", counts: { missing: 59 } });
  expect((await missingOf(world, confirmed)).flat().toSorted()).toEqual(keys.slice(1));
  expect(await missingOf(world, again)).toEqual([[]]);
});

test("a page looks at so many missing records only, and the next goes on", async () => {
  const world = await withPhotos({ "a.jpg": 1 });
  await world.remove("a.jpg");
  const run = await ingest(world);
  const { id } = await rowOf("a.jpg");
  const now = Date.now();
  await insertMany(buildMany(10_001, () => ({ missingSince: now, updatedAt: now - 1 })));
  await env.DB.prepare("UPDATE media_objects SET updated_at = ? WHERE id = ?").bind(now, id).run();
  expect(await missingOf(world, run)).toEqual([[], ["a.jpg"]]);
});

test("the lists of a run that nobody knows are not found, and a cursor of another list is refused", async () => {
  const world = await withPhotos({ "a.jpg": 1, "b.jpg": 2 });
  await world.remove("a.jpg", "b.jpg");
  const run = await ingest(world);
  for (const list of ["missing", "ambiguous"]) {
    expect(await refusalOf(await world.api(`/v1/ingest/runs/${newMediaId()}/${list}`))).toBe(
      "404 resource_not_found",
    );
    const refused = await world.api(`/v1/ingest/runs/${run.id}/${list}?cursor=a.b`);
    expect(await refusalOf(refused)).toBe("422 validation_error cursor");
  }
});
