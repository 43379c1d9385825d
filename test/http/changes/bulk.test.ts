import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { mediaOf, problemOf, refusalOf } from "../../support/http/answers.ts";
import { api, apiCost } from "../../support/http/api.ts";
import { bulk, bulkOf, bulkWhole, historyOf, sendBulk, statusesOf } from "../../support/http/changes.ts";
import { anId } from "../../support/http/routes.ts";
import { buildMany, insertMany, insertMedia, storedMedia } from "../../support/records/media.ts";

async function wordsOf(id: string): Promise<unknown> {
  return (await mediaOf(await api(`/v1/media/${id}`))).object_metadata;
}

async function operations(): Promise<Record<string, unknown>[]> {
  const { results } = await env.DB.prepare("SELECT * FROM operations").all();
  return results;
}

describe("POST /v1/media/bulk with ids", () => {
  it("patches, then removes keywords, then adds keywords, and says of each id what became of it", async () => {
    const one = await insertMedia({ objectMetadata: { title: "x", keywords: ["Beach", "été", "sea"] } });
    const two = await insertMedia({ objectMetadata: { keywords: ["SUN"], rating: 4 }, revision: 3 });
    const ids = [two.id.toUpperCase(), anId, one.id, two.id, "no id"];
    const answer = await bulk({
      ids,
      object_metadata: { rating: 4, title: null },
      remove_keywords: ["ETE", "beach"],
      add_keywords: [" sun ", "Rome"],
    });
    expect(answer).toMatchObject({ dry_run: false, matched: 2, updated: 2, next_cursor: null });
    expect(answer.results.map(({ id, status, revision }) => [id, status, revision])).toEqual([
      [two.id, "updated", 4],
      [anId, "not_found", null],
      [one.id, "updated", 1],
      ["no id", "not_found", null],
    ]);
    expect(await wordsOf(one.id)).toEqual({ keywords: ["sea", "sun", "Rome"], rating: 4 });
    expect(await wordsOf(two.id)).toEqual({ keywords: ["SUN", "Rome"], rating: 4 });
  });

  it("ties its changes together by one operation", async () => {
    const media = await Promise.all([insertMedia(), insertMedia()]);
    const ids = media.map(({ id }) => id);
    const { operation_id: operation } = await bulk({ ids, object_metadata: { title: "x" } });
    for (const id of ids) {
      const [newest] = await historyOf(id);
      expect(newest).toMatchObject({ revision: 1, changed_by: "writer", operation_id: operation });
    }
    expect(await operations()).toMatchObject([
      { id: operation, kind: "bulk", changed_by: "writer", updated: 2, reverted_by: null },
    ]);
  });

  it("keeps an operation that had nothing to change, and writes nothing else", async () => {
    const { id } = await insertMedia({ objectMetadata: { keywords: ["a"] } });
    const before = await storedMedia(id);
    const json = { ids: [id], add_keywords: ["A"], remove_keywords: ["b"] };
    const { response, rowsWritten } = await apiCost("/v1/media/bulk", { method: "POST", json });
    const answer = await bulkOf(response);
    expect(answer.results).toEqual([{ id, status: "unchanged", revision: 0, detail: null }]);
    expect(await operations()).toMatchObject([{ id: answer.operation_id, updated: 0 }]);
    expect(rowsWritten).toBe(1);
    expect(await storedMedia(id)).toEqual(before);
  });

  it("reports what breaks a rule and changes all others", async () => {
    const many = Array.from({ length: 256 }, (_, index) => `k${index}`);
    const full = await insertMedia({ objectMetadata: { keywords: many } });
    const long = await insertMedia({ objectMetadata: { note: "x".repeat(65_515) } });
    const odd = await insertMedia({ objectMetadata: { keywords: "beach" } });
    const fine = await insertMedia();
    const ids = [full.id, long.id, odd.id, fine.id];
    const { results, updated } = await bulk({ ids, add_keywords: ["one more"] });
    expect(updated).toBe(1);
    expect(results.map(({ status, detail }) => [status, detail])).toEqual([
      ["invalid", "object_metadata.keywords: would have 257 keywords; the most are 256"],
      ["invalid", expect.stringContaining("bytes as JSON; the most are 65536")],
      ["invalid", "object_metadata.keywords: is not a list of keywords, so no keyword can be added"],
      ["updated", null],
    ]);
  });

  it("merges a place into what a record has, and says where only the half of one would be", async () => {
    const whole = await insertMedia({ objectMetadata: { location: { latitude: 1, longitude: 2 } } });
    const none = await insertMedia();
    const answer = await bulk({ ids: [whole.id, none.id], object_metadata: { location: { latitude: 5 } } });
    expect(statusesOf(answer)).toEqual({ [whole.id]: "updated", [none.id]: "invalid" });
    expect(await wordsOf(whole.id)).toEqual({ location: { latitude: 5, longitude: 2 } });
  });

  it("keeps keywords that break a younger rule while it adds others", async () => {
    const old = ["a\u200bb", "c\u200b"];
    const { id } = await insertMedia({ objectMetadata: { keywords: old } });
    await bulk({ ids: [id], add_keywords: ["new"] });
    expect(await wordsOf(id)).toEqual({ keywords: [...old, "new"] });
    await bulk({ ids: [id], remove_keywords: old });
    expect(await wordsOf(id)).toEqual({ keywords: ["new"] });
  });

  it("leaves no field of keywords where none is left", async () => {
    const { id } = await insertMedia({ objectMetadata: { keywords: ["a", "Á"], title: "x" } });
    await bulk({ ids: [id], remove_keywords: ["a"] });
    expect(await wordsOf(id)).toEqual({ title: "x" });
    expect((await historyOf(id)).map((each) => JSON.stringify(each.object_metadata))).toEqual([
      '{"title":"x"}',
      '{"keywords":["a","Á"],"title":"x"}',
    ]);
  });

  it("changes the spelling of a keyword, and once only", async () => {
    const { id } = await insertMedia({ objectMetadata: { keywords: ["beach", "sea"] } });
    const rename = { ids: [id], remove_keywords: ["beach"], add_keywords: ["BEACH", "beach chair"] };
    expect((await bulk(rename)).updated).toBe(1);
    expect((await bulk(rename)).updated).toBe(0);
    expect(await wordsOf(id)).toEqual({ keywords: ["sea", "BEACH", "beach chair"] });
    const spelling = await api("/v1/keywords?prefix=beach", { as: "read" });
    expect(await spelling.json()).toMatchObject({
      items: [{ keyword: "BEACH" }, { keyword: "beach chair" }],
    });
  });

  it("only looks with dry_run", async () => {
    const { id } = await insertMedia({ objectMetadata: { keywords: ["a"] }, revision: 2 });
    const json = { ids: [id, anId], add_keywords: ["b"], dry_run: true };
    const { response, rowsWritten } = await apiCost("/v1/media/bulk", { method: "POST", json });
    expect(await bulkOf(response)).toMatchObject({
      operation_id: null,
      dry_run: true,
      matched: 1,
      updated: 1,
      results: [
        { id, status: "updated", revision: 2 },
        { id: anId, status: "not_found" },
      ],
    });
    expect(rowsWritten).toBe(0);
  });

  it("takes more ids with the longest words than memory has room for at once", async () => {
    const rows = buildMany(120, () => ({ objectMetadata: { note: "é".repeat(32_000) } }));
    for (let start = 0; start < rows.length; start += 25) await insertMany(rows.slice(start, start + 25));
    const answer = await bulk({ ids: rows.map(({ id }) => id), object_metadata: { title: "x" } });
    expect(answer).toMatchObject({ matched: 120, updated: 120 });
    expect(answer.results.length).toBe(120);
  }, 60_000);
});

