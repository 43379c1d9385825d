import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { FileParts } from "../../../src/metadata/file-parts.ts";
import { readImageHeader } from "../../../src/metadata/headers/header.ts";
import { findMedia } from "../../../src/db/media/reads.ts";
import { processMedia } from "../../../src/media/processing/process.ts";
import { createServices } from "../../../src/services.ts";
import { isolateMemory } from "../../../src/thumbnail/budget.ts";
import { refusalOf } from "../../support/http/answers.ts";
import { apiCost, apiWith } from "../../support/http/api.ts";
import { jpegBytes } from "../../support/images/index.ts";
import { limitedEnv } from "../../support/platform/env.ts";
import { allThumbnails } from "../../support/records/derivatives.ts";
import { insertStored, storedMedia, type MediaContent } from "../../support/records/media.ts";
import { replaced } from "../../support/records/replaced.ts";

/** What was asked of the two buckets. */
class Counted {
  originals = 0;
  gets = 0;
  heads = 0;
  readonly puts: string[] = [];

  readonly bindings: Pick<Env, "MEDIA_BUCKET" | "DERIVATIVES_BUCKET"> = {
    MEDIA_BUCKET: replaced(env.MEDIA_BUCKET, {
      get: async (key: string, options?: R2GetOptions) => {
        this.originals += 1;
        return env.MEDIA_BUCKET.get(key, options);
      },
    }),
    DERIVATIVES_BUCKET: replaced(env.DERIVATIVES_BUCKET, {
      get: async (key: string) => {
        this.gets += 1;
        return env.DERIVATIVES_BUCKET.get(key);
      },
      head: async (key: string) => {
        this.heads += 1;
        return env.DERIVATIVES_BUCKET.head(key);
      },
      put: async (key: string, value: Uint8Array, options?: R2PutOptions) => {
        this.puts.push(key.split("/").at(-1) ?? "");
        return env.DERIVATIVES_BUCKET.put(key, value, options);
      },
    }),
  };
}

const waiting = {
  state: "pending",
  change: 0,
  width: null,
  height: null,
  orientation: null,
  thumbnailVersion: "waits-3",
} as const satisfies MediaContent;

function photo(width = 1600, height = 1200): Uint8Array {
  return jpegBytes({ width, height });
}

/** A photo as ingest leaves it: its id and its version. */
async function ingested(bytes = photo(), counted = new Counted()): Promise<{ id: string; version: string }> {
  const { id } = await insertStored(bytes, waiting);
  const bindings = limitedEnv({ ...env, ...counted.bindings });
  const services = createServices(bindings, { session: "primary", traceId: "t", logContext: {} });
  const media = await findMedia(services.db, id);
  if (media === null) throw new Error("no record");
  await processMedia(services, media);
  return { id, version: String((await storedMedia(id))?.["thumbnail_version"]) };
}

async function sizeOf(response: Response): Promise<string> {
  expect(response.status).toBe(200);
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect(response.headers.get("Content-Length")).toBe(String(bytes.length));
  const result = readImageHeader(FileParts.whole(bytes));
  return result.kind === "header" ? `${result.header.width}x${result.header.height}` : result.kind;
}

const covered = [
  ["size=128&fit=contain", "128x96"],
  ["size=256&fit=contain", "256x192"],
  ["size=512&fit=contain", "512x384"],
  ["size=1024&fit=contain", "1024x768"],
  ["size=128", "128x128"],
  ["size=256", "256x256"],
  ["size=512", "512x512"],
] as const;

const uncovered = [
  ["size=1024", "1024x1024"],
  ["size=2048&fit=contain", "1600x1200"],
] as const;

