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

  it.each(queries)("reads no more than two rows more: %j", async (query) => {
    const [first, ...others] = await pagesFrom({ ...query, limit: String(limit) }, 0, 4);
    // The first page counts as well.
    expect(first?.rowsRead).toBeLessThanOrEqual(limit + 5);
    for (const page of others) expect(page.rowsRead).toBeLessThanOrEqual(limit + 4);
  });

  it.each(queries)("reads an offset's rows and no more: %j", async (query) => {
    const skipped = Math.floor(count / 10);
    const { rowsRead } = await pageCost({ ...query, limit: String(limit), offset: String(skipped) });
    expect(rowsRead).toBeLessThanOrEqual(skipped + limit + 10);
  });
});

describe("a page of what lacks something", () => {
  const waiting = (objectMetadata: MediaContent["objectMetadata"]): MediaContent => ({
    state: "pending",
    objectMetadata: objectMetadata ?? {},
  });

  beforeAll(async () => {
    await reset();
    await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
    const rows = buildMany(31_000, () => waiting({ description: "d", keywords: ["a"] }));
    for (let start = 0; start < rows.length; start += 1000) await insertMany(rows.slice(start, start + 1000));
    await insertMany(buildMany(3, () => waiting({})));
  }, 120_000);

  it.each<ListParameters>([
    { without: "description" },
    { without: "location", missing: "any" },
    { without: "keywords", order: "desc" },
  ])("looks at ten thousand rows among many that wait and have words: %j", async (query) => {
    const pages = await pagesFrom({ ...query, limit: "20" }, 0, 20);
    for (const page of pages) expect(page.rowsRead).toBeLessThanOrEqual(20_100);
    expect(pages.length).toBeGreaterThan(0);
  });
});