describe("POST /v1/media/bulk with very much to write", () => {
  it("says which ids are left to be sent again, before D1 refuses any statement more", async () => {
    // Each of them is escaped twice over, so that one record fills a statement.
    const rows = buildMany(300, () => ({ objectMetadata: { note: '"'.repeat(32_000) } }));
    for (let start = 0; start < rows.length; start += 10) await insertMany(rows.slice(start, start + 10));
    const ids = rows.map(({ id }) => id);
    const json = { ids, object_metadata: { note: "\\".repeat(32_000) } };
    const { response, statements } = await apiCost("/v1/media/bulk", { method: "POST", as: "write", json });
    const { results, updated } = await bulkOf(response);
    expect(statements).toBeLessThanOrEqual(1000);
    const left = results.filter(({ status }) => status === "invalid");
    expect(left.length).toBeGreaterThan(0);
    expect(updated + left.length).toBe(300);
    expect(left[0]?.detail).toContain("Send this id again");
    expect(await bulk({ ...json, ids: left.map(({ id }) => id) })).toMatchObject({ updated: left.length });
  }, 120_000);

  it("takes a long patch for few records a call", async () => {
    await insertMany(buildMany(340));
    const numbers = Array.from({ length: 9000 }, (_, index) => 100_000 + index);
    const answers = await bulkWhole({ filter: {}, all: true, object_metadata: { numbers } });
    expect(answers.length).toBeGreaterThan(1);
    expect(answers.reduce((sum, { updated }) => sum + updated, 0)).toBe(340);
  }, 120_000);
});

