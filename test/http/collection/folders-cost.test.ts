import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";

import { compareNaturally } from "../../../src/core/text/natural-order.ts";
import { seedMany } from "../../support/records/seed.ts";
import { folderOf, foldersIn, keysIn, type FolderCost } from "./walk.ts";

/** Records whose key is an expression of their number `n`, by one statement. */
async function seedKeys(
  size: number,
  key: string,
  options: { first?: number; provider?: string } = {},
): Promise<void> {
  const { first = 0, provider = "r2" } = options;
  await env.DB.prepare(
    `WITH RECURSIVE numbers(n) AS (SELECT ?1 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < ?1 + ?2)
     INSERT INTO media_objects (id, provider, object_key, path_key, version, file_size, content_type, state, text_version, updated_at)
     SELECT printf('018cc251-%04x-7000-8000-%012x', n / 65536, n), ?3, ${key}, ${key}, 'v', 1, 'image/jpeg', 'ready', 1, 1
     FROM numbers`,
  )
    .bind(first, size, provider)
    .run();
}

async function fresh(): Promise<void> {
  await reset();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
}

async function mediaPages(query: Record<string, string>): Promise<FolderCost[]> {
  const pages = [await folderOf(query)];
  for (let cursor = pages[0]?.media.next_cursor ?? null; cursor !== null;) {
    const page = await folderOf({ ...query, cursor });
    pages.push(page);
    cursor = page.media.next_cursor;
  }
  return pages;
}

describe.each([10, 20_000])("a folder among %i records", (size) => {
  beforeAll(async () => {
    await fresh();
    await seedMany(size);
  }, 60_000);

  it("costs eight rows for each sub-folder of the root, and what is counted in them", async () => {
    const page = await folderOf();
    const counted = page.folders.reduce((sum, { count }) => sum + count, 0);
    expect(page.folders).toHaveLength(Math.min(size, 100));
    expect(page.rowsRead).toBeLessThanOrEqual(8 * page.folders.length + counted + 8);
  });

  it("costs n + 8 rows for a page of media, at any depth", async () => {
    const first = await folderOf({ path: "07", limit: "20" });
    expect(first.rowsRead).toBeLessThanOrEqual(20 + 8);
    const pages = await mediaPages({ path: "07", limit: "20" });
    expect(pages.flatMap(({ keys }) => keys)).toHaveLength(Math.max(1, size / 100));
    expect(Math.max(...pages.map(({ rowsRead }) => rowsRead))).toBeLessThanOrEqual(20 + 8);
  });
});

describe("twenty thousand files beside one folder", () => {
  beforeAll(async () => {
    await fresh();
    await seedKeys(20_000, "printf('%05d.jpg', n)");
    await seedKeys(3, "printf('10000/%d.jpg', n)", { first: 20_000 });
  }, 60_000);

  it("cost a page no more than few files, on either side of the folder", async () => {
    const first = await folderOf({ limit: "500" });
    expect(first.folders).toEqual([{ name: "10000", path: "10000/", count: 3, capped: false }]);
    const pages = await mediaPages({ limit: "500" });
    expect(new Set(pages.flatMap(({ keys }) => keys)).size).toBe(20_000);
    expect(Math.max(...pages.map(({ rowsRead }) => rowsRead))).toBeLessThanOrEqual(500 + 16);
  }, 60_000);
});

describe("a folder with 21,000 sub-folders", () => {
  beforeAll(async () => {
    await fresh();
    await seedKeys(21_000, "printf('f%d/a.jpg', n)");
    await seedKeys(2, "CASE n WHEN 21000 THEN 'a.jpg' ELSE 'z.jpg' END", { first: 21_000 });
  }, 60_000);

  it("has each of them once, in natural order within nine thousand, in pages of bounded cost", async () => {
    const first = await folderOf({ limit: "1" });
    expect(first.rowsRead).toBeLessThanOrEqual(2 * 9001 + 10_000 + 400);
    expect(first.folders).toHaveLength(100);
    const folders = await foldersIn({ limit: "1" });
    expect(folders).toHaveLength(21_000);
    const names = folders.map(({ name }) => name);
    expect(new Set(names).size).toBe(21_000);
    for (const chunk of [names.slice(0, 9000), names.slice(9000, 18_000), names.slice(18_000)]) {
      expect(chunk).toEqual(chunk.toSorted(compareNaturally));
    }
  }, 120_000);

  it("ends a page of media early, and goes on until all are shown", async () => {
    const pages = await mediaPages({ limit: "10" });
    expect(pages.flatMap(({ keys }) => keys)).toEqual(["a.jpg", "z.jpg"]);
    // Without a page behind the first one there would be nothing to bound.
    expect(pages.length).toBeGreaterThan(1);
    expect(Math.max(...pages.slice(1).map(({ rowsRead }) => rowsRead))).toBeLessThanOrEqual(10_000);
  }, 60_000);
});

describe("twelve thousand files of one provider before those of another", () => {
  beforeAll(async () => {
    await fresh();
    await seedKeys(12_000, "printf('%05d.jpg', n)");
    await seedKeys(3, "printf('z%d.jpg', n)", { first: 12_000, provider: "dropbox" });
  }, 60_000);

  it("are passed over by pages of bounded cost", async () => {
    const pages = await mediaPages({ provider: "dropbox" });
    expect(pages.flatMap(({ keys }) => keys)).toEqual(["z12000.jpg", "z12001.jpg", "z12002.jpg"]);
    expect(Math.max(...pages.map(({ rowsRead }) => rowsRead))).toBeLessThanOrEqual(10_000);
  });

  it("are the page of their own provider", async () => {
    expect(await keysIn({ provider: "r2", limit: "500" })).toHaveLength(12_000);
  }, 60_000);
});

describe("a thousand folders that are empty by now", () => {
  beforeAll(async () => {
    await fresh();
    await seedKeys(1500, "printf('f%d/a.jpg', n)");
    await env.DB.prepare(
      "UPDATE media_objects SET missing_since = 5 WHERE object_key <> 'f1499/a.jpg'",
    ).run();
  }, 60_000);

  it("cost little, and the one that is not is found", async () => {
    const page = await folderOf();
    expect(page.folders).toEqual([]);
    expect(page.rowsRead).toBeLessThanOrEqual(10_000);
    expect((await foldersIn({})).map(({ name }) => name)).toEqual(["f1499"]);
  });
});
