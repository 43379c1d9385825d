import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { refusalOf } from "../../support/http/answers.ts";
import { api } from "../../support/http/api.ts";
import type { ListParameters } from "../../support/http/pages.ts";
import { buildMany, insertMany, insertMedia } from "../../support/records/media.ts";
import { described, found, idsOf, insertNamed, pagesOf, resultsOf, search, searchPath } from "./searches.ts";

describe("the order of GET /v1/search", () => {
  it("has first what matches whole within description and keywords, then the rest, newest first", async () => {
    await insertNamed({
      "words/1": described("beach"),
      "beach/2": {},
      "words/3": { objectMetadata: { keywords: ["beach"] } },
      "title/4": { objectMetadata: { title: "beach" } },
      "camera/5": { intrinsic: JSON.stringify({ camera: { make: "Beach", model: null, lens: null } }) },
      "beach/6": described("also beach"),
      "none/7": {},
    });
    expect(await found("beach")).toEqual(["beach/6", "words/3", "words/1", "camera/5", "title/4", "beach/2"]);
    const { items } = await search("beach");
    const created = items.map((each) => each.created_at);
    for (const group of [created.slice(0, 3), created.slice(3)])
      expect(group).toEqual(group.toSorted().toReversed());
  });

  it("counts a record to the rest of which one word is in the description and another elsewhere", async () => {
    await insertNamed({
      whole: described("white beach"),
      "both/2": { objectMetadata: { description: "white", keywords: ["beach"] } },
      "beach/3": described("white"),
      "own/4": { objectMetadata: { description: "beach", title: "white" } },
    });
    expect(await found("white beach")).toEqual(["both/2", "whole", "own/4", "beach/3"]);
  });

  it("is by creation alone where the query has no words of its own", async () => {
    await insertNamed({
      a: { objectMetadata: { keywords: ["beach"] }, takenAt: "2024-01-01T00:00:00.000" },
      b: { takenAt: "2024-01-01T00:00:00.000" },
      c: { objectMetadata: { keywords: ["beach"] }, takenAt: "2024-01-01T00:00:00.000" },
    });
    expect(await found("")).toEqual(["c", "b", "a"]);
    expect(await found("taken:2024")).toEqual(["c", "b", "a"]);
    expect(await found("keyword:beach")).toEqual(["c", "a"]);
    expect(await found("-zebra")).toEqual(["c", "b", "a"]);
  });

  it("leaves an exclusion out of both groups, wherever it stands", async () => {
    await insertNamed({
      a: { objectMetadata: { description: "beach", title: "family" } },
      b: described("beach"),
      "beach/c": { objectMetadata: { keywords: ["family"] } },
      "beach/d": {},
    });
    expect(await found("beach -family ")).toEqual(["b", "beach/d"]);
  });

  it("keeps the newest first where its row takes the place of a deleted one", async () => {
    await insertNamed({ a: described("beach"), b: described("beach") });
    const newest = await env.DB.prepare("SELECT max(pk) AS pk FROM media_objects").first("pk");
    await env.DB.prepare("DELETE FROM media_objects WHERE object_key = 'b'").run();
    await insertNamed({ c: described("beach") });
    expect(await env.DB.prepare("SELECT max(pk) AS pk FROM media_objects").first("pk")).toBe(newest);
    expect(await found("beach")).toEqual(["c", "a"]);
    expect(await found("b ")).toEqual([]);
  });
});

/** Records of which every third matches in its words, and every third in its key. */
async function insertMixed(count: number): Promise<string[]> {
  const built = buildMany(count, (index) => ({
    objectKey: `${index % 3 === 1 ? "beach" : "x"}/${index}.jpg`,
    objectMetadata: index % 3 === 0 ? { description: "a beach" } : {},
  }));
  await insertMany(built);
  const newest = built.map(({ id }, index) => ({ id, index })).toReversed();
  return [0, 1].flatMap((rest) => newest.filter(({ index }) => index % 3 === rest).map(({ id }) => id));
}

