import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";

import { sortKeys } from "../../../src/db/lists/filter.ts";
import { pageOf } from "../../support/http/answers.ts";
import { apiCost } from "../../support/http/api.ts";
import { seedMany, seededCounters } from "../../support/records/seed.ts";

interface PageCost {
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly cursor: string | null;
  readonly items: number;
}

async function pageCost(query: Record<string, string>): Promise<PageCost> {
  const { response, rowsRead, rowsWritten } = await apiCost(
    `/v1/media?${new URLSearchParams(query).toString()}`,
  );
  const { next_cursor: cursor, items } = await pageOf(response);
  return { rowsRead, rowsWritten, cursor, items: items.length };
}

/** The cost of the page by cursor after `skip` records: so far as an offset reaches by that, then by cursor. */
async function costAtDepth(query: Record<string, string>, skip: number): Promise<PageCost> {
  const skipped = Math.min(skip, 10_000);
  let before = await pageCost({ ...query, offset: String(skipped - 1), limit: "1" });
  for (let depth = skipped; depth < skip;) {
    const limit = Math.min(500, skip - depth);
    before = await pageCost({ ...query, cursor: before.cursor ?? "", limit: String(limit) });
    depth += before.items;
  }
  return pageCost({ ...query, cursor: before.cursor ?? "" });
}

// Nothing here writes, so one set of rows serves all: twenty thousand take a while to make.
describe.each([
  { count: 10, limit: 4, depths: [1, 3, 6] },
  { count: 20_000, limit: 50, depths: [1, 9_990, 19_990] },
  { count: 20_000, limit: 50, depths: [10_000], tied: true },
])("a page of the list among $count rows (all tied: $tied)", ({ count, limit, depths, tied = false }) => {
  beforeAll(async () => {
    await reset();
    await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
    await seedMany(count, { tied });
  }, 120_000);

  const orders = sortKeys.flatMap((sort) => ["asc", "desc"].map((order) => ({ sort, order })));

  it.each(orders)("reads n + 2 rows at any depth by $sort, $order", async (order) => {
    // Where the dated end, the walk sees the first of the others before it is told to stop.
    const seam = order.sort === "taken_at" ? 1 : 0;
    for (const depth of depths) {
      const cost = await costAtDepth({ ...order, limit: String(limit) }, depth);
      expect(cost.rowsRead).toBeLessThanOrEqual(limit + 2 + seam);
      expect(cost).toMatchObject({ rowsWritten: 0, items: Math.min(limit, count - depth) });
    }
  });

  it.each(
    ["asc", "desc"].flatMap((order) => [
      { order, prefix: "00/", sort: "object_key" },
      { order, updated_after: "2024-01-01T00:00:00Z", sort: "updated_at" },
      { order, taken_after: "2000-01-01", taken_before: "2100-01-01", sort: "taken_at" },
    ]),
  )("reads n + 2 rows at any depth by a filter and its own sort: %j", async (query) => {
    let page = await pageCost({ ...query, limit: String(limit) });
    for (let depth = 0; page.cursor !== null && depth < 4; depth += 1) {
      page = await pageCost({ ...query, limit: String(limit), cursor: page.cursor });
      expect(page.rowsRead).toBeLessThanOrEqual(limit + 2);
    }
    expect(page.rowsWritten).toBe(0);
  });

  it.each(["asc", "desc"])("reads 2n + 2 rows at any depth by one keyword, %s", async (order) => {
    for (const depth of depths) {
      const cost = await costAtDepth({ keyword: "ALL", order, limit: String(limit) }, depth);
      expect(cost.rowsRead).toBeLessThanOrEqual(2 * limit + 2);
      expect(cost).toMatchObject({ rowsWritten: 0, items: Math.min(limit, count - depth) });
    }
  });

  it("reads one row for each provider and state to tell the total", async () => {
    const first = await pageCost({ limit: String(limit) });
    expect(first.rowsRead).toBeLessThanOrEqual(limit + 2 + seededCounters);
  });

  it.each(["asc", "desc"])("reads no more for missing=any than two walks, %s", async (order) => {
    const cost = await costAtDepth({ missing: "any", order, limit: String(limit) }, depths[0] ?? 1);
    expect(cost.rowsRead).toBeLessThanOrEqual(3 * (limit + 1) + 2);
  });

  it("stops counting with filters soon after 10,000", async () => {
    const { rowsRead } = await pageCost({ content_type: "image/*", limit: "1" });
    expect(rowsRead).toBeLessThanOrEqual(Math.min(count, 10_001) + 4);
  });

  it("reads no more for the links of each item", async () => {
    const query = { limit: String(limit), sort: "file_size" };
    const { rowsRead } = await pageCost(query);
    expect(await pageCost({ ...query, links: "true" })).toMatchObject({ rowsRead, rowsWritten: 0 });
  });

  it("reads 2n rows of a shuffled list at any depth, where there are no holes", async () => {
    for (const depth of depths) {
      const cost = await costAtDepth({ shuffle: "true", seed: "s", limit: String(limit) }, depth);
      expect(cost.rowsRead).toBeLessThanOrEqual(2 * limit);
      expect(cost).toMatchObject({ rowsWritten: 0, items: Math.min(limit, count - depth) });
    }
  });
});
