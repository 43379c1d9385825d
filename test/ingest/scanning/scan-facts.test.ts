import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { z } from "zod";

import { factsVersion } from "../../../src/metadata/facts/facts.ts";
import { exifBytes, jpegBytes, xmpPacket } from "../../support/images/index.ts";
import { buildMany, insertMany } from "../../support/records/media.ts";
import { replaced } from "../../support/records/replaced.ts";
import "../../support/setup.ts";
import { photo } from "../support/photos.ts";
import { describe, rowOf, thumbnailKeys } from "../support/rows.ts";
import { exhausted, replacedCoordinator, World } from "../support/world.ts";

const cameraPhoto = (model: string): Uint8Array =>
  jpegBytes({ width: 8, height: 8, exif: exifBytes({ make: "Leica", model }) });

const shown = z.object({
  state: z.string(),
  intrinsic: z.object({
    camera: z.object({ model: z.string() }).nullable(),
    thumbhash: z.string().nullable(),
  }),
  object_metadata: z.record(z.string(), z.unknown()),
  revision: z.number(),
  updated_at: z.string(),
});

/** A record as a client sees it, with its entity tag. */
async function seen(world: World, key: string) {
  const { id } = await rowOf(key);
  const response = await world.api(`/v1/media/${id}`);
  return { ...shown.parse(await response.json()), etag: response.headers.get("ETag") };
}

/** Makes all records what an older version of the service has left behind, which told no cameras. */
async function forgetCameras(): Promise<void> {
  await env.DB.prepare(
    "UPDATE media_objects SET facts_version = 0, intrinsic = json_remove(intrinsic, '$.camera')",
  ).run();
}

/** The bucket of originals, with the keys that are read. */
function countedOriginals(): { bucket: R2Bucket; reads: string[] } {
  const reads: string[] = [];
  const bucket = replaced(env.MEDIA_BUCKET, {
    get: async (key: string, options?: R2GetOptions) => {
      reads.push(key);
      return env.MEDIA_BUCKET.get(key, options);
    },
  });
  return { bucket, reads };
}

/** A world whose records are ready and know no camera, though their files tell one. */
async function withOldRecords(...keys: string[]) {
  const { bucket, reads } = countedOriginals();
  const world = await World.create({ bindings: { MEDIA_BUCKET: bucket } });
  for (const key of keys) await world.put(key, cameraPhoto(key));
  await world.ingest();
  await forgetCameras();
  world.advance(60_000);
  reads.length = 0;
  return { world, reads };
}

test("a record of an older version learns the camera, and keeps its words, revision, state and thumbnail", async () => {
  const { world } = await withOldRecords("a.jpg");
  await describe((await rowOf("a.jpg")).id, "By hand.");
  const before = { ...(await seen(world, "a.jpg")), row: await rowOf("a.jpg"), keys: await thumbnailKeys() };
  expect(before.intrinsic.camera).toBeNull();

  const { run } = await world.scan({ facts: true });

  expect(run).toMatchObject({
    state: "completed",
    counts: { scanned: 1, queued: 1, processed: 1, failed: 0 },
  });
  const after = await seen(world, "a.jpg");
  expect(after.intrinsic).toEqual({
    camera: { model: "a.jpg" },
    thumbhash: before.intrinsic.thumbhash,
  });
  expect(after).toMatchObject({ state: "ready", object_metadata: { description: "By hand." }, revision: 1 });
  expect(after.etag).not.toBe(before.etag);
  expect(after.updated_at > before.updated_at).toBe(true);
  expect(await rowOf("a.jpg")).toEqual({ ...before.row, change: before.row.change + 1 });
  expect(await thumbnailKeys()).toEqual(before.keys);
});

