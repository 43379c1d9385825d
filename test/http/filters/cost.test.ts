import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";

import type { ListParameters } from "../../support/http/pages.ts";
import { pageCost, type PageCost } from "../../support/http/walks.ts";
import { buildMany, insertMany, type MediaContent } from "../../support/records/media.ts";
import { seedMany } from "../../support/records/seed.ts";

const lacking: ListParameters[] = [
  { without: ["description", "keywords"] },
  { without: "keywords" },
  { without: "description" },
  { without: "location" },
  { without: "taken_at" },
];
const orders = ["asc", "desc"];
const queries = orders.flatMap((order) => lacking.map((query) => Object.assign({ order }, query)));

/** Records of which some have everything and others lack something, by turns; no state waits. */
const words = [
  "json_object('description', 'd', 'keywords', json_array('All'), 'location', json_object('latitude', 1, 'longitude', 2))",
  "json_object('description', 'd')",
  "json_object('keywords', json_array('All'))",
  "'{}'",
];

/** Stores so many records that lack something or nothing, by turns of eight, and so many fresh ones between them. */
async function seedLacking(count: number, isMixed: boolean): Promise<void> {
  await reset();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  await seedMany(count);
  const cases = words.map((text, index) => `WHEN ${index} THEN ${text}`).join(" ");
  const keywords = "CASE WHEN (pk / 2) % 4 IN (0, 2) THEN '[\"all\"]' ELSE '[]' END";
  await env.DB.exec(
    `UPDATE media_objects SET object_metadata = CASE (pk / 2) % 4 ${cases} END, folded_keywords = ${keywords}, state = 'ready'`,
  );
  if (!isMixed) return;
  await env.DB.exec(
    "UPDATE media_objects SET state = 'pending', width = NULL, object_metadata = '{}', folded_keywords = '[]', taken_at = NULL WHERE pk % 3 = 0",
  );
}

/** The pages along the cursors from after so many records on, at most so many. */
async function pagesFrom(query: ListParameters, depth: number, most: number): Promise<PageCost[]> {
  const { cursor: start } = depth === 0 ? { cursor: null } : await pageAt(query, depth);
  const pages: PageCost[] = [];
  let cursor = start;
  do {
    const page = await pageCost(cursor === null ? query : { ...query, cursor });
    pages.push(page);
    cursor = page.cursor;
  } while (cursor !== null && pages.length < most);
  return pages;
}

async function pageAt(query: ListParameters, depth: number): Promise<PageCost> {
  return pageCost({ ...query, offset: String(depth - 1), limit: "1" });
}

describe.each([
  { count: 10, limit: 2, depths: [0, 1] },
  { count: 20_000, limit: 50, depths: [0, 100, 4000] },
])("a page of what lacks something among $count records", ({ count, limit, depths }) => {
  beforeAll(async () => seedLacking(count, false), 120_000);

  it.each(queries)("reads n + 2 rows at any depth: %j", async (query) => {
    for (const depth of depths) {
      const [first, ...others] = await pagesFrom({ ...query, limit: String(limit) }, depth, 4);
      // The first page counts as well, from the counters of the one provider.
      expect(first?.rowsRead).toBeLessThanOrEqual(limit + 2 + (depth === 0 ? 1 : 0));
      for (const page of others) expect(page.rowsRead).toBeLessThanOrEqual(limit + 2);
      expect(first?.ids.length).toBeGreaterThan(0);
    }
  });
});

describe.each([
  { count: 12, limit: 2 },
  { count: 20_000, limit: 50 },
])("a page of what lacks something among $count records of which many are fresh", ({ count, limit }) => {
  beforeAll(async () => seedLacking(count, true), 120_000);

  // One to see that something waits, and the first of what waits, beside the first of each other span.
  it.each(queries)("reads n + 2 rows, and a row more for places alone: %j", async (query) => {
    const most = limit + (query["without"] === "location" ? 3 : 2);
    const [first, ...others] = await pagesFrom({ ...query, limit: String(limit) }, 0, 4);
    // The first page counts as well.
    expect(first?.rowsRead).toBeLessThanOrEqual(most + 1);
    for (const page of others) expect(page.rowsRead).toBeLessThanOrEqual(most);
  });

  it.each(queries)("reads an offset's rows and no more: %j", async (query) => {
    const skipped = Math.floor(count / 10);
    const { rowsRead } = await pageCost({ ...query, limit: String(limit), offset: String(skipped) });
    expect(rowsRead).toBeLessThanOrEqual(skipped + limit + 10);
  });

  it.each(queries.filter(({ without }) => without !== "location"))(
    "reads as few where many that were processed wait again: %j",
    async (query) => {
      await env.DB.exec("UPDATE media_objects SET state = 'pending', width = 400 WHERE pk % 5 = 0");
      const [, ...others] = await pagesFrom({ ...query, limit: String(limit) }, 0, 4);
      for (const page of others) expect(page.rowsRead).toBeLessThanOrEqual(limit + 2);
    },
  );
});

describe("a page among 31000 records that wait, of which hardly any lacks something", () => {
  const few = buildMany(3, (index) => ({
    state: "pending",
    takenAt: index === 2 ? "2024-01-01T00:00:00.000" : null,
    objectMetadata: index === 0 ? {} : { location: { latitude: -1, longitude: 179 } },
  }));
  const limit = 20;

  beforeAll(async () => {
    await reset();
    await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
    const words: MediaContent["objectMetadata"] = { description: "d", keywords: ["all"] };
    const waiting = buildMany(31_000, () => ({ state: "pending", objectMetadata: words }));
    for (let start = 0; start < waiting.length; start += 1000)
      await insertMany(waiting.slice(start, start + 1000));
    await insertMany(few);
  }, 120_000);

  it.each<[ListParameters, number[]]>([
    [{ without: "description" }, [0, 1, 2]],
    [{ without: "description", missing: "any" }, [0, 1, 2]],
    [{ without: ["description", "location"], order: "desc" }, [0]],
    [{ without: "keywords", has: "taken_at", sort: "taken_at" }, [2]],
    [{ without: "keywords", keyword: "all" }, []],
    [{ has: "location" }, [1, 2]],
    [{ has: ["location", "taken_at"], sort: "taken_at", missing: "any" }, [2]],
    [{ within: "-2,170,0,-170" }, [1, 2]],
    [{ within: "-2,170,0,-170", sort: "file_size", missing: "any" }, few.map((_, index) => index).slice(1)],
    [{ within: "-2,170,0,-170", prefix: "", state: "pending" }, [1, 2]],
    [{ within: "-2,170,0,-170", without: "taken_at", sort: "taken_at" }, [1]],
  ])("looks at no more than ten thousand rows, and goes on: %j", async (query, expected) => {
    const pages = await pagesFrom({ ...query, limit: String(limit) }, 0, 20);
    const [first, ...others] = pages;
    const pageRows = 10_000 + 2 * (limit + 1) + 20;
    const countRows = query["keyword"] === undefined ? 10_010 : 20_010;
    expect(first?.rowsRead).toBeLessThanOrEqual(pageRows + countRows);
    for (const page of others) expect(page.rowsRead).toBeLessThanOrEqual(pageRows);
    const ids = pages.flatMap((page) => page.ids);
    expect(ids.toSorted()).toEqual(expected.map((index) => few[index]?.id));
  });
});
