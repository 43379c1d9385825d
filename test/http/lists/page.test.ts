import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { pageOf, problemOf, refusalOf } from "../../support/http/answers.ts";
import { api, apiWith } from "../../support/http/api.ts";
import { observedDatabase } from "../../support/records/database.ts";
import { buildMany, insertMany } from "../../support/records/media.ts";
import { listPage, listPath, type ListParameters } from "../../support/http/pages.ts";
import { seedMany } from "../../support/records/seed.ts";

describe("a page of GET /v1/media", () => {
  it("is empty where nothing is stored", async () => {
    const response = await api("/v1/media");
    expect(response.headers.get("Link")).toBeNull();
    expect(response.headers.get("Cache-Control")).toBe("private, no-cache");
    expect(await response.json()).toEqual({
      items: [],
      total: 0,
      total_capped: false,
      limit: 100,
      offset: 0,
      pages: 0,
      next_cursor: null,
    });
  });

  it("tells total, pages and where it stands", async () => {
    await insertMany(buildMany(7));
    const { items, next_cursor: cursor, ...page } = await listPage({ limit: "3", offset: "2" });
    expect(page).toEqual({ total: 7, total_capped: false, limit: 3, offset: 2, pages: 3 });
    expect(items).toHaveLength(3);
    expect(cursor).not.toBeNull();
  });

  it("tells neither with a cursor", async () => {
    await insertMany(buildMany(5));
    const first = await listPage({ limit: "2" });
    const page = await listPage({ limit: "2", cursor: first.next_cursor ?? "" });
    expect(page).toMatchObject({ total: null, total_capped: false, offset: null, pages: null, limit: 2 });
  });

  it("holds records as GET of one answers them", async () => {
    await insertMany(buildMany(1, () => ({ objectMetadata: { keywords: ["a"] } })));
    const [item] = (await listPage()).items;
    expect(item).toEqual(await (await api(`/v1/media/${item?.id ?? ""}`)).json());
  });

  it("links to the next one, which goes on with the same list", async () => {
    await insertMany(buildMany(5, (index) => ({ fileSize: index })));
    const path = listPath({ sort: "file_size", order: "desc", limit: "2", offset: "1" });
    const response = await api(path);
    const link = /^<([^>]+)>; rel="next"$/.exec(response.headers.get("Link") ?? "")?.[1] ?? "";
    expect(new URL(link, "https://tagline.test").searchParams.has("offset")).toBe(false);
    const next = await pageOf(await api(link));
    expect(next.items.map((item) => item.file_size)).toEqual([1, 0]);
    expect(next.next_cursor).toBeNull();
  });

  it("has no next one where it ends exactly at the end", async () => {
    await insertMany(buildMany(4));
    const response = await api(listPath({ limit: "4" }));
    expect(response.headers.get("Link")).toBeNull();
    expect((await pageOf(response)).next_cursor).toBeNull();
  });

  it.each<ListParameters>([{}, { content_type: "image/*" }, { shuffle: "true" }, { keyword: "all" }])(
    "is read together with its total: %j",
    async (parameters) => {
      await seedMany(30);
      const events: string[] = [];
      const database = observedDatabase(env.DB, {
        before: (query) => void events.push(query.includes("count") ? "total asked" : "page asked"),
        after: () => void events.push("answered"),
      });
      await apiWith({ DB: database }, listPath({ ...parameters, limit: "5" }));
      const asked = events.slice(0, events.indexOf("answered"));
      expect(asked.length).toBeGreaterThan(1);
    },
  );

  it("is empty beyond the end", async () => {
    await insertMany(buildMany(2));
    expect(await listPage({ offset: "10000" })).toMatchObject({
      items: [],
      total: 2,
      next_cursor: null,
    });
  });

  it.each([{}, { sort: "taken_at" }, { missing: "any" }, { shuffle: "true" }])(
    "lets a page by cursor be of another size: %j",
    async (query) => {
      await insertMany(buildMany(6));
      const first = await listPage({ ...query, limit: "2" });
      const rest = await listPage({ ...query, limit: "500", cursor: first.next_cursor ?? "" });
      const ids = [...first.items, ...rest.items].map((item) => item.id);
      expect(new Set(ids).size).toBe(6);
    },
  );

  it("stops counting at 10,000 where there are filters, and says so", async () => {
    await seedMany(10_001);
    const filtered = await listPage({ content_type: "image/*", limit: "500" });
    expect(filtered).toMatchObject({ total: 10_000, total_capped: true, pages: 20 });
    expect(await listPage({ limit: "1" })).toMatchObject({ total: 10_001, total_capped: false });
    expect(await listPage({ state: "ready", limit: "1" })).toMatchObject({
      total: 6001,
      total_capped: false,
    });
  });

  it("counts 10,000 matches without a cap", async () => {
    await seedMany(10_000);
    expect(await listPage({ prefix: "0", limit: "1" })).toMatchObject({ total: 1000, total_capped: false });
    expect(await listPage({ keyword: "all", limit: "1" })).toMatchObject({
      total: 10_000,
      total_capped: false,
    });
  });
});

