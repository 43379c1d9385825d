import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { refusalOf } from "../../support/http/answers.ts";
import { api } from "../../support/http/api.ts";
import { buildMany, insertMany, insertMedia } from "../../support/records/media.ts";
import { allNames, namesPage, namesPages } from "./walk.ts";

async function insertCameras(...cameras: readonly string[]): Promise<void> {
  await insertMany(buildMany(cameras.length, (index) => ({ camera: cameras[index] ?? null })));
}

describe("GET /v1/cameras", () => {
  it("answers an empty list where no file names a camera", async () => {
    await insertMedia();
    expect(await namesPage("cameras")).toMatchObject({ items: [], cursor: null });
    expect(await namesPage("cameras", { sort: "count" })).toMatchObject({ items: [], cursor: null });
  });

  it("sorts by name without case, in the spelling that was used last", async () => {
    await insertCameras("NIKON D850", "Canon EOS R5", "Nikon D850", "apple iPhone 14 Pro");
    expect((await namesPage("cameras")).items).toEqual([
      { name: "apple iPhone 14 Pro", count: 1 },
      { name: "Canon EOS R5", count: 1 },
      { name: "Nikon D850", count: 2 },
    ]);
  });

  it("sorts by count what took most photos first, then by name, page by page", async () => {
    await insertCameras("b", "b", "a", "ライカ", "ライカ", "c", "c", "c");
    expect(await allNames("cameras", { sort: "count", limit: "1" })).toEqual([
      { name: "c", count: 3 },
      { name: "b", count: 2 },
      { name: "ライカ", count: 2 },
      { name: "a", count: 1 },
    ]);
  });

  it("goes on by name page by page", async () => {
    await insertCameras("b", "Ö", "a", "ライカ");
    const names = await allNames("cameras", { limit: "1" });
    expect(names.map(({ name }) => name)).toEqual(["a", "b", "Ö", "ライカ"]);
  });

  it.each(["camera", "count"])("finds those with a prefix, whatever its case, by %s", async (sort) => {
    await insertCameras("Nikon D850", "NIKON Z 9", "Canon EOS R5", "Olympus");
    const names = await allNames("cameras", { prefix: "nIkOn", sort });
    expect(names.map(({ name }) => name)).toEqual(["Nikon D850", "NIKON Z 9"]);
  });

  it("counts missing records too", async () => {
    await insertMedia({ camera: "Nikon D850", missingSince: 5 });
    expect((await namesPage("cameras")).items).toEqual([{ name: "Nikon D850", count: 1 }]);
  });

  it.each(["sort=keyword", "limit=501", "cursor=a.b", "provider=r2"])("refuses %s", async (query) => {
    const [name = ""] = query.split("=");
    expect(await refusalOf(await api(`/v1/cameras?${query}`))).toBe(`422 validation_error ${name}`);
  });

  it("refuses the cursor of the list of keywords", async () => {
    await insertMedia({ objectMetadata: { keywords: ["a", "b"] }, camera: "a" });
    const { cursor } = await namesPage("keywords", { limit: "1" });
    const response = await api(`/v1/cameras?limit=1&cursor=${cursor}`);
    expect(await refusalOf(response)).toBe("422 validation_error cursor");
  });

  it("reads n + 1 rows by name and each camera once by count", async () => {
    await insertCameras(...Array.from({ length: 300 }, (_, index) => `Camera ${index % 40}`));
    expect((await namesPage("cameras", { limit: "5" })).rowsRead).toBeLessThanOrEqual(6);
    expect((await namesPage("cameras", { limit: "5", sort: "count" })).rowsRead).toBeLessThanOrEqual(41);
  });

  it("lists more than 10,000 by count in pages that read no more than 10,000 rows", async () => {
    await env.DB.exec(
      "WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < 10999) INSERT INTO cameras (folded, camera, count) SELECT printf('c%05d', n), printf('C%05d', n), 1 + n % 3 FROM n",
    );
    const pages = await namesPages("cameras", { sort: "count", limit: "500" });
    const names = pages.flatMap(({ items }) => items);
    const { results } = await env.DB.prepare(
      "SELECT camera AS name, count FROM cameras ORDER BY count DESC, folded",
    ).all();
    expect(names).toEqual(results);
    expect(Math.max(...pages.map(({ rowsRead }) => rowsRead))).toBeLessThanOrEqual(10_000);
  });
});
