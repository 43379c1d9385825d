import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { mediaOf, refusalOf } from "../../support/http/answers.ts";
import { api, apiWith } from "../../support/http/api.ts";
import { insertMedia, insertStored, storedMedia, storeObject } from "../../support/records/media.ts";
import { replaced } from "../../support/records/replaced.ts";

const bytes = new TextEncoder().encode("bytes");
const anId = "0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a11";

async function reprocess(id: string): Promise<Response> {
  return api(`/v1/media/${id}/process`, { method: "POST", as: "write" });
}

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
      thumbnail_version: `${row.version}-3`,
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
