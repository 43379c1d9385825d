import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { pageOf, refusalOf } from "../../support/http/answers.ts";
import { api, apiWith, failingDatabaseEnv, type ApiRequest } from "../../support/http/api.ts";
import { storedKeys } from "../../support/http/uploads.ts";
import { isWrite, observedDatabase } from "../../support/records/database.ts";
import { insertMedia, insertStored, storedMedia } from "../../support/records/media.ts";
import { recounts } from "../../support/records/recounts.ts";
import { replaced } from "../../support/records/replaced.ts";
import { apartMedia } from "../../support/records/trash.ts";

const bytes = new TextEncoder().encode("bytes");
const anId = "0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a11";

async function remove(id: string, headers: Record<string, string> = {}): Promise<Response> {
  return api(`/v1/media/${id}`, { method: "DELETE", as: "write", headers });
}

/** A database before whose first transaction something happens. */
function before(happens: () => Promise<void>): Partial<Env> {
  let hasHappened = false;
  const DB = observedDatabase(env.DB, {
    before: async (query) => {
      if (hasHappened || !query.includes("INSERT INTO trashed_media")) return;
      hasHappened = true;
      await happens();
    },
  });
  return { DB };
}

describe("DELETE /v1/media/{id}", () => {
  it("puts record and words into the trash, removes the thumbnails and leaves the object", async () => {
    const words = { description: "Mine", keywords: ["a"] };
    const row = await insertStored(bytes, { objectMetadata: words, revision: 3, change: 5 });
    const other = await insertStored(bytes);
    await env.DERIVATIVES_BUCKET.put(`${row.id}/v-1/512-cover.jpg`, "x");
    await env.DERIVATIVES_BUCKET.put(`${other.id}/v-1/512-cover.jpg`, "x");
    const started = Date.now();
    const response = await remove(row.id);
    expect(response.status).toBe(204);
    expect(await response.text()).toBe("");
    expect(response.headers.get("Cache-Control")).toBe("private, no-cache");
    expect(response.headers.get("X-D1-Bookmark")).not.toBeNull();
    expect(await storedMedia(row.id)).toBeNull();
    const apart = await apartMedia(row.id);
    expect(apart).toMatchObject({
      object_metadata: JSON.stringify(words),
      revision: 3,
      change: 5,
      path_key: row.objectKey,
      version: row.version,
      trashed_by: "writer",
      merged_into: null,
    });
    expect(Number(apart?.["trashed_at"])).toBeGreaterThanOrEqual(started);
    expect((await storedKeys()).toSorted()).toEqual([row.objectKey, other.objectKey].toSorted());
    const thumbnails = await env.DERIVATIVES_BUCKET.list();
    expect(thumbnails.objects.map((object) => object.key)).toEqual([`${other.id}/v-1/512-cover.jpg`]);
  });

  it("takes the record out of lists, search, counts and keywords", async () => {
    const { id } = await insertStored(bytes, {
      objectMetadata: { description: "beach", keywords: ["sand"] },
    });
    await insertStored(bytes);
    await remove(id);
    const page = await pageOf(await api("/v1/media"));
    expect({ items: page.items.length, total: page.total }).toEqual({ items: 1, total: 1 });
    expect(await (await api("/v1/search?q=beach")).json()).toMatchObject({ items: [], total: 0 });
    expect(await (await api("/v1/keywords")).json()).toMatchObject({ items: [] });
    expect(await (await api("/v1/overview")).json()).toMatchObject({ total: 1, trashed: 1 });
    for (const [kept, counted] of recounts)
      expect((await env.DB.prepare(kept).all()).results).toEqual(
        (await env.DB.prepare(counted).all()).results,
      );
  });

  it.each<[string, string, ApiRequest]>([
    ["GET", "", {}],
    ["PATCH", "", { json: { object_metadata: { description: "x" } } }],
    ["DELETE", "", {}],
    ["POST", "/process", {}],
    ["POST", "/links", {}],
    ["GET", "/data", {}],
    ["GET", "/thumbnail", {}],
    ["GET", "/neighbours", {}],
  ])("makes %s of %s a 404", async (method, path, request) => {
    const { id } = await insertStored(bytes);
    await remove(id);
    const response = await api(`/v1/media/${id}${path}`, { method, ...request });
    expect(await refusalOf(response)).toBe("404 resource_not_found");
    expect(await apartMedia(id)).not.toBeNull();
  });

  it("takes a record whose object is missing, or has vanished unnoticed", async () => {
    const missing = await insertMedia({ missingSince: 5 });
    const vanished = await insertMedia();
    expect((await remove(missing.id)).status).toBe(204);
    expect((await remove(vanished.id)).status).toBe(204);
    expect(await apartMedia(missing.id)).toMatchObject({ missing_since: 5 });
    expect(await apartMedia(vanished.id)).toMatchObject({ missing_since: null });
  });

  it("honours If-Match for what was written since it was read", async () => {
    const { id } = await insertStored(bytes, { revision: 1, change: 1 });
    const edited = before(async () => {
      const json = { object_metadata: { description: "Mine" } };
      expect((await api(`/v1/media/${id}`, { method: "PATCH", json })).status).toBe(200);
    });
    const headers = { "If-Match": '"1-1"' };
    const response = await apiWith(edited, `/v1/media/${id}`, { method: "DELETE", headers });
    expect(await refusalOf(response)).toBe("412 precondition_failed");
    expect(await storedMedia(id)).toMatchObject({ object_metadata: '{"description":"Mine"}' });
    expect(await apartMedia(id)).toBeNull();
  });

  it("takes along the words that were written since it was read, where no condition forbids it", async () => {
    const { id } = await insertStored(bytes);
    const edited = before(async () => {
      const json = { object_metadata: { description: "Mine" } };
      await api(`/v1/media/${id}`, { method: "PATCH", json });
    });
    expect((await apiWith(edited, `/v1/media/${id}`, { method: "DELETE" })).status).toBe(204);
    expect(await apartMedia(id)).toMatchObject({ object_metadata: '{"description":"Mine"}', revision: 1 });
    expect(await storedMedia(id)).toBeNull();
  });

  it("makes a change that comes too late a 404, and loses none of the words", async () => {
    const { id } = await insertStored(bytes, { objectMetadata: { description: "Mine" }, revision: 1 });
    const json = { object_metadata: { keywords: ["late"] } };
    const answers = await Promise.all([remove(id), api(`/v1/media/${id}`, { method: "PATCH", json })]);
    expect(answers.map(({ status }) => status)[0]).toBe(204);
    expect([200, 404]).toContain(answers[1].status);
    expect(JSON.parse(String((await apartMedia(id))?.["object_metadata"]))).toMatchObject({
      description: "Mine",
    });
  });

  it("succeeds once of two at the same time", async () => {
    const { id } = await insertStored(bytes, { objectMetadata: { description: "Mine" } });
    const first = before(async () => {
      expect((await remove(id)).status).toBe(204);
    });
    const second = await apiWith(first, `/v1/media/${id}`, { method: "DELETE" });
    expect(await refusalOf(second)).toBe("404 resource_not_found");
    expect(await apartMedia(id)).toMatchObject({ object_metadata: '{"description":"Mine"}' });
    expect(await (await api("/v1/overview")).json()).toMatchObject({ trashed: 1 });
  });

  it("gives up, to be asked again, on a record that never stays the same", async () => {
    const { id } = await insertStored(bytes);
    const DB = observedDatabase(env.DB, {
      before: async (query) => {
        if (!query.includes("INSERT INTO trashed_media")) return;
        await env.DB.prepare("UPDATE media_objects SET version = version || 'x'").run();
      },
    });
    const response = await apiWith({ DB }, `/v1/media/${id}`, { method: "DELETE" });
    expect(response.headers.get("Retry-After")).toBe("1");
    expect(await refusalOf(response)).toBe("503 database_unavailable");
    expect(await storedMedia(id)).not.toBeNull();
  });

  it("honours If-Match by revision, and the tag as an edge that compresses hands it out", async () => {
    const { id } = await insertStored(bytes, { revision: 2, change: 5 });
    expect(await refusalOf(await remove(id, { "If-Match": '"1-5"' }))).toBe("412 precondition_failed");
    expect(await refusalOf(await remove(id, { "If-Match": 'W/"1-5"' }))).toBe("412 precondition_failed");
    expect(await storedMedia(id)).not.toBeNull();
    expect((await remove(id, { "If-Match": 'W/"2-1"' })).status).toBe(204);
  });

  it("refuses a record whose provider cannot be written to, unless its object is missing", async () => {
    const { id } = await insertMedia({ provider: "former" });
    expect(await refusalOf(await remove(id))).toBe("409 read_only_provider");
    expect(await storedMedia(id)).not.toBeNull();
    const gone = await insertMedia({ provider: "former", missingSince: 5 });
    expect((await remove(gone.id)).status).toBe(204);
    expect(await apartMedia(gone.id)).not.toBeNull();
  });

  it("can be asked again where the record could not be moved", async () => {
    const { id } = await insertStored(bytes, { objectMetadata: { description: "Mine" } });
    const failing = failingDatabaseEnv(undefined, isWrite);
    const response = await apiWith(failing, `/v1/media/${id}`, { method: "DELETE" });
    expect(await refusalOf(response)).toBe("503 database_unavailable");
    expect(await storedMedia(id)).not.toBeNull();
    expect((await remove(id)).status).toBe(204);
  });

  it("is a 502 where the thumbnails cannot be removed, which the nightly sweep does then", async () => {
    const { id } = await insertStored(bytes);
    const fail = async (): Promise<never> => {
      throw new Error("list: internal error (10001)");
    };
    const bindings = { DERIVATIVES_BUCKET: replaced(env.DERIVATIVES_BUCKET, { list: fail }) };
    const response = await apiWith(bindings, `/v1/media/${id}`, { method: "DELETE" });
    expect(await refusalOf(response)).toBe("502 storage_unavailable");
    expect(await apartMedia(id)).not.toBeNull();
    const { results } = await env.DB.prepare("SELECT id FROM deletions").all();
    expect(results).toEqual([{ id }]);
  });

  it.each([anId, "x"])("answers 404 for %s", async (id) => {
    expect(await refusalOf(await remove(id))).toBe("404 resource_not_found");
  });
});
