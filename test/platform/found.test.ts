import "../support/setup.ts";

import { env } from "cloudflare:workers";
import { expect, it } from "vitest";

import { DerivativeStore } from "../../src/storage/r2/derivatives.ts";
import { apiWith } from "../support/http/api.ts";
import { joined, jpegBytes } from "../support/images/index.ts";
import { insertMedia, storeObject } from "../support/records/media.ts";
import { limitedBucket } from "../support/platform/bucket.ts";
import { Invocation } from "../support/platform/invocation.ts";
import { platformMemory } from "../support/platform/memory.ts";
import { replaced } from "../support/records/replaced.ts";
import { World } from "../ingest/support/world.ts";

// What the limits have found in the service when they were written, each by its name.

it("sixty pictures of 5 MiB that are asked for together are shown or put off, and never held together", async () => {
  const picture = joined(jpegBytes({ width: 64, height: 48 }), new Uint8Array(5 * 1024 * 1024));
  const { etag: version } = await storeObject("shared", picture);
  const ids = await Promise.all(
    Array.from({ length: 60 }, async () => (await insertMedia({ version, fileSize: picture.length })).id),
  );
  const MEDIA_BUCKET = replaced(env.MEDIA_BUCKET, {
    // All of them look for room before the first has read a byte.
    get: async (_key: string, options: R2GetOptions) => {
      const object = await env.MEDIA_BUCKET.get("shared", options);
      await scheduler.wait(500);
      return object;
    },
  });
  const responses = await Promise.all(
    ids.map(async (id) => apiWith({ MEDIA_BUCKET }, `/v1/media/${id}/thumbnail`)),
  );
  const statuses = new Set(responses.map((response) => response.status));
  expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([]);
  expect(statuses).toContain(200);
  expect(platformMemory.peakBytes).toBeGreaterThan(5 * 1024 * 1024);
  await Promise.all(responses.map(async (response) => response.body?.cancel()));
});

it("a thousand thumbnails and one more are removed in calls that R2 takes", async () => {
  const keys = Array.from({ length: 1001 }, (_, index) => `id/version/${index}.jpg`);
  await Promise.all(keys.slice(-2).map(async (key) => env.DERIVATIVES_BUCKET.put(key, "x")));
  await new DerivativeStore(limitedBucket(env.DERIVATIVES_BUCKET, new Invocation())).removeKeys(keys);
  expect((await env.DERIVATIVES_BUCKET.list()).objects).toEqual([]);
});

it("a scan of thumbnails holds no more of a bucket that goes on for long behind the last record", async () => {
  const count = 250_000;
  const DERIVATIVES_BUCKET = replaced(env.DERIVATIVES_BUCKET, {
    list: async ({ startAfter = "", limit = 1000 }: R2ListOptions) => {
      const first = startAfter === "" ? 0 : Number.parseInt(startAfter.slice(24, 36), 16) + 1;
      const length = Math.min(limit, count - first);
      const objects = Array.from({ length }, (_, index) => ({
        key: `018cc251-0000-7000-8000-${(first + index).toString(16).padStart(12, "0")}/version-1/512-cover.jpg`,
        uploaded: new Date(0),
      }));
      return { objects, truncated: first + length < count };
    },
    delete: async () => undefined,
  });
  const world = await World.create({ bindings: { DERIVATIVES_BUCKET } });
  const { run } = await world.scan({ thumbnails: true });
  expect(run.state).toBe("completed");
});
