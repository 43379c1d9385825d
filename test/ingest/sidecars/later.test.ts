import { expect, test } from "vitest";

import "../../support/setup.ts";
import { photo } from "../support/photos.ts";
import { exhausted, World } from "../support/world.ts";
import { foreignSidecar, listedKeys, mediaAt, packetOf, patchWords, takeSidecar } from "./support.ts";

/** A world in which a photo and its sidecar were taken in. */
async function withSidecar(words: Readonly<Record<string, unknown>>): Promise<World> {
  const world = await World.create();
  await world.put("1.jpg", photo());
  await world.put("1.jpg.xmp", packetOf(words));
  await world.ingest();
  world.advance(1000);
  return world;
}

test("an ingest of unchanged sidecars writes nothing and reads none", async () => {
  const world = await withSidecar({ description: "A beach" });
  await world.ingest();
  world.advance(1000);
  const { run } = await world.ingest();
  expect(run.cost).toMatchObject({ rows_written: 0, provider_calls: 1, messages: 2 });
});

test("a sidecar that is read with its photo is not read again", async () => {
  const world = await World.create();
  await world.put("1.jpg", photo());
  await world.put("1.jpg.xmp", packetOf({ description: "A beach" }));
  const { run } = await world.ingest();
  // The listing, the photo and the sidecar.
  expect(run.cost.provider_calls).toBe(3);
});

test("a sidecar that comes later is taken where nobody has written anything, without a revision", async () => {
  const world = await World.create();
  await world.put("1.jpg", photo());
  await world.ingest();
  const before = await mediaAt(world, "1.jpg");
  await world.put("1.jpg.xmp", packetOf({ description: "A beach", keywords: ["sea"] }));
  world.advance(1000);
  await world.ingest();
  const after = await mediaAt(world, "1.jpg");
  expect(after).toMatchObject({
    object_metadata: { description: "A beach", keywords: ["sea"] },
    revision: 0,
    sidecar: { key: "1.jpg.xmp", changed: false },
  });
  expect(after.updated_at > before.updated_at).toBe(true);
  expect(await listedKeys(world, "keyword=sea")).toEqual(["1.jpg"]);
});

test("a sidecar that changes is taken where the words are those of the sidecar before", async () => {
  const world = await withSidecar({ description: "before", title: "stays" });
  await world.put("1.jpg.xmp", packetOf({ description: "after" }));
  await world.ingest();
  expect(await mediaAt(world, "1.jpg")).toMatchObject({
    object_metadata: { description: "after", title: "stays" },
    revision: 0,
    sidecar: { changed: false },
  });
});

test("a sidecar that changes beside a person's words is shown and found, and taken when a person says so", async () => {
  const world = await withSidecar({ description: "before" });
  await world.put("2.jpg", photo(2));
  const { id } = await mediaAt(world, "1.jpg");
  await patchWords(world, id, { description: "mine", note: "kept" });
  await world.put("1.jpg.xmp", packetOf({ description: "after", title: "T" }));
  await world.ingest();
  const shown = await mediaAt(world, "1.jpg");
  expect(shown).toMatchObject({
    object_metadata: { description: "mine", note: "kept" },
    revision: 1,
    sidecar: { key: "1.jpg.xmp", changed: true },
  });
  expect(await listedKeys(world, "has=sidecar_change")).toEqual(["1.jpg"]);
  expect(await listedKeys(world, "has=sidecar_change&has=description")).toEqual(["1.jpg"]);
  expect(await listedKeys(world, "has=sidecar_change&without=description")).toEqual([]);
  expect(await listedKeys(world, "without=sidecar_change")).toEqual(["2.jpg"]);
  const taken = await takeSidecar(world, id, { "If-Match": '"1-0"' });
  expect(taken.status).toBe(200);
  expect(await taken.json()).toMatchObject({
    object_metadata: { description: "after", note: "kept", title: "T" },
    revision: 2,
    sidecar: { key: "1.jpg.xmp", changed: false },
  });
  expect(await listedKeys(world, "has=sidecar_change")).toEqual([]);
  world.advance(1000);
  await world.ingest();
  expect((await mediaAt(world, "1.jpg")).sidecar?.changed).toBe(false);
});

