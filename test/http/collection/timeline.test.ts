import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { v7 } from "uuid";
import { z } from "zod";

import { readTimeline } from "../../../src/db/collection/timeline.ts";
import { openDatabase } from "../../../src/db/connection.ts";
import type { MediaFilter } from "../../../src/db/lists/filter.ts";
import { refusalOf } from "../../support/http/answers.ts";
import { api, apiCost, apiWith, failingDatabaseEnv } from "../../support/http/api.ts";
import { buildMany, insertMany, type MediaContent } from "../../support/records/media.ts";
import { seedMany } from "../../support/records/seed.ts";

const timeline = z.strictObject({
  items: z.array(z.strictObject({ period: z.string(), count: z.int(), imprecise: z.int() })),
  undated: z.int(),
  capped: z.boolean(),
});

async function timelineOf(response: Response): Promise<z.infer<typeof timeline>> {
  expect(response.status).toBe(200);
  return timeline.parse(await response.json());
}

async function ask(query: Readonly<Record<string, string>> = {}) {
  const parameters = new URLSearchParams(query).toString();
  return timelineOf(await api(`/v1/timeline?${parameters}`, { as: "read" }));
}

/** A timeline in short: how many there are in each period, without those that have none. */
async function counts(query: Readonly<Record<string, string>> = {}): Promise<[string, number][]> {
  return (await ask(query)).items.map(({ period, count }): [string, number] => [period, count]);
}

async function migrate(): Promise<void> {
  await reset();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
}

async function store(contents: readonly MediaContent[]): Promise<void> {
  await insertMany(buildMany(contents.length, (index) => contents[index] ?? {}));
}

const day = (text: string): string => v7({ msecs: Date.parse(`${text}Z`) });