describe("the original of a new photo", () => {
  it("is read once, and one thumbnail is stored, however many sizes are asked for then", async () => {
    const counted = new Counted();
    const { id, version } = await ingested(photo(), counted);
    for (const [query, size] of covered) {
      const response = await apiWith(counted.bindings, `/v1/media/${id}/thumbnail?${query}&v=${version}`);
      expect(await sizeOf(response)).toBe(size);
      expect(await sizeOf(await apiWith(counted.bindings, `/v1/media/${id}/thumbnail?${query}`))).toBe(size);
    }
    expect(counted).toMatchObject({ originals: 1, puts: ["1024-contain.jpg"], heads: 0 });
    expect(await allThumbnails()).toEqual([`${id}/${version}/1024-contain.jpg`]);
    expect(isolateMemory.usedBytes).toBe(0);
  });

  it.each(uncovered)("is read once more for %s, which is kept", async (query, size) => {
    const { id, version } = await ingested();
    const counted = new Counted();
    for (let round = 0; round < 3; round++) {
      const response = await apiWith(counted.bindings, `/v1/media/${id}/thumbnail?${query}&v=${version}`);
      expect(await sizeOf(response)).toBe(size);
    }
    expect(counted.originals).toBe(1);
    expect(counted.puts).toHaveLength(1);
  });

  it("is read for a square that is larger than the preview's short side, and not again", async () => {
    const { id, version } = await ingested(photo(1600, 400));
    const counted = new Counted();
    for (let round = 0; round < 2; round++) {
      const response = await apiWith(counted.bindings, `/v1/media/${id}/thumbnail?v=${version}`);
      expect(await sizeOf(response)).toBe("512x512");
    }
    expect(counted).toMatchObject({ originals: 1, puts: ["512-cover.jpg"] });
  });

  it("is never read where it is no larger than its preview, which is itself every larger size", async () => {
    const { id, version } = await ingested(photo(700, 500));
    const counted = new Counted();
    for (const size of [1024, 2048]) {
      const query = `size=${size}&fit=contain&v=${version}`;
      expect(await sizeOf(await apiWith(counted.bindings, `/v1/media/${id}/thumbnail?${query}`))).toBe(
        "700x500",
      );
    }
    expect(counted).toMatchObject({ originals: 0, puts: [] });
  });
});

describe("a preview that is warm", () => {
  it.each([...covered, ...uncovered.map(([query]) => [query, ""] as const)])(
    "serves %s by one read of R2 and no statement",
    async (query) => {
      const { id, version } = await ingested();
      const path = `/v1/media/${id}/thumbnail?${query}&v=${version}`;
      await (await apiWith({}, path)).body?.cancel();
      const counted = new Counted();
      await (await apiWith(counted.bindings, path)).body?.cancel();
      expect(counted).toMatchObject({ gets: 1, heads: 0, originals: 0, puts: [] });
      const { response, statements } = await apiCost(path);
      expect(statements).toBe(0);
      expect(response.headers.get("Cache-Control")).toBe("private, max-age=31536000, immutable");
    },
  );

  it.each(["size=128", "size=512&fit=contain", "size=2048&fit=contain"])(
    "has nothing read or made for who has %s already",
    async (query) => {
      const { id, version } = await ingested();
      const path = `/v1/media/${id}/thumbnail?${query}`;
      const first = await apiWith({}, path);
      await first.body?.cancel();
      const headers = { "If-None-Match": first.headers.get("ETag") ?? "" };
      for (const asked of [path, `${path}&v=${version}`]) {
        const counted = new Counted();
        const response = await apiWith(counted.bindings, asked, { headers });
        expect(response.status).toBe(304);
        expect(response.headers.get("ETag")).toBe(headers["If-None-Match"]);
        expect(counted).toMatchObject({ gets: 0, originals: 0, heads: 1 });
      }
    },
  );

  it.each(["size=128", "size=512", "size=256&fit=contain"])("tells HEAD the length of %s", async (query) => {
    const { id, version } = await ingested();
    const path = `/v1/media/${id}/thumbnail?${query}&v=${version}`;
    const whole = (await (await apiWith({}, path)).arrayBuffer()).byteLength;
    const head = await apiWith({}, path, { method: "HEAD" });
    expect(head.headers.get("Content-Length")).toBe(String(whole));
    expect(await head.text()).toBe("");
  });

  it("is not read where the memory has no room for it, and leaves nothing on the account", async () => {
    const { id, version } = await ingested();
    const others = isolateMemory.newAccount();
    others.take(isolateMemory.limitBytes - 1024 * 1024);
    let read = 0;
    const get = async (key: string): Promise<object | null> => {
      const object = await env.DERIVATIVES_BUCKET.get(key);
      const pull = (): void => void (read += 1);
      return object === null
        ? null
        : replaced(object, { body: new ReadableStream({ pull }, { highWaterMark: 0 }) });
    };
    const bindings = { DERIVATIVES_BUCKET: replaced(env.DERIVATIVES_BUCKET, { get }) };
    const response = await apiWith(bindings, `/v1/media/${id}/thumbnail?size=128&v=${version}`);
    others.close();
    expect(await refusalOf(response)).toBe("503 busy");
    expect(read).toBe(0);
    expect(isolateMemory.usedBytes).toBe(0);
  });

  it("is made anew where what is stored is no picture", async () => {
    const { id, version } = await ingested();
    await env.DERIVATIVES_BUCKET.put(`${id}/${version}/1024-contain.jpg`, "x");
    const counted = new Counted();
    for (const size of [128, 256]) {
      const path = `/v1/media/${id}/thumbnail?size=${size}&v=${version}`;
      expect(await sizeOf(await apiWith(counted.bindings, path))).toBe(`${size}x${size}`);
    }
    expect(counted).toMatchObject({ originals: 1, puts: ["1024-contain.jpg"] });
  });
});

