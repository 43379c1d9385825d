import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { mediaOf, refusalOf } from "../../support/http/answers.ts";
import { api, apiWith, failingDatabaseEnv } from "../../support/http/api.ts";
import { isWrite } from "../../support/records/database.ts";
import { insertMedia, insertStored, storedMedia, storeObject } from "../../support/records/media.ts";
import { replaced } from "../../support/records/replaced.ts";
import { jpegBytes } from "../../support/images/index.ts";
import { storedKeys, upload } from "../../support/http/uploads.ts";

const bytes = new TextEncoder().encode("bytes");
const anId = "0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a11";

async function remove(id: string, headers: Record<string, string> = {}): Promise<Response> {
  return api(`/v1/media/${id}`, { method: "DELETE", as: "write", headers });
}

async function reprocess(id: string): Promise<Response> {
  return api(`/v1/media/${id}/process`, { method: "POST", as: "write" });
}

/** A bucket before whose first look something happens. */
function meanwhile(happens: () => Promise<void>): Partial<Env> {
  let hasHappened = false;
  const head = async (key: string): Promise<R2Object | null> => {
    if (!hasHappened) {
      hasHappened = true;
      await happens();
    }
    return env.MEDIA_BUCKET.head(key);
  };
  return { MEDIA_BUCKET: replaced(env.MEDIA_BUCKET, { head }) };
}

describe("DELETE /v1/media/{id}", () => {
  it("removes record, keywords, thumbnails and object, and nothing else", async () => {
    const row = await insertStored(bytes, { objectMetadata: { keywords: ["a"] } });
    const other = await insertStored(bytes);
    await env.DERIVATIVES_BUCKET.put(`${row.id}/v-1/512-cover.jpg`, "x");
    await env.DERIVATIVES_BUCKET.put(`${other.id}/v-1/512-cover.jpg`, "x");
    const response = await remove(row.id);
    expect(response.status).toBe(204);
    expect(await response.text()).toBe("");
    expect(response.headers.get("Cache-Control")).toBe("private, no-cache");
    expect(response.headers.get("X-D1-Bookmark")).not.toBeNull();
    expect(await storedMedia(row.id)).toBeNull();
    expect(await storedKeys()).toEqual([other.objectKey]);
    const thumbnails = await env.DERIVATIVES_BUCKET.list();
    expect(thumbnails.objects.map((object) => object.key)).toEqual([`${other.id}/v-1/512-cover.jpg`]);
    const keywords = await env.DB.prepare("SELECT * FROM media_keywords").all();
    expect(keywords.results).toEqual([]);
    expect(await refusalOf(await remove(row.id))).toBe("404 resource_not_found");
  });

  it("removes a record whose object is gone", async () => {
    const { id } = await insertMedia({ missingSince: 5 });
    expect((await remove(id)).status).toBe(204);
    expect(await storedMedia(id)).toBeNull();
  });

  it("removes a record whose object has vanished unnoticed", async () => {
    const { id, objectKey } = await insertStored(bytes);
    await env.MEDIA_BUCKET.delete(objectKey);
    expect((await remove(id)).status).toBe(204);
    expect(await storedMedia(id)).toBeNull();
  });

  it("leaves what was put at the key behind its back: that may be another record's photo", async () => {
    const { id, objectKey } = await insertStored(bytes);
    await storeObject(objectKey, new TextEncoder().encode("another photo"));
    expect((await remove(id)).status).toBe(204);
    expect(await storedMedia(id)).toBeNull();
    expect(await storedKeys()).toEqual([objectKey]);
  });

  it("takes the photo along that an upload has put in its place a moment earlier", async () => {
    const { id, objectKey } = await insertStored(bytes);
    const overwritten = meanwhile(async () => {
      const answer = await upload({
        key: objectKey,
        bytes: jpegBytes({ width: 8, height: 8 }),
        query: { overwrite: "true" },
      });
      expect(await mediaOf(answer)).toMatchObject({ id });
    });
    expect((await apiWith(overwritten, `/v1/media/${id}`, { method: "DELETE", as: "write" })).status).toBe(
      204,
    );
    expect(await storedMedia(id)).toBeNull();
    expect(await storedKeys()).toEqual([]);
  });

  it("honours If-Match for what is written until the storage has answered", async () => {
    const { id, objectKey } = await insertStored(bytes, { revision: 1, change: 1 });
    const edited = meanwhile(async () => {
      const json = { object_metadata: { description: "Mine" } };
      expect((await api(`/v1/media/${id}`, { method: "PATCH", json })).status).toBe(200);
    });
    const headers = { "If-Match": '"1-1"' };
    const response = await apiWith(edited, `/v1/media/${id}`, { method: "DELETE", headers });
    expect(await refusalOf(response)).toBe("412 precondition_failed");
    expect(await storedMedia(id)).toMatchObject({ object_metadata: '{"description":"Mine"}' });
    expect(await storedKeys()).toEqual([objectKey]);
  });

  it("honours If-Match by revision", async () => {
    const { id } = await insertStored(bytes, { revision: 2, change: 5 });
    expect(await refusalOf(await remove(id, { "If-Match": '"1-5"' }))).toBe("412 precondition_failed");
    expect(await storedMedia(id)).not.toBeNull();
    expect((await remove(id, { "If-Match": '"2-1"' })).status).toBe(204);
  });

  it("takes the tag as an edge that compresses hands it out", async () => {
    const { id } = await insertStored(bytes, { revision: 2, change: 5 });
    expect(await refusalOf(await remove(id, { "If-Match": 'W/"1-5"' }))).toBe("412 precondition_failed");
    expect((await remove(id, { "If-Match": 'W/"2-5"' })).status).toBe(204);
  });

  it("refuses a record whose provider cannot be written to, unless its object is missing", async () => {
    const { id } = await insertMedia({ provider: "former" });
    expect(await refusalOf(await remove(id))).toBe("409 read_only_provider");
    expect(await storedMedia(id)).not.toBeNull();
    const gone = await insertMedia({ provider: "former", missingSince: 5 });
    expect((await remove(gone.id)).status).toBe(204);
  });

  it("can be asked again where the record could not be removed", async () => {
    const { id } = await insertStored(bytes, { objectMetadata: { description: "Mine" } });
    const failing = failingDatabaseEnv(undefined, isWrite);
    const response = await apiWith(failing, `/v1/media/${id}`, { method: "DELETE" });
    expect(await refusalOf(response)).toBe("503 database_unavailable");
    expect(await storedMedia(id)).not.toBeNull();
    expect((await remove(id)).status).toBe(204);
  });

  it("keeps the record where the object cannot be removed", async () => {
    const { id } = await insertStored(bytes);
    const fail = async (): Promise<never> => {
      throw new Error("delete: internal error (10001)");
    };
    const bindings = { MEDIA_BUCKET: replaced(env.MEDIA_BUCKET, { delete: fail }) };
    const response = await apiWith(bindings, `/v1/media/${id}`, { method: "DELETE" });
    expect(await refusalOf(response)).toBe("502 storage_unavailable");
    expect(await storedMedia(id)).not.toBeNull();
  });

  it.each([anId, "x"])("answers 404 for %s", async (id) => {
    expect(await refusalOf(await remove(id))).toBe("404 resource_not_found");
  });
});

