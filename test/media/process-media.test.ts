import "../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { thumbHashToApproximateAspectRatio } from "thumbhash";

import { findMedia } from "../../src/db/media/reads.ts";
import { intrinsicFacts } from "../../src/db/media/record.ts";
import { processMedia } from "../../src/media/processing/process.ts";
import { createServices } from "../../src/services.ts";
import { isolateMemory, maxFileBytes } from "../../src/thumbnail/budget.ts";
import { joined, jpegBytes, testImage, xmpPacket } from "../support/images/index.ts";
import {
  insertMedia,
  insertStored,
  storedMedia,
  storeObject,
  type MediaContent,
} from "../support/records/media.ts";
import { limitedEnv } from "../support/platform/env.ts";
import { failingDatabase } from "../support/records/database.ts";
import { replaced } from "../support/records/replaced.ts";

const waiting = {
  state: "pending",
  change: 0,
  width: null,
  height: null,
  orientation: null,
} as const satisfies MediaContent;

/** Processes a record as the consumer does, with some variables replaced, and answers the row after it. */
async function processed(id: string, variables: Partial<Env> = {}): ReturnType<typeof storedMedia> {
  const bindings = limitedEnv({ ...env, ...variables });
  const services = createServices(bindings, { session: "primary", traceId: "t", logContext: {} });
  const media = await findMedia(services.db, id);
  if (media !== null) await processMedia(services, media);
  return storedMedia(id);
}

async function thumbnailKeys(): Promise<string[]> {
  return (await env.DERIVATIVES_BUCKET.list()).objects.map((object) => object.key);
}

