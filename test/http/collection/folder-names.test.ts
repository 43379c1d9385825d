import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { compareNaturally } from "../../../src/core/text/natural-order.ts";
import { compareBytes } from "../../support/records/list-model.ts";
import { folderOf, foldersIn, insertKeys, keysIn, names } from "./walk.ts";

describe("GET /v1/folders with odd keys", () => {
  it("shows folders without a name, where storage has such keys", async () => {
    await insertKeys("/a.jpg", "/2024/b.jpg", "2024//c.jpg", "2024///d.jpg", "2024/../e.jpg", "x/./f.jpg");
    expect(names((await folderOf()).folders)).toEqual(["", "2024", "x"]);
    expect(await folderOf({ path: "/" })).toMatchObject({ path: "/", keys: ["/a.jpg"] });
    expect((await folderOf({ path: "/2024" })).keys).toEqual(["/2024/b.jpg"]);
    expect(await folderOf({ path: "2024/" })).toMatchObject({
      path: "2024/",
      keys: [],
      folders: [
        { name: "", path: "2024//", count: 2 },
        { name: "..", path: "2024/../", count: 1 },
      ],
    });
    expect(await folderOf({ path: "2024//" })).toMatchObject({
      keys: ["2024//c.jpg"],
      folders: [{ name: "", path: "2024///" }],
    });
    expect((await folderOf({ path: "x/." })).keys).toEqual(["x/./f.jpg"]);
  });

  it("shows a key that ends in a slash within the folder of that name", async () => {
    await insertKeys("2024/", "2024/a.jpg");
    expect((await folderOf({ path: "2024" })).keys).toEqual(["2024/", "2024/a.jpg"]);
  });

  it.each(["😀", "\u{10ffff}", "\uffff", "a".repeat(1018), "%_*?[a]'\"\\", "\u0001", " "])(
    "shows the folder %j",
    async (name) => {
      await insertKeys(`${name}/a.jpg`, `${name}/b/c.jpg`);
      const [folder] = (await folderOf()).folders;
      expect(folder).toMatchObject({ name, path: `${name}/`, count: 2 });
      expect(await folderOf({ path: folder?.path ?? "" })).toMatchObject({
        keys: [`${name}/a.jpg`],
        folders: [{ name: "b", path: `${name}/b/`, count: 1 }],
      });
    },
  );

  it("shows what lies in a folder whose name has a NUL, or a file's", async () => {
    await insertKeys("a\0b/a.jpg", "a\0b/c/d.jpg", "a\0b/x\0/e\0.jpg", 'a\0b/"\\/f\0"\\.jpg', "g/h\0i.jpg");
    const folder = await folderOf({ path: "a\0b" });
    expect([names(folder.folders), folder.keys]).toEqual([['"\\', "c", "x\0"], ["a\0b/a.jpg"]]);
    expect((await folderOf({ path: "a\0b/x\0" })).keys).toEqual(["a\0b/x\0/e\0.jpg"]);
    expect((await folderOf({ path: "g" })).keys).toEqual(["g/h\0i.jpg"]);
    const { results } = await env.DB.prepare("SELECT folder FROM media_folders ORDER BY 1").all();
    expect(results.map((row) => row["folder"])).toEqual(["a\0b/", 'a\0b/"\\/', "a\0b/c/", "a\0b/x\0/", "g/"]);
  });

  it("shows in the root a folder whose name has a NUL", async () => {
    await insertKeys("a\0b/a.jpg", "a\0c/a.jpg", "b/a.jpg");
    expect(names((await folderOf()).folders)).toEqual(["a\0b", "a\0c", "b"]);
  });

  const segment = fc.constantFrom(
    "",
    "a",
    "a.",
    "a0",
    "A",
    "b",
    "..",
    "é",
    "😀",
    "\u{10ffff}",
    "a-",
    "2",
    "10",
  );
  const key = fc
    .array(segment, { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join("/"))
    .filter((each) => each !== "");

  it("agrees with plain JavaScript about any keys, in every folder", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(key, { maxLength: 14 }),
        fc.integer({ min: 1, max: 3 }),
        async (keys, limit) => {
          await env.DB.batch([
            env.DB.prepare("DELETE FROM media_objects"),
            env.DB.prepare("DELETE FROM media_folders"),
          ]);
          await insertKeys(...keys);
          const open = [""];
          for (let path = open.pop(); path !== undefined; path = open.pop()) {
            const inside = keys.filter((each) => each.startsWith(path ?? ""));
            const rests = inside.map((each) => each.slice(path?.length));
            const children = [
              ...new Set(rests.filter((each) => each.includes("/")).map((each) => each.split("/")[0] ?? "")),
            ];
            const query: Record<string, string> = { limit: String(limit) };
            if (path !== "") query["path"] = path;
            const folders = await foldersIn(query);
            expect(folders).toEqual(
              children.toSorted(compareNaturally).map((name) => ({
                name,
                path: `${path}${name}/`,
                count: inside.filter((each) => each.startsWith(`${path}${name}/`)).length,
                capped: false,
              })),
            );
            const direct = rests.filter((each) => !each.includes("/")).map((each) => `${path}${each}`);
            expect(await keysIn(query)).toEqual(direct.toSorted(compareBytes));
            open.push(...folders.map((folder) => folder.path));
          }
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);
});