describe("GET /v1/timeline", () => {
  beforeEach(migrate);

  const dated = [
    { takenAt: "2024-07-14T16:03:11.000" },
    { takenAt: "2024-07-14T23:59:59.999" },
    { takenAt: "2024-07-01T00:00:00.000" },
    { takenAt: "2023-12-31T12:00:00.000" },
    {},
  ];

  it.each([
    [
      "year",
      [
        ["2024", 3],
        ["2023", 1],
      ],
    ],
    [
      "month",
      [
        ["2024-07", 3],
        ["2023-12", 1],
      ],
    ],
    [
      "day",
      [
        ["2024-07-14", 2],
        ["2024-07-01", 1],
        ["2023-12-31", 1],
      ],
    ],
  ])("counts by %s, the newest first, from counters and by looking alike", async (by, expected) => {
    await store(dated);
    expect(await counts({ by })).toEqual(expected);
    expect(await counts({ by, content_type: "image/*" })).toEqual(expected);
  });

  it("counts by the month of the best known time if nothing else is asked for", async () => {
    await store([...dated, { takenAt: "2024-07-14T16:03:11.000", objectMetadata: { taken_at: "1962-05" } }]);
    const items = [
      { period: "2024-07", count: 3, imprecise: 0 },
      { period: "2023-12", count: 1, imprecise: 0 },
      { period: "1962-05", count: 1, imprecise: 0 },
    ];
    expect(await ask()).toEqual({ items, undated: 1, capped: false });
    expect(await ask({ state: "ready" })).toEqual({ items, undated: 1, capped: false });
  });

  it("counts by the day of creation in UTC, and then none is undated", async () => {
    await store(
      ["2024-07-14T23:59:59.999", "2024-07-15T00:00:00.000", "1970-01-01T00:00:00.000"].map((text) => ({
        id: day(text),
      })),
    );
    const expected = [
      ["2024-07-15", 1],
      ["2024-07-14", 1],
      ["1970-01-01", 1],
    ];
    expect(await counts({ of: "created_at", by: "day" })).toEqual(expected);
    expect(await counts({ of: "created_at", by: "day", prefix: "" })).toEqual(expected);
    expect(await counts({ of: "created_at", by: "day", content_type: "image/jpeg" })).toEqual(expected);
    expect(await ask({ of: "created_at" })).toMatchObject({ undated: 0, capped: false });
  });

  it.each([{}, { content_type: "image/*" }])(
    "tells how many are known only to the year: %j",
    async (query) => {
      const intrinsic = JSON.stringify({ taken: { precision: "year", source: "xmp" } });
      await store([
        ...["1962", "1962-01", "1962-01-01", "1963"].map((text) => ({ objectMetadata: { taken_at: text } })),
        { takenAt: "1962-01-01T00:00:00.000", intrinsic },
      ]);
      const items = [
        { period: "1963-01", count: 1, imprecise: 1 },
        { period: "1962-01", count: 4, imprecise: 2 },
      ];
      expect(await ask(query)).toEqual({ items, undated: 0, capped: false });
    },
  );

  it("has nothing in it where there is nothing", async () => {
    const nothing = { items: [], undated: 0, capped: false };
    expect(await ask()).toEqual(nothing);
    expect(await ask({ keyword: "none" })).toEqual(nothing);
    expect(await ask({ of: "created_at", missing: "any" })).toEqual(nothing);
  });

  it("forgets a period when its last record leaves it", async () => {
    await store(dated);
    await env.DB.exec("UPDATE media_objects SET missing_since = 5 WHERE taken_at LIKE '2023%'");
    expect(await counts({ by: "year" })).toEqual([["2024", 3]]);
    await env.DB.exec("DELETE FROM media_objects");
    expect(await ask()).toEqual({ items: [], undated: 0, capped: false });
  });

  const kinds = [
    { takenAt: "2001-01-01T00:00:00.000", missingSince: 5 },
    { takenAt: "2002-01-01T00:00:00.000", provider: "other" },
    { takenAt: "2003-01-01T00:00:00.000", state: "failed", objectKey: "x/1" },
    { takenAt: "2004-01-01T00:00:00.000", contentType: "image/png", objectKey: "x/2" },
    { takenAt: "2005-01-01T00:00:00.000", objectMetadata: { keywords: ["Été", "b"] } },
    { takenAt: "2006-01-01T00:00:00.000", objectMetadata: { keywords: ["été"] }, updatedAt: 1 },
    { objectMetadata: { keywords: ["été"] }, missingSince: 5 },
  ] as const satisfies readonly MediaContent[];

  it.each<[Record<string, string>, string[], number]>([
    [{}, ["2006", "2005", "2004", "2003", "2002"], 0],
    [{ missing: "true" }, ["2001"], 1],
    [{ missing: "any" }, ["2006", "2005", "2004", "2003", "2002", "2001"], 1],
    [{ provider: "other" }, ["2002"], 0],
    [{ provider: "r2", missing: "any", state: "ready" }, ["2006", "2005", "2004", "2001"], 1],
    [{ state: "failed" }, ["2003"], 0],
    [{ prefix: "x/" }, ["2004", "2003"], 0],
    [{ prefix: "x/", content_type: "image/png" }, ["2004"], 0],
    [{ keyword: "ete" }, ["2006", "2005"], 0],
    [{ keyword: "ete", missing: "any" }, ["2006", "2005"], 1],
    [{ keyword: "ete", updated_after: "2020-01-01T00:00:00Z" }, ["2005"], 0],
    [{ taken_after: "2003-01-01", taken_before: "2005-01-01" }, ["2004", "2003"], 0],
    [{ updated_after: "2020-01-01T00:00:00Z", missing: "any" }, ["2005", "2004", "2003", "2002", "2001"], 1],
  ])("counts what the list shows with the same filters: %j", async (query, years, undated) => {
    await store(kinds);
    const found = await ask({ by: "year", ...query });
    expect(found).toMatchObject({ undated, capped: false });
    expect(found.items.map(({ period }) => period)).toEqual(years);
    const list = z
      .object({ total: z.int() })
      .parse(await (await api(`/v1/media?${new URLSearchParams(query).toString()}`)).json());
    expect(years.length + undated).toBe(list.total);
    const created = await ask({ by: "year", of: "created_at", ...query });
    expect(created.items.reduce((sum, { count }) => sum + count, 0)).toBe(list.total);
  });

  it("takes several keywords", async () => {
    await store(kinds);
    const response = await api("/v1/timeline?by=year&keyword=ete&keyword=b");
    expect((await timelineOf(response)).items).toEqual([{ period: "2005", count: 1, imprecise: 0 }]);
  });

  it.each([
    ["by=week", "by"],
    ["of=updated_at", "of"],
    ["limit=5", "limit"],
    ["by=day&by=day", "by"],
    ["taken_after=2024-02-30", "taken_after"],
  ])("refuses %s", async (query, path) => {
    expect(await refusalOf(await api(`/v1/timeline?${query}`))).toBe(`422 validation_error ${path}`);
  });

  it("is for those with a key alone, and needs the database", async () => {
    expect(await refusalOf(await api("/v1/timeline", { as: null }))).toBe("401 invalid_api_key");
    const down = await apiWith(failingDatabaseEnv(), "/v1/timeline");
    expect(await refusalOf(down)).toBe("503 database_unavailable");
  });
});

