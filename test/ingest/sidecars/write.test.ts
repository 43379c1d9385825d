import { env } from "cloudflare:workers";
import { expect, test } from "vitest";

import { readPacket } from "../../../src/metadata/packet/read.ts";
import { removeOwnSidecar } from "../../../src/media/sidecars/remove-own.ts";
import { findMedia } from "../../../src/db/media/reads.ts";
import { replaced } from "../../support/records/replaced.ts";
import "../../support/setup.ts";
import { photo } from "../support/photos.ts";
import { World } from "../support/world.ts";
import { foreignSidecar, mediaAt, packetOf, patchWords, takeSidecar } from "./support.ts";

const minute = 61_000;

/** A world whose provider has its sidecars written, with a photo that was taken in. */
async function writingWorld(): Promise<{ world: World; id: string }> {
  const provider = { name: "main", type: "r2", binding: "MEDIA_BUCKET", prefix: "main/", sidecars: "write" };
  const world = await World.create({ bindings: { STORAGE_PROVIDERS: JSON.stringify([provider]) } });
  await world.put("1.jpg", photo());
  await world.ingest();
  world.advance(1000);
  return { world, id: (await mediaAt(world, "1.jpg")).id };
}

/** Waits for the message that a request sends after its answer. */
async function sent(world: World): Promise<void> {
  for (let looks = 0; looks < 200 && world.outbox.length === 0; looks++) await scheduler.wait(10);
}

/** Lets a minute go by and has the sidecars written that are due. */
async function write(world: World): Promise<void> {
  await sent(world);
  world.advance(minute);
  await world.drain();
}

async function stored(key: string): Promise<string | null> {
  return (await (await env.MEDIA_BUCKET.get(`main/${key}`))?.text()) ?? null;
}

async function storedWords(key: string): Promise<unknown> {
  return readPacket(new TextEncoder().encode((await stored(key)) ?? ""))?.own ?? null;
}

const words = { description: "A beach", keywords: ["sea"], rating: 4, roll: { number: 7 } };

test("a change of words is written beside the photo, which is no change to the next ingest", async () => {
  const { world, id } = await writingWorld();
  await patchWords(world, id, words);
  await write(world);
  expect(await storedWords("1.jpg.xmp")).toEqual(words);
  expect((await env.MEDIA_BUCKET.head("main/1.jpg.xmp"))?.httpMetadata?.contentType).toBe(
    "application/rdf+xml",
  );
  expect(await mediaAt(world, "1.jpg")).toMatchObject({
    object_metadata: words,
    revision: 1,
    sidecar: { key: "1.jpg.xmp", changed: false },
  });
  const tag = (await world.api(`/v1/media/${id}`)).headers.get("ETag");
  world.advance(1000);
  const { run } = await world.ingest();
  expect(run.cost).toMatchObject({ rows_written: 0, provider_calls: 1 });
  expect((await world.api(`/v1/media/${id}`)).headers.get("ETag")).toBe(tag);
});

test("many changes within a minute are one write, and one message", async () => {
  const { world, id } = await writingWorld();
  for (let index = 0; index < 5; index++) await patchWords(world, id, { note: index });
  await sent(world);
  expect(world.outbox).toHaveLength(1);
  await world.deliver(world.outbox[0]);
  expect(await stored("1.jpg.xmp")).toBeNull();
  world.outbox.shift();
  await write(world);
  expect(await storedWords("1.jpg.xmp")).toEqual({ note: 4 });
  await patchWords(world, id, { note: 5 });
  await sent(world);
  await world.deliver(world.outbox[0]);
  expect(await storedWords("1.jpg.xmp")).toEqual({ note: 4 });
});

test("words that come with an upload are written beside it", async () => {
  const { world } = await writingWorld();
  const form = new FormData();
  form.set("object_key", "2.jpg");
  form.set("object_metadata", JSON.stringify(words));
  form.set("file", new File([photo(2)], "2.jpg"));
  await world.api("/v1/media", { method: "POST", body: form });
  await world.uploadsSent();
  await write(world);
  expect(await storedWords("2.jpg.xmp")).toEqual(words);
  expect((await mediaAt(world, "2.jpg")).sidecar).toEqual({ key: "2.jpg.xmp", changed: false });
});

test("with sidecars read nothing is marked and nothing written", async () => {
  const world = await World.create();
  await world.put("1.jpg", photo());
  await world.ingest();
  const { id } = await mediaAt(world, "1.jpg");
  await patchWords(world, id, words);
  const marks = await env.DB.prepare("SELECT count(*) AS n FROM sidecar_writes").first("n");
  expect(marks).toBe(0);
  expect(world.outbox).toEqual([]);
});