describe.each([
  ["waits to be processed", waiting],
  ["has lost its preview", { thumbnailVersion: "ready-3" }],
  ["is of a time before previews", { thumbnailVersion: "older-2" }],
])("a photo that %s", (_what, content) => {
  it("has its preview made by whoever asks first, so that no other size reads the original", async () => {
    const { id } = await insertStored(photo(), content);
    const counted = new Counted();
    for (const [query, size] of covered) {
      expect(await sizeOf(await apiWith(counted.bindings, `/v1/media/${id}/thumbnail?${query}`))).toBe(size);
    }
    expect(counted).toMatchObject({ originals: 1, puts: ["1024-contain.jpg"] });
  });

  it("keeps one preview and nothing else where many sizes are asked for at once", async () => {
    const { id } = await insertStored(photo(), content);
    const answers = covered.map(async ([query]) => apiWith({}, `/v1/media/${id}/thumbnail?${query}`));
    for (const response of await Promise.all(answers)) expect([200, 503]).toContain(response.status);
    expect(await allThumbnails()).toEqual([`${id}/${content.thumbnailVersion}/1024-contain.jpg`]);
    expect(isolateMemory.usedBytes).toBe(0);
  });

  it("has the largest size made of the original, and that alone", async () => {
    const { id } = await insertStored(photo(), content);
    const counted = new Counted();
    const path = `/v1/media/${id}/thumbnail?size=2048&fit=contain`;
    expect(await sizeOf(await apiWith(counted.bindings, path))).toBe("1600x1200");
    expect(counted).toMatchObject({ originals: 1, puts: ["2048-contain.jpg"] });
  });
});

describe("a square of a time before previews", () => {
  it("is served as it is, without a look at anything else", async () => {
    const { id } = await insertStored(photo(), { thumbnailVersion: "older-2" });
    await env.DERIVATIVES_BUCKET.put(`${id}/older-2/512-cover.jpg`, "the old square");
    await env.DERIVATIVES_BUCKET.put(`${id}/older-2/1024-contain.jpg`, "an old preview");
    const counted = new Counted();
    const response = await apiWith(counted.bindings, `/v1/media/${id}/thumbnail?v=older-2`);
    expect(await response.text()).toBe("the old square");
    expect(response.headers.get("Cache-Control")).toContain("immutable");
    expect(counted).toMatchObject({ gets: 1, originals: 0 });
  });
});
