import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";

import { sortKeys } from "../../../src/db/lists/filter.ts";
import { sortedIds } from "../../support/records/list-model.ts";
import { buildMany, insertMany } from "../../support/records/media.ts";
import type { ListParameters } from "../../support/http/pages.ts";
import { seedMany } from "../../support/records/seed.ts";
import { pageCost, pageCosts } from "../../support/http/walks.ts";

const many = 31_000;
const limit = 20;

/** What a page may read: ten thousand rows, the page's own (an entry of an index and its record), and a few beside. */
const pageRows = 10_000 + 2 * (limit + 1) + 20;

/** What a count may read: ten thousand records, and of a keyword the entry of each as well. */
function countRows(parameters: ListParameters): number {
  return parameters["keyword"] === undefined ? 10_010 : 20_010;
}

const rare = buildMany(6, (index) => ({
  provider: "other",
  contentType: "image/png",
  state: "unsupported",
  takenAt: index % 2 === 0 ? `20${10 + index}-07-14T16:03:11.000` : null,
  fileSize: 1000 + index * 900,
  updatedAt: 1_704_067_200_000 + index * 190,
  objectKey: `x/${index}7/rare.png`,
  missingSince: index === 5 ? 7 : null,
  objectMetadata: { keywords: ["all", "rare"] },
}));

function matches(parameters: ListParameters): typeof rare {
  return rare
    .filter((row) => parameters["missing"] === "any" || row.missingSince === null)
    .filter((row) => parameters["taken_after"] === undefined || row.takenAt !== null);
}

function expected(parameters: ListParameters): string[] {
  const sort = sortKeys.find((key) => key === parameters["sort"]) ?? "created_at";
  return sortedIds(matches(parameters), sort, parameters["order"] === "desc" ? "desc" : "asc");
}

// Nothing here writes, so one set of rows serves all.
beforeAll(async () => {
  await reset();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  await seedMany(many);
  await env.DB.exec("UPDATE media_objects SET state = 'unsupported', object_key = 'x/' || object_key");
  await env.DB.exec("UPDATE media_objects SET missing_since = 5 WHERE pk % 3 = 0");
  await insertMany(rare);
}, 300_000);

describe(`a page of few matches among ${many} records`, () => {
  const png = { content_type: "image/png" };
  it.each<ListParameters>([
    png,
    { ...png, order: "desc" },
    { ...png, missing: "any" },
    { ...png, missing: "any", sort: "taken_at", order: "desc" },
    { ...png, sort: "taken_at" },
    { ...png, sort: "updated_at", order: "desc" },
    { ...png, sort: "object_key", missing: "any" },
    { ...png, sort: "file_size" },
    { provider: "other" },
    { provider: "other", sort: "taken_at", missing: "any" },
    { ...png, state: "unsupported" },
    { ...png, state: "unsupported", sort: "file_size", missing: "any" },
    { ...png, keyword: "all" },
    { ...png, keyword: "all", sort: "file_size", order: "desc" },
    { ...png, keyword: "all", missing: "any", sort: "taken_at" },
    { keyword: ["all", "rare"] },
    { keyword: ["rare", "all"], sort: "object_key" },
    { ...png, prefix: "x/" },
    { ...png, prefix: "x/", sort: "object_key", order: "desc" },
    { ...png, prefix: "x/", sort: "updated_at" },
    { ...png, taken_after: "2000-01-01" },
    { ...png, taken_after: "2000-01-01", sort: "taken_at", order: "desc" },
    { ...png, updated_after: "2020-01-01T00:00:00Z" },
    { ...png, updated_after: "2020-01-01T00:00:00Z", sort: "updated_at" },
    {
      provider: "other",
      prefix: "x/",
      keyword: ["all", "rare"],
      content_type: "image/*",
      state: "unsupported",
      taken_after: "2000-01-01",
      taken_before: "2100-01-01",
      updated_after: "2020-01-01T00:00:00Z",
      sort: "file_size",
    },
  ])("looks at no more than ten thousand rows and goes on: %j", async (parameters) => {
    const pages = await pageCosts({ ...parameters, limit: String(limit) });
    const [first, ...others] = pages;
    expect(first?.rowsRead).toBeLessThanOrEqual(pageRows + countRows(parameters));
    for (const page of others) expect(page.rowsRead).toBeLessThanOrEqual(pageRows);
    expect(pages.flatMap((page) => page.ids)).toEqual(expected(parameters));
    expect(pages.length).toBeLessThanOrEqual(20);
  });

  it.each<ListParameters>([
    { ...png, shuffle: "true", seed: "a" },
    { ...png, shuffle: "true", seed: "a", missing: "any" },
    { provider: "other", shuffle: "true" },
    { ...png, state: "unsupported", shuffle: "true" },
    { ...png, keyword: "all", shuffle: "true" },
    { keyword: ["all", "rare"], shuffle: "true", missing: "any" },
    { ...png, prefix: "x/", shuffle: "true" },
  ])("of a shuffle looks at no more either: %j", async (parameters) => {
    const pages = await pageCosts({ ...parameters, limit: String(limit) });
    const [first, ...others] = pages;
    expect(first?.rowsRead).toBeLessThanOrEqual(20_100 + countRows(parameters));
    for (const page of others) expect(page.rowsRead).toBeLessThanOrEqual(20_100);
    for (const page of pages) expect(page.statements).toBeLessThanOrEqual(8);
    expect(pages.flatMap((page) => page.ids).toSorted()).toEqual(expected(parameters).toSorted());
  });

  it("counts no further than ten thousand records, and says that there may be more", async () => {
    const first = await pageCost({ ...png, order: "desc", limit: "1" });
    const next = await pageCost({ ...png, order: "desc", limit: "1", cursor: first.cursor ?? "" });
    expect(first.rowsRead - next.rowsRead).toBeLessThanOrEqual(10_010);
  });
});

