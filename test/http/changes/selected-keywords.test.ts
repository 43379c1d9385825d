import "../../support/setup.ts";

import { describe, expect, it } from "vitest";
import { z } from "zod";

import { refusalOf } from "../../support/http/answers.ts";
import { api, apiCost } from "../../support/http/api.ts";
import { patchWords } from "../../support/http/changes.ts";
import { anId } from "../../support/http/routes.ts";
import { buildMany, insertMany, insertMedia } from "../../support/records/media.ts";
import { seedMany } from "../../support/records/seed.ts";

const answer = z.strictObject({
  total: z.int(),
  items: z.array(z.strictObject({ keyword: z.string(), count: z.int() })),
  capped: z.boolean(),
});

async function count(json: object): Promise<z.infer<typeof answer>> {
  const response = await api("/v1/media/keywords", { method: "POST", as: "read", json });
  expect(response.status).toBe(200);
  return answer.parse(await response.json());
}

describe("POST /v1/media/keywords", () => {
  it("tells which keywords are on all of some records and which on some, whatever their case", async () => {
    const rows = buildMany(4, (index) => ({
      objectMetadata: {
        keywords: [index === 0 ? "Beach" : "BEACH", ...(index < 2 ? ["été"] : []), `k${index}`],
      },
    }));
    await insertMany(rows);
    const ids = rows.slice(0, 3).map(({ id }) => id);
    await patchWords(rows[3]?.id ?? "", { keywords: ["beach"] });
    expect(await count({ ids: [...ids, ...ids, anId, "no id"] })).toEqual({
      total: 3,
      items: [
        { keyword: "beach", count: 3 },
        { keyword: "été", count: 2 },
        { keyword: "k0", count: 1 },
        { keyword: "k1", count: 1 },
        { keyword: "k2", count: 1 },
      ],
      capped: false,
    });
  });

  it.each<object>([
    { keyword: "a" },
    { keyword: ["a", "b"] },
    { q: "keyword:b" },
    { q: "keyword:b", state: "pending" },
    { prefix: "p/1", keyword: "b" },
    { without: "keywords" },
    { missing: "any", state: "pending" },
  ])("takes a filter: %j", async (filter) => {
    await insertMany(
      buildMany(30, (index) => ({
        objectKey: `p/${index}.jpg`,
        state: index % 4 === 0 ? "pending" : "ready",
        objectMetadata: index < 10 ? { keywords: ["a", "b"] } : index < 20 ? { keywords: ["a"] } : {},
      })),
    );
    const counted = await count({ filter });
    const list = await api(`/v1/search?${new URLSearchParams(pairsOf(filter)).toString()}`, { as: "read" });
    const listed = z.object({ total: z.int() }).parse(await list.json());
    expect(listed.total).toBeGreaterThan(0);
    expect([counted.total, counted.capped]).toEqual([listed.total, false]);
    expect(counted.items.length).toBeLessThanOrEqual(2);
  });

  it("looks at no more than 10,000 records, and says so", async () => {
    await seedMany(10_400);
    const json = { filter: {}, all: true };
    const { response, rowsRead, statements } = await apiCost("/v1/media/keywords", { method: "POST", json });
    expect(answer.parse(await response.json())).toEqual({
      total: 10_000,
      items: [{ keyword: "All", count: 10_000 }],
      capped: true,
    });
    expect(statements).toBeLessThanOrEqual(3);
    expect(rowsRead).toBeLessThanOrEqual(60_000);
    expect(await count({ filter: { q: "all" } })).toMatchObject({ total: 10_000, capped: true });
  }, 60_000);

  it("tells the 1,000 commonest keywords, and that there are more", async () => {
    const rows = buildMany(5, (index) => ({
      objectMetadata: {
        keywords: ["all", ...Array.from({ length: 250 }, (_, each) => `k${index}-${each}`)],
      },
    }));
    await insertMany(rows);
    const counted = await count({ ids: rows.map(({ id }) => id) });
    expect([counted.total, counted.items.length, counted.capped]).toEqual([5, 1000, true]);
    expect(counted.items[0]).toEqual({ keyword: "all", count: 5 });
  });

  it.each<[object, string]>([
    [{}, "ids"],
    [{ ids: [] }, "ids"],
    [{ filter: {} }, "filter"],
    [{ filter: { keyword: "a" }, limit: 3 }, "limit"],
    [{ ids: [anId], filter: { keyword: "a" } }, "filter"],
  ])("refuses %j", async (json, path) => {
    const response = await api("/v1/media/keywords", { method: "POST", as: "read", json });
    expect(await refusalOf(response)).toBe(`422 validation_error ${path}`);
  });

  it("answers none of no records", async () => {
    await insertMedia({ objectMetadata: { keywords: ["a"] } });
    expect(await count({ ids: [anId] })).toEqual({ total: 0, items: [], capped: false });
  });
});

function pairsOf(filter: object): string[][] {
  return Object.entries(filter).flatMap(([name, value]) =>
    [value].flat().map((each) => [name, String(each)]),
  );
}