describe("POST /v1/media/bulk, all or none", () => {
  it("changes all of 500", async () => {
    const rows = buildMany(500, (index) => ({ objectMetadata: { keywords: [`k${index}`] } }));
    await insertMany(rows);
    const ids = rows.map(({ id }) => id);
    const answer = await bulk({ ids, atomic: true, add_keywords: ["all"] });
    expect(answer).toMatchObject({ matched: 500, updated: 500, next_cursor: null });
    expect(answer.results.map(({ id }) => id)).toEqual(ids);
    expect(await operations()).toMatchObject([{ id: answer.operation_id, updated: 500 }]);
  });

  it("changes none where one of them does not exist or would break a rule, and names these", async () => {
    const fine = await insertMedia({ objectMetadata: { title: "x" } });
    const odd = await insertMedia({ objectMetadata: { keywords: 7 } });
    const before = await storedMedia(fine.id);
    const json = { ids: [fine.id, odd.id, anId], atomic: true, add_keywords: ["b"] };
    for (const dryRun of [true, false]) {
      const response = await sendBulk({ ...json, dry_run: dryRun });
      expect(response.status).toBe(422);
      const problem = await problemOf(response);
      expect(problem.code).toBe("bulk_failed");
      const told = "object_metadata.keywords: is not a list of keywords, so no keyword can be added";
      expect(problem.errors).toEqual([
        { path: odd.id, message: told },
        { path: anId, message: "No media object has this id." },
      ]);
    }
    expect(await storedMedia(fine.id)).toEqual(before);
    expect(await operations()).toEqual([]);
    expect((await historyOf(fine.id)).length).toBe(1);
  });

  it("changes what a filter matches", async () => {
    const rows = buildMany(20, (index) => ({ objectMetadata: { keywords: index < 12 ? ["a"] : ["b"] } }));
    await insertMany(rows);
    const rename = { filter: { keyword: "a" }, remove_keywords: ["a"], add_keywords: ["c"], atomic: true };
    expect(await bulk(rename)).toMatchObject({ matched: 12, updated: 12, next_cursor: null });
    expect(await bulk(rename)).toMatchObject({ matched: 0, updated: 0 });
  });

  it("refuses a filter that matches more than 500", async () => {
    await insertMany(buildMany(501, () => ({ objectMetadata: { keywords: ["a"] } })));
    const json = { filter: { keyword: "a" }, atomic: true, add_keywords: ["b"] };
    expect(await refusalOf(await sendBulk(json))).toBe("422 validation_error atomic");
    expect(await operations()).toEqual([]);
  });

  it("refuses words that are too long together to be held at once", async () => {
    const rows = buildMany(70, () => ({ objectMetadata: { note: "x".repeat(65_000) } }));
    for (let start = 0; start < rows.length; start += 25) await insertMany(rows.slice(start, start + 25));
    const json = { ids: rows.map(({ id }) => id), atomic: true, add_keywords: ["b"] };
    expect(await refusalOf(await sendBulk(json))).toBe("422 validation_error atomic");
  });
});

