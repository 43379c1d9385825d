import { describe, expect, it } from "vitest";

import { ContentHasher } from "../../../src/storage/content-hash.ts";
import type { DropboxProvider } from "../../../src/storage/dropbox/provider.ts";
import { meteredProvider } from "../../../src/storage/metered.ts";
import { isDelta, type DeltaEntry } from "../../../src/storage/provider.ts";
import { namespaces } from "../../support/dropbox/stand-in.ts";
import { connect } from "../../support/dropbox/network.ts";
import { describeProvider } from "../provider-suite.ts";

function tested(
  root: string,
  wrap: (provider: DropboxProvider) => DropboxProvider | ReturnType<typeof meteredProvider>,
) {
  const { standIn, provider } = connect({ root });
  if (root !== "") standIn.tree.mkdir(root);
  return {
    provider: wrap(provider),
    write: async (key: string, content: string) => standIn.tree.put(`${root}/${key}`, content),
    erase: async (key: string) => standIn.tree.delete(`${root}/${key}`),
  };
}

describeProvider("dropbox", () => tested("", (provider) => provider));
describeProvider("dropbox with a root", () => tested("/Photos/All", (provider) => provider));
describeProvider("dropbox, metered", () =>
  tested("", (provider) => meteredProvider(provider, { calls: 0, bytesRead: 0 })),
);

/** Every page after a cursor. */
async function pages(provider: DropboxProvider, from: string | null) {
  const entries: DeltaEntry[] = [];
  for (let cursor = from, count = 1; ; count++) {
    const page = await provider.changes(cursor);
    if (page.kind === "reset") throw new Error("a reset");
    entries.push(...page.entries);
    ({ cursor } = page);
    if (!page.more) return { entries, cursor, count };
  }
}

/** Entries in short: `+Path` for a file, `/path` for a folder, `-path` for what is deleted. */
function short(entries: readonly DeltaEntry[]): string[] {
  return entries.map((entry) => {
    if (entry.kind === "file") return `+${entry.info.objectKey}`;
    return `${entry.kind === "folder" ? "/" : "-"}${entry.pathKey}`;
  });
}

describe("what a file of Dropbox is told as", () => {
  it("has Dropbox's spelling, path, id, revision, hash, size and time, relative to the root", async () => {
    const { standIn, provider } = connect({ root: "/photos" });
    const file = standIn.tree.put("/Photos/Été/IMG 1.JPG", "bytes", { modified: "2024-07-14T16:03:11Z" });
    const { entries } = await pages(provider, null);
    const hasher = new ContentHasher();
    await hasher.write(new TextEncoder().encode("bytes"));
    const info = {
      objectKey: "Été/IMG 1.JPG",
      pathKey: "été/img 1.jpg",
      providerRef: file.id,
      version: file.revision.rev,
      contentHash: await hasher.finish(),
      sizeBytes: 5,
      lastModified: Date.parse("2024-07-14T16:03:11Z"),
    };
    expect(entries).toEqual([
      { kind: "folder", pathKey: "été" },
      { kind: "file", info },
    ]);
    expect(await provider.stat(info.pathKey)).toEqual(info);
  });

  it("keeps names that would not do in a header as they are", async () => {
    const { standIn, provider } = connect();
    for (const name of ["写真.jpg", "a\u007fb.jpg", "😀.jpg", 'quote".jpg', "back\\slash.jpg"]) {
      standIn.tree.put(`/${name}`, name);
      const opened = await provider.open(name.toLowerCase());
      expect(opened).toMatchObject({ kind: "opened", info: { objectKey: name } });
      expect(opened.kind === "opened" ? await new Response(opened.body).text() : null).toBe(name);
    }
  });
});

