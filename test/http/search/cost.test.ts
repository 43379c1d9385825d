import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";

import { api } from "../../support/http/api.ts";
import type { ListParameters } from "../../support/http/pages.ts";
import { buildMany, insertMany } from "../../support/records/media.ts";
import { seedMany, seededCounters } from "../../support/records/seed.ts";
import { idsOf, resultsOf, search, searchCost, searchPath } from "./searches.ts";

/** A page may look at so many records, and a count at as many. */
const looks = 10_000;

async function seeded(count: number): Promise<void> {
  await reset();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  await seedMany(count);
}

/** The pages of a walk with what each has cost, from a page on. */
async function* walkFrom(q: string, parameters: ListParameters, first: string | null) {
  for (let cursor = first; cursor !== null;) {
    const cost = await searchCost(q, { ...parameters, cursor });
    yield cost;
    cursor = cost.page.next_cursor;
  }
}

// Nothing here writes, so one set of rows serves all.
describe.each([
  { count: 10, limit: 3, depths: [1, 3, 6] },
  { count: 20_000, limit: 50, depths: [1, 5_000, 9_990] },
])("a page of a search among $count records", ({ count, limit, depths }) => {
  beforeAll(async () => seeded(count), 120_000);

  /** A row of full text, one of the list of row ids, and the record. */
  const page = 3 * (limit + 1);
  /** A row of full text and the record. */
  const counted = 2 * Math.min(count, looks + 1);

  // What every record has in its words; in its key alone; both; nothing; and all but nothing.
  const queries = ["all", "jpg", "all jpg", "", "-zebra", "keyword:all", "a*", "j"];

  it.each(queries)("reads 3n + 3 rows by cursor at any depth, whatever every record has: %j", async (q) => {
    for (const depth of depths) {
      const before = await search(q, { limit: "1", offset: String(depth - 1) });
      const cost = await searchCost(q, { limit: String(limit), cursor: before.next_cursor ?? "" });
      expect(cost.rowsRead).toBeLessThanOrEqual(page);
      expect(cost.rowsWritten).toBe(0);
      expect(cost.statements).toBeLessThanOrEqual(3);
      expect(cost.page.items).toHaveLength(Math.min(limit, count - depth));
    }
  });

  it.each(["all", "-zebra", "keyword:all"])("reads two rows more for each that it counts: %j", async (q) => {
    const cost = await searchCost(q, { limit: String(limit) });
    expect(cost.rowsRead).toBeLessThanOrEqual(page + counted + 1);
    expect(cost.page).toMatchObject({ total: Math.min(count, looks), total_capped: count > looks });
  });

  it("reads two rows for each that an offset passes over", async () => {
    const offset = Math.min(count - limit - 1, 9_990);
    const cost = await searchCost("all", { limit: String(limit), offset: String(offset) });
    expect(cost.rowsRead).toBeLessThanOrEqual(page + counted + 2 * (offset + limit + 1));
  });

  it("counts by counters where there are no words", async () => {
    const cost = await searchCost("", { limit: String(limit) });
    expect(cost.rowsRead).toBeLessThanOrEqual(page + seededCounters);
    expect(cost.page).toMatchObject({ total: count, total_capped: false });
  });

  it("reads a few rows for a word that one record has", async () => {
    const cost = await searchCost("000003", { limit: String(limit) });
    expect(cost.rowsRead).toBeLessThanOrEqual(10);
    expect(cost.page).toMatchObject({ total: 1, next_cursor: null });
  });

  it("reads a few rows where the records are named, whatever is searched for", async () => {
    const key = "03/000003.jpg";
    const [item] = (await search("000003")).items;
    for (const parameters of [
      { object_key: key },
      { id: item?.id ?? "" },
      { id: [item?.id ?? "", "none"] },
    ]) {
      const cost = await searchCost("all jpg", parameters);
      expect(idsOf([cost.page])).toEqual([item?.id]);
      expect(cost.rowsRead).toBeLessThanOrEqual(40);
    }
  });

  it("reads no more than four rows for each that a facet counts", async () => {
    const facets = "keywords,content_type,camera,year";
    const cost = await searchCost("all", { limit: String(limit), facets });
    expect(cost.rowsRead).toBeLessThanOrEqual(page + counted + 4 * 4 * Math.min(count, looks) + 200);
    expect(cost.page.facets?.["keywords"]).toEqual([{ value: "All", count: Math.min(count, looks) }]);
  });
});

