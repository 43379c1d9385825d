import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { z } from "zod";

import { mediaOf, refusalOf } from "../../support/http/answers.ts";
import { api, apiWith } from "../../support/http/api.ts";
import { storedBytes, upload } from "../../support/http/uploads.ts";
import { jpegBytes, testImage } from "../../support/images/index.ts";
import { observedDatabase } from "../../support/records/database.ts";
import { insertMedia, insertStored, storedMedia, storeObject } from "../../support/records/media.ts";
import { recounts } from "../../support/records/recounts.ts";
import { replaced } from "../../support/records/replaced.ts";
import { apartMedia } from "../../support/records/trash.ts";

const bytes = new TextEncoder().encode("bytes");
const anId = "0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a11";

async function trash(id: string): Promise<void> {
  expect((await api(`/v1/media/${id}`, { method: "DELETE", as: "write" })).status).toBe(204);
}

async function restore(id: string, bindings: Partial<Env> = {}): Promise<Response> {
  return apiWith(bindings, `/v1/media/${id}/restore`, { method: "POST", as: "write" });
}

/** The ids of what a search finds, in its order. */
async function foundBy(query: string): Promise<string[]> {
  const page = z.object({ items: z.array(z.object({ id: z.string() })) });
  return page.parse(await (await api(`/v1/search?q=${query}`)).json()).items.map(({ id }) => id);
}

async function foundAt(id: string, pathKey: string): Promise<void> {
  await env.DB.prepare("UPDATE trashed_media SET found_at = ? WHERE id = ?").bind(pathKey, id).run();
}