describe("a delta", () => {
  it("lists everything in pages at first, and nothing more when nothing has changed", async () => {
    const { standIn, provider } = connect();
    for (let n = 0; n < 10; n++) standIn.tree.put(`/f/${n}.jpg`, String(n));
    standIn.listings.pageSize = 4;
    const first = await pages(provider, null);
    expect(first.count).toBe(3);
    expect(short(first.entries)).toEqual(["/f", ...Array.from({ length: 10 }, (_, n) => `+f/${n}.jpg`)]);
    expect(await pages(provider, first.cursor)).toMatchObject({ entries: [], count: 1 });
  });

  it("tells what was put, replaced, deleted and moved, in order", async () => {
    const { standIn, provider } = connect();
    for (const name of ["/a/1.jpg", "/a/2.jpg", "/b.jpg"]) standIn.tree.put(name, name);
    const { cursor } = await pages(provider, null);
    standIn.tree.put("/new.jpg", "new");
    standIn.tree.put("/b.jpg", "other");
    standIn.tree.delete("/a");
    expect(short((await pages(provider, cursor)).entries)).toEqual(["+new.jpg", "+b.jpg", "-a"]);
  });

  it("tells a move as a deletion and a file with the same id, whichever comes first", async () => {
    const orders = new Set<string>();
    for (let seed = 0; seed < 10; seed++) {
      const { standIn, provider } = connect({ seed });
      const { id } = standIn.tree.put("/a.jpg", "x");
      const { cursor } = await pages(provider, null);
      standIn.tree.move("/a.jpg", "/b.jpg");
      const { entries } = await pages(provider, cursor);
      const files = entries.flatMap((entry) => (entry.kind === "file" ? [entry.info] : []));
      expect(files).toMatchObject([{ objectKey: "b.jpg", providerRef: id }]);
      orders.add(short(entries).join());
    }
    expect(orders).toEqual(new Set(["-a.jpg,+b.jpg", "+b.jpg,-a.jpg"]));
  });

  it("leaves out files that cannot be downloaded", async () => {
    const { standIn, provider } = connect();
    standIn.tree.put("/a.gdoc", "x", { isDownloadable: false });
    const { entries, cursor } = await pages(provider, null);
    expect(entries).toEqual([]);
    standIn.tree.put("/b.gdoc", "x", { isDownloadable: false });
    expect((await pages(provider, cursor)).entries).toEqual([]);
    expect(await provider.stat("a.gdoc")).toBeNull();
  });

  it("goes through pages that are empty and have more", async () => {
    const { standIn, provider } = connect({ root: "/in" });
    standIn.tree.mkdir("/in");
    const { cursor } = await pages(provider, null);
    for (let n = 0; n < 6; n++) standIn.tree.put(`/out/${n}.jpg`, "x");
    standIn.tree.put("/in/a.jpg", "x");
    standIn.listings.pageSize = 2;
    const told = await pages(provider, cursor);
    expect(short(told.entries)).toEqual(["+a.jpg"]);
    expect(told.count).toBe(4);
  });

  it("says that it has to be listed anew when Dropbox does", async () => {
    const { standIn, provider } = connect();
    const { cursor } = await pages(provider, null);
    standIn.listings.reset();
    expect(await provider.changes(cursor)).toEqual({ kind: "reset" });
  });

  it.each(["", "nonsense", '{"cursor":"x"}', '{"root":"/other","pathRoot":null,"cursor":"x"}'])(
    "does not go on from what is no cursor of this folder: %j",
    async (cursor) => {
      const { standIn, provider } = connect();
      expect(await provider.changes(cursor)).toEqual({ kind: "reset" });
      expect(standIn.callsOf("files/list_folder/continue")).toBe(0);
    },
  );

  it("does not go on from a cursor that Dropbox does not understand", async () => {
    const { provider } = connect();
    const cursor = '{"root":"","pathRoot":null,"cursor":"of another account"}';
    expect(await provider.changes(cursor)).toEqual({ kind: "reset" });
  });
});

describe("a root that is gone", () => {
  it("fails a listing and never looks empty", async () => {
    const { provider } = connect({ root: "/Photos" });
    const detail =
      'The folder of the storage provider "dropbox" does not exist, or the app may not read the folder.';
    const failure = { code: "storage_unavailable", detail };
    await expect(provider.changes(null)).rejects.toMatchObject(failure);
    await expect(provider.list({ prefix: "", after: null, limit: 10 })).rejects.toMatchObject(failure);
    await expect(provider.probe()).rejects.toMatchObject(failure);
  });

  it.each(["/Above/Photos", "/Above"])("fails a delta when %s was deleted", async (deleted) => {
    const { standIn, provider } = connect({ root: "/Above/Photos" });
    standIn.tree.put("/Above/Photos/a.jpg", "x");
    const { cursor } = await pages(provider, null);
    standIn.tree.delete(deleted);
    await expect(provider.changes(cursor)).rejects.toMatchObject({ code: "storage_unavailable" });
  });

  it.each(["/Above/Photos", "/Above"])(
    "has to be listed anew when %s was deleted and is back",
    async (deleted) => {
      const { standIn, provider } = connect({ root: "/Above/Photos" });
      standIn.tree.put("/Above/Photos/a.jpg", "x");
      const { cursor } = await pages(provider, null);
      standIn.tree.delete(deleted);
      standIn.tree.put("/Above/Photos/a.jpg", "x");
      expect(await provider.changes(cursor)).toEqual({ kind: "reset" });
    },
  );

  it("does not make its files missing", async () => {
    const { standIn, provider } = connect({ root: "/Photos" });
    standIn.tree.put("/Photos/a.jpg", "x");
    standIn.tree.delete("/Photos");
    standIn.tree.forgetRevisions();
    for (const looking of [
      async () => provider.stat("a.jpg"),
      async () => provider.open("a.jpg"),
      async () => provider.open("a.jpg", { version: "0123456789" }),
    ]) {
      await expect(looking()).rejects.toMatchObject({ code: "storage_unavailable" });
    }
  });
});

