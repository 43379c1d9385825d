import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";

import { isolateMemory } from "../../../src/thumbnail/budget.ts";
import { problemOf, refusalOf } from "../../support/http/answers.ts";
import { api, apiWith } from "../../support/http/api.ts";
import { joined, testImage } from "../../support/images/index.ts";
import { insertMany, buildMedia, insertStored, storeObject } from "../../support/records/media.ts";
import { replaced } from "../../support/records/replaced.ts";

const mebibyte = 1024 * 1024;

/** A small photo with bytes behind its end, as some cameras leave them, that make it a large file. */
async function paddedPhoto(sizeBytes: number): Promise<Uint8Array> {
  const jpeg = await testImage({ width: 120, height: 80 });
  return joined(jpeg, new Uint8Array(sizeBytes - jpeg.length));
}

/** A bucket whose bodies, or failures, are what `open` makes of an object. */
function bucketWith(open: (key: string, object: R2ObjectBody) => unknown): R2Bucket {
  return replaced(env.MEDIA_BUCKET, {
    get: async (key: string) => {
      const object = await env.MEDIA_BUCKET.get(key);
      return object === null ? null : open(key, object);
    },
  });
}

/** Another picture's account, which leaves so many bytes to all others, until the test ends. */
function leave(bytes: number): { readonly close: () => void } {
  const account = isolateMemory.newAccount();
  account.take(isolateMemory.limitBytes - bytes);
  return account;
}

describe("sixty thumbnails of 5 MiB that are asked for at once", () => {
  it("never have more of their originals in memory than there is, and are all made in the end", async () => {
    const bytes = await paddedPhoto(5 * mebibyte);
    const rows: ReturnType<typeof buildMedia>[] = [];
    for (let index = 0; index < 60; index++) {
      const { key, etag } = await storeObject(`cold/${index}.jpg`, bytes);
      rows.push(buildMedia({ objectKey: key, version: etag, fileSize: bytes.length }));
    }
    await insertMany(rows);
    // From when an original is asked for until its thumbnail is there.
    const held = new Map<string, number>();
    let most = 0;
    const MEDIA_BUCKET = replaced(env.MEDIA_BUCKET, {
      get: async (key: string, options?: R2GetOptions) => {
        held.set(rows.find(({ objectKey }) => objectKey === key)?.id ?? "", bytes.length);
        most = Math.max(
          most,
          [...held.values()].reduce((sum, each) => sum + each, 0),
        );
        return env.MEDIA_BUCKET.get(key, options);
      },
    });
    const DERIVATIVES_BUCKET = replaced(env.DERIVATIVES_BUCKET, {
      put: async (key: string, jpeg: Uint8Array, options?: R2PutOptions) => {
        held.delete(key.split("/")[0] ?? "");
        return env.DERIVATIVES_BUCKET.put(key, jpeg, options);
      },
    });
    const ask = async (id: string): Promise<Response> =>
      apiWith({ MEDIA_BUCKET, DERIVATIVES_BUCKET }, `/v1/media/${id}/thumbnail`);

    let waiting = rows.map(({ id }) => id);
    let rounds = 0;
    for (; waiting.length > 0 && rounds < 60; rounds++) {
      const answers = await Promise.all(waiting.map(async (id) => ({ id, response: await ask(id) })));
      const refused = answers.filter(({ response }) => response.status !== 200);
      for (const { response } of refused) {
        expect(response.headers.get("Retry-After")).toBe("2");
        expect(await refusalOf(response)).toBe("503 busy");
      }
      // Whatever comes, somebody gets on: inputs alone do not fill the memory.
      expect(refused.length).toBeLessThan(answers.length);
      waiting = refused.map(({ id }) => id);
    }
    expect(rounds).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(isolateMemory.limitBytes);
    expect(isolateMemory.usedBytes).toBe(0);
    expect((await env.DERIVATIVES_BUCKET.list()).objects).toHaveLength(60);
  }, 180_000);
});

