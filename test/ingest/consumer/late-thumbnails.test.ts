import { env } from "cloudflare:workers";
import { expect, test } from "vitest";

import type { IngestMessage } from "../../../src/protocol/messages.ts";
import { allThumbnails } from "../../support/records/derivatives.ts";
import { replaced } from "../../support/records/replaced.ts";
import "../../support/setup.ts";
import { photo } from "../support/photos.ts";
import { rowOf, storedKeys } from "../support/rows.ts";
import { World } from "../support/world.ts";

/** A bucket of thumbnails whose first put is held until something else has come to its end. */
function holding(meanwhile: () => Promise<void>): Partial<Env> {
  let isHeld = false;
  const put = async (key: string, value: Uint8Array, options?: R2PutOptions): Promise<R2Object | null> => {
    if (!isHeld) {
      isHeld = true;
      await meanwhile();
    }
    return env.DERIVATIVES_BUCKET.put(key, value, options);
  };
  return { DERIVATIVES_BUCKET: replaced(env.DERIVATIVES_BUCKET, { put }) };
}

/** A world with one photo that waits, and the message of its chunk. */
async function withChunk(key: string, number: number): Promise<{ world: World; message: IngestMessage }> {
  const world = await World.create();
  await world.put(key, photo(number));
  return { world, message: await chunkOf(world) };
}

/** Starts an ingest and takes its first chunk. */
async function chunkOf(world: World): Promise<IngestMessage> {
  await world.startIngest();
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    if (message.type === "task" && message.task.kind === "process") return message;
    await world.deliver(message);
  }
  throw new Error("the listing queued no chunk");
}

test("a worker that is late with a deleted record leaves no thumbnail", async () => {
  const { world, message } = await withChunk("a.jpg", 0);
  const { id } = await rowOf("a.jpg");
  const bindings = holding(async () => {
    expect((await world.api(`/v1/media/${id}`, { method: "DELETE" })).status).toBe(204);
  });
  expect((await world.deliver(message, { bindings })).acknowledged).toBe(true);
  expect(await storedKeys()).toEqual([]);
  expect(await allThumbnails()).toEqual([]);
});

test("a worker that is late with bytes that were replaced leaves the new picture's thumbnail alone", async () => {
  const { world, message } = await withChunk("a.jpg", 0);
  const bindings = holding(async () => {
    const body = photo(1);
    const headers = { "Content-Length": String(body.length) };
    const path = "/v1/media?object_key=a.jpg&overwrite=true";
    expect((await world.api(path, { method: "POST", body, headers })).status).toBe(200);
    await world.uploadsSent();
    await world.drain();
    expect((await rowOf("a.jpg")).state).toBe("ready");
  });
  await world.deliver(message, { bindings });
  const { id, thumbnail } = await rowOf("a.jpg");
  expect(await allThumbnails()).toEqual([`${id}/${thumbnail}/1024-contain.jpg`]);
});

test("of two workers with the same record the later one leaves the thumbnail where it is", async () => {
  const { world, message } = await withChunk("a.jpg", 0);
  const bindings = holding(async () => void (await world.deliver(message)));
  await world.deliver(message, { bindings });
  const { id, thumbnail, change } = await rowOf("a.jpg");
  expect(change).toBe(1);
  expect(await allThumbnails()).toEqual([`${id}/${thumbnail}/1024-contain.jpg`]);
});

test("a worker that is late with a copy whose place an older record has taken leaves no thumbnail", async () => {
  const world = await World.create();
  await world.put("a.jpg", photo());
  await world.ingest();
  const original = await rowOf("a.jpg");
  world.advance(1000);
  await world.put("b.jpg", photo());
  const message = await chunkOf(world);
  const copy = await rowOf("b.jpg");
  const bindings = holding(async () => {
    await world.coordinator.cancel();
    world.advance(120_000);
    await world.alarm();
    world.takeAll();
    await world.remove("a.jpg");
    expect((await world.ingest()).run.counts.moved).toBe(1);
  });
  await world.deliver(message, { bindings });
  expect(await rowOf("b.jpg")).toMatchObject({ id: original.id, state: "ready" });
  expect(copy.id).not.toBe(original.id);
  expect(await allThumbnails()).toEqual([`${original.id}/${original.thumbnail}/1024-contain.jpg`]);
});

test("a record that goes since its object is gone takes along the thumbnail that was made for its viewer", async () => {
  const { world, message } = await withChunk("a.jpg", 0);
  const { id } = await rowOf("a.jpg");
  const thumbnail = await world.api(`/v1/media/${id}/thumbnail?size=128`);
  expect(thumbnail.status).toBe(200);
  await thumbnail.arrayBuffer();
  expect(await allThumbnails()).toHaveLength(1);
  await world.remove("a.jpg");
  await world.deliver(message);
  expect(await storedKeys()).toEqual([]);
  expect(await allThumbnails()).toEqual([]);
});
