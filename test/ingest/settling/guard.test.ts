import { env } from "cloudflare:workers";
import { expect, test } from "vitest";

import { replaced } from "../../support/records/replaced.ts";
import "../../support/setup.ts";
import { rowOf, storedRows } from "../support/rows.ts";
import { exhausted, listOnly, World } from "../support/world.ts";

/** Objects with their records, as after an ingest. */
async function withObjects(count: number): Promise<{ world: World; keys: string[] }> {
  const world = await World.create();
  const keys = Array.from({ length: count }, (_, index) => `${String(index).padStart(4, "0")}.txt`);
  await Promise.all(keys.map((key) => world.put(key, "x")));
  const { objects } = await env.MEDIA_BUCKET.list({ prefix: "main/" });
  const rows = objects.map(({ key, etag }) => ({ key: key.slice("main/".length), etag }));
  await env.DB.prepare(
    `INSERT INTO media_objects (id, provider, object_key, path_key, version, content_hash, file_size, content_type, state, width, updated_at)
     SELECT 'id-' || (value ->> 'key'), 'main', value ->> 'key', value ->> 'key', value ->> 'etag', 'md5:' || (value ->> 'etag'), 1,
       'image/jpeg', 'ready', 1, 0
     FROM json_each(?)`,
  )
    .bind(JSON.stringify(rows))
    .run();
  return { world, keys };
}

async function missing(): Promise<number> {
  return (await storedRows()).filter((row) => row.missing).length;
}

async function vanished(): Promise<number> {
  return (await storedRows()).filter((row) => row.vanished).length;
}

test("more than 50 objects and more than a fifth that vanish are not declared missing but asked about", async () => {
  const { world, keys } = await withObjects(200);
  await world.remove(...keys.slice(0, 51));
  const { run } = await world.ingest();
  expect(run).toMatchObject({
    state: "needs_confirmation",
    counts: { missing: 51, scanned: 149 },
    providers: { main: { state: "needs_confirmation" } },
  });
  expect(await missing()).toBe(0);
  expect(await vanished()).toBe(51);
});

test("50 vanished objects, however large a part, are declared missing", async () => {
  const { world, keys } = await withObjects(60);
  await world.remove(...keys.slice(0, 50));
  const { run } = await world.ingest();
  expect(run).toMatchObject({ state: "completed", counts: { missing: 50 } });
  expect(await missing()).toBe(50);
});

test("a fifth of the objects, however many, are declared missing", async () => {
  const { world, keys } = await withObjects(300);
  await world.remove(...keys.slice(0, 60));
  const { run } = await world.ingest();
  expect(run).toMatchObject({ state: "completed", counts: { missing: 60 } });
  expect(await missing()).toBe(60);
});

test("what was overwritten is missing even while more than a fifth is not to be seen", async () => {
  const { world, keys } = await withObjects(100);
  await world.remove(...keys.slice(0, 60));
  const [from = "", over = ""] = keys.slice(60);
  const object = await env.MEDIA_BUCKET.put(`main/${over}`, "moved here");
  await env.DB.prepare("UPDATE media_objects SET content_hash = ?, file_size = 10 WHERE path_key = ?")
    .bind(`md5:${object?.etag}`, from)
    .run();
  await world.remove(from);
  const { run } = await world.ingest();
  expect(run).toMatchObject({ state: "needs_confirmation", counts: { moved: 1, missing: 61 } });
  expect(await missing()).toBe(1);
  expect(await vanished()).toBe(60);
});

test("a key with a control character is a key like any other: an outage hides it, and a deletion removes its object", async () => {
  const world = await World.create();
  const keys = Array.from({ length: 60 }, (_, index) => `a\u{1}${index}.jpg`);
  for (const key of [...keys, "kept.jpg"]) await world.put(key, key);
  await listOnly(world);
  await world.remove(...keys.slice(1));
  world.advance(1000);
  const { run } = await world.ingest();
  expect(run).toMatchObject({ state: "needs_confirmation", counts: { missing: 59 } });
  expect(await missing()).toBe(0);
  const { id } = await rowOf("a\u{1}0.jpg");
  expect((await world.api(`/v1/media/${id}?permanent=true`, { method: "DELETE" })).status).toBe(204);
  expect(await env.MEDIA_BUCKET.head("main/a\u{1}0.jpg")).toBeNull();
});

