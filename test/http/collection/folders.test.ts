import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { compareNaturally } from "../../../src/core/text/natural-order.ts";
import { refusalOf } from "../../support/http/answers.ts";
import { api } from "../../support/http/api.ts";
import { buildMany, insertMany, insertMedia } from "../../support/records/media.ts";
import { folderOf, foldersIn, insertKeys, keysIn, names } from "./walk.ts";

describe("GET /v1/folders", () => {
  it("answers an empty root where there is nothing", async () => {
    const { path, folders, folders_cursor: next, media } = await folderOf();
    expect({ path, folders, next, media }).toEqual({
      path: "",
      folders: [],
      next: null,
      media: { items: [], next_cursor: null },
    });
  });

  it("shows the folders and the media directly in the root", async () => {
    await insertKeys("b.jpg", "2024/a.jpg", "2024/beach/b.jpg", "a.jpg", "2023/x/y/z.jpg");
    const page = await folderOf();
    expect(page.folders).toEqual([
      { name: "2023", path: "2023/", count: 1, capped: false },
      { name: "2024", path: "2024/", count: 2, capped: false },
    ]);
    expect(page.keys).toEqual(["a.jpg", "b.jpg"]);
  });

  it.each(["2024", "2024/", "/2024", "/2024/"])("shows the folder %s", async (path) => {
    await insertKeys("2024/a.jpg", "2024/beach/b.jpg", "2024-07/c.jpg", "2024", "2025/d.jpg");
    const page = await folderOf({ path });
    expect(page.path).toBe("2024/");
    expect(page.folders).toEqual([{ name: "beach", path: "2024/beach/", count: 1, capped: false }]);
    expect(page.keys).toEqual(["2024/a.jpg"]);
  });

  it("takes a slash for the root", async () => {
    await insertKeys("a.jpg");
    expect(await folderOf({ path: "/" })).toMatchObject({ path: "", keys: ["a.jpg"] });
  });

  it("answers an empty folder for a path without media", async () => {
    await insertKeys("2024/a.jpg");
    expect(await folderOf({ path: "2025/x" })).toMatchObject({ path: "2025/x/", folders: [], keys: [] });
  });

  it("sorts folders in natural order", async () => {
    const sorted = ["img2", "Img2", "img10", "Ärzte", "beach", "Ёж 2", "Ёж 10", "写真2", "写真10", "😀"];
    await insertKeys(...sorted.map((name) => `${name}/a.jpg`));
    expect(names((await folderOf()).folders)).toEqual(sorted.toSorted(compareNaturally));
    expect(names((await folderOf()).folders)).toEqual([
      "😀",
      "Ärzte",
      "beach",
      "img2",
      "Img2",
      "img10",
      "Ёж 2",
      "Ёж 10",
      "写真2",
      "写真10",
    ]);
  });

  it("leaves out missing media, and folders that have no others", async () => {
    await insertMedia({ objectKey: "gone/a.jpg", missingSince: 5 });
    await insertMedia({ objectKey: "both/a.jpg", missingSince: 5 });
    await insertMedia({ objectKey: "both/b.jpg" });
    await insertMedia({ objectKey: "gone.jpg", missingSince: 5 });
    const page = await folderOf();
    expect(page.folders).toEqual([{ name: "both", path: "both/", count: 1, capped: false }]);
    expect(page.keys).toEqual([]);
  });

  it("forgets a folder that its last photo has left", async () => {
    const { id } = await insertMedia({ objectKey: "old/a.jpg" });
    await env.DB.prepare("UPDATE media_objects SET object_key = 'new/a.jpg' WHERE id = ?").bind(id).run();
    expect(names((await folderOf()).folders)).toEqual(["new"]);
  });

  it("shows a file and a folder of the same name", async () => {
    await insertKeys("2024", "2024/a.jpg", "2024/a.jpg/b.jpg");
    expect(await folderOf()).toMatchObject({ keys: ["2024"], folders: [{ name: "2024", count: 2 }] });
    expect(await folderOf({ path: "2024" })).toMatchObject({
      keys: ["2024/a.jpg"],
      folders: [{ name: "a.jpg", count: 1 }],
    });
  });

  it("tells folders apart that differ by case or normal form", async () => {
    await insertKeys("a/1.jpg", "A/2.jpg", "é/3.jpg", "e\u0301/4.jpg");
    expect(names((await folderOf()).folders)).toEqual(["a", "A", "e\u0301", "é"]);
    expect((await folderOf({ path: "e\u0301" })).keys).toEqual(["e\u0301/4.jpg"]);
  });

  it("stops counting at a thousand and says so", async () => {
    await insertMany(buildMany(1000, (index) => ({ objectKey: `full/${index % 7}/${index}.jpg` })));
    expect((await folderOf()).folders).toEqual([{ name: "full", path: "full/", count: 1000, capped: false }]);
    await insertKeys("full/more.jpg");
    expect((await folderOf()).folders).toEqual([{ name: "full", path: "full/", count: 1000, capped: true }]);
  });

  it("shows and counts only what a provider has", async () => {
    await insertMedia({ objectKey: "both/a.jpg", provider: "dropbox" });
    await insertMedia({ objectKey: "both/a.jpg" });
    await insertMedia({ objectKey: "both/b.jpg" });
    await insertMedia({ objectKey: "mine/b.jpg" });
    await insertMedia({ objectKey: "a.jpg", provider: "dropbox" });
    await insertMedia({ objectKey: "a.jpg" });
    await insertMedia({ objectKey: "b.jpg" });
    const of = await folderOf({ provider: "dropbox" });
    expect(of.folders).toEqual([{ name: "both", path: "both/", count: 1, capped: false }]);
    expect(of.media.items.map((item) => [item.provider, item.object_key])).toEqual([["dropbox", "a.jpg"]]);
  });

  it("shows a key that two providers have twice, over pages too", async () => {
    await insertMedia({ objectKey: "a.jpg", provider: "dropbox" });
    await insertMedia({ objectKey: "a.jpg" });
    await insertMedia({ objectKey: "b.jpg" });
    expect(await keysIn({ limit: "1" })).toEqual(["a.jpg", "a.jpg", "b.jpg"]);
  });

  it("says of a folder that others fill that it may have media of a provider", async () => {
    await insertMany(buildMany(1001, (index) => ({ objectKey: `full/${index}.jpg` })));
    expect((await folderOf({ provider: "dropbox" })).folders).toEqual([
      { name: "full", path: "full/", count: 0, capped: true },
    ]);
  });

  it("goes on with media alone by its cursor, and with folders by theirs", async () => {
    await insertMany(buildMany(230, (index) => ({ objectKey: `f${index}/a.jpg` })));
    await insertKeys("a.jpg", "b.jpg", "c.jpg");
    const first = await folderOf({ limit: "1" });
    expect(first.folders).toHaveLength(100);
    const more = { limit: "1", cursor: first.media.next_cursor ?? "" };
    expect(await folderOf(more)).toMatchObject({ keys: ["b.jpg"], folders: [], folders_cursor: null });
    const further = await folderOf({ limit: "1", folders_cursor: first.folders_cursor ?? "" });
    expect(further.keys).toEqual(["a.jpg"]);
    expect(names(further.folders).slice(0, 2)).toEqual(["f100", "f101"]);
    const both = await folderOf({ ...more, folders_cursor: first.folders_cursor ?? "" });
    expect(both).toMatchObject({ keys: ["b.jpg"], folders: further.folders });
    expect(names(await foldersIn({}))).toEqual(Array.from({ length: 230 }, (_, index) => `f${index}`));
  });

  it("shows a folder that is new between two pages, and each of the others once", async () => {
    await insertMany(buildMany(150, (index) => ({ objectKey: `f${index * 2}/a.jpg` })));
    const { folders_cursor: cursor } = await folderOf();
    await insertKeys("f1/a.jpg", "f251/a.jpg");
    const rest = names((await folderOf({ folders_cursor: cursor ?? "" })).folders);
    expect(rest).toContain("f251");
    expect(rest).toHaveLength(51);
  });

  it("keeps an answer within 4 MiB", async () => {
    const description = "x".repeat(60_000);
    await insertMany(
      buildMany(90, (index) => ({ objectKey: `${index}.jpg`, objectMetadata: { note: description } })),
    );
    const response = await api("/v1/folders?limit=500");
    expect((await response.arrayBuffer()).byteLength).toBeLessThanOrEqual(4 * 1024 * 1024);
    expect(await keysIn({ limit: "500" })).toHaveLength(90);
  });

  it.each([
    { query: "limit=501", refused: "422 validation_error limit" },
    { query: "sort=name", refused: "422 validation_error sort" },
    { query: "path=a&path=b", refused: "422 validation_error path" },
    { query: `path=${"a".repeat(4097)}`, refused: "422 validation_error path" },
    { query: "cursor=a.b", refused: "422 validation_error cursor" },
    { query: "folders_cursor=a.b", refused: "422 validation_error folders_cursor" },
  ])("refuses $refused", async ({ query, refused }) => {
    expect(await refusalOf(await api(`/v1/folders?${query}`))).toBe(refused);
  });

  it.each(["path=x", "provider=r2"])("refuses the cursors of the root with %s", async (query) => {
    await insertMany(buildMany(101, (index) => ({ objectKey: `f${index}/a.jpg` })));
    await insertKeys("a.jpg", "b.jpg");
    const { media, folders_cursor: next } = await folderOf({ limit: "1" });
    const ofMedia = await api(`/v1/folders?${query}&cursor=${media.next_cursor}`);
    expect(await refusalOf(ofMedia)).toBe("422 validation_error cursor");
    const ofFolders = await api(`/v1/folders?${query}&folders_cursor=${next}`);
    expect(await refusalOf(ofFolders)).toBe("422 validation_error folders_cursor");
  });

  it("takes a folder's path with or without the slash for the same cursor", async () => {
    await insertKeys("x/a.jpg", "x/b.jpg");
    const { media } = await folderOf({ path: "x", limit: "1" });
    const next = await folderOf({ path: "x/", limit: "1", cursor: media.next_cursor ?? "" });
    expect(next.keys).toEqual(["x/b.jpg"]);
  });
});