test("properties of another program stay, and so do the paths of its keywords", async () => {
  const { world, id } = await writingWorld();
  await world.put(
    "1.jpg.xmp",
    foreignSidecar({ keywords: ["Paris"], hierarchical: ["places|France|Paris"] }),
  );
  await world.ingest();
  await patchWords(world, id, { description: "mine" });
  await write(world);
  const text = await stored("1.jpg.xmp");
  expect(text).toContain('darktable:history_end="7"');
  expect(text).toContain("places|France|Paris");
  expect(await storedWords("1.jpg.xmp")).toEqual({ keywords: ["Paris"], description: "mine" });
});

test("what another program wrote meanwhile is kept in its fields, and shown as a change until it is taken", async () => {
  const { world, id } = await writingWorld();
  await patchWords(world, id, { description: "mine", title: "mine" });
  await write(world);
  const theirs = ((await stored("1.jpg.xmp")) ?? "").replaceAll(
    /(<dc:description>.*?<rdf:li[^>]*>)[^<]*/gsu,
    "$1theirs",
  );
  await world.put("1.jpg.xmp", theirs);
  await patchWords(world, id, { title: "mine again", description: "mine too" });
  await write(world);
  const packet = readPacket(new TextEncoder().encode((await stored("1.jpg.xmp")) ?? ""));
  expect(packet?.facts).toMatchObject({ caption: "theirs", iptcCore: { title: "mine again" } });
  expect(await mediaAt(world, "1.jpg")).toMatchObject({
    object_metadata: { description: "mine too", title: "mine again" },
    sidecar: { changed: true },
  });
  expect(await (await takeSidecar(world, id)).json()).toMatchObject({
    object_metadata: { description: "theirs", title: "mine again" },
    sidecar: { changed: false },
  });
});

test("a sidecar that another program writes between reading and writing is merged, not lost", async () => {
  const { world, id } = await writingWorld();
  await world.put("1.jpg.xmp", packetOf({ title: "before" }));
  await world.ingest();
  await patchWords(world, id, { description: "mine" });
  await sent(world);
  world.advance(minute);
  let races = 0;
  const bucket = replaced(env.MEDIA_BUCKET, {
    put: async (...given: Parameters<R2Bucket["put"]>) => {
      if (races++ === 0) await world.put("1.jpg.xmp", foreignSidecar({ attributes: 'xmp:Label="Red"' }));
      return env.MEDIA_BUCKET.put(...given);
    },
  });
  for (const message of world.takeAll()) await world.deliver(message, { bindings: { MEDIA_BUCKET: bucket } });
  expect(races).toBe(2);
  expect(await stored("1.jpg.xmp")).toContain('xmp:Label="Red"');
  expect(await storedWords("1.jpg.xmp")).toEqual({ title: "before", description: "mine" });
});

test("a photo that moves while its sidecar is written gets one at its new place", async () => {
  const { world, id } = await writingWorld();
  await patchWords(world, id, words);
  await sent(world);
  world.advance(minute);
  const bucket = replaced(env.MEDIA_BUCKET, {
    put: async (...given: Parameters<R2Bucket["put"]>) => {
      await env.DB.prepare("UPDATE media_objects SET path_key = '2.jpg', object_key = '2.jpg' WHERE id = ?")
        .bind(id)
        .run();
      return env.MEDIA_BUCKET.put(...given);
    },
  });
  for (const message of world.takeAll()) await world.deliver(message, { bindings: { MEDIA_BUCKET: bucket } });
  expect(await storedWords("2.jpg.xmp")).toEqual(words);
  expect((await mediaAt(world, "2.jpg")).sidecar).toEqual({ key: "2.jpg.xmp", changed: false });
});

test("a sidecar that another program writes between looking and reading is read again", async () => {
  const { world, id } = await writingWorld();
  await world.put("1.jpg.xmp", packetOf({ title: "before" }));
  await world.ingest();
  await patchWords(world, id, { description: "mine" });
  await sent(world);
  world.advance(minute);
  let races = 0;
  const bucket = replaced(env.MEDIA_BUCKET, {
    head: async (key: string) => {
      const found = await env.MEDIA_BUCKET.head(key);
      if (races++ === 0) await world.put("1.jpg.xmp", foreignSidecar({ attributes: 'xmp:Label="Red"' }));
      return found;
    },
  });
  for (const message of world.takeAll()) await world.deliver(message, { bindings: { MEDIA_BUCKET: bucket } });
  expect(await stored("1.jpg.xmp")).toContain('xmp:Label="Red"');
  expect(await storedWords("1.jpg.xmp")).toEqual({ title: "before", description: "mine" });
});