test("what is new is applied while vanished objects wait to be confirmed, and later runs go on", async () => {
  const { world, keys } = await withObjects(100);
  await world.remove(...keys.slice(0, 60));
  await world.put("new.jpg", "x");
  const first = await world.ingest();
  expect(first.run).toMatchObject({ state: "needs_confirmation", counts: { new: 1, processed: 1 } });
  world.advance(1000);
  const second = await world.ingest();
  expect(second.run).toMatchObject({ state: "needs_confirmation", counts: { missing: 60, unchanged: 41 } });
  expect(second.run.cost.rows_written).toBe(0);
});

test("confirming declares what was not seen again, and only that", async () => {
  const { world, keys } = await withObjects(100);
  await world.remove(...keys.slice(0, 60));
  await world.ingest();
  await world.put("0000.txt", "x");
  world.advance(1000);
  const { run } = await world.ingest({ confirmMissing: true });
  expect(run).toMatchObject({ state: "completed", counts: { missing: 59 } });
  expect(await missing()).toBe(59);
  expect(await vanished()).toBe(0);
  expect((await storedRows())[0]).toMatchObject({ key: "0000.txt", missing: false, vanished: false });
});

test("nothing is left to confirm when the objects are back", async () => {
  const { world, keys } = await withObjects(100);
  await world.remove(...keys.slice(0, 60));
  await world.ingest();
  await Promise.all(keys.slice(0, 60).map((key) => world.put(key, "x")));
  world.advance(1000);
  const { run } = await world.ingest();
  expect(run).toMatchObject({ state: "completed", counts: { missing: 0, unchanged: 100 } });
  expect(await vanished()).toBe(0);
});

test("an empty bucket is no reason to declare anything", async () => {
  const { world, keys } = await withObjects(51);
  await world.remove(...keys);
  const { run } = await world.ingest();
  expect(run.state).toBe("needs_confirmation");
  expect(await missing()).toBe(0);
});

test("a provider that fails in the middle of its listing declares nothing", async () => {
  const { world, keys } = await withObjects(40);
  await world.remove(...keys.slice(0, 10), ...keys.slice(35));
  let calls = 0;
  const list = async (options: R2ListOptions) => {
    calls += 1;
    if (calls > 1) throw new Error("list: we are sorry (10001)");
    return env.MEDIA_BUCKET.list({ ...options, limit: 20 });
  };
  const bindings = { MEDIA_BUCKET: replaced(env.MEDIA_BUCKET, { list }) };
  const { id } = await world.startIngest();
  const [first] = world.takeAll();
  expect((await world.deliver(first, { bindings })).acknowledged).toBe(true);
  const [second] = world.takeAll();
  expect(await world.deliver(second, { bindings })).toEqual({ acknowledged: false, retryAfter: 5 });
  await world.deliver(second, { attempts: exhausted, bindings });
  expect(await world.run(id)).toMatchObject({
    state: "failed",
    counts: { missing: 0 },
    providers: {
      main: {
        state: "failed",
        error:
          "The storage provider or the database failed too often; the log tells the cause under the id of the run.",
      },
    },
  });
  expect(await missing()).toBe(0);
  expect(await vanished()).toBe(10);
  world.advance(1000);
  const { run } = await world.ingest();
  expect(run).toMatchObject({ state: "completed", counts: { missing: 15 } });
});

test("a page that is cut short is gone on from", async () => {
  const { world } = await withObjects(40);
  const list = async (options: R2ListOptions) => env.MEDIA_BUCKET.list({ ...options, limit: 7 });
  const { id } = await world.startIngest();
  const bindings = { MEDIA_BUCKET: replaced(env.MEDIA_BUCKET, { list }) };
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    await world.deliver(message, { bindings });
  }
  expect(await world.run(id)).toMatchObject({
    state: "completed",
    counts: { scanned: 40, unchanged: 40, missing: 0 },
  });
});
