import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { z } from "zod";

import { pngBytes, tiffBytes } from "../../support/images/index.ts";
import "../../support/setup.ts";
import { photo } from "../support/photos.ts";
import { rowOf, thumbnailKeys } from "../support/rows.ts";
import { World } from "../support/world.ts";

/** Makes a record what an older version has left behind whose decoder made another picture of the file. */
async function withOldPicture(key: string, bytes: Uint8Array, changes: string): Promise<World> {
  const world = await World.create();
  await world.put(key, bytes);
  await world.ingest();
  const { thumbnailVersion } = storedVersion.parse(await versionOf());
  for (const stored of await thumbnailKeys()) {
    await env.DERIVATIVES_BUCKET.put(stored.replace(thumbnailVersion, "older-1"), "another picture");
    await env.DERIVATIVES_BUCKET.delete(stored);
  }
  await env.DB.prepare(`UPDATE media_objects SET facts_version = 1, ${changes}`).run();
  return world;
}

const storedVersion = z.object({ thumbnailVersion: z.string() });

async function versionOf() {
  return env.DB.prepare("SELECT thumbnail_version AS thumbnailVersion FROM media_objects").first();
}

test("a picture whose decoder was mended is made anew, under another version", async () => {
  const world = await withOldPicture(
    "a.png",
    await pngBytes({ width: 8, height: 8 }),
    "thumbnail_version = 'older-1'",
  );
  expect((await world.scan({ facts: true })).run.counts).toMatchObject({ queued: 1, processed: 1 });
  const { thumbnailVersion } = storedVersion.parse(await versionOf());
  expect(thumbnailVersion).toMatch(/-3$/);
  const { id } = await rowOf("a.png");
  expect(await thumbnailKeys()).toEqual([`${id}/${thumbnailVersion}/1024-contain.jpg`]);
});

test("a file that a decoder which was mended has called damaged gets its picture", async () => {
  const changes = "state = 'failed', error_code = 'corrupt', error_detail = '', thumbnail_version = NULL";
  const world = await withOldPicture("a.tif", tiffBytes({ width: 8, height: 8 }), changes);
  expect((await world.scan({ facts: true })).run.counts).toMatchObject({ queued: 1, processed: 1 });
  expect(await rowOf("a.tif")).toMatchObject({ state: "ready", error: null });
});

test("a picture that comes out as before keeps its thumbnail", async () => {
  const world = await withOldPicture("a.jpg", photo(), "thumbnail_version = 'older-1'");
  await world.scan({ facts: true });
  expect(await versionOf()).toEqual({ thumbnailVersion: "older-1" });
});
