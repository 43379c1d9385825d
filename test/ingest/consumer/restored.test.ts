import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { z } from "zod";

import { mediaOf } from "../../support/http/answers.ts";
import { jpegBytes, xmpPacket } from "../../support/images/index.ts";
import { allThumbnails } from "../../support/records/derivatives.ts";
import { replaced } from "../../support/records/replaced.ts";
import { apartMedia } from "../../support/records/trash.ts";
import "../../support/setup.ts";
import { rowOf, storedKeys } from "../support/rows.ts";
import { World } from "../support/world.ts";

/** A photo that tells a caption. */
function captioned(): Uint8Array {
  const alt = '<rdf:Alt><rdf:li xml:lang="x-default">By the file.</rdf:li></rdf:Alt>';
  return jpegBytes({ width: 8, height: 8, xmp: xmpPacket(`<dc:description>${alt}</dc:description>`) });
}

/** A world with one photo that was processed. */
async function withPhoto(): Promise<{ world: World; id: string }> {
  const world = await World.create();
  await world.put("a.jpg", captioned());
  await world.ingest();
  return { world, id: (await rowOf("a.jpg")).id };
}

async function trash(world: World, id: string): Promise<void> {
  expect((await world.api(`/v1/media/${id}`, { method: "DELETE" })).status).toBe(204);
}

async function restore(world: World, id: string): Promise<void> {
  expect((await world.api(`/v1/media/${id}/restore`, { method: "POST" })).status).toBe(200);
}

async function process(world: World): Promise<void> {
  await world.uploadsSent();
  await world.drain();
}

test("a restored record gets its thumbnail again, with the words and facts that it had", async () => {
  const { world, id } = await withPhoto();
  const before = await mediaOf(await world.api(`/v1/media/${id}`));
  expect(before.object_metadata).toEqual({ description: "By the file." });
  const thumbnails = await allThumbnails();
  await trash(world, id);
  expect(await allThumbnails()).toEqual([]);
  await restore(world, id);
  await process(world);
  const after = await mediaOf(await world.api(`/v1/media/${id}`));
  expect(after).toEqual({ ...before, updated_at: after.updated_at });
  expect(await allThumbnails()).toEqual(thumbnails);
});

test("words that a person has removed are not taken from the file again", async () => {
  const { world, id } = await withPhoto();
  const json = { object_metadata: { description: null } };
  expect((await world.api(`/v1/media/${id}`, { method: "PATCH", json })).status).toBe(200);
  await trash(world, id);
  await restore(world, id);
  await process(world);
  expect(await rowOf("a.jpg")).toMatchObject({ id, state: "ready", metadata: "{}", revision: 1 });
});

test("history goes on where it was", async () => {
  const { world, id } = await withPhoto();
  const edit = async (description: string): Promise<void> => {
    const json = { object_metadata: { description } };
    expect((await world.api(`/v1/media/${id}`, { method: "PATCH", json })).status).toBe(200);
  };
  await edit("first");
  await trash(world, id);
  await restore(world, id);
  await edit("second");
  const { results } = await env.DB.prepare("SELECT revision FROM media_revisions WHERE media_id = ?")
    .bind(id)
    .all();
  expect(z.array(z.object({ revision: z.int() })).parse(results)).toEqual([{ revision: 1 }, { revision: 2 }]);
});

test("a restored record whose message was lost is put to work by the next ingest", async () => {
  const { world, id } = await withPhoto();
  await trash(world, id);
  world.queueIsDown = true;
  await restore(world, id);
  await world.uploadsSent();
  world.queueIsDown = false;
  world.takeAll();
  expect(await rowOf("a.jpg")).toMatchObject({ id, state: "pending" });
  world.advance(60_000);
  await world.ingest();
  expect(await rowOf("a.jpg")).toMatchObject({ id, state: "ready" });
  expect(await allThumbnails()).toHaveLength(1);
});

test("a worker that is late with a record that goes into the trash changes nothing there, and leaves no thumbnail", async () => {
  const { world, id } = await withPhoto();
  await trash(world, id);
  await restore(world, id);
  await world.uploadsSent();
  const [message] = world.takeAll();
  let isHeld = false;
  const put = async (key: string, value: Uint8Array): Promise<R2Object | null> => {
    if (!isHeld) await trash(world, id);
    isHeld = true;
    return env.DERIVATIVES_BUCKET.put(key, value);
  };
  const bindings = { DERIVATIVES_BUCKET: replaced(env.DERIVATIVES_BUCKET, { put }) };
  expect((await world.deliver(message, { bindings })).acknowledged).toBe(true);
  expect(await storedKeys()).toEqual([]);
  expect(await apartMedia(id)).toMatchObject({ state: "pending" });
  expect(await allThumbnails()).toEqual([]);
});

test("a restored record whose object goes before its turn keeps its words, and is missing", async () => {
  const { world, id } = await withPhoto();
  await trash(world, id);
  await restore(world, id);
  await world.remove("a.jpg");
  await process(world);
  expect(await rowOf("a.jpg")).toMatchObject({
    id,
    missing: true,
    metadata: '{"description":"By the file."}',
  });
});