describe("a page of a search that finds next to nothing", () => {
  const count = 20_000;
  const rare = buildMany(3, (index) => ({
    objectKey: `rare/${index}.png`,
    contentType: "image/png",
    objectMetadata: index === 1 ? { title: "all" } : { keywords: ["all"] },
  }));

  beforeAll(async () => {
    await reset();
    await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
    await insertMany(rare);
    await seedMany(count);
  }, 120_000);

  const expected = [rare[2]?.id, rare[0]?.id, rare[1]?.id];

  it.each<ListParameters>([
    { content_type: "image/png" },
    { prefix: "rare/" },
    { content_type: "image/png", missing: "any", keyword: [] },
  ])(
    "looks at ten thousand records, ends early, and the walk comes to its end: %j",
    async (parameters) => {
      const query = { ...parameters, limit: "20" };
      const first = await searchCost("all", query);
      expect(first.rowsRead).toBeLessThanOrEqual(2 * 2 * looks + 200);
      expect(first.page).toMatchObject({ items: [], total: 0, total_capped: true });
      const ids: string[] = [];
      let pages = 0;
      for await (const { page, rowsRead } of walkFrom("all", query, first.page.next_cursor)) {
        // Full text twice in the second group, and little else.
        expect(rowsRead).toBeLessThanOrEqual(2 * looks + 200);
        ids.push(...idsOf([page]));
        pages += 1;
      }
      expect(ids).toEqual(expected);
      expect(pages).toBeLessThanOrEqual(5);
    },
    60_000,
  );

  it("comes to its end where everything is there and what is missing is asked for", async () => {
    const first = await searchCost("all", { missing: "true" });
    let pages = 0;
    for await (const { page, rowsRead } of walkFrom("all", { missing: "true" }, first.page.next_cursor)) {
      expect(rowsRead).toBeLessThanOrEqual(2 * looks + 200);
      expect(page.items).toEqual([]);
      pages += 1;
    }
    expect(pages).toBeLessThanOrEqual(5);
  }, 60_000);

  it("looks at ten thousand more for an offset, and goes on with the rest of the offset", async () => {
    const query = { content_type: "image/png", limit: "1", offset: "2" };
    const first = await searchCost("all", query);
    expect(first.rowsRead).toBeLessThanOrEqual(3 * 2 * looks + 200);
    const { offset: _offset, ...others } = query;
    const ids: string[] = idsOf([first.page]);
    for await (const { page, rowsRead } of walkFrom("all", others, first.page.next_cursor)) {
      expect(rowsRead).toBeLessThanOrEqual(4 * 2 * looks + 200);
      ids.push(...idsOf([page]));
    }
    expect(ids).toEqual([rare[1]?.id]);
  }, 60_000);

  it("is found at once by a word of its own", async () => {
    const { page, rowsRead } = await searchCost("rare all", { content_type: "image/png" });
    expect(page).toMatchObject({ total: 3, next_cursor: null });
    expect(rowsRead).toBeLessThanOrEqual(60);
  });
});

describe("a search with everything that can be asked for", () => {
  beforeAll(async () => seeded(10), 120_000);

  const filters: ListParameters = {
    provider: "r2",
    prefix: "0",
    object_key: "03/000003.jpg",
    id: Array.from(
      { length: 200 },
      (_, index) => `018cc251-0000-7000-8000-${String(index).padStart(12, "0")}`,
    ),
    keyword: Array.from({ length: 20 }, (_, index) => `a ${index}`),
    content_type: "image/*",
    state: "ready",
    missing: "any",
    taken_after: "2000-01-01",
    taken_before: "2100-01-01",
    updated_after: "2020-01-01T00:00:00Z",
    has: ["description", "keywords", "location", "taken_at"],
    without: ["description", "keywords", "location", "taken_at"],
    within: "-90,-180,90,180",
    facets: "keywords,content_type,camera,year",
  };
  const fill = (piece: string): string => piece.repeat(Math.floor(512 / piece.length));

  it.each([
    fill("folder:a "),
    fill("-folder:a "),
    fill("taken:2024 "),
    fill("-taken:2024 "),
    fill("keyword:a "),
    fill("has:location "),
    Array.from({ length: 36 }, (_, index) => `-keyword:${index} `).join(""),
    "folder:a -folder:b taken:2024 -taken:2023 has:location -has:keywords beach -sand camera:x keyword:y",
  ])("is answered: %s", async (q) => {
    for (const parameters of [{}, filters]) expect((await api(searchPath(q, parameters))).status).toBe(200);
  });

  it("finds what has it", async () => {
    const { id: _id, keyword: _keyword, has: _has, without: _without, within: _within, ...others } = filters;
    const parameters = {
      ...others,
      object_key: "02/000002.jpg",
      keyword: "ALL",
      has: "taken_at",
      without: "location",
    };
    const { items } = await resultsOf(
      await api(searchPath("02 folder:02 taken:2002 has:keywords", parameters)),
    );
    expect(items.map((each) => each.object_key)).toEqual(["02/000002.jpg"]);
  });
});