test("no thumbnail is made, and no more than the head of a file is read", async () => {
  const { world, reads } = await withOldRecords("a.jpg");
  await world.put("large.jpg", new Uint8Array([...cameraPhoto("large"), ...new Uint8Array(300_000)]));
  await world.ingest();
  await forgetCameras();
  reads.length = 0;
  const stored: string[] = [];
  const DERIVATIVES_BUCKET = replaced(env.DERIVATIVES_BUCKET, {
    put: async (key: string, value: ArrayBuffer) => {
      stored.push(key);
      return env.DERIVATIVES_BUCKET.put(key, value);
    },
  });
  const { id } = await world.startScan({ facts: true });
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    await world.deliver(message, { bindings: { DERIVATIVES_BUCKET } });
  }
  expect((await seen(world, "large.jpg")).intrinsic.camera?.model).toBe("large");
  expect(stored).toEqual([]);
  expect(reads).toEqual(["main/a.jpg", "main/large.jpg"]);
  expect((await world.run(id)).cost.bytes_read).toBeLessThanOrEqual(65_536 + cameraPhoto("a.jpg").length);
});

test("a second scan finds nothing: it writes no row and reads no object", async () => {
  const { world, reads } = await withOldRecords("a.jpg", "b.jpg");
  await world.scan({ facts: true });
  reads.length = 0;
  const { run, messages } = await world.scan({ facts: true });
  expect(run).toMatchObject({
    state: "completed",
    counts: { scanned: 2, queued: 0 },
    cost: { rows_written: 0 },
  });
  expect(messages).toHaveLength(2);
  expect(reads).toEqual([]);
});

test("a scan that is not asked for facts leaves old ones alone", async () => {
  const { world, reads } = await withOldRecords("a.jpg");
  const response = await world.api("/v1/database/scan", { method: "POST", json: {} });
  expect(response.status).toBe(202);
  await world.drain();
  expect(reads).toEqual([]);
  expect((await seen(world, "a.jpg")).intrinsic.camera).toBeNull();
});

test("a request asks for facts", async () => {
  const { world } = await withOldRecords("a.jpg");
  const response = await world.api("/v1/database/scan", { method: "POST", json: { facts: true } });
  expect(response.status).toBe(202);
  await world.drain();
  expect((await seen(world, "a.jpg")).intrinsic.camera).toMatchObject({ model: "a.jpg" });
});

test("a record that learns nothing is read once, and nobody is told of a change", async () => {
  const world = await World.create();
  await world.put("plain.jpg", photo());
  await world.ingest();
  await forgetCameras();
  const before = { ...(await seen(world, "plain.jpg")), row: await rowOf("plain.jpg") };
  world.advance(60_000);
  expect((await world.scan({ facts: true })).run.counts).toMatchObject({ queued: 1, processed: 1 });
  expect({ ...(await seen(world, "plain.jpg")), row: await rowOf("plain.jpg") }).toEqual(before);
  expect((await world.scan({ facts: true })).run.counts.queued).toBe(0);
});

test("a photo that turns out to lie otherwise than was thought is processed as a new one is, its words kept", async () => {
  const world = await World.create();
  await world.put("a.jpg", jpegBytes({ width: 16, height: 8, orientation: 6 }));
  await world.ingest();
  const { id } = await rowOf("a.jpg");
  await describe(id, "By hand.");
  await env.DB.prepare(
    "UPDATE media_objects SET facts_version = 0, width = 16, height = 8, orientation = 1",
  ).run();
  await env.DERIVATIVES_BUCKET.delete(await thumbnailKeys());
  const { run } = await world.scan({ facts: true });
  expect(run.counts).toMatchObject({ queued: 1, processed: 1 });
  const sizes = await env.DB.prepare("SELECT width, height, orientation FROM media_objects").first();
  expect(sizes).toEqual({ width: 8, height: 16, orientation: 6 });
  expect(await seen(world, "a.jpg")).toMatchObject({
    state: "ready",
    object_metadata: { description: "By hand." },
    revision: 1,
  });
  expect(await thumbnailKeys()).toHaveLength(1);
});

test("a photo whose orientation only XMP tells is turned by readers that know it", async () => {
  const world = await World.create();
  await world.put("a.jpg", jpegBytes({ width: 16, height: 8, xmp: xmpPacket("", 'tiff:Orientation="6"') }));
  await world.ingest();
  await env.DB.prepare(
    "UPDATE media_objects SET facts_version = 0, width = 16, height = 8, orientation = NULL",
  ).run();
  await world.scan({ facts: true });
  const sizes = await env.DB.prepare("SELECT width, height, orientation FROM media_objects").first();
  expect(sizes).toEqual({ width: 8, height: 16, orientation: 6 });
});

