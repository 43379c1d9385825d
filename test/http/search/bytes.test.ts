import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";

import { api } from "../../support/http/api.ts";
import type { ListParameters } from "../../support/http/pages.ts";
import { buildMany, insertMany } from "../../support/records/media.ts";
import { resultsOf, searchPath } from "./searches.ts";

/** The most that an answer with MediaObjects may hold, in bytes. */
const most = 4 * 1024 * 1024;

const count = 100;

/** As many words as a record may have, in texts so short that each is shown whole by its highlight. */
const fields = Array.from({ length: 60 }, (_, index) => [`field_${index}`, "sea sand ".repeat(111)] as const);

/** Keywords of signs that JSON writes in six bytes each. */
const signs = Array.from({ length: 60 }, (_, index) => `${"\u0001".repeat(60)}${index}`);

interface Page {
  readonly bytes: number;
  readonly ids: readonly string[];
  readonly cursor: string | null;
}

async function pageOf(q: string, parameters: ListParameters): Promise<Page> {
  const response = await api(searchPath(q, parameters), { as: "read" });
  const bytes = (await response.clone().arrayBuffer()).byteLength;
  const { items, next_cursor: cursor } = await resultsOf(response);
  return { bytes, ids: items.map(({ id }) => id), cursor };
}

async function walk(q: string, { offset, ...parameters }: ListParameters): Promise<Page[]> {
  const pages = [await pageOf(q, offset === undefined ? parameters : { ...parameters, offset })];
  for (let cursor = pages[0]?.cursor ?? null; cursor !== null;) {
    const page = await pageOf(q, { ...parameters, cursor });
    pages.push(page);
    cursor = page.cursor;
  }
  return pages;
}

describe("a page of results with as many words as are allowed", () => {
  let newest: string[] = [];

  beforeAll(async () => {
    await reset();
    await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
    const objectMetadata = { ...Object.fromEntries(fields), keywords: ["sea"] };
    const built = buildMany(count, () => ({ objectMetadata }));
    for (let at = 0; at < count; at += 20) await insertMany(built.slice(at, at + 20));
    newest = built.map(({ id }) => id).toReversed();
  }, 120_000);

  it.each<ListParameters>([
    {},
    { mark: "<em>,</em>" },
    { facets: "keywords,content_type,camera,year" },
    { mark: `${"\u0001".repeat(32)},${"海".repeat(32)}` },
    { missing: "any", limit: "40" },
  ])(
    "holds no more than 4 MiB with its highlights, and the next one goes on: %j",
    async (parameters) => {
      const pages = await walk("sea", { limit: "500", ...parameters });
      for (const page of pages) expect(page.bytes).toBeLessThanOrEqual(most);
      expect(pages.flatMap(({ ids }) => ids)).toEqual(newest);
      // A page that is cut short is nearly full: a record has twice its words, or somewhat more with marks that are long.
      for (const page of pages.slice(0, -1)) expect(page.bytes).toBeGreaterThan(most - 700_000);
    },
    60_000,
  );

  it("goes on from an offset as well", async () => {
    const pages = await walk("sea", { limit: "500", offset: "50" });
    expect(pages.flatMap(({ ids }) => ids)).toEqual(newest.slice(50));
  });
});

describe("a page whose facets are long", () => {
  it("holds no more than 4 MiB", async () => {
    await reset();
    await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
    const words = Object.fromEntries(fields.slice(0, 4));
    const camera = "é".repeat(190);
    // Small ones, so that a page is full but for less than its facets have.
    const built = buildMany(520, (index) => ({
      objectMetadata: index === 0 ? { ...words, keywords: signs } : words,
      intrinsic: JSON.stringify({ camera: { make: null, model: `${camera}${index}`, lens: null } }),
    }));
    for (let at = 0; at < built.length; at += 40) await insertMany(built.slice(at, at + 40));
    const query = { limit: "500", facets: "keywords,camera" };
    const pages = await walk("sea", query);
    for (const page of pages) expect(page.bytes).toBeLessThanOrEqual(most);
    expect(new Set(pages.flatMap(({ ids }) => ids)).size).toBe(520);
    expect(pages.length).toBeGreaterThan(1);
  }, 60_000);
});

describe("a page of one record whose marks are many times its words", () => {
  it("holds no more than 4 MiB", async () => {
    await reset();
    await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
    const letters = Array.from({ length: 60 }, (_, index) => [`f_${index}`, "a ".repeat(512)] as const);
    await insertMany(buildMany(3, () => ({ objectMetadata: Object.fromEntries(letters) })));
    const pages = await walk("a", { mark: `${"\u0001".repeat(32)},${"\u0002".repeat(32)}` });
    for (const page of pages) expect(page.bytes).toBeLessThanOrEqual(most);
    expect(pages.flatMap(({ ids }) => ids)).toHaveLength(3);
  }, 60_000);
});
