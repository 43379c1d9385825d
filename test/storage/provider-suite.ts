import { describe, expect, it } from "vitest";

import type { PutOptions, StorageProvider } from "../../src/storage/provider.ts";

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

async function put(
  provider: StorageProvider,
  key: string,
  content: string,
  options: Partial<PutOptions> = {},
): ReturnType<StorageProvider["put"]> {
  const bytes = text(content);
  const { readable, writable } = new FixedLengthStream(bytes.length);
  const writing = new Blob([bytes]).stream().pipeTo(writable);
  const storing = provider.put(key, readable, {
    sizeBytes: bytes.length,
    contentType: "image/jpeg",
    overwrite: false,
    ...options,
  });
  const [stored] = await Promise.allSettled([storing, writing]);
  if (stored.status === "rejected") throw stored.reason;
  return stored.value;
}

/** A provider under test, and how its storage is changed: through it, or behind its back where it only reads. */
export interface TestedStorage {
  readonly provider: StorageProvider;
  readonly write: (key: string, content: string) => Promise<unknown>;
  readonly erase: (key: string) => Promise<void>;
}

/** A provider that is its own way to its storage. */
export function writableStorage(provider: StorageProvider): TestedStorage {
  return {
    provider,
    write: async (key, content) => put(provider, key, content, { overwrite: true }),
    erase: async (key) => provider.remove(key),
  };
}

async function read(provider: StorageProvider, key: string): Promise<string | null> {
  const opened = await provider.open(key);
  return opened.kind === "opened" ? new Response(opened.body).text() : null;
}

async function listKeys(provider: StorageProvider, prefix: string, limit: number): Promise<string[]> {
  const keys: string[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<StorageProvider["list"]>> = await provider.list({ prefix, after, limit });
    expect(page.objects.length).toBeLessThanOrEqual(limit);
    keys.push(...page.objects.map((object) => object.objectKey));
    after = page.next;
  } while (after !== null);
  return keys;
}

/** What every storage provider does; `create` makes one whose storage is empty. */
export function describeProvider(name: string, create: () => TestedStorage): void {
  describe(`the storage provider ${name}`, () => {
    describeReading(create);
    if (create().provider.writable) describeWriting(() => create().provider);
    else describeRefusing(create);
  });
}

function describeReading(create: () => TestedStorage): void {
  it("tells of an object and gives it back", async () => {
    const { provider, write } = create();
    await write("a/b.jpg", "bytes");
    const info = { objectKey: "a/b.jpg", pathKey: "a/b.jpg", sizeBytes: 5 };
    expect(await provider.stat("a/b.jpg")).toMatchObject(info);
    const opened = await provider.open("a/b.jpg");
    expect(opened).toMatchObject({ kind: "opened", info });
    expect(opened.kind === "opened" ? await new Response(opened.body).text() : null).toBe("bytes");
  });

  it("knows nothing of what is not there", async () => {
    const { provider } = create();
    expect(await provider.stat("a")).toBeNull();
    expect(await provider.open("a")).toEqual({ kind: "missing" });
    expect(await provider.open("a", { version: "0123456789abcdef" })).toEqual({ kind: "missing" });
    expect(await provider.list({ prefix: "", after: null, limit: 10 })).toEqual({ objects: [], next: null });
  });

  it("knows nothing of a folder as an object", async () => {
    const { provider, write } = create();
    await write("a/b", "bytes");
    expect(await provider.stat("a")).toBeNull();
    expect(await provider.open("a")).toEqual({ kind: "missing" });
  });

  it("opens a part of an object", async () => {
    const { provider, write } = create();
    await write("a", "0123456789");
    const opened = await provider.open("a", { range: { offset: 2, length: 3 } });
    expect(opened.kind === "opened" ? await new Response(opened.body).text() : null).toBe("234");
  });

  it("opens the version that is asked for, never another", async () => {
    const { provider, write, erase } = create();
    await write("a", "first");
    const version = (await provider.stat("a"))?.version ?? "";
    const same = await provider.open("a", { version });
    expect(same.kind === "opened" ? await new Response(same.body).text() : null).toBe("first");
    await write("a", "second");
    const later = await provider.open("a", { version });
    // Some keep what was replaced for a while, and others do not.
    const seen = later.kind === "opened" ? await new Response(later.body).text() : later;
    expect(["first", { kind: "changed", info: await provider.stat("a") }]).toContainEqual(seen);
    await erase("a");
    expect(await provider.open("a")).toEqual({ kind: "missing" });
  });

  it("lists every key with a prefix once, page by page, in the order of UTF-8", async () => {
    const { provider, write } = create();
    const keys = ["a/1", "a/2", "a/\uffff", "a/😀", "a0", "b", "é"];
    for (const key of keys.toReversed()) await write(key, key);
    expect(await listKeys(provider, "", 2)).toEqual(keys);
    expect(await listKeys(provider, "a/", 3)).toEqual(keys.slice(0, 4));
    expect(await listKeys(provider, "a", 1000)).toEqual(keys.slice(0, 5));
    expect(await listKeys(provider, "x", 1)).toEqual([]);
  });

  it("names the same bytes alike and others otherwise", async () => {
    const { provider, write } = create();
    for (const [key, content] of [
      ["a", "x"],
      ["b", "x"],
      ["c", "y"],
    ] as const)
      await write(key, content);
    const hashes = [];
    for (const key of ["a", "b", "c"]) hashes.push((await provider.stat(key))?.contentHash);
    expect(hashes[0]).toMatch(/^[a-z0-9]+:[0-9a-f]+$/);
    expect(hashes[1]).toBe(hashes[0]);
    expect(hashes[2]).not.toBe(hashes[0]);
  });

  it("does not find what was erased", async () => {
    const { provider, write, erase } = create();
    await write("a", "x");
    await erase("a");
    expect(await provider.stat("a")).toBeNull();
  });

  it("answers a probe", async () => {
    await expect(create().provider.probe()).resolves.toBeUndefined();
  });
}