test("a file that older readers took for no image gets its size, words and thumbnail", async () => {
  const world = await World.create();
  await world.put("a.jpg", photo());
  await world.ingest();
  const { id } = await rowOf("a.jpg");
  await env.DERIVATIVES_BUCKET.delete(await thumbnailKeys());
  await env.DB.prepare(
    `UPDATE media_objects SET facts_version = 0, state = 'unsupported', error_code = 'not_an_image', width = NULL,
       height = NULL, orientation = NULL, thumbnail_version = NULL, content_type = 'application/octet-stream'`,
  ).run();
  expect((await world.scan({ facts: true })).run.counts).toMatchObject({ queued: 1, processed: 1 });
  expect(await rowOf("a.jpg")).toMatchObject({ id, state: "ready", error: null });
  expect(await thumbnailKeys()).toHaveLength(1);
});

test("bytes that were replaced, and read by a worker of the older version, while the old ones were read again keep their facts", async () => {
  const { world } = await withOldRecords("a.jpg");
  const overtaken = replaced(env.MEDIA_BUCKET, {
    get: async (key: string, options?: R2GetOptions) => {
      const old = await env.MEDIA_BUCKET.get(key, options);
      await env.DB.prepare("UPDATE media_objects SET version = 'newer', change = change + 1").run();
      return old;
    },
  });
  const { id } = await world.startScan({ facts: true });
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    await world.deliver(message, { bindings: { MEDIA_BUCKET: overtaken } });
  }
  expect((await seen(world, "a.jpg")).intrinsic.camera).toBeNull();
  expect((await world.run(id)).counts).toMatchObject({ queued: 1, processed: 0, dropped: 1 });
});

test("what is no image stays so and is read once, and what has failed keeps its reason", async () => {
  const world = await World.create();
  await world.put("none", "no image at all");
  await world.put("a.jpg", cameraPhoto("a.jpg"));
  await world.put("b.jpg", jpegBytes({ width: 8, height: 8 }).subarray(0, 25));
  await world.ingest();
  await forgetCameras();
  await env.DB.prepare(
    "UPDATE media_objects SET state = 'failed', error_code = 'decoder_fault' WHERE path_key = 'a.jpg'",
  ).run();
  const before = [await rowOf("none"), await rowOf("b.jpg")];
  const { run } = await world.scan({ facts: true });
  expect(run.counts).toMatchObject({ scanned: 3, queued: 2, processed: 1, failed: 1, dropped: 0 });
  expect([await rowOf("none"), await rowOf("b.jpg")]).toEqual(before);
  expect(await rowOf("a.jpg")).toMatchObject({ state: "failed", error: "decoder_fault" });
  expect((await seen(world, "a.jpg")).intrinsic.camera).toMatchObject({ model: "a.jpg" });
  expect((await world.scan({ facts: true })).run.counts.queued).toBe(0);
});

test("a record whose object is gone or has changed is left to ingest", async () => {
  const { world } = await withOldRecords("a.jpg", "b.jpg", "c.jpg");
  await world.remove("a.jpg");
  await world.put("b.jpg", cameraPhoto("another"));
  const before = [await rowOf("a.jpg"), await rowOf("b.jpg")];
  const { run } = await world.scan({ facts: true });
  expect(run).toMatchObject({ counts: { queued: 3, processed: 1, dropped: 2 } });
  expect([await rowOf("a.jpg"), await rowOf("b.jpg")]).toEqual(before);
  await world.ingest();
  expect((await seen(world, "b.jpg")).intrinsic.camera).toMatchObject({ model: "another" });
  expect((await rowOf("a.jpg")).missing).toBe(true);
});