describe("POST /v1/media/{id}/process", () => {
  it("puts a failed record back to work, with the words that it has", async () => {
    const words = { description: "Mine" };
    const row = await insertStored(bytes, {
      state: "failed",
      errorCode: "corrupt",
      errorDetail: "x",
      thumbnailVersion: null,
      objectMetadata: words,
      revision: 2,
    });
    const response = await reprocess(row.id);
    expect(response.status).toBe(202);
    expect(response.headers.get("ETag")).toBe('"2-2"');
    expect(await mediaOf(response)).toMatchObject({
      id: row.id,
      state: "pending",
      error: null,
      object_metadata: words,
      revision: 2,
      thumbnail_version: `${row.version}-2`,
    });
  });

  it("takes the bytes that the storage has now", async () => {
    const row = await insertStored(bytes, { missingSince: 5, vanishedRun: "r" });
    const object = await storeObject(row.objectKey, new TextEncoder().encode("other bytes"));
    expect(await mediaOf(await reprocess(row.id))).toMatchObject({
      file_size: 11,
      content_hash: `md5:${object.etag}`,
      missing_since: null,
      state: "pending",
    });
    expect(await storedMedia(row.id)).toMatchObject({ version: object.etag, vanished_run: null });
  });

  it("is 410 where the object is gone", async () => {
    const { id } = await insertMedia();
    const before = await storedMedia(id);
    expect(await refusalOf(await reprocess(id))).toBe("410 object_missing");
    expect(await storedMedia(id)).toEqual(before);
  });

  it("is 502 where the provider is not configured", async () => {
    const { id } = await insertMedia({ provider: "former" });
    expect(await refusalOf(await reprocess(id))).toBe("502 storage_unavailable");
  });

  it.each([anId, "x"])("answers 404 for %s", async (id) => {
    expect(await refusalOf(await reprocess(id))).toBe("404 resource_not_found");
  });

  it("gives up, to be tried again, on a record that never stays the same", async () => {
    const { id } = await insertStored(bytes);
    const head = async (key: string): Promise<R2Object | null> => {
      await env.DB.prepare("UPDATE media_objects SET version = version || 'x'").run();
      return env.MEDIA_BUCKET.head(key);
    };
    const bindings = { MEDIA_BUCKET: replaced(env.MEDIA_BUCKET, { head }) };
    const response = await apiWith(bindings, `/v1/media/${id}/process`, { method: "POST" });
    expect(response.headers.get("Retry-After")).toBe("1");
    expect(await refusalOf(response)).toBe("503 database_unavailable");
  });
});
