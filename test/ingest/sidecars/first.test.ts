import { env } from "cloudflare:workers";
import { expect, test } from "vitest";

import { writeSidecars } from "../../../src/db/sidecars/listed.ts";
import { replaced } from "../../support/records/replaced.ts";
import "../../support/setup.ts";
import { photo } from "../support/photos.ts";
import { storedKeys } from "../support/rows.ts";
import { World } from "../support/world.ts";
import { foreignSidecar, mediaAt, packetOf, takeSidecar, tellingPhoto } from "./support.ts";

const words = {
  description: "A beach",
  keywords: ["sea", "beach"],
  rating: 4,
  title: "T",
  taken_at: "1962-07",
  location: { latitude: 47.5, longitude: 8.5 },
  roll: { number: 7, frames: [1, 2, 3] },
};

test("a new photo gets all words of the sidecar beside it, as they were", async () => {
  const world = await World.create();
  await world.put("a/1.jpg", photo());
  await world.put("a/1.jpg.xmp", packetOf(words));
  const { run } = await world.ingest();
  expect(run).toMatchObject({ state: "completed", counts: { new: 1, ignored: 1, processed: 1 } });
  expect(await mediaAt(world, "a/1.jpg")).toMatchObject({
    object_metadata: words,
    sidecar: { key: "a/1.jpg.xmp", changed: false },
    revision: 0,
    taken: { at: "1962-07-01T00:00:00.000", source: "person" },
    intrinsic: { taken_at: null },
  });
});

test("the words, the date and the place of a sidecar stand before those of the file, which fill the rest", async () => {
  const world = await World.create();
  await world.put("1.jpg", tellingPhoto());
  const attributes =
    'exif:DateTimeOriginal="2021-05-06T07:08:09" exif:GPSLatitude="10,30.0N" exif:GPSLongitude="20,30.0E"';
  await world.put("1.jpg.xmp", foreignSidecar({ description: "The sidecar's", attributes }));
  await world.ingest();
  expect(await mediaAt(world, "1.jpg")).toMatchObject({
    object_metadata: { description: "The sidecar's", keywords: ["file"], rating: 2 },
    taken: { at: "2021-05-06T07:08:09.000", source: "xmp" },
    place: { latitude: 10.5, longitude: 20.5, source: "xmp" },
  });
});

test("the time of a digitisation in a sidecar does not stand before the file's own time", async () => {
  const world = await World.create();
  await world.put("1.jpg", tellingPhoto());
  await world.put("1.jpg.xmp", foreignSidecar({ attributes: 'xmp:CreateDate="2021-05-06T07:08:09"' }));
  await world.ingest();
  expect(await mediaAt(world, "1.jpg")).toMatchObject({
    taken: { at: "2020-01-02T03:04:05.000", source: "exif" },
  });
});

test("the leaf of a hierarchical keyword is the keyword, and its path goes out again", async () => {
  const world = await World.create();
  await world.put("1.jpg", photo());
  await world.put("1.jpg.xmp", foreignSidecar({ keywords: ["sea"], hierarchical: ["places|France|Paris"] }));
  await world.ingest();
  const media = await mediaAt(world, "1.jpg");
  expect(media.object_metadata).toEqual({ keywords: ["sea", "Paris"] });
  const packet = await (await world.api(`/v1/media/${media.id}/xmp`)).text();
  expect(packet).toContain("places|France|Paris");
});

test("NAME.xmp is the sidecar of every photo of that name that has none of its own", async () => {
  const world = await World.create();
  for (const key of ["1.jpg", "1.png", "1.b.jpg", "11.jpg"]) await world.put(key, photo(key.length));
  await world.put("1.XMP", packetOf({ description: "both" }));
  await world.put("1.png.xmp", packetOf({ description: "own" }));
  await world.ingest();
  expect((await mediaAt(world, "1.jpg")).sidecar).toEqual({ key: "1.XMP", changed: false });
  expect((await mediaAt(world, "1.jpg")).object_metadata).toEqual({ description: "both" });
  expect((await mediaAt(world, "1.png")).object_metadata).toEqual({ description: "own" });
  expect((await mediaAt(world, "1.b.jpg")).sidecar).toBeNull();
  expect((await mediaAt(world, "11.jpg")).sidecar).toBeNull();
});

test("a sidecar is never a media object, not even with the bytes of one that has moved there", async () => {
  const world = await World.create();
  await world.put("1.jpg", photo());
  await world.ingest();
  await world.put("1.jpg.xmp", photo());
  await world.put("2.xmp", photo(2));
  world.advance(1000);
  const { run } = await world.ingest();
  expect(run.counts).toMatchObject({ new: 0, moved: 0, ignored: 2 });
  expect(await storedKeys()).toEqual(["1.jpg"]);
});

test.each(["1.jpg.xmp", "a/NOTES.XMP"])("an upload of %s is refused", async (key) => {
  const world = await World.create();
  const body = photo();
  const answer = await world.api(`/v1/media?object_key=${key}`, {
    method: "POST",
    body,
    headers: { "Content-Length": String(body.length) },
  });
  expect(answer.status).toBe(415);
  expect(await answer.json()).toMatchObject({
    code: "unsupported_media_type",
    detail:
      "A key that ends in .xmp names a sidecar, which is no photo. Put the sidecar beside the photo in the storage, or send its words as object_metadata with the photo.",
  });
});

