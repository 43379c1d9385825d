import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { sortKeys } from "../../../src/db/lists/filter.ts";
import { sortedIds } from "../../support/records/list-model.ts";
import { buildMany, insertMany, insertMedia } from "../../support/records/media.ts";
import { idsByCursor, idsByOffset, listPage } from "../../support/http/pages.ts";

/** Values of few kinds, so that ties and gaps are common. */
const rowValues = fc.record({
  fileSize: fc.constantFrom(1, 2, 10),
  updatedAt: fc.constantFrom(1_700_000_000_000, 1_700_000_000_001),
  takenAt: fc.constantFrom(
    null,
    "2024-01-01T00:00:00.000",
    "2024-01-01T00:00:00.001",
    "1999-12-31T23:59:59.999",
  ),
  folder: fc.constantFrom("a", "a/", "A", "é", "e\u0301", "\u{1f600}", "\ufffd", "_", "%"),
  missingSince: fc.constantFrom(null, null, 1_700_000_000_000),
});

const lists = fc.record({
  rows: fc.array(rowValues, { minLength: 0, maxLength: 25 }),
  sort: fc.constantFrom(...sortKeys),
  order: fc.constantFrom("asc" as const, "desc" as const),
  missing: fc.constantFrom("false", "true", "any"),
  limit: fc.integer({ min: 1, max: 9 }),
});

describe("GET /v1/media in order", () => {
  it("answers what plain sorting answers, by cursor and by offset", async () => {
    await fc.assert(
      fc.asyncProperty(lists, async ({ rows, sort, order, missing, limit }) => {
        await env.DB.prepare("DELETE FROM media_objects").run();
        const stored = rows.map(({ folder, ...row }, index) => ({ ...row, objectKey: `${folder}${index}` }));
        const built = buildMany(stored.length, (index) => stored[index] ?? {});
        await insertMany(built);
        const listed = built.filter(
          (row) => missing === "any" || (row.missingSince !== null) === (missing === "true"),
        );
        const expected = sortedIds(listed, sort, order);
        const query = { sort, order, missing };
        expect(await idsByCursor({ ...query, limit: String(limit) })).toEqual(expected);
        expect(await idsByOffset(query, limit)).toEqual(expected);
      }),
      { numRuns: 60, seed: 20_261_122 },
    );
  }, 60_000);

  it.each(sortKeys)("goes through all orders of %s in pages of two", async (sort) => {
    const sizes = [5, 5, 5, 1, 9];
    const dates = [
      null,
      "2024-07-14T16:03:11.000",
      null,
      "2024-07-14T16:03:11.000",
      "2023-01-01T00:00:00.000",
    ];
    const built = buildMany(5, (index) => ({
      fileSize: sizes[index] ?? 0,
      takenAt: dates[index] ?? null,
      updatedAt: sizes[index] ?? 0,
    }));
    await insertMany(built);
    for (const order of ["asc", "desc"] as const) {
      const expected = sortedIds(built, sort, order);
      expect(await idsByCursor({ sort, order, limit: "2" })).toEqual(expected);
      expect(await idsByOffset({ sort, order }, 2)).toEqual(expected);
    }
  });

  it("goes by creation, the oldest first, where nothing is asked for", async () => {
    const built = buildMany(3);
    await insertMany(built.toReversed());
    expect((await listPage()).items.map((item) => item.id)).toEqual(built.map((row) => row.id));
  });

  it("neither repeats nor skips a record that stays while others come and go", async () => {
    const built = buildMany(6, (index) => ({ fileSize: 10 + index }));
    await insertMany(built);
    const query = { sort: "file_size", limit: "2" };
    const first = await listPage(query);
    await env.DB.prepare("DELETE FROM media_objects WHERE id = ?").bind(built[1]?.id).run();
    await insertMedia({ fileSize: 1 });
    const second = await listPage({ ...query, cursor: first.next_cursor ?? "" });
    expect(second.items.map((item) => item.id)).toEqual([built[2]?.id, built[3]?.id]);
  });
});
