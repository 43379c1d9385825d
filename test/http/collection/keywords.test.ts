import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { foldKeyword } from "../../../src/db/media/record.ts";
import { refusalOf } from "../../support/http/answers.ts";
import { api } from "../../support/http/api.ts";
import { compareBytes } from "../../support/records/list-model.ts";
import { buildMany, insertMany, insertMedia } from "../../support/records/media.ts";
import { allNames, namesPage, namesPages, type NameCount } from "./walk.ts";

/** As many records with a keyword as its count says. */
async function insertKeywords(counts: Readonly<Record<string, number>>): Promise<void> {
  const most = Math.max(...Object.values(counts));
  await insertMany(
    buildMany(most, (index) => ({
      objectMetadata: { keywords: Object.keys(counts).filter((name) => (counts[name] ?? 0) > index) },
    })),
  );
}

function byCount(counts: Readonly<Record<string, number>>): NameCount[] {
  return Object.entries(counts)
    .map(([name, count]) => ({ name, count }))
    .toSorted((a, b) => b.count - a.count || compareBytes(foldKeyword(a.name), foldKeyword(b.name)));
}

describe("GET /v1/keywords", () => {
  it("answers an empty list where nobody has written keywords", async () => {
    for (const sort of ["keyword", "count"]) {
      expect(await namesPage("keywords", { sort })).toMatchObject({ items: [], cursor: null });
    }
  });

  it("sorts by the folded form of each keyword, whatever its case and accents", async () => {
    await insertKeywords({ zoo: 1, Été: 2, eta: 1, Beach: 3 });
    expect((await namesPage("keywords")).items).toEqual([
      { name: "Beach", count: 3 },
      { name: "eta", count: 1 },
      { name: "Été", count: 2 },
      { name: "zoo", count: 1 },
    ]);
  });

  it("sorts by count what is used most first, then by the folded form", async () => {
    await insertKeywords({ zoo: 3, Été: 20, eta: 3, Beach: 20, rare: 1 });
    expect(await allNames("keywords", { sort: "count", limit: "2" })).toEqual([
      { name: "Beach", count: 20 },
      { name: "Été", count: 20 },
      { name: "eta", count: 3 },
      { name: "zoo", count: 3 },
      { name: "rare", count: 1 },
    ]);
  });

  it.each(["keyword", "count"])("shows the spelling that was used last, by %s", async (sort) => {
    const { id } = await insertMedia();
    await api(`/v1/media/${id}`, { method: "PATCH", json: { object_metadata: { keywords: ["beach"] } } });
    await insertMedia({ objectMetadata: { keywords: ["Beach"] } });
    expect((await namesPage("keywords", { sort })).items).toEqual([{ name: "Beach", count: 2 }]);
  });

  it("counts missing records too", async () => {
    await insertMedia({ objectMetadata: { keywords: ["gone"] }, missingSince: 5 });
    expect((await namesPage("keywords")).items).toEqual([{ name: "gone", count: 1 }]);
  });

  it("leaves out a keyword that was taken from its last record", async () => {
    const { id } = await insertMedia({ objectMetadata: { keywords: ["beach", "sea"] } });
    await api(`/v1/media/${id}`, { method: "PATCH", json: { object_metadata: { keywords: ["sea"] } } });
    expect((await namesPage("keywords")).items).toEqual([{ name: "sea", count: 1 }]);
  });

  const scripts = ["Αθήνα", "Ёлка", "浜辺", "海滩", "شاطئ", "समुद्र", "ทะเล", "🏖️", "e\u0301te", "\u{10ffff}x"];

  it.each(scripts)("finds %s by its first character", async (keyword) => {
    await insertKeywords(Object.fromEntries(scripts.map((each) => [each, 1])));
    const [first = ""] = keyword;
    const found = await allNames("keywords", { prefix: first, limit: "1" });
    const expected = scripts.filter((each) => foldKeyword(each).startsWith(foldKeyword(first)));
    expect(found.map(({ name }) => name).toSorted()).toEqual(expected.toSorted());
    expect(await allNames("keywords", { prefix: first, sort: "count", limit: "1" })).toEqual(found);
  });

  it("takes a prefix of marks alone for none", async () => {
    await insertKeywords({ beach: 1 });
    expect(await allNames("keywords", { prefix: "\u0301" })).toHaveLength(1);
  });

  it("lists a keyword of marks alone, whose folded form is empty, in every order", async () => {
    await insertKeywords({ "\u0301": 2, beach: 2, sea: 10 });
    expect(await allNames("keywords", { limit: "1" })).toHaveLength(3);
    const names = await allNames("keywords", { sort: "count", limit: "1" });
    expect(names.map(({ count }) => count)).toEqual([10, 2, 2]);
  });

  it.each([
    { query: "sort=name", refused: "422 validation_error sort" },
    { query: "limit=0", refused: "422 validation_error limit" },
    { query: "limit=501", refused: "422 validation_error limit" },
    { query: "order=asc", refused: "422 validation_error order" },
    { query: "cursor=abc", refused: "422 validation_error cursor" },
  ])("refuses $query", async ({ query, refused }) => {
    expect(await refusalOf(await api(`/v1/keywords?${query}`))).toBe(refused);
  });

  it.each(["sort=count", "prefix=b", "sort=count&prefix=b"])(
    "refuses the cursor of the plain list with %s",
    async (query) => {
      await insertKeywords({ a: 1, b: 1 });
      const { cursor } = await namesPage("keywords", { limit: "1" });
      const response = await api(`/v1/keywords?limit=1&${query}&cursor=${cursor}`);
      expect(await refusalOf(response)).toBe("422 validation_error cursor");
    },
  );

  const name = fc.constantFrom("a", "á", "ab", "b", "日本", "日", "😀", "\u{10ffff}", "ω", "z z", "\u0301");
  const counts = fc.dictionary(name, fc.integer({ min: 1, max: 40 }), { minKeys: 1, noNullPrototype: true });

  it("lists by count as plain JavaScript sorts, by pages of any size", async () => {
    await fc.assert(
      fc.asyncProperty(counts, fc.integer({ min: 1, max: 5 }), async (drawn, limit) => {
        await env.DB.exec("DELETE FROM media_objects");
        // Of two names that fold to the same there is one.
        const wanted = Object.fromEntries(
          new Map(Object.entries(drawn).map((each) => [foldKeyword(each[0]), each])).values(),
        );
        await insertKeywords(wanted);
        const pages = await namesPages("keywords", { sort: "count", limit: String(limit) });
        expect(pages.flatMap(({ items }) => items)).toEqual(byCount(wanted));
      }),
      { numRuns: 25 },
    );
  });
});