test("a record that an upload gives other bytes while its old ones are read keeps the new ones' facts", async () => {
  const { world } = await withOldRecords("a.jpg");
  await world.startScan({ facts: true });
  for (const kind of ["scan", "scan_facts"]) {
    const [page] = world.takeAll();
    expect(page).toMatchObject({ task: { kind } });
    await world.deliver(page);
  }
  const [work] = world.takeAll();
  const overtaken = replaced(env.MEDIA_BUCKET, {
    get: async (key: string, options?: R2GetOptions) => {
      const old = await env.MEDIA_BUCKET.get(key, options);
      const body = cameraPhoto("another");
      const headers = { "Content-Length": String(body.length) };
      await world.api("/v1/media?object_key=a.jpg&overwrite=true", { method: "POST", body, headers });
      return old;
    },
  });
  await world.deliver(work, { bindings: { MEDIA_BUCKET: overtaken } });
  expect((await rowOf("a.jpg")).state).toBe("pending");
  expect((await seen(world, "a.jpg")).intrinsic.camera).toBeNull();
  await world.uploadsSent();
  await world.drain();
  expect((await seen(world, "a.jpg")).intrinsic.camera).toMatchObject({ model: "another" });
});

/** Plays a scan whose work is only said to be done; the names of its pages, and how many records each put to work. */
async function pagesOf(
  world: World,
  dead: readonly string[] = [],
): Promise<{ pages: string[]; work: number }> {
  const { id } = await world.startScan({ facts: true });
  const pages: string[] = [];
  let work = 0;
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    if (message.type !== "task") throw new Error("a message of no task");
    if (message.task.kind === "process") {
      work += message.task.ids.length;
      const counts = { processed: message.task.ids.length };
      await world.coordinator.complete(id, message.id, { counts, cost: {} }, []);
      continue;
    }
    pages.push(message.id);
    await world.deliver(message, dead.includes(message.id) ? { attempts: exhausted } : {});
  }
  return { pages, work };
}

test("a page looks at 500 records, and reads one row for each", async () => {
  const world = await World.create();
  await insertMany(
    buildMany(1_001, (index) => ({ provider: "main", factsVersion: index % 2 === 0 ? factsVersion : 0 })),
  );
  const { pages, work } = await pagesOf(world);
  expect(pages).toEqual(["scan:0", "scan_facts:0", "scan_facts:1", "scan_facts:2"]);
  expect(work).toBe(500);
  const { last } = z
    .object({ last: z.object({ counts: z.unknown(), cost: z.object({ rows_read: z.number() }) }) })
    .parse({ last: (await world.coordinator.status()).last_run });
  expect(last.counts).toMatchObject({ scanned: 1_001, queued: 500 });
  expect(last.cost.rows_read).toBeLessThanOrEqual(1_001 + 4);
});

test("a dead page is passed over, and the run says that it is not whole", async () => {
  const world = await World.create();
  await insertMany(buildMany(1_001, () => ({ provider: "main", factsVersion: 0 })));
  const { pages, work } = await pagesOf(world, ["scan_facts:1"]);
  expect(pages).toEqual(["scan:0", "scan_facts:0", "scan_facts:1", "scan_facts:2"]);
  expect(work).toBe(501);
  const status = await world.coordinator.status();
  expect(status.last_run).toMatchObject({
    state: "completed_with_errors",
    counts: { scanned: 501, queued: 501 },
  });
});

test("facts are looked for behind thumbnails, also where a page of these is dead", async () => {
  const { world } = await withOldRecords("a.jpg");
  await world.startScan({ thumbnails: true, facts: true });
  const kinds: string[] = [];
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    if (message.type !== "task") throw new Error("a message of no task");
    kinds.push(message.task.kind);
    const isDead = message.task.kind === "scan_thumbnails";
    await world.deliver(message, isDead ? { attempts: exhausted } : {});
  }
  expect(kinds).toEqual(["scan", "scan_thumbnails", "scan_facts", "process"]);
  expect((await seen(world, "a.jpg")).intrinsic.camera).toMatchObject({ model: "a.jpg" });
});

