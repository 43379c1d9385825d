import { env } from "cloudflare:workers";
import { expect, test } from "vitest";

import "../../support/setup.ts";
import { photo } from "../support/photos.ts";
import { World } from "../support/world.ts";
import { mediaAt, packetOf, patchWords } from "./support.ts";

const photos = 10;

/** A world with photos, each with a sidecar of two keywords. */
async function withSidecars(sidecars: "read" | "write" = "read"): Promise<World> {
  const provider = { name: "main", type: "r2", binding: "MEDIA_BUCKET", prefix: "main/", sidecars };
  const world = await World.create({ bindings: { STORAGE_PROVIDERS: JSON.stringify([provider]) } });
  for (let index = 0; index < photos; index++) {
    await world.put(`${index}.jpg`, photo(index));
    await world.put(`${index}.jpg.xmp`, packetOf({ keywords: ["beach", "family"] }));
  }
  return world;
}

test("a new photo with a sidecar costs a few rows more than one whose file has the words", async () => {
  const world = await withSidecars();
  const { run } = await world.ingest();
  expect((await mediaAt(world, "0.jpg")).object_metadata).toEqual({ keywords: ["beach", "family"] });
  expect(run.cost.rows_written / photos).toBeLessThanOrEqual(29);
  expect(run.cost.rows_read / photos).toBeLessThanOrEqual(62);
  expect(run.cost.provider_calls).toBe(1 + 2 * photos);
});

test("unchanged sidecars cost a row read each", async () => {
  const world = await withSidecars();
  await world.ingest();
  world.advance(1000);
  const { run } = await world.ingest();
  expect(run.cost.rows_written).toBe(0);
  expect(run.cost.rows_read).toBeLessThanOrEqual(2 * photos + 8);
});

test("a sidecar is written with a look, a read and a write", async () => {
  const world = await withSidecars("write");
  await world.ingest();
  const { id } = await mediaAt(world, "0.jpg");
  await patchWords(world, id, { title: "T" });
  for (let looks = 0; looks < 200 && world.outbox.length === 0; looks++) await scheduler.wait(10);
  world.advance(61_000);
  const calls: string[] = [];
  const bucket = new Proxy(env.MEDIA_BUCKET, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== "function") return method;
      return (...given: unknown[]): unknown => {
        calls.push(String(name));
        return Reflect.apply(method, target, given);
      };
    },
  });
  await world.deliver(world.outbox.shift(), { bindings: { MEDIA_BUCKET: bucket } });
  expect(calls).toEqual(["head", "get", "put"]);
});