describe("what POST /v1/media/bulk refuses", () => {
  const add = { add_keywords: ["a"] };

  it.each<[object, string]>([
    [add, "ids"],
    [{ ids: [], ...add }, "ids"],
    [{ ids: Array.from({ length: 501 }, () => anId), ...add }, "ids"],
    [{ ids: [anId], filter: { keyword: "a" }, ...add }, "filter"],
    [{ ids: [anId], all: true, ...add }, "all"],
    [{ filter: {}, ...add }, "filter"],
    [{ filter: {}, all: false, ...add }, "filter"],
    [{ filter: { q: " - " }, ...add }, "filter"],
    [{ filter: { missing: "any" }, ...add }, "filter"],
    [{ filter: { keyword: [] }, ...add }, "filter.keyword"],
    [{ filter: { has: [] }, ...add }, "filter.has"],
    [{ filter: { has: "colour" }, ...add }, "filter.has"],
    [{ filter: { id: [] }, ...add }, "filter.id"],
    [{ filter: { colour: "red" }, ...add }, "filter.colour"],
    [{ filter: { sort: "taken_at" }, ...add }, "filter.sort"],
    [{ filter: { taken_after: "yesterday" }, ...add }, "filter.taken_after"],
    [{ ids: [anId] }, "object_metadata"],
    [{ ids: [anId], object_metadata: {}, add_keywords: [] }, "object_metadata"],
    [{ ids: [anId], object_metadata: { rating: 9 } }, "object_metadata.rating"],
    [{ ids: [anId], object_metadata: { "no name": 1 } }, "object_metadata.no name"],
    [{ ids: [anId], add_keywords: ["a", " "] }, "add_keywords.1"],
    [{ ids: [anId], add_keywords: ["x".repeat(65)] }, "add_keywords.0"],
    [{ ids: [anId], add_keywords: ["a\u202eb"] }, "add_keywords.0"],
    [{ ids: [anId], remove_keywords: [7] }, "remove_keywords.0"],
    [{ ids: [anId], suggestions: "take", ...add }, "suggestions"],
    [{ ids: [anId], cursor: "x", ...add }, "cursor"],
    [{ filter: { keyword: "a" }, cursor: "x", atomic: true, ...add }, "cursor"],
    [{ filter: { keyword: "a" }, cursor: "x", ...add }, "cursor"],
    [{ ids: [anId], dry_run: "yes", ...add }, "dry_run"],
  ])("%j", async (json, path) => {
    expect(await refusalOf(await sendBulk(json))).toBe(`422 validation_error ${path}`);
  });

  it("a key that only reads", async () => {
    const response = await api("/v1/media/bulk", {
      method: "POST",
      as: "read",
      json: { ids: [anId], ...add },
    });
    expect(await refusalOf(response)).toBe("403 insufficient_scope");
  });

  it("no filter that means what is missing", async () => {
    await insertMany(buildMany(2, (index) => ({ missingSince: index === 0 ? 1 : null })));
    expect(await bulk({ filter: { missing: "true" }, ...add })).toMatchObject({ matched: 1, updated: 1 });
  });

  it("nothing where everything is asked for by name", async () => {
    await insertMany(buildMany(3, (index) => ({ missingSince: index === 0 ? 1 : null })));
    const there = await bulkWhole({ filter: {}, all: true, ...add });
    expect(there.map(({ updated }) => updated)).toEqual([2]);
    const any = await bulkWhole({ filter: { missing: "any" }, all: true, ...add });
    expect(any.map(({ matched, updated }) => [matched, updated])).toEqual([[3, 1]]);
  });
});