describe("a timeline with filters that have more records than it looks at", () => {
  beforeAll(async () => {
    await migrate();
    // A year each, the newest in 2019; the oldest four are undated.
    await store(
      Array.from({ length: 24 }, (_, index) => ({
        id: day(`${2000 + index}-01-01T00:00:00`),
        takenAt: index < 4 ? null : `${1996 + index}-07-14T16:03:11.000`,
        provider: index % 2 === 0 ? "even" : "odd",
        contentType: index === 23 ? "image/png" : "image/jpeg",
        objectKey: `${index < 3 ? "few" : "many"}/${23 - index}.jpg`,
        objectMetadata: { keywords: index < 6 ? ["all", "old"] : ["all"] },
      })),
    );
  });

  const all: MediaFilter = { keywords: [], missing: "false" };
  const read = async (
    filter: Partial<MediaFilter>,
    most: number,
    of: "taken_at" | "created_at" = "taken_at",
  ) => readTimeline(openDatabase(env.DB, "anywhere"), { ...all, ...filter }, { of, by: "year" }, most);
  const years = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({ period: String(from - index), count: 1, imprecise: 0 }));

  it.each([
    [{ missing: "any" }, 5, { items: years(2019, 5), undated: 0, capped: true }],
    [{ missing: "any" }, 23, { items: years(2019, 20), undated: 3, capped: true }],
    [{ missing: "any" }, 24, { items: years(2019, 20), undated: 4, capped: false }],
    [{ contentType: "image/jpeg" }, 5, { items: years(2018, 4), undated: 0, capped: true }],
    [{ prefix: "many/" }, 5, { items: years(2019, 5), undated: 0, capped: true }],
    [{ prefix: "many/", provider: "odd" }, 5, { capped: true }],
    [{ takenAfter: "2001-01-01" }, 5, { items: years(2019, 5), undated: 0, capped: true }],
    [{ keywords: ["all"] }, 12, { items: years(2019, 6), undated: 0, capped: true }],
  ] as const)("looks at the newest alone: %j, %d", async (filter, most, expected) => {
    expect(await read(filter, most)).toMatchObject(expected);
  });

  it.each([
    [{ prefix: "few/" }, 3, { items: [], undated: 3, capped: false }],
    [{ prefix: "few/" }, 2, { capped: true }],
    [{ prefix: "few/", provider: "even" }, 6, { items: [], undated: 2, capped: false }],
    [{ keywords: ["old"] }, 6, { items: years(2001, 2), undated: 4, capped: false }],
    [{ keywords: ["old", "all"] }, 12, { items: years(2001, 2), undated: 4, capped: false }],
  ] as const)(
    "counts all that a filter leads to where that is few: %j, %d",
    async (filter, most, expected) => {
      expect(await read(filter, most)).toMatchObject(expected);
    },
  );

  it.each([
    [{ keywords: ["all"] }, { items: years(2023, 5), undated: 0, capped: true }],
    [{ missing: "any" }, { items: years(2023, 5), undated: 0, capped: true }],
    [{ provider: "odd" }, { items: [2023, 2021, 2019].flatMap((year) => years(year, 1)), capped: true }],
  ] as const)("looks at those that were created last: %j", async (filter, expected) => {
    expect(await read(filter, 5, "created_at")).toMatchObject(expected);
  });
});

// Nothing here writes, so one set of rows serves all.
describe.each([{ count: 10 }, { count: 20_000 }])("a timeline of $count records", ({ count }) => {
  beforeAll(async () => {
    await migrate();
    await seedMany(count);
  }, 120_000);

  it.each([
    ["of=taken_at", 12],
    ["of=taken_at&by=year", 12],
    ["of=taken_at&by=day", 12],
    ["of=created_at", 1],
  ])(
    "without filters reads the days that there are, and a row for each provider: %s",
    async (query, days) => {
      const { response, rowsRead, statements } = await apiCost(`/v1/timeline?${query}`);
      await response.body?.cancel();
      // Those that SQLite groups count once more.
      expect(rowsRead).toBeLessThanOrEqual(2 * days + 1);
      expect(statements).toBe(2);
    },
  );

  it.each([
    ["content_type=image/*", 1, 1],
    ["missing=any&of=created_at", 1, 1],
    ["missing=any", 1, 1],
    ["provider=r2", 1, 1],
    ["taken_after=2000-01-01", 0.5, 1],
    ["keyword=all", 2, 1],
    ["keyword=all&of=created_at", 2, 1],
    ["state=pending", 0.2, 1],
    ["prefix=00/", 0.01, 1],
  ])("with filters reads each record of the shortest way once: %s", async (query, share, statements) => {
    const cost = await apiCost(`/v1/timeline?${query}`);
    expect(await timelineOf(cost.response)).toMatchObject({ capped: false });
    expect(cost.rowsRead).toBeLessThanOrEqual(Math.ceil(share * count) + 2);
    expect(cost).toMatchObject({ statements, rowsWritten: 0 });
  });

  it.each([["prefix=00/&provider=r2"], ["prefix=00/&keyword=all&state=pending"]])(
    "reads 3,000 rows at the most to find the shortest of several: %s",
    async (query) => {
      const { response, rowsRead } = await apiCost(`/v1/timeline?${query}`);
      await response.body?.cancel();
      expect(rowsRead).toBeLessThanOrEqual(3_000 + (2 * count) / 100 + 10);
    },
  );
});