describe("the pages of GET /v1/search", () => {
  it("hold the whole search along the cursors, with every limit", async () => {
    const expected = await insertMixed(20);
    for (let limit = 1; limit <= 15; limit++) {
      const pages = await pagesOf("beach", { limit: String(limit) });
      expect(idsOf(pages)).toEqual(expected);
      expect(pages).toHaveLength(Math.ceil(expected.length / limit));
      for (const { items } of pages.slice(0, -1)) expect(items).toHaveLength(limit);
    }
  });

  it("hold by offsets what they hold by cursors", async () => {
    const expected = await insertMixed(20);
    for (const limit of [1, 4, 7, 500])
      for (let offset = 0; offset <= expected.length + 1; offset++) {
        const page = await search("beach", { limit: String(limit), offset: String(offset) });
        expect(idsOf([page])).toEqual(expected.slice(offset, offset + limit));
        expect(page.next_cursor === null).toBe(offset + limit >= expected.length);
        expect(page).toMatchObject({ offset, limit, total: expected.length });
      }
  });

  it("go on by cursor from an offset", async () => {
    const expected = await insertMixed(20);
    for (const offset of ["0", "5", "9"]) {
      const pages = await pagesOf("beach", { limit: "3", offset });
      expect(idsOf(pages)).toEqual(expected.slice(Number(offset)));
    }
  });

  it("may be of another size each", async () => {
    const expected = await insertMixed(20);
    const first = await search("beach", { limit: "2" });
    const second = await search("beach", { limit: "500", cursor: first.next_cursor ?? "" });
    expect(idsOf([first, second])).toEqual(expected);
  });

  it("tell total and pages, but not with a cursor", async () => {
    await insertMixed(20);
    const first = await search("beach", { limit: "4" });
    expect(first).toMatchObject({ total: 14, total_capped: false, pages: 4, limit: 4, offset: 0 });
    const second = await search("beach", { limit: "4", cursor: first.next_cursor ?? "" });
    expect(second).toMatchObject({ total: null, total_capped: false, pages: null, limit: 4, offset: null });
  });

  it("link to the next one, which goes on with the same search", async () => {
    const expected = await insertMixed(20);
    const q = 'beach -"a b" 海 & +?';
    expect(await found(q)).toEqual([]);
    const path = searchPath("beach", { limit: "5", offset: "1", keyword: [], mark: "<em>,</em>" });
    const response = await api(path);
    const link = /^<([^>]+)>; rel="next"$/.exec(response.headers.get("Link") ?? "")?.[1] ?? "";
    expect(new URL(link, "https://tagline.test").searchParams.has("offset")).toBe(false);
    expect(idsOf([await resultsOf(await api(link))])).toEqual(expected.slice(6, 11));
    expect((await api(searchPath("beach"))).headers.has("Link")).toBe(false);
  });

  it("hold each record as GET of one answers it, with its highlight", async () => {
    const { id } = await insertMedia({ objectMetadata: { description: "beach", rating: 3 } });
    const { highlight, ...item } = (await search("beach")).items[0] ?? {};
    expect(item).toEqual(await (await api(`/v1/media/${id}`)).json());
    expect(highlight).toEqual({ description: "\u{E000}beach\u{E001}" });
  });

  it("end empty where nothing is stored, and beyond the end", async () => {
    expect(await search("beach")).toMatchObject({ items: [], total: 0, pages: 0, next_cursor: null });
    await insertMedia(described("beach"));
    expect(await search("beach", { offset: "10000" })).toMatchObject({
      items: [],
      total: 1,
      next_cursor: null,
    });
  });
});

describe("GET /v1/search refuses", () => {
  it.each<[string, ListParameters]>([
    ["offset", { offset: "10001" }],
    ["offset", { offset: "-1" }],
    ["limit", { limit: "0" }],
    ["limit", { limit: "501" }],
    ["sort", { sort: "created_at" }],
    ["order", { order: "desc" }],
    ["shuffle", { shuffle: "true" }],
    ["seed", { seed: "a" }],
    ["query", { query: "beach" }],
    ["q", { q: ["a", "b"] }],
    ["mark", { mark: ["a,b", "c,d"] }],
    ["facets", { facets: ["year", "camera"] }],
    ["missing", { missing: "maybe" }],
    ["has", { has: "cheese" }],
    ["cursor", { cursor: "abc" }],
  ])("%s: %j", async (name, parameters) => {
    await insertMedia(described("beach"));
    const path = "q" in parameters ? "/v1/search?q=a&q=b" : searchPath("beach", parameters);
    expect(await refusalOf(await api(path))).toBe(`422 validation_error ${name}`);
  });

  it("a cursor of another search, of a list, or beside an offset", async () => {
    await insertMixed(9);
    const cursor = (await search("beach", { limit: "2", keyword: [] })).next_cursor ?? "";
    const others: readonly (readonly [string, ListParameters])[] = [
      ["beac", {}],
      ["beach ", {}],
      ["", {}],
      ["beach", { missing: "any" }],
      ["beach", { keyword: "a" }],
      ["beach", { has: "location" }],
      ["beach", { provider: "r2" }],
    ];
    for (const [q, parameters] of others)
      expect(await refusalOf(await api(searchPath(q, { cursor, ...parameters })))).toBe(
        "422 validation_error cursor",
      );
    expect(await refusalOf(await api(searchPath("beach", { cursor, offset: "0" })))).toBe(
      "422 validation_error offset",
    );
    expect(await refusalOf(await api(`/v1/media?${new URLSearchParams({ cursor }).toString()}`))).toBe(
      "422 validation_error cursor",
    );
    const listed = await (await api("/v1/media?limit=2")).json<{ next_cursor: string }>();
    expect(await refusalOf(await api(searchPath("", { cursor: listed.next_cursor })))).toBe(
      "422 validation_error cursor",
    );
    expect((await search("BEACH".toLowerCase(), { cursor, missing: "false" })).items).toHaveLength(4);
  });

  it("whoever has no key", async () => {
    expect(await refusalOf(await api(searchPath("a"), { as: null }))).toBe("401 invalid_api_key");
    expect((await api(searchPath("a"), { as: "read" })).status).toBe(200);
  });
});

describe("GET /v1/search", () => {
  it("answers HEAD with the same headers and nothing more", async () => {
    await insertMixed(9);
    const path = searchPath("beach", { limit: "2" });
    const [head, get] = [await api(path, { method: "HEAD" }), await api(path)];
    expect(head.status).toBe(200);
    expect(await head.text()).toBe("");
    for (const name of ["Content-Type", "Cache-Control", "Link"])
      expect(head.headers.get(name)).toBe(get.headers.get(name));
  });

  it("takes an empty parameter for none", async () => {
    const expected = await insertMixed(9);
    const empty = ["q", "cursor", "facets", "mark", "keyword", "prefix", "id", "has", "within", "offset"];
    const path = `/v1/search?${empty.map((name) => `${name}=`).join("&")}`;
    const page = await resultsOf(await api(path));
    expect(page.total).toBe(9);
    expect(expected).toHaveLength(6);
  });
});
