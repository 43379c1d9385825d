import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { buildMany, insertMany, insertMedia } from "../../support/records/media.ts";
import { idsByCursor, idsByOffset, listPage } from "../../support/http/pages.ts";
import { seedMany } from "../../support/records/seed.ts";

async function insertIds(count: number): Promise<string[]> {
  const built = buildMany(count);
  await insertMany(built);
  return built.map((row) => row.id);
}

async function remove(ids: readonly (string | undefined)[]): Promise<void> {
  for (const id of ids) await env.DB.prepare("DELETE FROM media_objects WHERE id = ?").bind(id).run();
}

const filters = [{}, { content_type: "image/*" }, { missing: "any" }, { keyword: "all" }] as const;

describe("GET /v1/media?shuffle=true", () => {
  it.each(filters)("answers every record once, the same for the same seed: %j", async (filter) => {
    await seedMany(40);
    const query = { ...filter, shuffle: "true", seed: "a" };
    const ids = await idsByCursor({ ...query, limit: "7" });
    expect(new Set(ids).size).toBe(40);
    expect(await idsByCursor({ ...query, limit: "11" })).toEqual(ids);
    expect(await idsByOffset(query, 9)).toEqual(ids);
    expect(ids).not.toEqual(ids.toSorted());
  });

  it.each(filters)("answers another order for another seed: %j", async (filter) => {
    await seedMany(40);
    const orders = new Set<string>();
    for (const seed of ["a", "b", "c", "d", "ä", "1"]) {
      orders.add((await idsByCursor({ ...filter, shuffle: "true", seed })).join());
    }
    expect(orders.size).toBe(6);
  });

  it("takes a seed of its own where none is given, and keeps it along the cursors", async () => {
    await seedMany(30);
    const ids = await idsByCursor({ shuffle: "true", limit: "4" });
    expect(new Set(ids).size).toBe(30);
    const again = await idsByCursor({ shuffle: "true", limit: "4" });
    expect(again).not.toEqual(ids);
  });

  it("walks over holes, whatever rows are gone or missing", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom("kept", "kept", "gone", "missing"), { maxLength: 30 }),
        fc.string({ minLength: 1, maxLength: 8, unit: "grapheme-ascii" }),
        fc.integer({ min: 1, max: 8 }),
        async (fates, seed, limit) => {
          await env.DB.prepare("DELETE FROM media_objects").run();
          const built = buildMany(fates.length, (index) => ({
            missingSince: fates[index] === "missing" ? 5 : null,
          }));
          await insertMany(built);
          await remove(built.filter((_, index) => fates[index] === "gone").map((row) => row.id));
          const kept = built.filter((_, index) => fates[index] === "kept").map((row) => row.id);
          const query = { shuffle: "true", seed };
          const ids = await idsByCursor({ ...query, limit: String(limit) });
          expect(ids.toSorted()).toEqual(kept.toSorted());
          expect(await idsByOffset(query, limit)).toEqual(ids);
        },
      ),
      { numRuns: 25, seed: 20_261_122 },
    );
  }, 60_000);

  it.each(filters)("keeps the order of those that stay while others come and go: %j", async (filter) => {
    await seedMany(20);
    const query = { ...filter, shuffle: "true", seed: "s" };
    const whole = await idsByCursor(query);
    const first = await listPage({ ...query, limit: "5" });
    await insertMedia({ objectMetadata: { keywords: ["all"] } });
    await remove([whole[0], whole[7]]);
    const rest = await listPage({ ...query, cursor: first.next_cursor ?? "" });
    const known = rest.items.map((item) => item.id).filter((id) => whole.includes(id));
    expect(known).toEqual(whole.slice(5).filter((id) => id !== whole[7]));
  });

  it.each(filters)(
    "mixes thoroughly: neighbours in storage are seldom neighbours in the list: %j",
    async (filter) => {
      await seedMany(1_500);
      const ids: string[] = [];
      for (let offset = 0; offset < 1500; offset += 500) {
        const query = { ...filter, shuffle: "true", seed: "m", limit: "500", offset: String(offset) };
        ids.push(...(await listPage(query)).items.map((item) => item.id));
      }
      const sorted = ids.toSorted();
      const ranks = new Map(sorted.map((id, index) => [id, index]));
      const order = ids.map((id) => ranks.get(id) ?? 0);
      for (const stretch of [order.slice(0, 200), order.slice(650, 850), order.slice(-200)]) {
        const rises = stretch.slice(1).filter((rank, index) => rank > (stretch[index] ?? 0)).length;
        expect(rises).toBeGreaterThan(70);
        expect(rises).toBeLessThan(130);
      }
    },
  );

  it("answers nothing where nothing is stored", async () => {
    expect(await listPage({ shuffle: "true", seed: "a" })).toMatchObject({
      items: [],
      total: 0,
      next_cursor: null,
    });
  });

  it("has no next page where no row is left", async () => {
    await insertIds(3);
    expect((await listPage({ shuffle: "true", seed: "a", limit: "3" })).next_cursor).toBeNull();
  });
});
