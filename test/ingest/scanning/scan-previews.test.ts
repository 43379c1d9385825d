import { env } from "cloudflare:workers";
import { expect, test } from "vitest";

import type { FoundPictures, PictureQuery, PlacedPicture } from "../../../src/protocol/picture-finder.ts";
import { jpegBytes, pngBytes, xmpPacket } from "../../support/images/index.ts";
import { replaced } from "../../support/records/replaced.ts";
import "../../support/setup.ts";
import { rowOf, thumbnailKeys } from "../support/rows.ts";
import { World } from "../support/world.ts";

const photo = jpegBytes({
  width: 40,
  height: 20,
  xmp: xmpPacket("<dc:subject><rdf:Bag><rdf:li>beach</rdf:li></rdf:Bag></dc:subject>"),
});

/** A photo whose record, and whose square, are what a version before previews has made of it. */
async function withSquare(name = "a.jpg", bytes: Uint8Array = photo): Promise<World> {
  const world = await World.create();
  await world.put(name, bytes);
  await world.ingest();
  await env.DERIVATIVES_BUCKET.delete(await thumbnailKeys());
  await env.DB.prepare("UPDATE media_objects SET thumbnail_version = 'old-2'").run();
  const { id } = await rowOf(name);
  await env.DERIVATIVES_BUCKET.put(`${id}/old-2/512-cover.jpg`, "the old square");
  world.advance(60_000);
  return world;
}

/** Originals with their reads counted. */
function countedOriginals(): { readonly reads: string[]; readonly bucket: R2Bucket } {
  const reads: string[] = [];
  const get = async (key: string, options?: R2GetOptions): Promise<unknown> => {
    reads.push(key);
    return env.MEDIA_BUCKET.get(key, options);
  };
  return { reads, bucket: replaced(env.MEDIA_BUCKET, { get }) };
}

/** Hands out what a scan sends, with these bindings. */
async function drain(world: World, bindings: Partial<Env>): Promise<void> {
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    expect(await world.deliver(message, { bindings })).toMatchObject({ acknowledged: true });
  }
}

test("a record of a time before previews shows its square until it has a preview, by one read of its original", async () => {
  const world = await withSquare();
  const { id } = await rowOf("a.jpg");
  const { reads, bucket } = countedOriginals();
  const run = await world.startScan({ thumbnails: true });
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    const shown = await world.api(`/v1/media/${id}/thumbnail?v=old-2`);
    expect(await shown.text()).toBe("the old square");
    await world.deliver(message, { bindings: { MEDIA_BUCKET: bucket } });
  }
  expect((await world.run(run.id)).counts).toMatchObject({ scanned: 1, queued: 1, processed: 1 });
  const { thumbnail, state } = await rowOf("a.jpg");
  expect(state).toBe("ready");
  expect(thumbnail).toMatch(/-3$/);
  expect(await thumbnailKeys()).toEqual([`${id}/${thumbnail}/1024-contain.jpg`]);
  expect(reads).toHaveLength(1);
  expect((await world.scan({ thumbnails: true })).run.counts).toMatchObject({ scanned: 1, queued: 0 });
});

test("a record of a provider that is not configured any more stays ready, since nobody can read its original", async () => {
  const world = await withSquare();
  world.env.STORAGE_PROVIDERS = JSON.stringify([{ name: "other", type: "r2", binding: "MEDIA_BUCKET" }]);
  const { run } = await world.scan({ thumbnails: true });
  expect(run.counts).toMatchObject({ scanned: 1, queued: 0 });
  expect(await rowOf("a.jpg")).toMatchObject({ state: "ready", thumbnail: "old-2" });
});

test("a preview that was made on first use of an older version does not do", async () => {
  const world = await withSquare();
  const { id } = await rowOf("a.jpg");
  await (await world.api(`/v1/media/${id}/thumbnail?size=256&fit=contain`)).body?.cancel();
  expect(await thumbnailKeys()).toEqual([`${id}/old-2/1024-contain.jpg`, `${id}/old-2/512-cover.jpg`]);
  expect((await world.scan({ thumbnails: true })).run.counts).toMatchObject({ queued: 1, processed: 1 });
  const { thumbnail } = await rowOf("a.jpg");
  expect(await thumbnailKeys()).toEqual([`${id}/${thumbnail}/1024-contain.jpg`]);
});

test("a scan for thumbnails and facts reads an original once, and takes the words that the record lacks", async () => {
  const world = await withSquare();
  await env.DB.prepare(
    "UPDATE media_objects SET facts_version = 0, object_metadata = '{}', folded_keywords = '[]'",
  ).run();
  const { reads, bucket } = countedOriginals();
  const run = await world.startScan({ thumbnails: true, facts: true });
  await drain(world, { MEDIA_BUCKET: bucket });
  expect(reads).toHaveLength(1);
  expect((await world.run(run.id)).counts).toMatchObject({ queued: 1, processed: 1 });
  expect(await rowOf("a.jpg")).toMatchObject({ metadata: '{"keywords":["beach"]}', revision: 0 });
  expect((await world.scan({ facts: true })).run.counts).toMatchObject({ queued: 0 });
});

test("a scan for thumbnails alone adds no words", async () => {
  const world = await withSquare();
  await env.DB.prepare("UPDATE media_objects SET facts_version = 0, object_metadata = '{}'").run();
  await world.scan({ thumbnails: true });
  expect(await rowOf("a.jpg")).toMatchObject({ metadata: "{}" });
  expect((await world.scan({ facts: true })).run.counts).toMatchObject({ queued: 1 });
  expect(await rowOf("a.jpg")).toMatchObject({ metadata: '{"keywords":["beach"]}' });
});

test("a scan for facts alone leaves a sound record of a time before previews its square", async () => {
  const world = await withSquare("a.png", await pngBytes({ width: 8, height: 8 }));
  await env.DB.prepare("UPDATE media_objects SET facts_version = 1").run();
  await world.scan({ facts: true });
  expect(await rowOf("a.png")).toMatchObject({ thumbnail: "old-2" });
});

test("a record that is missing keeps its square", async () => {
  const world = await withSquare();
  await env.DB.prepare("UPDATE media_objects SET missing_since = 5").run();
  expect((await world.scan({ thumbnails: true })).run.counts).toMatchObject({ queued: 0 });
  expect(await thumbnailKeys()).toHaveLength(1);
});

test("a photo that moves keeps the version of its square", async () => {
  const world = await withSquare();
  await world.put("b.jpg", photo);
  await world.remove("a.jpg");
  expect((await world.ingest()).run.counts).toMatchObject({ moved: 1, queued: 0 });
  expect(await rowOf("b.jpg")).toMatchObject({ thumbnail: "old-2", state: "ready" });
});

test("the last page of a scan for thumbnails has the index of pictures built anew, and no other", async () => {
  const world = await withSquare();
  let rebuilt = 0;
  const index = env.PICTURE_INDEX.getByName("pictures");
  const pictures = {
    place: async (placed: readonly PlacedPicture[]): Promise<void> => index.place(placed),
    find: async (queries: readonly PictureQuery[]): Promise<FoundPictures> => index.find(queries),
    rebuild: async (): Promise<void> => void (rebuilt += 1),
  };
  const PICTURE_INDEX = replaced(env.PICTURE_INDEX, { getByName: () => pictures });
  await world.startScan({ thumbnails: true, facts: true });
  await drain(world, { PICTURE_INDEX });
  expect(rebuilt).toBe(1);
  await world.startScan({ facts: true });
  await drain(world, { PICTURE_INDEX });
  expect(rebuilt).toBe(1);
});