test("a new version of a sidecar with the same words is no change", async () => {
  const world = await withSidecar({ description: "same" });
  const { id } = await mediaAt(world, "1.jpg");
  await patchWords(world, id, { description: "mine" });
  const tag = (await world.api(`/v1/media/${id}`)).headers.get("ETag");
  const rewritten = packetOf({ description: "same" }).replace(
    "</rdf:RDF>",
    '<rdf:Description rdf:about="" xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" crs:Exposure="1"/></rdf:RDF>',
  );
  await world.put("1.jpg.xmp", rewritten);
  await world.ingest();
  expect((await world.api(`/v1/media/${id}`)).headers.get("ETag")).toBe(tag);
});

test("a sidecar that says what the record says already is no change", async () => {
  const world = await withSidecar({ description: "before" });
  const { id } = await mediaAt(world, "1.jpg");
  await patchWords(world, id, { description: "mine" });
  await world.put("1.jpg.xmp", packetOf({ description: "mine" }));
  await world.ingest();
  expect((await mediaAt(world, "1.jpg")).sidecar?.changed).toBe(false);
});

test("a sidecar that goes back to the words that were read is no change any more", async () => {
  const world = await withSidecar({ description: "before" });
  const { id } = await mediaAt(world, "1.jpg");
  await patchWords(world, id, { description: "mine" });
  await world.put("1.jpg.xmp", packetOf({ description: "after" }));
  await world.ingest();
  await world.put("1.jpg.xmp", packetOf({ description: "before" }));
  world.advance(1000);
  await world.ingest();
  expect((await mediaAt(world, "1.jpg")).sidecar).toEqual({ key: "1.jpg.xmp", changed: false });
});

test("another date in a sidecar is a change, which is taken with the words", async () => {
  const world = await withSidecar({ description: "before" });
  const { id } = await mediaAt(world, "1.jpg");
  await patchWords(world, id, { description: "mine" });
  const attributes = 'exif:DateTimeOriginal="2021-05-06T07:08:09"';
  await world.put("1.jpg.xmp", foreignSidecar({ attributes }));
  await world.ingest();
  expect(await mediaAt(world, "1.jpg")).toMatchObject({ taken: null, sidecar: { changed: true } });
  expect(await (await takeSidecar(world, id)).json()).toMatchObject({
    object_metadata: { description: "mine" },
    revision: 1,
    taken: { at: "2021-05-06T07:08:09.000", source: "xmp" },
    sidecar: { changed: false },
  });
});

test("a date of a sidecar outlives another reading of the facts of the file", async () => {
  const world = await World.create();
  await world.put("1.jpg", photo());
  await world.put("1.jpg.xmp", foreignSidecar({ attributes: 'exif:DateTimeOriginal="2021-05-06T07:08:09"' }));
  await world.ingest();
  const { id } = await mediaAt(world, "1.jpg");
  await world.env.DB.prepare("UPDATE media_objects SET facts_version = 0").run();
  world.advance(1000);
  await world.scan({ facts: true });
  expect((await mediaAt(world, "1.jpg")).taken?.at).toBe("2021-05-06T07:08:09.000");
  await world.api(`/v1/media/${id}/process`, { method: "POST" });
  await world.uploadsSent();
  await world.drain();
  expect((await mediaAt(world, "1.jpg")).taken?.at).toBe("2021-05-06T07:08:09.000");
});