test("a sidecar that words would make too large is left alone, and not tried again and again", async () => {
  const { world, id } = await writingWorld();
  const full = foreignSidecar({ attributes: `xmp:Label="${"x".repeat(2 * 1024 * 1024 - 1000)}"` });
  await world.put("1.jpg.xmp", full);
  await world.ingest();
  await patchWords(world, id, { description: "mine ".repeat(200) });
  await write(world);
  expect((await env.MEDIA_BUCKET.head("main/1.jpg.xmp"))?.size).toBe(full.length);
  expect(await env.DB.prepare("SELECT count(*) AS n FROM sidecar_writes").first("n")).toBe(0);
});

test("a sidecar of all photos of a name is left alone, and the photo gets its own", async () => {
  const { world, id } = await writingWorld();
  const shared = packetOf({ title: "T" });
  await world.put("1.xmp", shared);
  await world.ingest();
  await patchWords(world, id, { description: "mine" });
  await write(world);
  expect(await stored("1.xmp")).toBe(shared);
  expect(await storedWords("1.jpg.xmp")).toEqual({ title: "T", description: "mine" });
  expect((await mediaAt(world, "1.jpg")).sidecar).toEqual({ key: "1.jpg.xmp", changed: false });
});

test("a file of that name that is no XMP is left alone", async () => {
  const { world, id } = await writingWorld();
  await world.put("1.jpg.xmp", "my notes");
  await world.ingest();
  await patchWords(world, id, words);
  await write(world);
  expect(await stored("1.jpg.xmp")).toBe("my notes");
});

test("a storage that fails is tried again later, and nothing is lost", async () => {
  const { world, id } = await writingWorld();
  await patchWords(world, id, words);
  await sent(world);
  world.advance(minute);
  const bucket = replaced(env.MEDIA_BUCKET, { put: async () => Promise.reject(new Error("down")) });
  for (const message of world.takeAll()) await world.deliver(message, { bindings: { MEDIA_BUCKET: bucket } });
  expect(await stored("1.jpg.xmp")).toBeNull();
  world.advance(5 * minute);
  await world.drain();
  expect(await storedWords("1.jpg.xmp")).toEqual(words);
});

test("a message that was lost is sent again by the next ingest", async () => {
  const { world, id } = await writingWorld();
  await patchWords(world, id, words);
  await sent(world);
  world.takeAll();
  world.advance(11 * minute);
  await world.ingest();
  expect(await storedWords("1.jpg.xmp")).toEqual(words);
});

test("a writer that dies after the write has written what the next ingest finds to be no change", async () => {
  const { world, id } = await writingWorld();
  await patchWords(world, id, { description: "before" });
  await write(world);
  await patchWords(world, id, { description: "after" });
  await sent(world);
  world.takeAll();
  await world.put("1.jpg.xmp", packetOf({ description: "after" }));
  world.advance(1000);
  await world.startIngest();
  for (let message = world.outbox.shift(); message?.type === "task"; message = world.outbox.shift())
    await world.deliver(message);
  expect(await mediaAt(world, "1.jpg")).toMatchObject({ revision: 2, sidecar: { changed: false } });
});

test("a record that is removed for good takes along a sidecar that only the service has written", async () => {
  const { world, id } = await writingWorld();
  await patchWords(world, id, words);
  await write(world);
  const media = await findMedia(world.services().db, id);
  expect(media).not.toBeNull();
  if (media !== null) for (const _twice of [1, 2]) await removeOwnSidecar(world.services(), media);
  expect(await stored("1.jpg.xmp")).toBeNull();
  world.advance(1000);
  expect((await world.ingest()).run.counts.ignored).toBe(0);
});

test("a sidecar of others outlives the record, and fills no photo that comes there later", async () => {
  const { world } = await writingWorld();
  await world.put("2.jpg", photo(2));
  await world.put("2.jpg.xmp", foreignSidecar({ description: "of the first" }));
  await world.ingest();
  const { id } = await mediaAt(world, "2.jpg");
  const media = await findMedia(world.services().db, id);
  expect(media).not.toBeNull();
  if (media !== null) await removeOwnSidecar(world.services(), media);
  await world.api(`/v1/media/${id}`, { method: "DELETE" });
  expect(await stored("2.jpg.xmp")).not.toBeNull();
  await world.put("2.jpg", photo(3));
  world.advance(1000);
  await world.ingest();
  const second = await mediaAt(world, "2.jpg");
  expect([second.object_metadata, second.sidecar?.changed]).toEqual([{}, false]);
  await world.put("2.jpg.xmp", foreignSidecar({ description: "of the second" }));
  world.advance(1000);
  await world.ingest();
  expect((await mediaAt(world, "2.jpg")).object_metadata).toEqual({ description: "of the second" });
});