describe("POST /v1/media/{id}/restore", () => {
  it("brings a record back with id, words, facts, history and revision, to be processed again", async () => {
    const objectMetadata = { description: "The beach at noon", keywords: ["sand", "Été"] };
    const row = await insertStored(bytes, {
      objectMetadata,
      revision: 2,
      change: 4,
      takenAt: "2024-07-14T16:03:11.000",
      intrinsic: JSON.stringify({ camera: { make: "Canon", model: "R5", lens: null } }),
    });
    const before = await storedMedia(row.id);
    await trash(row.id);
    const response = await restore(row.id);
    expect(response.status).toBe(200);
    expect(response.headers.get("ETag")).toBe('"2-5"');
    expect(await mediaOf(response)).toMatchObject({
      id: row.id,
      object_key: row.objectKey,
      object_metadata: objectMetadata,
      state: "pending",
      missing_since: null,
      revision: 2,
      intrinsic: { width: 400, taken_at: "2024-07-14T16:03:11.000", camera: { model: "R5" } },
      thumbnail_version: `${row.version}-3`,
    });
    const { pk: _pk, change, state, thumbnail_version, updated_at, observed_at, ...rest } = before ?? {};
    expect(await storedMedia(row.id)).toMatchObject(rest);
    expect({ change, state }).toEqual({ change: 4, state: "ready" });
    expect([thumbnail_version, updated_at, observed_at]).not.toContain(undefined);
    expect(await apartMedia(row.id)).toBeNull();
  });

  it("puts it back into lists, search, keywords, cameras and counts", async () => {
    const { id } = await insertStored(bytes, {
      objectMetadata: { description: "beach", keywords: ["Sand"] },
      intrinsic: JSON.stringify({ camera: { make: "Canon", model: "R5", lens: null } }),
    });
    await trash(id);
    await restore(id);
    expect(await (await api("/v1/search?q=beach")).json()).toMatchObject({ items: [{ id }] });
    expect(await (await api("/v1/search?q=camera:r5")).json()).toMatchObject({ items: [{ id }] });
    expect(await (await api("/v1/keywords")).json()).toMatchObject({
      items: [{ keyword: "Sand", count: 1 }],
    });
    expect(await (await api("/v1/overview")).json()).toMatchObject({ total: 1, trashed: 0 });
    for (const [kept, counted] of recounts)
      expect((await env.DB.prepare(kept).all()).results).toEqual(
        (await env.DB.prepare(counted).all()).results,
      );
  });

  it("puts it back to its place among the results of a search, or first where a newer one has that", async () => {
    const objectMetadata = { description: "beach" };
    const one = await insertStored(bytes, { objectMetadata });
    const two = await insertStored(bytes, { objectMetadata });
    await trash(one.id);
    await restore(one.id);
    expect(await foundBy("beach")).toEqual([two.id, one.id]);
    await trash(two.id);
    const three = await insertStored(bytes, { objectMetadata });
    await restore(two.id);
    expect(await foundBy("beach")).toEqual([two.id, three.id, one.id]);
  });

  it("keeps an empty text of words empty, and tries again what had failed", async () => {
    const { id } = await insertStored(await testImage({ width: 60, height: 40 }), {
      state: "failed",
      errorCode: "attempts_exhausted",
      errorDetail: "x",
      thumbnailVersion: null,
      revision: 3,
    });
    await trash(id);
    expect(await mediaOf(await restore(id))).toMatchObject({
      state: "pending",
      error: null,
      object_metadata: {},
    });
  });

  it("is missing where its object is gone, at its own key", async () => {
    const { id, objectKey } = await insertStored(bytes, { objectMetadata: { description: "Mine" } });
    await trash(id);
    await env.MEDIA_BUCKET.delete(objectKey);
    const media = await mediaOf(await restore(id));
    expect(media).toMatchObject({ state: "pending", object_metadata: { description: "Mine" } });
    expect(media.missing_since).not.toBeNull();
    expect(await storedMedia(id)).toMatchObject({ path_key: objectKey });
  });

  it("is missing since when it was, where it was missing before", async () => {
    const { id } = await insertMedia({ missingSince: 5 });
    await trash(id);
    expect((await mediaOf(await restore(id))).missing_since).toBe("1970-01-01T00:00:00.005Z");
  });

  it("is there again where its object has come back meanwhile", async () => {
    const row = await insertStored(bytes, { missingSince: 5 });
    await trash(row.id);
    expect(await mediaOf(await restore(row.id))).toMatchObject({ missing_since: null, state: "pending" });
  });

  it("is missing, and takes nothing of another's, where an upload has its key by now", async () => {
    const { id } = await mediaOf(await upload({ key: "a.jpg", bytes: jpegBytes({ width: 8, height: 8 }) }));
    await api(`/v1/media/${id}`, { method: "PATCH", json: { object_metadata: { description: "Mine" } } });
    await trash(id);
    expect((await upload({ key: "a.jpg", bytes: jpegBytes({ width: 9, height: 9 }) })).status).toBe(409);
    const picture = jpegBytes({ width: 10, height: 10 });
    const answer = await upload({ key: "a.jpg", bytes: picture, query: { overwrite: "true" } });
    expect(answer.status).toBe(201);
    const other = await mediaOf(answer);
    expect(answer.headers.get("Location")).toBe(`/v1/media/${other.id}`);
    expect({ isNew: other.id !== id, words: other.object_metadata }).toEqual({ isNew: true, words: {} });
    const media = await mediaOf(await restore(id));
    expect(media).toMatchObject({ object_key: "a.jpg", object_metadata: { description: "Mine" } });
    expect(media.missing_since).not.toBeNull();
    expect(await storedMedia(id)).toMatchObject({ path_key: `a.jpg\u{1}${id}` });
    expect(await mediaOf(await api(`/v1/media/${other.id}`))).toMatchObject({ missing_since: null });
    expect(await storedBytes("a.jpg")).toEqual(picture);
  });

  it("is missing where its key has another's bytes that no record has yet", async () => {
    const { id, objectKey } = await insertStored(bytes);
    await trash(id);
    await storeObject(objectKey, "another photo");
    expect((await mediaOf(await restore(id))).missing_since).not.toBeNull();
    expect(await storedMedia(id)).toMatchObject({ path_key: `${objectKey}\u{1}${id}` });
  });

  it("keeps the path of a record whose place was another's before", async () => {
    const { id, pathKey } = await insertMedia({ id: anId, pathKey: `a.jpg\u{1}${anId}`, missingSince: 5 });
    await trash(id);
    expect((await restore(id)).status).toBe(200);
    expect(await storedMedia(id)).toMatchObject({ path_key: pathKey });
  });

  it("comes back to where an ingest has found its object, if nobody else is there", async () => {
    const { id, objectKey } = await insertStored(bytes);
    await trash(id);
    await env.MEDIA_BUCKET.delete(objectKey);
    await storeObject("moved/here.jpg", bytes);
    await foundAt(id, "moved/here.jpg");
    expect(await mediaOf(await restore(id))).toMatchObject({
      object_key: "moved/here.jpg",
      state: "pending",
      missing_since: null,
    });
  });

  it.each(["a record has that place", "it has gone from there", "other bytes are there"])(
    "is missing where its object was found elsewhere, but %s",
    async (what) => {
      const { id, objectKey } = await insertStored(bytes);
      await trash(id);
      await env.MEDIA_BUCKET.delete(objectKey);
      const happens = new Map([
        ["a record has that place", async () => void (await insertStored(bytes, { objectKey: "b.jpg" }))],
        ["other bytes are there", async () => void (await storeObject("b.jpg", "other"))],
      ]).get(what);
      await happens?.();
      await foundAt(id, "b.jpg");
      expect((await mediaOf(await restore(id))).missing_since).not.toBeNull();
      expect(await storedMedia(id)).toMatchObject({ path_key: objectKey });
    },
  );

  it("comes back as it was where its provider is not configured any more", async () => {
    const there = await insertMedia();
    const missing = await insertMedia({ missingSince: 5 });
    const replacedOne = await insertMedia();
    await Promise.all([trash(there.id), trash(missing.id), trash(replacedOne.id)]);
    await env.DB.prepare("UPDATE trashed_media SET provider = 'former'").run();
    await insertMedia({ provider: "former", objectKey: replacedOne.objectKey });
    expect(await mediaOf(await restore(there.id))).toMatchObject({ state: "ready", missing_since: null });
    expect((await mediaOf(await restore(missing.id))).missing_since).not.toBeNull();
    expect((await mediaOf(await restore(replacedOne.id))).missing_since).not.toBeNull();
  });

  it("is 502, and stays in the trash, where the storage does not answer", async () => {
    const { id } = await insertStored(bytes);
    await trash(id);
    const fail = async (): Promise<never> => {
      throw new Error("head: internal error (10001)");
    };
    const bindings = { MEDIA_BUCKET: replaced(env.MEDIA_BUCKET, { head: fail }) };
    expect(await refusalOf(await restore(id, bindings))).toBe("502 storage_unavailable");
    expect(await apartMedia(id)).not.toBeNull();
  });

  it("is a 404 the second time, and for what is not in the trash or hidden by a relink", async () => {
    const { id } = await insertStored(bytes);
    expect(await refusalOf(await restore(id))).toBe("404 resource_not_found");
    await trash(id);
    await restore(id);
    const restored = await storedMedia(id);
    expect(await refusalOf(await restore(id))).toBe("404 resource_not_found");
    expect(await storedMedia(id)).toEqual(restored);
    const hidden = await insertStored(bytes);
    await trash(hidden.id);
    await env.DB.prepare("UPDATE trashed_media SET trashed_at = NULL, merged_into = 'x'").run();
    expect(await refusalOf(await restore(hidden.id))).toBe("404 resource_not_found");
    expect(await refusalOf(await restore(anId))).toBe("404 resource_not_found");
    expect(await refusalOf(await restore("x"))).toBe("404 resource_not_found");
  });

  it("succeeds once of several at the same time", async () => {
    const { id } = await insertStored(bytes);
    await trash(id);
    const answers = await Promise.all([restore(id), restore(id), restore(id)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404, 404]);
  });

  it("is missing where an upload takes its place at the same moment", async () => {
    const { id } = await mediaOf(await upload({ key: "a.jpg", bytes: jpegBytes({ width: 8, height: 8 }) }));
    await trash(id);
    let hasHappened = false;
    const DB = observedDatabase(env.DB, {
      before: async (query) => {
        if (hasHappened || !query.includes("INSERT INTO media_objects")) return;
        hasHappened = true;
        const picture = jpegBytes({ width: 9, height: 9 });
        const answer = await upload({ key: "a.jpg", bytes: picture, query: { overwrite: "true" } });
        expect(answer.status).toBe(201);
      },
    });
    const media = await mediaOf(await restore(id, { DB }));
    expect(media.missing_since).not.toBeNull();
    expect(await storedMedia(id)).toMatchObject({ path_key: `a.jpg\u{1}${id}` });
  });

  it("gives up, to be asked again, where somebody is faster each time", async () => {
    const { id, objectKey } = await insertStored(bytes);
    await trash(id);
    // Its place is taken whenever it is written, and free whenever it is looked at.
    const DB = observedDatabase(env.DB, {
      before: async (query) => {
        if (query.includes("DELETE FROM trashed_media")) return;
        await env.DB.prepare("DELETE FROM media_objects").run();
        if (query.includes("INSERT INTO media_objects")) await insertMedia({ objectKey });
      },
    });
    expect(await refusalOf(await restore(id, { DB }))).toBe("503 database_unavailable");
    expect(await apartMedia(id)).not.toBeNull();
  });

  it("leaves a missing record's key to an upload, which is a new record", async () => {
    const { id, objectKey } = await insertMedia({ missingSince: 5, objectMetadata: { description: "Mine" } });
    await trash(id);
    const answer = await upload({ key: objectKey, bytes: jpegBytes({ width: 8, height: 8 }) });
    expect(answer.status).toBe(201);
    expect(await mediaOf(answer)).toMatchObject({ object_metadata: {} });
    expect(await apartMedia(id)).toMatchObject({ object_metadata: '{"description":"Mine"}' });
  });
});
