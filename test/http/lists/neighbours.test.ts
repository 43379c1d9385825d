import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";

import { sortKeys } from "../../../src/db/lists/filter.ts";
import { refusalOf } from "../../support/http/answers.ts";
import { api, apiCost } from "../../support/http/api.ts";
import { idsByCursor, listPage } from "../../support/http/pages.ts";
import { anId } from "../../support/http/routes.ts";
import { buildMedia, insertMany, insertMedia } from "../../support/records/media.ts";
import { seedMany } from "../../support/records/seed.ts";

const answer = z.object({
  previous: z.string().nullable(),
  next: z.string().nullable(),
  capped: z.boolean(),
});

async function neighbours(id: string, query: Record<string, string> = {}) {
  const response = await api(`/v1/media/${id}/neighbours?${new URLSearchParams(query).toString()}`);
  expect(response.status).toBe(200);
  return answer.parse(await response.json());
}

const record = fc.record(
  {
    takenAt: fc.constantFrom("2001-01-01T00:00:00.000", "2002-01-01T00:00:00.000", null),
    updatedAt: fc.constantFrom(5, 6),
    fileSize: fc.constantFrom(1, 2),
    missingSince: fc.constantFrom(null, null, 7),
    objectMetadata: fc.constantFrom(
      {},
      { description: "sea" },
      { title: "the sea" },
      { keywords: ["sea", "sun"] },
    ),
  },
  { requiredKeys: [] },
);

async function insertAll(contents: Parameters<typeof buildMedia>[0][]): Promise<void> {
  await env.DB.prepare("DELETE FROM media_objects").run();
  await insertMany(contents.map((content) => buildMedia(content)));
}

/** The neighbours of each of these ids, as their order has them. */
function around(ids: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    ids.map((id, index) => [
      id,
      { previous: ids[index - 1] ?? null, next: ids[index + 1] ?? null, capped: false },
    ]),
  );
}

async function asked(
  ids: readonly string[],
  query: Record<string, string>,
): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const id of ids) found[id] = await neighbours(id, query);
  return found;
}

describe("the neighbours of a record", () => {
  it("are those before and behind it in the list, in any order and with any filter", async () => {
    const query = fc.record(
      {
        sort: fc.constantFrom(...sortKeys),
        order: fc.constantFrom("asc", "desc"),
        missing: fc.constantFrom("any", "true"),
        keyword: fc.constant("sea"),
        without: fc.constantFrom("description", "taken_at"),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1, maxLength: 7 }),
        fc.array(query, { minLength: 1, maxLength: 4 }),
        async (contents, queries) => {
          await insertAll(contents);
          for (const each of queries) {
            const ids = await idsByCursor({ ...each, limit: "100" });
            expect(await asked(ids, each)).toEqual(around(ids));
          }
        },
      ),
      { numRuns: 25 },
    );
  }, 60_000);

  it("are those before and behind it in a search, over the border of its groups", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1, maxLength: 7 }),
        fc.constantFrom("sea", "se", "sea -sun", "keyword:sun", "has:taken_at", ""),
        async (contents, q) => {
          await insertAll(contents);
          const response = await api(`/v1/search?${new URLSearchParams({ q }).toString()}`);
          const { items } = z
            .object({ items: z.array(z.object({ id: z.string() })) })
            .parse(await response.json());
          const ids = items.map(({ id }) => id);
          expect(await asked(ids, { q })).toEqual(around(q === "" ? ids.toReversed() : ids));
        },
      ),
      { numRuns: 25 },
    );
  }, 60_000);

  it("are those of its place where it does not match itself", async () => {
    const ids: string[] = [];
    for (const word of ["sea", "sand", "sea"])
      ids.push((await insertMedia({ objectMetadata: { description: word } })).id);
    const [first = "", second = "", third = ""] = ids;
    expect(await neighbours(second, { keyword: "none" })).toMatchObject({ previous: null, next: null });
    // The rest comes behind what matches in description and keywords, and there the record would be.
    expect(await neighbours(second, { q: "sea" })).toMatchObject({ previous: first, next: null });
    expect(await neighbours(second)).toMatchObject({ previous: first, next: third });
  });

  it("of a record that lies before or behind all that matches are the ends of the list", async () => {
    const outside = fc.record({
      objectKey: fc.constantFrom("a/1", "b/1", "b/2", "c/1"),
      takenAt: fc.constantFrom(
        "2000-01-01T00:00:00.000",
        "2001-07-14T00:00:00.000",
        "2002-01-01T00:00:00.000",
        null,
      ),
      updatedAt: fc.constantFrom(4, 5, 6),
    });
    const bounds = fc.constantFrom<Record<string, string>>(
      { sort: "object_key", prefix: "b/" },
      { sort: "taken_at", taken_after: "2001-01-01" },
      { sort: "taken_at", taken_before: "2001-12-31" },
      { sort: "taken_at", taken_after: "2001-01-01", taken_before: "2001-12-31" },
      { sort: "taken_at", has: "taken_at" },
      { sort: "taken_at", without: "taken_at" },
      { sort: "updated_at", updated_after: "1970-01-01T00:00:00.005Z" },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(outside, { minLength: 2, maxLength: 5 }),
        bounds,
        fc.constantFrom("asc", "desc"),
        async (contents, filter, order) => {
          // Objects of several providers may have the same key.
          await insertAll(contents.map((each, index) => ({ ...each, pathKey: String(index) })));
          const query = { ...filter, order };
          const matching = new Set(await idsByCursor({ ...query, limit: "100" }));
          const { sort = "" } = filter;
          const all = await idsByCursor({ sort, order, limit: "100" });
          const expected = all.map((id, index) => {
            const previous = all.slice(0, index).findLast((each) => matching.has(each)) ?? null;
            const next = all.slice(index + 1).find((each) => matching.has(each)) ?? null;
            return [id, { previous, next, capped: false }];
          });
          expect(await asked(all, query)).toEqual(Object.fromEntries(expected));
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);

  it("are not told of a record that nobody has, and not by two orders at once", async () => {
    expect(await refusalOf(await api(`/v1/media/${anId}/neighbours`))).toBe("404 resource_not_found");
    const { id } = await insertMedia();
    for (const query of ["q=a&sort=taken_at", "q=a&order=desc", "shuffle=true", "limit=1"])
      expect(await refusalOf(await api(`/v1/media/${id}/neighbours?${query}`))).toContain("422");
  });
});

describe.each([10, 20_000])("among %d records", (count) => {
  it("the neighbours cost a few rows", async () => {
    await seedMany(count);
    const { items } = await listPage({ limit: "5" });
    const id = items.at(3)?.id ?? "";
    for (const sort of sortKeys) {
      const { rowsRead } = await apiCost(`/v1/media/${id}/neighbours?sort=${sort}`);
      expect(rowsRead).toBeLessThanOrEqual(8);
    }
    const { rowsRead } = await apiCost(`/v1/media/${id}/neighbours?q=all`);
    expect(rowsRead).toBeLessThanOrEqual(60);
  });

  it("a search for a neighbour that is far away is given up after 10,000 records", async () => {
    await seedMany(count);
    const { items } = await listPage({ limit: "5" });
    const id = items.at(3)?.id ?? "";
    const { response, rowsRead } = await apiCost(`/v1/media/${id}/neighbours?content_type=image/gif`);
    const { capped } = answer.parse(await response.json());
    expect(capped).toBe(count > 10_000);
    expect(rowsRead).toBeLessThanOrEqual(21_000);
  });
});
