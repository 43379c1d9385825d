import { describe, expect, it } from "vitest";
import { loadFolders, pathsTo } from "../../../../console/src/find/panel/folders.ts";
import { never, played } from "../support/service.ts";

function archive(...providers: string[]): ReturnType<typeof played> {
  return played(({ pathname }) => ({
    body:
      pathname === "/v1/about"
        ? { providers: providers.map((name) => ({ name, type: "r2", writable: true })) }
        : {
            path: "2024/",
            folders: [{ name: "beach", path: "2024/beach/", count: 1000, capped: true }],
            folders_cursor: "next",
            media: { items: [], next_cursor: null },
          },
  }));
}

describe("the folders of an archive", () => {
  it("with one storage provider begin with the root", async () => {
    const { client, asked } = archive("r2");
    expect(await loadFolders(client, { of: null, cursor: null }, never)).toEqual({
      folders: [{ provider: null, path: "2024/beach/", name: "beach", count: 1000, isMore: true }],
      cursor: "next",
    });
    expect(asked).toEqual(["/v1/about", "/v1/folders?limit=1"]);
  });

  it("with several storage providers lie in these", async () => {
    const { client } = archive("r2", "dropbox");
    expect(await loadFolders(client, { of: null, cursor: null }, never)).toEqual({
      folders: [
        { provider: "r2", path: "", name: "r2", count: null, isMore: false },
        { provider: "dropbox", path: "", name: "dropbox", count: null, isMore: false },
      ],
      cursor: null,
    });
  });

  it("are asked for by provider, path and cursor", async () => {
    const { client, asked } = archive("r2", "dropbox");
    const of = { provider: "dropbox", path: "2024/", name: "2024", count: null, isMore: false };
    const { folders } = await loadFolders(client, { of, cursor: "abc" }, never);
    expect(folders).toMatchObject([{ provider: "dropbox", path: "2024/beach/" }]);
    expect(asked).toEqual(["/v1/folders?limit=1&path=2024/&provider=dropbox&folders_cursor=abc"]);
  });
});

it.each([
  ["2024/beach/", ["2024/", "2024/beach/"]],
  ["2024/IMG", ["2024/"]],
  ["", []],
])("the folders around %j are %j", (prefix, paths) => {
  expect(pathsTo(prefix)).toEqual(paths);
});