test("a sidecar that a listing tells while its photo is processed is not missed", async () => {
  const world = await World.create();
  await world.put("1.jpg", photo());
  await world.put("1.xmp", packetOf({ description: "of all photos of the name" }));
  await world.startIngest();
  await world.deliver(world.outbox.shift());
  const version = await world.put("1.jpg.xmp", packetOf({ description: "A beach" }));
  let isTold = false;
  const bucket = replaced(env.MEDIA_BUCKET, {
    get: async (key: string, options?: R2GetOptions) => {
      const object = await env.MEDIA_BUCKET.get(key, options);
      const seen = [
        { pathKey: "1.jpg.xmp", objectKey: "1.jpg.xmp", version, sizeBytes: 1, lastModified: null },
      ];
      const told = { provider: "main", now: Date.now(), pageMark: null, seen, gone: [] };
      if (!isTold && key === "main/1.xmp") await writeSidecars(world.services().db, told);
      isTold ||= key === "main/1.xmp";
      return object;
    },
  });
  for (const message of world.takeAll()) await world.deliver(message, { bindings: { MEDIA_BUCKET: bucket } });
  expect(await mediaAt(world, "1.jpg")).toMatchObject({
    state: "ready",
    object_metadata: { description: "A beach" },
    sidecar: { key: "1.jpg.xmp", changed: false },
  });
});

test("a sidecar on the page after its photo is taken when the listing is complete", async () => {
  const world = await World.create();
  const others = Array.from({ length: 999 }, (_, index) => `a/${String(index).padStart(3, "0")}.txt`);
  await Promise.all(others.map(async (key) => world.put(key, "x")));
  await world.put("b.jpg", tellingPhoto());
  await world.put("b.jpg.xmp", packetOf({ description: "The sidecar's" }));
  const { run } = await world.ingest();
  expect(run.counts).toMatchObject({ new: 1, ignored: 1000, processed: 1 });
  expect(await mediaAt(world, "b.jpg")).toMatchObject({
    object_metadata: { description: "The sidecar's", keywords: ["file"], rating: 2 },
    revision: 0,
    sidecar: { changed: false },
  });
});

test("words that come with an upload stay, and the sidecar shows that it has others", async () => {
  const world = await World.create();
  await world.put("1.jpg.xmp", packetOf({ description: "The sidecar's", title: "T" }));
  await world.ingest();
  const form = new FormData();
  form.set("object_key", "1.jpg");
  form.set("object_metadata", JSON.stringify({ description: "mine" }));
  form.set("file", new File([photo()], "1.jpg"));
  await world.api("/v1/media", { method: "POST", body: form });
  await world.uploadsSent();
  await world.drain();
  expect(await mediaAt(world, "1.jpg")).toMatchObject({
    state: "ready",
    object_metadata: { description: "mine" },
    sidecar: { key: "1.jpg.xmp", changed: true },
  });
});

test("an upload without words gets those of a sidecar that lies there", async () => {
  const world = await World.create();
  await world.put("1.jpg.xmp", packetOf({ description: "The sidecar's" }));
  await world.ingest();
  const body = photo();
  const headers = { "Content-Length": String(body.length) };
  await world.api("/v1/media?object_key=1.jpg", { method: "POST", body, headers });
  await world.uploadsSent();
  await world.drain();
  expect(await mediaAt(world, "1.jpg")).toMatchObject({
    object_metadata: { description: "The sidecar's" },
    sidecar: { changed: false },
  });
});

test("a field of our namespace that breaks a rule is left out, and the rest is taken", async () => {
  const world = await World.create();
  await world.put("1.jpg", photo());
  await world.put("1.jpg.xmp", packetOf({ "Not a name": 1, rating: 9, roll: 7 }));
  await world.ingest();
  expect(await mediaAt(world, "1.jpg")).toMatchObject({ state: "ready", object_metadata: { roll: 7 } });
});

test.each([
  ["no XMP", "nothing of the kind"],
  ["too large", new Uint8Array(2 * 1024 * 1024 + 1).fill(0x20)],
])("a sidecar that is %s says nothing", async (_what, bytes) => {
  const world = await World.create();
  await world.put("1.jpg", photo());
  await world.put("1.jpg.xmp", bytes);
  const { run } = await world.ingest();
  expect(run.state).toBe("completed");
  const { state, object_metadata: words, sidecar } = await mediaAt(world, "1.jpg");
  expect([state, words, sidecar]).toEqual(["ready", {}, { key: "1.jpg.xmp", changed: false }]);
});

test("with sidecars off nothing is read, and no photo has a sidecar", async () => {
  const provider = { name: "main", type: "r2", binding: "MEDIA_BUCKET", prefix: "main/", sidecars: "off" };
  const world = await World.create({ bindings: { STORAGE_PROVIDERS: JSON.stringify([provider]) } });
  await world.put("1.jpg", photo());
  await world.put("1.jpg.xmp", packetOf({ description: "A beach" }));
  const { run } = await world.ingest();
  expect(run.counts).toMatchObject({ new: 1, ignored: 1 });
  const media = await mediaAt(world, "1.jpg");
  expect([media.object_metadata, media.sidecar]).toEqual([{}, null]);
  expect((await takeSidecar(world, media.id)).status).toBe(404);
});

test("sidecars that are known from before are read no more with sidecars off", async () => {
  const world = await World.create();
  await world.put("1.jpg.xmp", packetOf({ description: "A beach" }));
  await world.ingest();
  const provider = { name: "main", type: "r2", binding: "MEDIA_BUCKET", prefix: "main/", sidecars: "off" };
  world.env.STORAGE_PROVIDERS = JSON.stringify([provider]);
  await world.put("1.jpg", photo());
  world.advance(1000);
  await world.ingest();
  const media = await mediaAt(world, "1.jpg");
  expect([media.object_metadata, media.sidecar]).toEqual([{}, null]);
});