function describeRefusing(create: () => TestedStorage): void {
  it("refuses to be written to, and changes nothing", async () => {
    const { provider, write } = create();
    await write("a", "first");
    const storing = provider.put("a", new Blob(["second"]).stream(), {
      sizeBytes: 6,
      contentType: "image/jpeg",
      overwrite: true,
    });
    await expect(storing).rejects.toMatchObject({ code: "read_only_provider" });
    await expect(provider.remove("a")).rejects.toMatchObject({ code: "read_only_provider" });
    expect(await read(provider, "a")).toBe("first");
  });
}

function describeWriting(create: () => StorageProvider): void {
  it("stores an object, tells of it and gives it back", async () => {
    const provider = create();
    const stored = await put(provider, "a/b.jpg", "bytes");
    const info = stored.kind === "stored" ? stored.info : null;
    expect(info).toMatchObject({ objectKey: "a/b.jpg", pathKey: "a/b.jpg", sizeBytes: 5 });
    expect(await provider.stat("a/b.jpg")).toEqual(info);
    expect(await read(provider, "a/b.jpg")).toBe("bytes");
  });

  it("does not overwrite unless it is told to", async () => {
    const provider = create();
    await put(provider, "a", "first");
    expect(await put(provider, "a", "second")).toEqual({ kind: "exists" });
    expect(await read(provider, "a")).toBe("first");
    expect(await put(provider, "a", "third", { overwrite: true })).toMatchObject({ kind: "stored" });
    expect(await read(provider, "a")).toBe("third");
  });

  it("stores nothing whose digest is another", async () => {
    const provider = create();
    await put(provider, "a", "first");
    const sha256 = new Uint8Array(await crypto.subtle.digest("SHA-256", text("second")));
    const options = { overwrite: true, sha256 };
    expect(await put(provider, "a", "other", options)).toEqual({ kind: "digest_mismatch" });
    expect(await read(provider, "a")).toBe("first");
    expect(await put(provider, "a", "second", options)).toMatchObject({ kind: "stored" });
  });

  it("stores nothing of a body that breaks off", async () => {
    const provider = create();
    const { readable, writable } = new FixedLengthStream(10);
    const writer = writable.getWriter();
    const breaking = writer.write(text("12345")).then(async () => writer.abort(new Error("lost")));
    const storing = provider.put("a", readable, {
      sizeBytes: 10,
      contentType: "image/jpeg",
      overwrite: true,
    });
    const [stored] = await Promise.allSettled([storing, breaking]);
    expect(stored).toMatchObject({ status: "rejected", reason: { code: "storage_unavailable" } });
    expect(await provider.stat("a")).toBeNull();
  });

  it("removes an object", async () => {
    const provider = create();
    await put(provider, "a", "x");
    await provider.remove("a");
    expect(await provider.stat("a")).toBeNull();
    await expect(provider.remove("a")).resolves.toBeUndefined();
  });
}
