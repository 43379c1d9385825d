import { env } from "cloudflare:workers";
import { expect, test } from "vitest";

import { readPacket } from "../../../src/metadata/packet/read.ts";
import "../../support/setup.ts";
import { photo } from "../support/photos.ts";
import { restore, trash } from "../support/trash.ts";
import { World } from "../support/world.ts";
import { foreignSidecar, mediaAt, patchWords } from "./support.ts";

const minute = 61_000;
const words = { description: "A beach", keywords: ["sea"], rating: 4 };

/** A world whose provider has its sidecars written, with a photo that was taken in. */
async function writingWorld(): Promise<{ world: World; id: string }> {
  const provider = { name: "main", type: "r2", binding: "MEDIA_BUCKET", prefix: "main/", sidecars: "write" };
  const world = await World.create({ bindings: { STORAGE_PROVIDERS: JSON.stringify([provider]) } });
  await world.put("1.jpg", photo());
  await world.ingest();
  world.advance(1000);
  return { world, id: (await mediaAt(world, "1.jpg")).id };
}

/** Waits for the message that a request sends after its answer, lets a minute go by and has written what is due. */
async function write(world: World): Promise<void> {
  for (let looks = 0; looks < 200 && world.outbox.length === 0; looks++) await scheduler.wait(10);
  world.advance(minute);
  await world.drain();
}

async function storedWords(key: string): Promise<unknown> {
  const text = await (await env.MEDIA_BUCKET.get(`main/${key}`))?.text();
  return readPacket(new TextEncoder().encode(text ?? ""))?.own ?? null;
}

test("another photo that comes to the place of one in the trash gets none of its words", async () => {
  const { world, id } = await writingWorld();
  await patchWords(world, id, words);
  await write(world);
  await trash(world, id);
  await world.put("1.jpg", photo(2));
  world.advance(1000);
  await world.ingest();
  const second = await mediaAt(world, "1.jpg");
  expect(second.id).not.toBe(id);
  expect([second.object_metadata, second.sidecar?.changed]).toEqual([{}, false]);
});

test("an upload over a photo in the trash gets none of its words, not even when that is gone for good", async () => {
  const { world, id } = await writingWorld();
  await world.put("1.jpg.xmp", foreignSidecar({ description: "of the first" }));
  await world.ingest();
  await trash(world, id);
  world.advance(1000);
  const answer = await world.api("/v1/media?object_key=1.jpg&overwrite=true", {
    method: "POST",
    headers: { "Content-Type": "image/jpeg", "Content-Length": String(photo(2).length) },
    body: photo(2),
  });
  expect(answer.status).toBe(201);
  await world.uploadsSent();
  await world.drain();
  const second = await mediaAt(world, "1.jpg");
  expect([second.object_metadata, second.sidecar?.changed]).toEqual([{}, false]);
  expect((await world.api(`/v1/media/${id}?permanent=true`, { method: "DELETE" })).status).toBe(204);
  for (const [from, to] of [
    ["1.jpg", "2.jpg"],
    ["2.jpg", "1.jpg"],
  ] as const) {
    await world.put(to, photo(2));
    await world.remove(from);
    world.advance(1000);
    await world.ingest();
  }
  const left = await mediaAt(world, "1.jpg");
  expect([left.id, left.object_metadata, left.sidecar?.changed]).toEqual([second.id, {}, false]);
});

test("a photo that comes back from the trash has its sidecar again", async () => {
  const { world, id } = await writingWorld();
  await patchWords(world, id, words);
  await write(world);
  await trash(world, id);
  world.advance(1000);
  expect((await world.ingest()).run.cost).toMatchObject({ rows_written: 0 });
  await restore(world, id);
  await write(world);
  world.advance(1000);
  await world.ingest();
  expect(await mediaAt(world, "1.jpg")).toMatchObject({
    object_metadata: words,
    revision: 1,
    sidecar: { key: "1.jpg.xmp", changed: false },
  });
  expect(await storedWords("1.jpg.xmp")).toEqual(words);
  expect((await world.api(`/v1/media/${id}?permanent=true`, { method: "DELETE" })).status).toBe(204);
  expect(await env.MEDIA_BUCKET.head("main/1.jpg.xmp")).toBeNull();
});
