import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { meteredProvider } from "../../../src/storage/metered.ts";
import { DerivativeStore } from "../../../src/storage/r2/derivatives.ts";
import { askR2 } from "../../../src/storage/r2/failure.ts";
import { R2Provider } from "../../../src/storage/r2/provider.ts";
import { createProviders } from "../../../src/storage/registry.ts";
import { testSurroundings } from "../../support/dropbox/network.ts";
import { limitedBucket } from "../../support/platform/bucket.ts";
import { Invocation } from "../../support/platform/invocation.ts";
import { replaced, type Replacements } from "../../support/records/replaced.ts";
import { describeProvider, writableStorage } from "../provider-suite.ts";

const cost = () => ({ calls: 0, bytesRead: 0 });

const limited = (bucket: R2Bucket) => limitedBucket(bucket, Invocation.answered());
const r2 = (prefix: string) => new R2Provider("r2", limited(env.MEDIA_BUCKET), prefix);

describeProvider("r2", () => writableStorage(r2("")));
describeProvider("r2 with a prefix", () => writableStorage(r2("below/")));
describeProvider("r2, metered", () => writableStorage(meteredProvider(r2(""), cost())));

function faulty(members: Replacements): R2Provider {
  return new R2Provider("r2", limited(replaced(env.MEDIA_BUCKET, members)), "");
}

describe("R2Provider", () => {
  it("neither sees nor touches what is outside its prefix", async () => {
    await env.MEDIA_BUCKET.put("a", "outside");
    await env.MEDIA_BUCKET.put("below/b", "inside");
    const provider = r2("below/");
    const { objects } = await provider.list({ prefix: "", after: null, limit: 10 });
    expect(objects.map((object) => object.pathKey)).toEqual(["b"]);
    await provider.remove("a");
    expect(await env.MEDIA_BUCKET.head("a")).not.toBeNull();
  });

  it("tells no hash of an object that was stored in parts", async () => {
    const parts = await env.MEDIA_BUCKET.createMultipartUpload("a");
    await parts.complete([await parts.uploadPart(1, "bytes")]);
    const info = await r2("").stat("a");
    expect(info).toMatchObject({ contentHash: null, sizeBytes: 5 });
  });

  it.each(["é", "\u{1F600}", "a"])(
    "lists after a position that is longer than any key: %s…",
    async (character) => {
      const bytes = new TextEncoder().encode(character).length;
      const key = (last: string): string => character.repeat(Math.floor(1020 / bytes)) + last;
      for (const last of ["0", "1", "2"]) await env.MEDIA_BUCKET.put(key(last), "x");
      const list = async (options: R2ListOptions): Promise<R2Objects> => {
        expect(new TextEncoder().encode(options.startAfter).length).toBeLessThanOrEqual(1024);
        return env.MEDIA_BUCKET.list(options);
      };
      const after = `${key("1")}\u{1}${crypto.randomUUID()}`;
      const { objects } = await faulty({ list }).list({ prefix: "", after, limit: 10 });
      expect(objects.map(({ pathKey }) => pathKey)).toContain(key("2"));
      expect(objects.map(({ pathKey }) => pathKey)).not.toContain(key("0"));
    },
  );

  it("does not take an empty page for the end", async () => {
    const list = async (): Promise<object> => ({
      objects: [],
      truncated: true,
      cursor: "x",
      delimitedPrefixes: [],
    });
    const listing = faulty({ list }).list({ prefix: "", after: null, limit: 10 });
    await expect(listing).rejects.toMatchObject({ code: "storage_unavailable" });
  });

  it.each(["head", "get", "put", "delete", "list"])("translates what %s throws", async (method) => {
    for (const [message, code] of [
      ["internal error (10001)", "storage_unavailable"],
      ["Network connection lost.", "storage_unavailable"],
      ["slow down (10058)", "storage_rate_limited"],
    ] as const) {
      const provider = faulty({ [method]: async () => Promise.reject(new Error(`${method}: ${message}`)) });
      const calls = {
        head: async () => provider.stat("a"),
        get: async () => provider.open("a"),
        put: async () =>
          provider.put("a", new Blob([]).stream(), { sizeBytes: 0, contentType: "x", overwrite: true }),
        delete: async () => provider.remove("a"),
        list: async () => provider.probe(),
      };
      const call = new Map<string, () => Promise<unknown>>(Object.entries(calls)).get(method);
      await expect(call?.()).rejects.toMatchObject({ code });
    }
  });
});