describe("a thumbnail that is not made", () => {
  const lost = new Error("get: internal error (10001)");
  const breaking = new ReadableStream({
    pull: (controller) => {
      controller.enqueue(new Uint8Array(100));
      controller.error(new Error("lost"));
    },
  });
  const short = () => new Blob([new Uint8Array(100)]).stream();
  const long = (size: number) => new Blob([new Uint8Array(size + 1)]).stream();

  it.each<[string, string, (key: string, object: R2ObjectBody) => unknown]>([
    [
      "the storage fails",
      "502 storage_unavailable",
      () => {
        throw lost;
      },
    ],
    ["the object breaks off", "502 storage_unavailable", (_, object) => replaced(object, { body: breaking })],
    ["the object ends early", "502 storage_unavailable", (_, object) => replaced(object, { body: short() })],
    [
      "the object goes on",
      "502 storage_unavailable",
      (_, object) => replaced(object, { body: long(object.size) }),
    ],
    ["the object has changed", "404 thumbnail_unavailable", (key) => env.MEDIA_BUCKET.head(key)],
    ["the object is gone", "410 object_missing", () => null],
    [
      "the decoder gives up",
      "404 thumbnail_unavailable",
      (_, object) => replaced(object, { body: new Blob([new Uint8Array(object.size).fill(1, 2)]).stream() }),
    ],
  ])("leaves nothing on the account where %s", async (_what, refusal, open) => {
    const { id } = await insertStored(await paddedPhoto(100_000));
    const response = await apiWith({ MEDIA_BUCKET: bucketWith(open) }, `/v1/media/${id}/thumbnail`);
    expect(await refusalOf(response)).toBe(refusal);
    expect(isolateMemory.usedBytes).toBe(0);
  });

  it("is 503 busy, before anything is read, where there is no room for its original", async () => {
    const { id } = await insertStored(await paddedPhoto(3 * mebibyte));
    const others = leave(26 * mebibyte);
    let opened = 0;
    const MEDIA_BUCKET = bucketWith((_, object) => {
      opened += 1;
      return object;
    });
    const response = await apiWith({ MEDIA_BUCKET }, `/v1/media/${id}/thumbnail`);
    others.close();
    expect(response.headers.get("Retry-After")).toBe("2");
    expect(await refusalOf(response)).toBe("503 busy");
    expect(opened).toBe(0);
    expect((await api(`/v1/media/${id}/thumbnail`)).status).toBe(200);
  });

  it("is 503 busy where others take the room that its decoder needs", async () => {
    const { id } = await insertStored(await paddedPhoto(100_000));
    let others: { readonly close: () => void } | undefined;
    const MEDIA_BUCKET = bucketWith((_, object) => {
      others = leave(100_000 + 1000);
      return object;
    });
    const response = await apiWith({ MEDIA_BUCKET }, `/v1/media/${id}/thumbnail`);
    others?.close();
    expect(response.headers.get("Retry-After")).toBe("2");
    expect((await problemOf(response)).code).toBe("busy");
    expect(isolateMemory.usedBytes).toBe(0);
  });
});

describe("a client that leaves", () => {
  afterEach(() => vi.useRealTimers());

  it("takes nobody's room for longer than two minutes", async () => {
    const { id } = await insertStored(await paddedPhoto(39 * mebibyte), { objectKey: "a.jpg" });
    const other = await insertStored(await paddedPhoto(39 * mebibyte), { objectKey: "b.jpg" });
    const now = Date.now();
    // What the runtime drops never goes on: so does a body that never comes.
    const never = new ReadableStream({ pull: async () => new Promise(() => {}) });
    const opened = Promise.withResolvers<undefined>();
    const MEDIA_BUCKET = bucketWith((_, object) => {
      opened.resolve(undefined);
      return replaced(object, { body: never });
    });
    const left = apiWith({ MEDIA_BUCKET }, `/v1/media/${id}/thumbnail`);
    left.catch(() => {});
    await opened.promise;
    expect(await refusalOf(await api(`/v1/media/${other.id}/thumbnail`))).toBe("503 busy");
    vi.useFakeTimers({ now: now + 119_000, toFake: ["Date"] });
    expect(await refusalOf(await api(`/v1/media/${other.id}/thumbnail`))).toBe("503 busy");
    vi.setSystemTime(now + 130_000);
    expect((await api(`/v1/media/${other.id}/thumbnail`)).status).toBe(200);
    expect(isolateMemory.usedBytes).toBe(0);
  });
});