test("a sidecar that is gone is shown no more, and its words stay", async () => {
  const world = await withSidecar({ description: "A beach" });
  await world.put("1.xmp", packetOf({ description: "A beach" }));
  await world.remove("1.jpg.xmp");
  await world.ingest();
  expect((await mediaAt(world, "1.jpg")).sidecar).toEqual({ key: "1.xmp", changed: false });
  await world.remove("1.xmp");
  world.advance(1000);
  await world.ingest();
  expect(await mediaAt(world, "1.jpg")).toMatchObject({
    object_metadata: { description: "A beach" },
    sidecar: null,
  });
  const { id } = await mediaAt(world, "1.jpg");
  expect((await takeSidecar(world, id)).status).toBe(404);
});

test("a photo that moves leaves its sidecar behind, and one that moves with it is no change", async () => {
  const world = await withSidecar({ description: "before" });
  const { id } = await mediaAt(world, "1.jpg");
  await patchWords(world, id, { description: "mine" });
  await world.put("b/1.jpg", photo());
  await world.remove("1.jpg");
  await world.ingest();
  expect(await mediaAt(world, "b/1.jpg")).toMatchObject({ id, sidecar: null });
  await world.put("b/1.jpg.xmp", packetOf({ description: "before" }));
  await world.remove("1.jpg.xmp");
  world.advance(1000);
  await world.ingest();
  expect((await mediaAt(world, "b/1.jpg")).sidecar).toEqual({ key: "b/1.jpg.xmp", changed: false });
});

test("a photo that comes to lie beside a sidecar that is known gets its words", async () => {
  const world = await World.create();
  await world.put("1.jpg", photo());
  await world.put("b/1.jpg.xmp", packetOf({ description: "A beach" }));
  await world.ingest();
  await world.put("b/1.jpg", photo());
  await world.remove("1.jpg");
  world.advance(1000);
  await world.ingest();
  expect(await mediaAt(world, "b/1.jpg")).toMatchObject({
    object_metadata: { description: "A beach" },
    sidecar: { key: "b/1.jpg.xmp", changed: false },
  });
});

test("taking a sidecar is refused where somebody has edited since, and where there is none", async () => {
  const world = await withSidecar({ description: "before" });
  const { id } = await mediaAt(world, "1.jpg");
  await patchWords(world, id, { description: "mine" });
  expect((await takeSidecar(world, id, { "If-Match": '"0-1"' })).status).toBe(412);
  const unknown = await takeSidecar(world, "0198c0de-0000-7000-8000-000000000000");
  expect(unknown.status).toBe(404);
  expect(await unknown.json()).toMatchObject({ code: "resource_not_found" });
});

test("taking a sidecar reads it as it is now, before any listing has told the new version", async () => {
  const world = await withSidecar({ description: "before" });
  const { id } = await mediaAt(world, "1.jpg");
  await world.put("1.jpg.xmp", packetOf({ description: "now" }));
  expect(await (await takeSidecar(world, id)).json()).toMatchObject({
    object_metadata: { description: "now" },
    revision: 1,
  });
});

test("very many sidecars that come later are taken page by page", async () => {
  const world = await World.create();
  const names = Array.from({ length: 120 }, (_, index) => `${index}.jpg`);
  for (const [index, name] of names.entries()) await world.put(name, photo(index));
  for (const name of ["x.jpg", "x.png", "x.gif"]) await world.put(name, photo(names.length));
  await world.ingest();
  for (const name of names) await world.put(`${name}.xmp`, packetOf({ description: name }));
  await world.put("x.xmp", packetOf({ description: "x" }));
  world.advance(1000);
  const { messages } = await world.ingest();
  for (const name of names.slice(110))
    expect((await mediaAt(world, name)).object_metadata).toEqual({ description: name });
  expect((await mediaAt(world, "x.png")).object_metadata).toEqual({ description: "x" });
  const tasks = messages.filter((message) => message.type === "task" && message.task.kind === "sidecars");
  expect(tasks).toHaveLength(3);
  world.advance(1000);
  expect((await world.ingest()).run.cost.rows_written).toBe(0);
});