describe(`a page of many matches among ${many} records`, () => {
  it.each<ListParameters>([
    { keyword: "all", sort: "file_size" },
    { prefix: "x/", sort: "taken_at", missing: "any" },
    { state: "unsupported", sort: "object_key", order: "desc" },
    { updated_after: "2020-01-01T00:00:00Z" },
    { taken_after: "2000-01-01", sort: "updated_at" },
    { provider: "r2" },
  ])("is full, and little is read for one by cursor: %j", async (parameters) => {
    const query = { ...parameters, limit: String(limit) };
    const first = await pageCost(query);
    expect(first.ids).toHaveLength(limit);
    const second = await pageCost({ ...query, cursor: first.cursor ?? "" });
    expect(second.ids).toHaveLength(limit);
    // Half of the records are undated, a third missing: a page looks at a few times its own size.
    expect(second.rowsRead).toBeLessThanOrEqual(8 * limit);
  });

  it.each<ListParameters>([
    { offset: "10000" },
    { offset: "10000", sort: "taken_at", missing: "any" },
    { offset: "9000", provider: "r2" },
    { offset: "9000", keyword: "all" },
    { offset: "9000", shuffle: "true" },
    { offset: "9000", shuffle: "true", keyword: "all" },
  ])("after an offset looks at no more than is skipped and a page: %j", async (parameters) => {
    const { rowsRead } = await pageCost({ ...parameters, limit: String(limit) });
    expect(rowsRead).toBeLessThanOrEqual(20_100 + countRows(parameters));
  });

  it.each<ListParameters>([
    { provider: "r2", sort: "file_size" },
    { keyword: "all", missing: "any" },
    { content_type: "image/*", sort: "taken_at" },
    { content_type: "image/png" },
  ])(
    "goes on with what an offset has left to skip: %j",
    async (parameters) => {
      const all = (await pageCosts({ ...parameters, limit: "500" })).flatMap((page) => page.ids);
      const skipped = Math.min(9_990, Math.ceil(all.length / 2));
      const after = await pageCosts({ ...parameters, limit: "500", offset: String(skipped) });
      expect(after.flatMap((page) => page.ids)).toEqual(all.slice(skipped));
    },
    120_000,
  );
});
