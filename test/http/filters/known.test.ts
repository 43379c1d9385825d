import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { sortKeys } from "../../../src/db/lists/filter.ts";
import { knownThings, type Box } from "../../../src/db/lists/known.ts";
import { idsByCursor, idsByOffset, listPage, type ListParameters } from "../../support/http/pages.ts";
import { buildMany, insertMany } from "../../support/records/media.ts";
import { isKnown, liesInBox, sortedItems, type ShownItem } from "../../support/records/shown-model.ts";

/** Words of today, and of before there were rules for them. */
const words = fc.record(
  {
    description: fc.constantFrom("", "The beach", "海"),
    keywords: fc.constantFrom([], ["beach"], ["beach", "été"]),
    location: fc.constantFrom<unknown>(
      "Paris",
      { latitude: 91, longitude: 0 },
      { latitude: 1 },
      { latitude: 0, longitude: 0 },
      { latitude: -17, longitude: 180 },
      { latitude: -17, longitude: -180 },
      { latitude: 90, longitude: 30 },
    ),
    taken_at: fc.constantFrom<unknown>("summer", "1962", "1962-02-30", null, "2024-07-14T16:03"),
  },
  { requiredKeys: [] },
);

const rowValues = fc.record({
  objectMetadata: words,
  fileSize: fc.constantFrom(1, 2),
  updatedAt: fc.constantFrom(1_700_000_000_000, 1_700_000_000_001),
  state: fc.constantFrom("ready" as const, "pending" as const, "failed" as const),
  missingSince: fc.constantFrom(null, null, 1_700_000_000_000),
  takenAt: fc.constantFrom(null, null, "2024-01-01T00:00:00.000"),
  intrinsic: fc.constantFrom(
    "{}",
    "{}",
    JSON.stringify({ location: { latitude: 48.5, longitude: 2.5, altitude: null } }),
  ),
  provider: fc.constantFrom("r2", "r2", "other"),
});

const latitude = fc.constantFrom(-90, -17, 0, 48.5, 90);
const longitude = fc.constantFrom(-180, -170, 0, 2.5, 170, 180);
const boxes = fc
  .tuple(latitude, longitude, latitude, longitude)
  .map(([a, west, b, east]): Box => ({ south: Math.min(a, b), west, north: Math.max(a, b), east }));
const things = fc.option(fc.subarray([...knownThings], { minLength: 1 }), { nil: undefined, freq: 2 });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 1 });

const queries = fc.record({
  has: things,
  without: things,
  within: maybe(boxes),
  keyword: maybe(fc.constant("BEACH")),
  state: maybe(fc.constantFrom("pending", "ready")),
  missing: maybe(fc.constantFrom("false", "true", "any")),
  provider: maybe(fc.constant("other")),
});

type Query = typeof queries extends fc.Arbitrary<infer T> ? T : never;

function parametersOf(query: Query): ListParameters {
  const { within, ...others } = query;
  const box =
    within === undefined ? {} : { within: [within.south, within.west, within.north, within.east].join(",") };
  const given = Object.entries(others).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return { ...Object.fromEntries(given), ...box };
}

function matches(item: ShownItem, query: Query): boolean {
  const { has = [], without = [], within, keyword, state, missing = "false", provider } = query;
  return (
    has.every((thing) => isKnown[thing](item)) &&
    !without.some((thing) => isKnown[thing](item)) &&
    (within === undefined || liesInBox(item, within)) &&
    (keyword === undefined || [item.object_metadata["keywords"]].flat().includes("beach")) &&
    (state === undefined || item.state === state) &&
    (missing === "any" || (item.missing_since !== null) === (missing === "true")) &&
    (provider === undefined || item.provider === provider)
  );
}

const lists = fc.record({
  rows: fc.array(rowValues, { maxLength: 25 }),
  asked: fc.array(queries, { minLength: 1, maxLength: 4 }),
  sort: fc.constantFrom(...sortKeys),
  order: fc.constantFrom("asc" as const, "desc" as const),
  limit: fc.integer({ min: 1, max: 9 }),
});

describe("GET /v1/media by what is known, and where", () => {
  it("shows what the answers themselves say, in any order and by cursor, by offset and shuffled", async () => {
    await fc.assert(
      fc.asyncProperty(lists, async ({ rows, asked, sort, order, limit }) => {
        await env.DB.prepare("DELETE FROM media_objects").run();
        await insertMany(buildMany(rows.length, (index) => rows[index] ?? {}));
        const { items } = await listPage({ missing: "any", limit: "500" });
        for (const query of asked) {
          const parameters = { ...parametersOf(query), sort, order };
          const expected = sortedItems(
            items.filter((item) => matches(item, query)),
            sort,
            order,
          ).map(({ id }) => id);
          expect(await idsByCursor({ ...parameters, limit: String(limit) })).toEqual(expected);
          expect(await idsByOffset(parameters, 9)).toEqual(expected);
          const page = await listPage({ ...parameters, limit: "1" });
          expect(page).toMatchObject({ total: expected.length, total_capped: false });
          const shuffled = await idsByCursor({
            ...parametersOf(query),
            shuffle: "true",
            limit: String(limit),
          });
          expect(shuffled.toSorted()).toEqual(expected.toSorted());
        }
      }),
      { numRuns: 80 },
    );
  }, 120_000);
});

const changes = fc.record({
  at: fc.nat(11),
  set: fc.constantFrom(
    'object_metadata = \'{"description":"d"}\'',
    "object_metadata = '{}'",
    "state = 'pending'",
    "state = 'ready'",
    "missing_since = 5",
    "missing_since = NULL",
  ),
});

describe("the pages of what lacks something", () => {
  it("show each record that stays as it is exactly once while others change", async () => {
    const histories = fc.record({
      rows: fc.array(rowValues, { minLength: 12, maxLength: 12 }),
      things: fc.subarray([...knownThings], { minLength: 1 }),
      order: fc.constantFrom("asc" as const, "desc" as const),
      steps: fc.array(fc.array(changes, { maxLength: 3 }), { minLength: 6, maxLength: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(histories, async ({ rows, things, order, steps }) => {
        await env.DB.prepare("DELETE FROM media_objects").run();
        const built = buildMany(rows.length, (index) => rows[index] ?? {});
        await insertMany(built);
        const query = { without: things, order, limit: "2" };
        const before = await idsByCursor(query);
        const seen: string[] = [];
        let cursor: string | null = "";
        for (const step of [[], ...steps, ...steps]) {
          for (const { at, set } of step)
            await env.DB.prepare(`UPDATE media_objects SET ${set} WHERE id = ?`).bind(built[at]?.id).run();
          if (cursor === null) break;
          const page = await listPage({ ...query, cursor });
          seen.push(...page.items.map(({ id }) => id));
          cursor = page.next_cursor;
        }
        const touched = new Set(steps.flat().map(({ at }) => built[at]?.id));
        expect(seen.filter((id) => !touched.has(id))).toEqual(before.filter((id) => !touched.has(id)));
        expect(new Set(seen).size).toBe(seen.length);
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});