describe("opening by revision", () => {
  it("gives the bytes of a file that has moved meanwhile", async () => {
    const { standIn, provider } = connect({ root: "/Photos" });
    const { revision } = standIn.tree.put("/Photos/a.jpg", "bytes");
    standIn.tree.move("/Photos/a.jpg", "/b.jpg");
    const opened = await provider.open("a.jpg", { version: revision.rev });
    expect(opened).toMatchObject({
      kind: "opened",
      info: { pathKey: "a.jpg", providerRef: revision.fileId },
    });
    expect(opened.kind === "opened" ? await new Response(opened.body).text() : null).toBe("bytes");
  });

  it("says what is there instead of a revision that is not kept any more", async () => {
    const { standIn, provider } = connect();
    const first = standIn.tree.put("/a.jpg", "first").revision;
    const second = standIn.tree.put("/a.jpg", "second").revision;
    standIn.tree.forgetRevisions();
    expect(await provider.open("a.jpg", { version: first.rev })).toMatchObject({
      kind: "changed",
      info: { version: second.rev, sizeBytes: 6 },
    });
    standIn.tree.delete("/a.jpg");
    expect(await provider.open("a.jpg", { version: first.rev })).toEqual({ kind: "missing" });
  });

  it("fails when a revision that is there cannot be had", async () => {
    const { standIn, provider, network } = connect();
    const { revision } = standIn.tree.put("/a.jpg", "x");
    const { fetch: send } = network;
    const refusal = JSON.stringify({ error: { ".tag": "path", path: { ".tag": "not_found" } } });
    Object.assign(network, {
      fetch: async (url: string, init: RequestInit) =>
        url.includes("download") ? new Response(refusal, { status: 409 }) : send(url, init),
    });
    const opening = provider.open("a.jpg", { version: revision.rev });
    await expect(opening).rejects.toMatchObject({ code: "storage_unavailable" });
  });

  it("does not take the whole for a part", async () => {
    const { standIn, provider, network } = connect();
    const { revision } = standIn.tree.put("/a.jpg", "0123456789");
    const { fetch: send } = network;
    Object.assign(network, {
      fetch: async (url: string, init: RequestInit) => {
        const headers = new Headers(init.headers);
        headers.delete("Range");
        return send(url, { ...init, headers });
      },
    });
    const opening = provider.open("a.jpg", { version: revision.rev, range: { offset: 2, length: 3 } });
    await expect(opening).rejects.toMatchObject({ code: "storage_unavailable" });
  });
});

describe("a team space", () => {
  it("is what path_root names", async () => {
    const { standIn, provider } = connect({ pathRoot: namespaces.team });
    standIn.tree.put("/home.jpg", "x");
    standIn.team.put("/team.jpg", "x");
    expect(short((await pages(provider, null)).entries)).toEqual(["+team.jpg"]);
    expect(await provider.open("home.jpg")).toEqual({ kind: "missing" });
  });

  it("that the account cannot see is a failure", async () => {
    const { provider } = connect({ pathRoot: "999" });
    await expect(provider.changes(null)).rejects.toMatchObject({ code: "storage_unavailable" });
  });
});

describe("a thumbnail of Dropbox's own", () => {
  const jpeg = new Uint8Array([0xff, 0xd8, 0xff]);

  it("is given for what Dropbox can convert", async () => {
    const { standIn, provider } = connect({ thumbnail: () => jpeg });
    const { revision } = standIn.tree.put("/a.tif", "x");
    expect(await provider.nativeThumbnail({ version: revision.rev })).toEqual(jpeg);
  });

  it.each(["/a.tif", "/a.heic"])("is not given for what it cannot: %s", async (path) => {
    const { standIn, provider } = connect();
    const { revision } = standIn.tree.put(path, "x");
    expect(await provider.nativeThumbnail({ version: revision.rev })).toBeNull();
  });

  it("is asked for in a way that Dropbox understands", async () => {
    const { provider } = connect();
    expect(await provider.nativeThumbnail({ version: "0123456789" })).toBeNull();
  });
});

describe("metering", () => {
  it("keeps what a provider can, and counts it", async () => {
    const { standIn, provider } = connect({ thumbnail: () => new Uint8Array(7) });
    const cost = { calls: 0, bytesRead: 0 };
    const metered = meteredProvider(provider, cost);
    const { revision } = standIn.tree.put("/a.tif", "x");
    if (!isDelta(metered)) throw new Error("no delta");
    expect(await metered.changes(null)).toMatchObject({ kind: "page" });
    await metered.nativeThumbnail?.({ providerRef: null, version: revision.rev });
    expect(cost).toEqual({ calls: 2, bytesRead: 7 });
  });
});
