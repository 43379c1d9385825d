import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";

import { namesPage, namesPages, type NameCount, type Query } from "./walk.ts";

/** Keywords as the triggers keep them, whose count is an expression of their number `n`. */
async function seedKeywords(size: number, count: string, tier = "count"): Promise<void> {
  await reset();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  await env.DB.prepare(
    `WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < ?),
       counted AS (SELECT printf('%s%06d', substr('ab', 1 + n % 2, 1), n * 7919 % 1000003) AS folded, ${count} AS count FROM numbers)
     INSERT INTO keywords (folded, keyword, count, tier)
     SELECT folded, upper(folded), count, CASE WHEN count <= 8 THEN 0 ELSE ${tier} END FROM counted`,
  )
    .bind(size)
    .run();
}

async function inOrder(prefix = ""): Promise<NameCount[]> {
  const { results } = await env.DB.prepare(
    "SELECT keyword AS name, count FROM keywords WHERE folded >= ? AND folded < ? ORDER BY count DESC, folded",
  )
    .bind(prefix, prefix === "" ? "\u{10ffff}" : `${prefix}~`)
    .all<{ name: string; count: number }>();
  return results;
}

/** As many as a count allows: the index is far from the counts. */
const lowestTier = "max(9, (count - 8) * 8 / 9 + 1)";

const zipf = "max(1, 40000 / (n + 1))";

/** The rows of the worst page of a walk, and the pages together. */
async function walked(query: Query) {
  const pages = await namesPages("keywords", query);
  return {
    names: pages.flatMap(({ items }) => items),
    most: Math.max(...pages.map(({ rowsRead }) => rowsRead)),
    count: pages.length,
  };
}

describe.each([10, 20_000])("among %i keywords", (size) => {
  beforeAll(async () => seedKeywords(size, zipf), 60_000);

  it("a page by keyword reads n + 1 rows at any depth", async () => {
    const limit = 5;
    let page = await namesPage("keywords", { limit: String(limit) });
    expect(page.rowsRead).toBeLessThanOrEqual(limit + 1);
    page = await namesPage("keywords", { limit: String(limit), cursor: page.cursor ?? "" });
    expect(page.rowsRead).toBeLessThanOrEqual(limit + 1);
    expect(page.statements).toBe(1);
  });

  it("a page by keyword with a prefix reads n + 1 rows", async () => {
    expect((await namesPage("keywords", { prefix: "b", limit: "3" })).rowsRead).toBeLessThanOrEqual(4);
  });

  it("the first hundred by count cost five rows each", async () => {
    const page = await namesPage("keywords", { sort: "count" });
    expect(page.items).toHaveLength(Math.min(size, 100));
    expect(page.rowsRead).toBeLessThanOrEqual(500);
  });

  it("no page by count reads more than 10,000 rows, and all pages are the list", async () => {
    const { names, most } = await walked({ sort: "count", limit: "500" });
    expect(names).toEqual(await inOrder());
    expect(most).toBeLessThanOrEqual(10_000);
  }, 60_000);

  it("no page by count with a prefix reads more than 10,000 rows, and all pages are the list", async () => {
    const { names, most } = await walked({ sort: "count", limit: "500", prefix: "a" });
    expect(names).toEqual(await inOrder("a"));
    expect(most).toBeLessThanOrEqual(10_000);
  }, 60_000);
});

describe.each([
  { named: "100,000 keywords that are all used once", size: 100_000, count: "1", tier: "count", pages: 320 },
  {
    named: "one hot keyword among 30,000",
    size: 30_000,
    count: "CASE n WHEN 7 THEN 1000000 ELSE 2 END",
    tier: "count",
    pages: 90,
  },
  {
    named: "25,000 keywords of near counts",
    size: 25_000,
    count: "10 + n % 7",
    tier: lowestTier,
    pages: 120,
  },
  { named: "12,000 keywords of one count", size: 12_000, count: "1000", tier: "999", pages: 40 },
])("among $named", ({ size, count, tier, pages }) => {
  beforeAll(async () => seedKeywords(size, count, tier), 60_000);

  it.each(["", "a"])(
    "all pages by count are the list, each within 10,000 rows, with the prefix '%s'",
    async (prefix) => {
      const found = await walked({ sort: "count", limit: "500", prefix });
      expect(found.names).toEqual(await inOrder(prefix));
      expect(found.most).toBeLessThanOrEqual(10_000);
      expect(found.count).toBeLessThanOrEqual(pages);
    },
    120_000,
  );
});

/** Gives keywords another count, as records that come and go do; with 0 nobody has them any more. */
async function recount(changes: readonly (readonly [name: string, count: number])[]): Promise<void> {
  const values = JSON.stringify(changes);
  await env.DB.batch([
    env.DB.prepare(
      "UPDATE keywords SET count = value ->> 1 FROM json_each(?) WHERE keyword = value ->> 0",
    ).bind(values),
    env.DB.prepare("DELETE FROM keywords WHERE count = 0"),
  ]);
}

describe("a walk by count while counts change", () => {
  it.each([
    { named: "few keywords", size: 60, limit: 4, runs: 20 },
    { named: "12,000 keywords", size: 12_000, limit: 500, runs: 3 },
  ])(
    "shows each of $named whose count stays exactly once",
    async ({ size, limit, runs }) => {
      const counts = fc.constantFrom(0, 1, 2, 5, 8, 9, 10, 12, 17, 18, 30, 2000);
      const some = fc.uniqueArray(fc.tuple(fc.nat(size - 1), counts), {
        maxLength: 12,
        selector: ([at]) => at,
      });
      const seed = fc.record({
        changes: fc.array(some, { minLength: 8, maxLength: 8 }),
        prefix: fc.constantFrom("", "a"),
        spread: fc.constantFrom("1 + n % 4", "9 + n % 8", "max(1, 300 / (n + 1))"),
      });
      await fc.assert(
        fc.asyncProperty(seed, async ({ changes, prefix, spread }) => {
          await seedKeywords(size, spread);
          const before = await inOrder();
          const touched = new Set<string>();
          const rounds = changes.map((round) =>
            round.map(([at, count]) => [before[at]?.name ?? "", count] as const),
          );
          const pages = await namesPages(
            "keywords",
            { sort: "count", limit: String(limit), prefix },
            async () => {
              const round = rounds.shift() ?? [];
              for (const [name] of round) touched.add(name);
              await recount(round);
            },
          );
          const names = pages.flatMap(({ items }) => items.map(({ name }) => name));
          const kept = (await inOrder(prefix)).map(({ name }) => name).filter((name) => !touched.has(name));
          expect(names.filter((name) => !touched.has(name))).toEqual(kept);
        }),
        { numRuns: runs },
      );
    },
    120_000,
  );
});