describe("GET /v1/media refuses", () => {
  it.each([
    ["limit=0", "limit"],
    ["limit=501", "limit"],
    ["limit=1e2", "limit"],
    ["limit=-1", "limit"],
    ["offset=-1", "offset"],
    ["offset=1.5", "offset"],
    ["offset=10001", "offset"],
    ["offset=1000000000", "offset"],
    ["offset=99999999999999999999", "offset"],
    ["shuffle=true&offset=10001", "offset"],
    ["sort=name", "sort"],
    ["sort=CREATED_AT", "sort"],
    ["order=up", "order"],
    ["shuffle=1", "shuffle"],
    ["seed=x", "seed"],
    ["shuffle=true&sort=created_at", "sort"],
    ["shuffle=true&order=asc", "order"],
    ["state=gone", "state"],
    ["missing=maybe", "missing"],
    ["content_type=jpeg", "content_type"],
    ["content_type=*/*", "content_type"],
    [`keyword=${"k".repeat(65)}`, "keyword"],
    ["taken_after=2024-02-30", "taken_after"],
    ["taken_after=2024-13-01", "taken_after"],
    ["taken_after=2024-07-14T16:03:11Z", "taken_after"],
    ["taken_after=2024-07-14T16:03:11%2B02:00", "taken_after"],
    ["taken_before=2024-07-14T24:00", "taken_before"],
    ["taken_before=yesterday", "taken_before"],
    ["updated_after=2024-07-14T16:03:11", "updated_after"],
    ["updated_after=2024-07-14", "updated_after"],
    ["updated_after=2024-02-30T00:00:00Z", "updated_after"],
    ["colour=red", "colour"],
    ["Limit=5", "Limit"],
    ["q=beach", "q"],
    ["__proto__=1", "__proto__"],
    ["limit=5&limit=5", "limit"],
    ["prefix=a&prefix=b", "prefix"],
    ["shuffle=true&shuffle=true", "shuffle"],
    ["cursor=a&cursor=b", "cursor"],
    ["limit=0&order=up", "limit order"],
  ])("%s", async (query, paths) => {
    expect(await refusalOf(await api(`/v1/media?${query}`))).toBe(`422 validation_error ${paths}`);
  });

  it("an offset that skips too much, and says what leads further", async () => {
    const problem = await problemOf(await api("/v1/media?offset=10001"));
    expect(problem.errors?.[0]?.message).toContain("cursor");
  });

  it("a cursor together with an offset, also with offset 0", async () => {
    await insertMany(buildMany(3));
    const { next_cursor: cursor } = await listPage({ limit: "1" });
    const response = await api(listPath({ cursor: cursor ?? "", offset: "0" }));
    expect(await refusalOf(response)).toBe("422 validation_error offset");
  });
});

describe("a cursor of GET /v1/media", () => {
  it.each<Record<string, string>>([
    { sort: "file_size" },
    { order: "desc" },
    { missing: "any" },
    { prefix: "a" },
    { keyword: "a" },
    { state: "ready" },
    { shuffle: "true" },
  ])("is refused for another list: %j", async (other) => {
    await insertMany(buildMany(3));
    const { next_cursor: cursor } = await listPage({ limit: "1" });
    const response = await api(listPath({ ...other, cursor: cursor ?? "" }));
    expect(await refusalOf(response)).toBe("422 validation_error cursor");
  });

  it("is refused with any one character changed, added or left out", async () => {
    await insertMany(buildMany(3));
    const { next_cursor: cursor } = await listPage({ limit: "1" });
    const text = cursor ?? "";
    const altered = Array.from(text, (character, index) => {
      const other = character === "A" ? "B" : "A";
      return [
        text.slice(0, index) + other + text.slice(index + 1),
        text.slice(0, index) + text.slice(index + 1),
      ];
    }).flat();
    for (const each of [...altered, `${text}A`, `${text}.`, `${text}.A`, "x", ".", "a.b", "é"]) {
      const response = await api(listPath({ cursor: each }));
      expect(`${each}: ${await refusalOf(response)}`).toBe(`${each}: 422 validation_error cursor`);
    }
  }, 30_000);

  it("tells nothing of the table in its signature's place, and is the same for the same page", async () => {
    await insertMany(buildMany(3));
    const [first, second] = [await listPage({ limit: "1" }), await listPage({ limit: "1" })];
    expect(first.next_cursor).toBe(second.next_cursor);
    expect(first.next_cursor).toMatch(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{22}$/);
  });
});