test("a sidecar beside which very many photos lie that it is not of holds nobody up", async () => {
  const world = await World.create();
  // What follows the dot is no extension.
  for (let index = 100; index < 155; index++) await world.put(`x.p ${index}`, photo(index));
  await world.put("x.png", photo());
  await world.ingest();
  await world.put("x.xmp", packetOf({ description: "x" }));
  world.advance(1000);
  const { id } = await world.startIngest();
  for (let left = 20; left > 0 && world.outbox.length > 0; left--) await world.deliver(world.outbox.shift());
  expect((await world.run(id)).state).toBe("completed");
  expect((await mediaAt(world, "x.png")).object_metadata).toEqual({ description: "x" });
  expect((await mediaAt(world, "x.p 100")).sidecar).toBeNull();
  world.advance(1000);
  expect((await world.ingest()).run.cost.rows_written).toBe(0);
});

test("a page of sidecars that cannot be read is left to the next ingest, and the run ends", async () => {
  const world = await World.create();
  await world.put("1.jpg", photo());
  await world.ingest();
  await world.put("1.jpg.xmp", packetOf({ description: "A beach" }));
  world.advance(1000);
  const { id } = await world.startIngest();
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    const isDead = message.type === "task" && message.task.kind === "sidecars";
    await world.deliver(message, isDead ? { attempts: exhausted } : {});
  }
  expect(await world.run(id)).toMatchObject({ state: "completed_with_errors" });
  expect((await mediaAt(world, "1.jpg")).object_metadata).toEqual({});
  world.advance(1000);
  await world.ingest();
  expect((await mediaAt(world, "1.jpg")).object_metadata).toEqual({ description: "A beach" });
});

test("a task for sidecars that is handled twice does no more than once", async () => {
  const world = await World.create();
  await world.put("1.jpg", photo());
  await world.ingest();
  await world.put("1.jpg.xmp", packetOf({ description: "A beach" }));
  world.advance(1000);
  await world.startIngest();
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    await world.deliver(message);
    await world.deliver(message);
  }
  expect(await mediaAt(world, "1.jpg")).toMatchObject({
    object_metadata: { description: "A beach" },
    revision: 0,
  });
});

test("a date of a sidecar that was gone for a while is there again with it", async () => {
  const world = await World.create();
  const sidecar = foreignSidecar({ attributes: 'exif:DateTimeOriginal="2021-05-06T07:08:09"' });
  await world.put("1.jpg", photo());
  await world.put("1.jpg.xmp", sidecar);
  await world.ingest();
  await world.remove("1.jpg.xmp");
  world.advance(1000);
  await world.ingest();
  await world.env.DB.prepare("UPDATE media_objects SET facts_version = 0").run();
  world.advance(1000);
  await world.scan({ facts: true });
  expect((await mediaAt(world, "1.jpg")).taken).toBeNull();
  await world.put("1.jpg.xmp", sidecar);
  world.advance(1000);
  await world.ingest();
  expect((await mediaAt(world, "1.jpg")).taken?.at).toBe("2021-05-06T07:08:09.000");
});

test("a change of a sidecar is found by a search and counted in a timeline as well", async () => {
  const world = await withSidecar({ description: "before", taken_at: "1962" });
  await world.put("2.jpg", photo(2));
  const { id } = await mediaAt(world, "1.jpg");
  await patchWords(world, id, { description: "mine" });
  await world.put("1.jpg.xmp", packetOf({ description: "after" }));
  await world.ingest();
  const found = await world.api("/v1/search?q=mine&has=sidecar_change");
  expect(await found.json()).toMatchObject({ items: [{ id }] });
  expect(await (await world.api("/v1/search?q=mine&without=sidecar_change")).json()).toMatchObject({
    items: [],
  });
  const periods = await world.api("/v1/timeline?by=year&has=sidecar_change");
  expect(await periods.json()).toMatchObject({ items: [{ count: 1 }] });
  expect(await listedKeys(world, "has=sidecar_change&sort=taken_at&order=desc")).toEqual(["1.jpg"]);
  expect(await listedKeys(world, "has=sidecar_change&shuffle=true&seed=1")).toEqual(["1.jpg"]);
});
