import { describe, expect, it } from "vitest";
import { typedAt } from "../../../../console/src/find/complete/completion.ts";
import { SuggestionSource } from "../../../../console/src/find/complete/source.ts";
import { never, played, type Answer } from "../support/service.ts";

const answers: Readonly<Record<string, (url: URL) => unknown>> = {
  "/v1/keywords": ({ searchParams }) => ({
    items: [
      { keyword: "beach", count: 32 },
      { keyword: "Ben", count: 3 },
      { keyword: '12" vinyl', count: 2 },
    ].filter(({ keyword }) => keyword.toLowerCase().startsWith(searchParams.get("prefix") ?? "")),
    next_cursor: null,
  }),
  "/v1/cameras": () => ({
    items: [
      { camera: "NIKON D700", count: 8 },
      { camera: "Apple iPhone 14", count: 5 },
      { camera: "Kodak beta", count: 1 },
    ],
    next_cursor: null,
  }),
  "/v1/timeline": () => ({
    items: [
      { period: "2024-07", count: 5, imprecise: 0 },
      { period: "2024-01", count: 2, imprecise: 1 },
      { period: "1998-12", count: 1, imprecise: 0 },
    ],
    undated: 0,
    capped: false,
  }),
  "/v1/folders": ({ searchParams }) => folders(searchParams),
};

/** Two pages at the root; one folder in 2024. */
function folders(query: URLSearchParams): unknown {
  const path = query.get("path") ?? "";
  const names = path === "2024/" ? ["beach"] : query.has("folders_cursor") ? ["zoo"] : ["2024", "Bergen"];
  return {
    path,
    folders: names.map((name) => ({ name, path: `${path}${name}/`, count: 1000, capped: true })),
    folders_cursor: path === "" && !query.has("folders_cursor") ? "next" : null,
    media: { items: [], next_cursor: null },
  };
}

function service(): ReturnType<typeof played> {
  return played((url): Answer => ({ body: answers[url.pathname]?.(url) }));
}

/** The suggestions for a text at whose end the cursor is, by kind. */
async function suggested(text: string, { client } = service()): Promise<Record<string, string[]>> {
  const groups = await new SuggestionSource(client).suggest(typedAt(text, text.length), never);
  return Object.fromEntries(
    groups.map(({ kind, suggestions }) => [kind, suggestions.map(({ term }) => term)]),
  );
}

describe("suggestions", () => {
  it("for a word are keywords, cameras and folders that begin so", async () => {
    expect(await suggested("be")).toEqual({
      keyword: ['keyword:"beach"', 'keyword:"Ben"'],
      camera: ['camera:"Kodak beta"'],
      folder: ['folder:"Bergen/"'],
    });
  });

  it("for a word are fields too", async () => {
    expect(await suggested("ta")).toEqual({ field: ["taken:"] });
  });

  it("for nothing are the most used keywords, and the fields", async () => {
    expect(await suggested("")).toEqual({
      keyword: ['keyword:"beach"', 'keyword:"Ben"'],
      field: ["keyword:", "camera:", "folder:", "taken:", "has:"],
    });
  });

  it.each([
    ["keyword:bea", { keyword: ['keyword:"beach"'] }],
    ["keyword:bea*", { keyword: ['keyword:"beach"'] }],
    ["camera:ipho", { camera: ['camera:"Apple iPhone 14"'] }],
    ["folder:", { folder: ['folder:"2024/"', 'folder:"Bergen/"'] }],
    ["folder:/2024/b", { folder: ['folder:"2024/beach/"'] }],
    ["has:", { has: ["has:description", "has:keywords", "has:location", "has:taken_at"] }],
    ["has:LOC", { has: ["has:location"] }],
    ["taken:", { taken: ["taken:2024", "taken:1998"] }],
    ["taken:2024", { taken: ["taken:2024", "taken:2024-07", "taken:2024-01"] }],
    ["taken:2024-0", { taken: ["taken:2024-07", "taken:2024-01"] }],
    ["taken:1998..2", { taken: ["taken:1998..2024"] }],
  ])("for %s are values of the field", async (text, expected) => {
    expect(await suggested(text)).toEqual(expected);
  });

  it("tell how many photos there are, and where nobody has counted to the end", async () => {
    const { client } = service();
    const [keywords, , folders] = await new SuggestionSource(client).suggest(typedAt("be", 2), never);
    expect(keywords?.suggestions[0]).toMatchObject({
      label: "beach",
      count: 32,
      isMore: false,
      isWhole: true,
    });
    expect(folders?.suggestions[0]).toMatchObject({ label: "Bergen", count: 1000, isMore: true });
  });

  it("tell the months by their names, and no count of a range", async () => {
    const { client } = service();
    const source = new SuggestionSource(client);
    const [taken] = await source.suggest(typedAt("taken:2024-07", 13), never);
    expect(taken?.suggestions).toMatchObject([{ note: "July 2024", count: 5 }]);
    const [range] = await source.suggest(typedAt("taken:2023..2024", 16), never);
    expect(range?.suggestions[0]).toMatchObject({ note: null, count: null });
  });

  it("look through the pages of folders until a name fits", async () => {
    expect(await suggested("folder:zo")).toEqual({ folder: ['folder:"zoo/"'] });
  });

  it("end at the last page of folders", async () => {
    expect(await suggested("folder:nowhere")).toEqual({});
  });

  it("look through ten pages of folders and no more", async () => {
    const { client, asked } = played((url) => ({
      body: {
        path: "",
        folders: [],
        folders_cursor: `${url.search}x`,
        media: { items: [], next_cursor: null },
      },
    }));
    expect(await suggested("folder:zo", { client, asked })).toEqual({});
    expect(asked).toHaveLength(10);
  });

  it("ask for what is the same for every word once", async () => {
    const { client, asked } = service();
    const source = new SuggestionSource(client);
    for (const text of ["n", "ni", "nik"]) await source.suggest(typedAt(text, text.length), never);
    expect(asked.filter((each) => each.startsWith("/v1/cameras"))).toHaveLength(1);
    expect(asked.filter((each) => each.startsWith("/v1/keywords"))).toHaveLength(3);
  });

  it("ask for no keywords by more characters than the service takes", async () => {
    const { client, asked } = service();
    expect(await suggested(`keyword:${"b".repeat(65)}`, { client, asked })).toEqual({});
    expect(asked).toEqual([]);
  });

  it.each(["unreachable", { status: 503 }, { status: 401 }] as const)(
    "are the fields alone where the service answers %j",
    async (answer) => {
      expect(
        await suggested(
          "ta",
          played(() => answer),
        ),
      ).toEqual({ field: ["taken:"] });
      expect(
        await suggested(
          "taken:",
          played(() => answer),
        ),
      ).toEqual({});
    },
  );

  it("are the fields alone where the service does not answer in time", async () => {
    const { client } = played(() => "silent");
    const source = new SuggestionSource(client, { patienceMs: 1 });
    const groups = await source.suggest(typedAt("ta", 2), never);
    expect(groups.map(({ kind }) => kind)).toEqual(["field"]);
  });

  it("are none for a question that was stopped", async () => {
    const { client } = service();
    const stopped = AbortSignal.abort();
    await expect(new SuggestionSource(client).suggest(typedAt("be", 2), stopped)).rejects.toThrow("abort");
  });
});
