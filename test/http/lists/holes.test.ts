import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { buildMany, insertMany } from "../../support/records/media.ts";
import { idsByCursor, listPage, type ListParameters } from "../../support/http/pages.ts";
import { seedMany } from "../../support/records/seed.ts";
import { pageCosts } from "../../support/http/walks.ts";

/** The ids of all records whose key begins with this. */
async function remaining(prefix = ""): Promise<string[]> {
  const query = "SELECT id FROM media_objects WHERE substr(object_key, 1, length(?1)) = ?1 ORDER BY id";
  const { results } = await env.DB.prepare(query).bind(prefix).all<{ id: string }>();
  return results.map((row) => row.id);
}

describe("a shuffled list with holes", () => {
  it.each([{}, { missing: "any" }, { content_type: "image/*" }, { keyword: "all" }, { prefix: "0" }])(
    "asks D1 a few times where 20 records are left of 20,042: %j",
    async (filter: { readonly prefix?: string }) => {
      await seedMany(20_042);
      await env.DB.exec("DELETE FROM media_objects WHERE pk % 1002 <> 0");
      expect(await remaining()).toHaveLength(20);
      const query = { ...filter, shuffle: "true", seed: "a" };
      const whole = await pageCosts(query);
      const small = await pageCosts({ ...query, limit: "2" });
      for (const page of [...whole, ...small]) {
        expect(page.statements).toBeLessThanOrEqual(6);
        expect(page.rowsRead).toBeLessThanOrEqual(130);
      }
      const ids = whole.flatMap((page) => page.ids);
      expect(ids.toSorted()).toEqual(await remaining(filter.prefix));
      expect(small.flatMap((page) => page.ids)).toEqual(ids);
    },
    120_000,
  );

  it.each([
    ["two of three rows", "pk % 3 <> 0", 6_680],
    ["one long stretch", "pk BETWEEN 3000 AND 16000", 7_041],
    ["nearly all of a stretch at the end", "pk > 6000 AND pk % 997 <> 0", 6_014],
  ])(
    "asks D1 a few times a page where %s are gone",
    async (_name, gone, left) => {
      await seedMany(20_042);
      await env.DB.exec(`DELETE FROM media_objects WHERE ${gone}`);
      const pages = await pageCosts({ shuffle: "true", seed: "b", limit: "500" });
      for (const page of pages) {
        expect(page.statements).toBeLessThanOrEqual(8);
        expect(page.rowsRead).toBeLessThanOrEqual(20_100);
      }
      const ids = pages.flatMap((page) => page.ids);
      expect(ids).toHaveLength(left);
      expect(ids.toSorted()).toEqual(await remaining());
    },
    120_000,
  );

  it("shows everything that stays exactly once, whatever goes and comes between its pages", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          before: fc.integer({ min: 0, max: 60 }),
          keptOf: fc.integer({ min: 1, max: 12 }),
          limit: fc.integer({ min: 1, max: 9 }),
          filter: fc.constantFrom<ListParameters>(
            {},
            { missing: "any" },
            { keyword: "all" },
            { content_type: "image/*" },
          ),
          deletions: fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 12 }),
          seed: fc.string({ minLength: 1, maxLength: 4, unit: "grapheme-ascii" }),
        }),
        async ({ before, keptOf, limit, filter, deletions, seed }) => {
          await env.DB.prepare("DELETE FROM media_objects").run();
          // Rows far apart, so that both ways of shuffling take their turn.
          await insertMany(
            buildMany(before, (index) => ({
              pk: (index + 1) * (keptOf > 6 ? 500 : keptOf),
              objectMetadata: { keywords: ["all"] },
            })),
          );
          const query = { ...filter, shuffle: "true", seed, limit: String(limit) };
          const seen: string[] = [];
          const toDelete = [...deletions];
          let page = await listPage(query);
          for (;;) {
            seen.push(...page.items.map((item) => item.id));
            if (page.next_cursor === null) break;
            const gone = toDelete.pop();
            if (gone !== undefined) {
              await env.DB.prepare(
                "DELETE FROM media_objects WHERE pk IN (SELECT pk FROM media_objects ORDER BY pk LIMIT 1 OFFSET ?)",
              )
                .bind(gone % Math.max(1, before))
                .run();
              await insertMany(buildMany(1, () => ({ objectMetadata: { keywords: ["all"] } })));
            }
            page = await listPage({ ...query, cursor: page.next_cursor });
          }
          expect(new Set(seen).size).toBe(seen.length);
          const stayed = (
            await env.DB.prepare("SELECT id FROM media_objects ORDER BY id LIMIT ?")
              .bind(before)
              .all<{ id: string }>()
          ).results.map((row) => row.id);
          const known = new Set(seen);
          const newcomers = deletions.length;
          expect(stayed.slice(0, Math.max(0, before - newcomers)).filter((id) => !known.has(id))).toEqual([]);
        },
      ),
      { numRuns: 40, seed: 20_261_122 },
    );
  }, 120_000);

  it("comes in the same order for the same seed, whatever the size of a page", async () => {
    await insertMany(buildMany(50, (index) => ({ pk: (index + 1) * 997 })));
    const query = { shuffle: "true", seed: "s" };
    const ids = await idsByCursor({ ...query, limit: "50" });
    expect(await idsByCursor({ ...query, limit: "3" })).toEqual(ids);
    expect(await idsByCursor({ ...query, seed: "t" })).not.toEqual(ids);
    expect(ids).not.toEqual(ids.toSorted());
  });
});