describe("processMedia", () => {
  it("tells the size and makes the preview of a photo", async () => {
    const { id } = await insertStored(await testImage({ width: 60, height: 40, orientation: 6 }), waiting);
    const row = await processed(id);
    expect(row).toMatchObject({ state: "ready", width: 40, height: 60, orientation: 6, error_code: null });
    expect(await thumbnailKeys()).toEqual([`${id}/${row?.["thumbnail_version"]}/1024-contain.jpg`]);
  });

  it.each([
    [90, 30, undefined, 3],
    [1600, 400, undefined, 4],
    [1200, 600, 6, 0.5],
  ])("has a placeholder in the shape of %i × %i turned by %s", async (width, height, orientation, shape) => {
    const image = { width, height, ...(orientation === undefined ? {} : { orientation }) };
    const { id } = await insertStored(await testImage(image), waiting);
    const { thumbhash } = intrinsicFacts.parse(JSON.parse(String((await processed(id))?.["intrinsic"])));
    const bytes = Uint8Array.from(atob(thumbhash ?? ""), (letter) => letter.charCodeAt(0));
    expect(Math.abs(thumbHashToApproximateAspectRatio(bytes) / shape - 1)).toBeLessThan(0.35);
  });

  it("does all of it again where its worker died between preview and record", async () => {
    const { id } = await insertStored(await testImage({ width: 60, height: 40 }), waiting);
    const dying = failingDatabase(env.DB, (query) => query.startsWith('update "media_objects"'));
    await expect(processed(id, { DB: dying })).rejects.toThrow("Failed query");
    expect(await storedMedia(id)).toMatchObject({ state: "pending" });
    const row = await processed(id);
    expect(row).toMatchObject({ state: "ready" });
    expect(await thumbnailKeys()).toEqual([`${id}/${row?.["thumbnail_version"]}/1024-contain.jpg`]);
  });

  it("tells the size as shown by an orientation that only XMP tells", async () => {
    const xmp = xmpPacket("", 'tiff:Orientation="6"');
    const { id } = await insertStored(jpegBytes({ width: 60, height: 40, xmp }), waiting);
    const row = await processed(id);
    expect(row).toMatchObject({ state: "ready", width: 40, height: 60, orientation: 6 });
  });

  it("does the same again, and nothing to a record that does not wait", async () => {
    const { id } = await insertStored(await testImage({ width: 60, height: 40 }), waiting);
    const first = await processed(id);
    expect(await processed(id)).toEqual(first);
  });

  it("finds what is no image unsupported", async () => {
    const { id } = await insertStored(new TextEncoder().encode("no image at all"), waiting);
    const row = await processed(id);
    expect(row).toMatchObject({ state: "unsupported", error_code: "not_an_image", thumbnail_version: null });
    expect(await thumbnailKeys()).toEqual([]);
  });

  it("finds a photo that is cut off failed", async () => {
    const jpeg = await testImage({ width: 60, height: 40 });
    const { id } = await insertStored(jpeg.subarray(0, 25), waiting);
    expect(await processed(id)).toMatchObject({ state: "failed", thumbnail_version: null });
  });

  it.each([
    [{ MAX_PIXELS: "100" }, "too_many_pixels"],
    [{ MAX_PROCESS_BYTES: "100" }, "file_too_large"],
  ])("finds a photo over %j unsupported, and tells its size all the same", async (limits, code) => {
    const { id } = await insertStored(await testImage({ width: 60, height: 40 }), waiting);
    const row = await processed(id, limits);
    expect(row).toMatchObject({ state: "unsupported", error_code: code, width: 60, height: 40 });
  });

  it("follows an object that was replaced behind our back", async () => {
    const row = await insertStored(await testImage({ width: 60, height: 40 }), waiting);
    const object = await storeObject(row.objectKey, await testImage({ width: 30, height: 20 }));
    expect(await processed(row.id)).toMatchObject({ state: "ready", version: object.etag, width: 30 });
  });

  it("removes the record of an object that was gone before anybody saw it", async () => {
    const { id } = await insertMedia(waiting);
    expect(await processed(id)).toBeNull();
  });

  it("keeps the record of an object that is gone where a person wrote something", async () => {
    const { id } = await insertMedia({ ...waiting, revision: 1, objectMetadata: { description: "Mine" } });
    const row = await processed(id);
    expect(row?.["missing_since"]).toBeGreaterThan(0);
    expect(row?.["object_metadata"]).toBe('{"description":"Mine"}');
  });

  it("removes the pictures of bytes that are no more", async () => {
    const { id } = await insertStored(await testImage({ width: 60, height: 40 }), { ...waiting, change: 3 });
    await env.DERIVATIVES_BUCKET.put(`${id}/old-1/512-cover.jpg`, "x");
    const row = await processed(id);
    expect(await thumbnailKeys()).toEqual([`${id}/${row?.["thumbnail_version"]}/1024-contain.jpg`]);
  });

  it("is busy, before it reads anything, where other pictures hold the memory", async () => {
    const { id } = await insertStored(await testImage({ width: 60, height: 40 }), waiting);
    const others = isolateMemory.newAccount();
    others.take(isolateMemory.limitBytes - 10_000);
    await expect(processed(id)).rejects.toMatchObject({ code: "busy", retryAfterSeconds: 2 });
    others.close();
    expect(isolateMemory.usedBytes).toBe(0);
    expect(await processed(id)).toMatchObject({ state: "ready" });
    expect(isolateMemory.usedBytes).toBe(0);
  });

  it("is busy where others take the room that decoding needs", async () => {
    const { id } = await insertStored(await testImage({ width: 60, height: 40 }), waiting);
    const others = isolateMemory.newAccount();
    const MEDIA_BUCKET = replaced(env.MEDIA_BUCKET, {
      get: async (key: string, options?: R2GetOptions) => {
        others.take(isolateMemory.limitBytes - isolateMemory.usedBytes - 200_000);
        return env.MEDIA_BUCKET.get(key, options);
      },
    });
    await expect(processed(id, { MEDIA_BUCKET })).rejects.toMatchObject({ code: "busy" });
    others.close();
    expect(isolateMemory.usedBytes).toBe(0);
    expect(await storedMedia(id)).toMatchObject({ state: "pending" });
  });

  it("never reads whole what is too large to be decoded, whatever the configuration says", async () => {
    const jpeg = await testImage({ width: 60, height: 40 });
    const large = joined(jpeg, new Uint8Array(maxFileBytes + 1 - jpeg.length));
    const { id } = await insertStored(large, waiting);
    const ranges: unknown[] = [];
    const MEDIA_BUCKET = replaced(env.MEDIA_BUCKET, {
      get: async (key: string, options?: R2GetOptions) => {
        ranges.push(options?.range);
        return env.MEDIA_BUCKET.get(key, options);
      },
    });
    const row = await processed(id, { MEDIA_BUCKET, MAX_PROCESS_BYTES: "1000000000" });
    expect(row).toMatchObject({ state: "unsupported", error_code: "file_too_large", width: 60 });
    expect(ranges).toEqual([{ offset: 0, length: 64 * 1024 }]);
    expect(isolateMemory.usedBytes).toBe(0);
  });

  it("passes a failure of the storage on, and leaves the record waiting", async () => {
    const { id } = await insertStored(await testImage({ width: 60, height: 40 }), {
      ...waiting,
      provider: "former",
    });
    await expect(processed(id)).rejects.toMatchObject({ code: "storage_unavailable" });
    expect(await storedMedia(id)).toMatchObject({ state: "pending" });
  });
});