test("a record that lacks its thumbnail and has old facts is put to work once", async () => {
  const { world } = await withOldRecords("a.jpg");
  await env.DERIVATIVES_BUCKET.delete(await thumbnailKeys());
  const { run } = await world.scan({ thumbnails: true, facts: true });
  expect(run.counts).toMatchObject({ queued: 1, processed: 1 });
  expect((await seen(world, "a.jpg")).intrinsic.camera).toMatchObject({ model: "a.jpg" });
});

test("pages and work whose workers die before each report count once, and change a record once", async () => {
  const { world } = await withOldRecords("a.jpg", "b.jpg");
  const { change } = await rowOf("a.jpg");
  const dying = replacedCoordinator(world.coordinator, {
    complete: async () => {
      throw new Error("died right before the report");
    },
  });
  const bindings = { INGEST_COORDINATOR: replaced(env.INGEST_COORDINATOR, { getByName: () => dying }) };
  const { id } = await world.startScan({ facts: true });
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    expect((await world.deliver(message, { bindings })).acknowledged).toBe(false);
    expect((await world.deliver(message)).acknowledged).toBe(true);
    expect((await world.deliver(message)).acknowledged).toBe(true);
  }
  expect(await world.run(id)).toMatchObject({
    state: "completed",
    counts: { scanned: 2, queued: 2, processed: 2, dropped: 0 },
  });
  expect((await rowOf("a.jpg")).change).toBe(change + 1);
});

test("of dead work each record is tried by itself; one that cannot be read stays as it is, and the run says so", async () => {
  const { world } = await withOldRecords("a.jpg", "b.jpg");
  const culprit = (await rowOf("b.jpg")).id;
  const before = await rowOf("b.jpg");
  const { id } = await world.startScan({ facts: true });
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    if (message.type !== "task") throw new Error("a message of no task");
    const dies = message.task.kind === "process" && message.task.ids.includes(culprit);
    await world.deliver(message, dies ? { attempts: exhausted } : {});
  }
  expect(await world.run(id)).toMatchObject({
    state: "completed_with_errors",
    counts: { queued: 2, processed: 1, failed: 0, dropped: 1 },
  });
  expect((await seen(world, "a.jpg")).intrinsic.camera).toMatchObject({ model: "a.jpg" });
  expect(await rowOf("b.jpg")).toEqual(before);
  expect((await world.scan({ facts: true })).run.counts).toMatchObject({ queued: 1, processed: 1 });
});

test("records that are missing, or whose provider is not configured, are not put to work", async () => {
  const world = await World.create();
  await insertMany([
    ...buildMany(1, () => ({ provider: "main", factsVersion: 0, missingSince: 1 })),
    ...buildMany(1, () => ({ provider: "elsewhere", factsVersion: 0 })),
  ]);
  expect((await world.scan({ facts: true })).run.counts).toMatchObject({ scanned: 2, queued: 0 });
});

test("a scan that an earlier version of the service has begun is handled to its end", async () => {
  const { world } = await withOldRecords("a.jpg");
  const { id } = await world.startScan();
  const [page] = world.takeAll();
  if (page?.type !== "task") throw new Error("a message of no task");
  await world.deliver({ ...page, task: { kind: "scan", afterId: "", page: 0, retryFailed: false } });
  await world.drain();
  expect(await world.run(id)).toMatchObject({ state: "completed", counts: { queued: 0 } });
});

test("a record that the code before versions were counted has made is of an older version", async () => {
  const world = await World.create();
  await world.put("a.jpg", cameraPhoto("a.jpg"));
  const version = (await env.MEDIA_BUCKET.head("main/a.jpg"))?.etag;
  await env.DB.prepare(
    `INSERT INTO media_objects (id, provider, object_key, path_key, version, file_size, content_type, state, width, height,
       orientation, updated_at)
     VALUES ('00000000-0000-7000-8000-000000000001', 'main', 'a.jpg', 'a.jpg', ?, ?, 'image/jpeg', 'ready', 8, 8, 1, 0)`,
  )
    .bind(version, cameraPhoto("a.jpg").length)
    .run();
  expect((await world.scan({ facts: true })).run.counts).toMatchObject({ queued: 1, processed: 1 });
  expect((await seen(world, "a.jpg")).intrinsic.camera).toMatchObject({ model: "a.jpg" });
});
