import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { z } from "zod";

import "../../support/setup.ts";
import { photo } from "../support/photos.ts";
import { World } from "../support/world.ts";
import { mediaAt, patchWords } from "./support.ts";

const answer = z.object({ queued: z.number(), next_cursor: z.string().nullable() });

/** A world with photos that have words, taken in before its provider has had its sidecars written. */
async function describedWorld(keys: readonly string[]): Promise<World> {
  const provider = { name: "main", type: "r2", binding: "MEDIA_BUCKET", prefix: "main/" };
  const world = await World.create();
  for (const [index, key] of keys.entries()) await world.put(key, photo(index));
  await world.ingest();
  for (const key of keys) await patchWords(world, (await mediaAt(world, key)).id, { title: key });
  world.env.STORAGE_PROVIDERS = JSON.stringify([{ ...provider, sidecars: "write" }]);
  return world;
}

async function ask(world: World, json: unknown): Promise<Response> {
  return world.api("/v1/sidecars", { method: "POST", json });
}

async function sidecarKeys(): Promise<string[]> {
  const { objects } = await env.MEDIA_BUCKET.list({ prefix: "main/" });
  return objects.map(({ key }) => key.slice("main/".length)).filter((key) => key.endsWith(".xmp"));
}

test("the sidecars of a filter are written, and of nobody else", async () => {
  const world = await describedWorld(["a/1.jpg", "a/2.jpg", "b/3.jpg"]);
  const asked = await ask(world, { filter: { prefix: "a/" } });
  expect(asked.status).toBe(202);
  expect(answer.parse(await asked.json())).toEqual({ queued: 2, next_cursor: null });
  expect(await sidecarKeys()).toEqual([]);
  world.advance(61_000);
  await world.drain();
  expect(await sidecarKeys()).toEqual(["a/1.jpg.xmp", "a/2.jpg.xmp"]);
  expect(answer.parse(await (await ask(world, { all: true })).json()).queued).toBe(3);
  world.advance(61_000);
  await world.drain();
  expect(await sidecarKeys()).toEqual(["a/1.jpg.xmp", "a/2.jpg.xmp", "b/3.jpg.xmp"]);
  world.advance(1000);
  expect((await world.ingest()).run.cost.rows_written).toBe(0);
});

test("more than a message can write go through several", async () => {
  const keys = Array.from({ length: 60 }, (_, index) => `${String(index).padStart(2, "0")}.jpg`);
  const world = await describedWorld(keys);
  await ask(world, { all: true });
  world.advance(61_000);
  const messages = await world.drain();
  expect(messages).toHaveLength(2);
  expect(await sidecarKeys()).toEqual(keys.map((key) => `${key}.xmp`));
});

test.each([{}, { filter: {} }, { filter: { missing: "false" } }])(
  "%j selects everything by mistake",
  async (body) => {
    const world = await describedWorld([]);
    expect((await ask(world, body)).status).toBe(422);
  },
);

test("a cursor of another request is refused", async () => {
  const world = await describedWorld([]);
  const refused = await ask(world, { all: true, cursor: "none" });
  expect(refused.status).toBe(422);
  expect(await refused.json()).toMatchObject({ errors: [{ path: "cursor" }] });
});

test("where no provider has its sidecars written the request is refused", async () => {
  const world = await World.create();
  const refused = await ask(world, { all: true });
  expect(refused.status).toBe(409);
  expect(await refused.json()).toMatchObject({ code: "read_only_provider" });
});