describe("askR2", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("waits no longer than half a minute", async () => {
    const asking = askR2("get", async () => new Promise(() => undefined));
    vi.advanceTimersByTime(29_999);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(1);
    await expect(asking).rejects.toMatchObject({ code: "storage_unavailable" });
  });

  it("leaves no timer behind, whatever the answer", async () => {
    await askR2("head", async () => env.MEDIA_BUCKET.head("a"));
    await expect(askR2("get", async () => Promise.reject(new Error("no")))).rejects.toMatchObject({
      code: "storage_unavailable",
    });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("meteredProvider", () => {
  it("counts calls, and the bytes of what was opened", async () => {
    const spent = cost();
    const provider = meteredProvider(r2(""), spent);
    await env.MEDIA_BUCKET.put("a", "0123456789");
    await provider.stat("a");
    for (const options of [{}, { range: { offset: 1, length: 4 } }, { version: "other" }]) {
      const opened = await provider.open("a", options);
      if (opened.kind === "opened") await opened.body.cancel();
    }
    await provider.open("missing");
    expect(spent).toEqual({ calls: 5, bytesRead: 14 });
    expect(provider).toMatchObject({ name: "r2", type: "r2", writable: true });
  });
});

describe("createProviders", () => {
  it("leaves out what has no bucket, and says so", () => {
    const configs = ["a", "b"].map((name) => ({
      name,
      type: "r2" as const,
      binding: name.toUpperCase(),
      prefix: "",
      sidecars: "read" as const,
    }));
    const { providers, problems } = createProviders(configs, {
      bucketOf: (name) => (name === "A" ? env.MEDIA_BUCKET : null),
      network: testSurroundings(),
    });
    expect([...providers.keys()]).toEqual(["a"]);
    expect(problems).toEqual(['STORAGE_PROVIDERS entry "b" names a bucket that is not bound.']);
  });
});

describe("DerivativeStore", () => {
  const store = new DerivativeStore(limited(env.DERIVATIVES_BUCKET));
  const key = (mediaId: string, version: string, variant: string) => ({ mediaId, version, variant });

  it("gives back what it keeps, by record, version and variant", async () => {
    await store.put(key("id", "v1", "512-cover"), new Uint8Array([1, 2]));
    const found = await store.get(key("id", "v1", "512-cover"));
    expect(found?.sizeBytes).toBe(2);
    expect(new Uint8Array(await new Response(found?.body).arrayBuffer())).toEqual(new Uint8Array([1, 2]));
    expect(await store.get(key("id", "v2", "512-cover"))).toBeNull();
  });

  it("removes a record's pictures, all or all but one version's", async () => {
    const names = [key("id", "v1", "a"), key("id", "v1", "b"), key("id", "v2", "a"), key("id2", "v1", "a")];
    for (const name of names) await store.put(name, new Uint8Array([1]));
    await store.remove("id", "v2");
    const left = await store.list("", 10);
    expect(left.objects.map((object) => object.key)).toEqual(["id/v2/a.jpg", "id2/v1/a.jpg"]);
    await store.remove("id", null);
    expect((await store.list("", 10)).objects.map((object) => object.key)).toEqual(["id2/v1/a.jpg"]);
  });

  it("lists page by page", async () => {
    for (const variant of ["a", "b", "c"]) await store.put(key("id", "v", variant), new Uint8Array([1]));
    const first = await store.list("", 2);
    expect(first).toMatchObject({ complete: false, objects: [{ key: "id/v/a.jpg" }, { key: "id/v/b.jpg" }] });
    const rest = await store.list("id/v/b.jpg", 2);
    expect(rest).toMatchObject({ complete: true, objects: [{ key: "id/v/c.jpg" }] });
    expect(rest.objects[0]?.storedAt).toBeGreaterThan(Date.now() - 60_000);
  });
});
