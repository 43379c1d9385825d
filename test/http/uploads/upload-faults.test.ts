import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { mediaOf, refusalOf } from "../../support/http/answers.ts";
import { apiCost, failingDatabaseEnv } from "../../support/http/api.ts";
import { isWrite } from "../../support/records/database.ts";
import { insertMedia, storedMedia } from "../../support/records/media.ts";
import { replaced } from "../../support/records/replaced.ts";
import { recordCount, smallJpeg, storedBytes, storedKeys, upload } from "../../support/http/uploads.ts";

/** A body that breaks off after its first bytes. */
function brokenBody(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let sent = false;
  return new ReadableStream({
    pull: (controller) => {
      if (sent) controller.error(new Error("the client went away"));
      else controller.enqueue(bytes);
      sent = true;
    },
  });
}

/** The bucket of originals, with `put` replaced. */
function bucketWith(put: R2Bucket["put"]): Partial<Env> {
  return { MEDIA_BUCKET: replaced(env.MEDIA_BUCKET, { put }) };
}

// `bindings: {}` sends the request straight to the app: on its way through a service binding a broken body looks whole.
describe("an upload that breaks off", () => {
  it.each([
    ["in its first bytes", smallJpeg().subarray(0, 4)],
    ["later", smallJpeg(64)],
  ])("%s leaves nothing behind", async (_when, bytes) => {
    const response = await upload({ key: "a.jpg", bytes: brokenBody(bytes), length: 100_000, bindings: {} });
    expect(await refusalOf(response)).toBe("422 validation_error body");
    expect(await storedKeys()).toEqual([]);
    expect(await recordCount()).toBe(0);
  });

  it("leaves the object that was there", async () => {
    const before = smallJpeg(8);
    const { id } = await mediaOf(await upload({ key: "a.jpg", bytes: before }));
    const query = { overwrite: "true" };
    const response = await upload({
      key: "a.jpg",
      bytes: brokenBody(smallJpeg(64)),
      length: 100_000,
      query,
      bindings: {},
    });
    expect(response.status).toBe(422);
    expect(await storedBytes("a.jpg")).toEqual(before);
    expect(await storedMedia(id)).toMatchObject({ file_size: before.length });
  });

  it("is also one that is longer than it says", async () => {
    const bytes = smallJpeg();
    const response = await upload({ key: "a.jpg", bytes, length: bytes.length - 1, bindings: {} });
    expect(await refusalOf(response)).toBe("422 validation_error body");
    expect(await storedKeys()).toEqual([]);
  });

  it("is not stored where it only turns out to be shorter than it says", async () => {
    const bytes = smallJpeg();
    const response = await upload({ key: "a.jpg", bytes, length: bytes.length + 1, bindings: {} });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(await storedKeys()).toEqual([]);
    expect(await recordCount()).toBe(0);
  });
});

describe("an upload whose storage fails", () => {
  it("answers 502 at once, without a word of why", async () => {
    const bindings = bucketWith(async () => {
      throw new Error("put: We encountered an internal error. Please try again. (10001)");
    });
    const response = await upload({ key: "a.jpg", bytes: smallJpeg(), bindings });
    expect(await response.clone().text()).not.toMatch(/10001|encountered/);
    expect(await refusalOf(response)).toBe("502 storage_unavailable");
    expect(await recordCount()).toBe(0);
  });

  it("answers 503 with Retry-After where it asks to come later", async () => {
    const bindings = bucketWith(async () => {
      throw new Error("put: Reduce your request rate (10058)");
    });
    const response = await upload({ key: "a.jpg", bytes: smallJpeg(), bindings });
    expect(response.headers.get("Retry-After")).toBe("5");
    expect(await refusalOf(response)).toBe("503 storage_rate_limited");
  });

  it("answers 502 where it fails in the middle of a body", async () => {
    const bindings = bucketWith(async (_key: string, body: unknown) => {
      if (body instanceof ReadableStream) await body.getReader().read();
      throw new Error("put: Network connection lost.");
    });
    const response = await upload({ key: "a.jpg", bytes: smallJpeg(256), bindings });
    expect(await refusalOf(response)).toBe("502 storage_unavailable");
  });

  it("answers 409 at once where it finds the key taken before it has read the body", async () => {
    const bindings = { MEDIA_BUCKET: replaced(env.MEDIA_BUCKET, { put: async () => null }) };
    const response = await upload({ key: "a.jpg", bytes: smallJpeg(), bindings });
    expect(await refusalOf(response)).toBe("409 object_exists");
  });
});

describe("an upload whose record cannot be written", () => {
  it.each([{}, { overwrite: "true" }])("removes the fresh object: %j", async (query) => {
    const bindings = failingDatabaseEnv(undefined, isWrite);
    const response = await upload({ key: "a.jpg", bytes: smallJpeg(), query, bindings });
    expect(await refusalOf(response)).toBe("503 database_unavailable");
    expect(await storedKeys()).toEqual([]);
  });

  it("keeps an object that has replaced another", async () => {
    await insertMedia({ objectKey: "a.jpg" });
    await env.MEDIA_BUCKET.put("a.jpg", "old");
    const bytes = smallJpeg();
    const bindings = failingDatabaseEnv(undefined, isWrite);
    const response = await upload({ key: "a.jpg", bytes, query: { overwrite: "true" }, bindings });
    expect(await refusalOf(response)).toBe("503 database_unavailable");
    expect(await storedBytes("a.jpg")).toEqual(bytes);
  });

  it("says so also where the fresh object cannot be removed", async () => {
    const bindings = {
      ...failingDatabaseEnv(undefined, isWrite),
      MEDIA_BUCKET: replaced(env.MEDIA_BUCKET, {
        delete: async () => {
          throw new Error("delete: internal error (10001)");
        },
      }),
    };
    const response = await upload({ key: "a.jpg", bytes: smallJpeg(), bindings });
    expect(await refusalOf(response)).toBe("503 database_unavailable");
  });
});

describe("an upload that cannot be queued", () => {
  it("is stored all the same, and waits for the next run", async () => {
    const fail = async (): Promise<never> => {
      throw new Error("queue: overloaded");
    };
    const bindings = { INGEST_QUEUE: replaced(env.INGEST_QUEUE, { send: fail }) };
    const response = await upload({ key: "a.jpg", bytes: smallJpeg(), bindings });
    expect(response.status).toBe(201);
    expect(await mediaOf(response)).toMatchObject({ state: "pending" });
  });
});

describe("a new record by upload", () => {
  it("writes no more rows than its indexes need", async () => {
    const bytes = smallJpeg();
    const headers = { "Content-Length": String(bytes.length) };
    const request = { method: "POST", headers, body: new Blob([bytes]).stream() } as const;
    const first = await apiCost("/v1/media?object_key=a.jpg", request);
    expect(first.response.status).toBe(201);
    expect(first.rowsWritten).toBeLessThanOrEqual(16);
    expect(first.statements).toBe(1);
  });
});
