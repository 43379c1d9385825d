import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { uniteWords } from "../../../src/media/operations/unite-words.ts";
import { refusalOf, problemOf } from "../../support/http/answers.ts";
import { apiCost, apiWith } from "../../support/http/api.ts";
import { historyOf } from "../../support/http/changes.ts";
import { askToUnite, operationsOf, takeBack, unite, wordsOf } from "../../support/http/operations.ts";
import { anId } from "../../support/http/routes.ts";
import { isWrite, observedDatabase } from "../../support/records/database.ts";
import { insertMedia } from "../../support/records/media.ts";

async function withWords(...words: readonly Record<string, unknown>[]): Promise<string[]> {
  const ids: string[] = [];
  for (const objectMetadata of words) ids.push((await insertMedia({ objectMetadata })).id);
  return ids;
}

describe("POST /v1/duplicates/unite", () => {
  it("unites keywords: each record keeps its own first, then come those that it lacks, whatever their case", async () => {
    const ids = await withWords(
      { keywords: ["Beach", "noon"] },
      { keywords: ["family", "beach"] },
      { keywords: ["NOON", "dog"] },
    );
    const answer = await unite(ids);
    expect(answer).toMatchObject({ dry_run: false, updated: 3, unchanged: 0, conflicts: [] });
    expect(await Promise.all(ids.map(wordsOf))).toEqual([
      '{"keywords":["Beach","noon","family","dog"]}',
      '{"keywords":["family","beach","noon","dog"]}',
      '{"keywords":["NOON","dog","Beach","family"]}',
    ]);
  });

  it("fills a field where it lacks if all that have it agree, and reports one of which they differ", async () => {
    const place = { latitude: 1, longitude: 2 };
    const ids = await withWords(
      { description: "A", location: place },
      { description: "B", credit: "Ann" },
      { location: { longitude: 2, latitude: 1 }, credit: "Ann" },
    );
    const answer = await unite(ids);
    expect(answer).toMatchObject({
      updated: 2,
      unchanged: 1,
      conflicts: [{ field: "description", values: ["A", "B"] }],
    });
    expect(await Promise.all(ids.map(wordsOf))).toEqual([
      '{"description":"A","location":{"latitude":1,"longitude":2},"credit":"Ann"}',
      '{"description":"B","credit":"Ann","location":{"latitude":1,"longitude":2}}',
      '{"location":{"longitude":2,"latitude":1},"credit":"Ann"}',
    ]);
  });

  it("is one operation, with a revision for each record that it has changed", async () => {
    const ids = await withWords({ description: "A" }, {}, {});
    const { operation_id: id } = await unite(ids);
    expect((await operationsOf()).items).toMatchObject([
      { operation_id: id, kind: "unite", changed_by: "writer", updated: 2, reverted_by: null },
    ]);
    const histories = await Promise.all(ids.map(async (each) => historyOf(each)));
    expect(histories.map((items) => items.map(({ operation_id: of }) => of))).toEqual([
      [null],
      [id, null],
      [id, null],
    ]);
  });

  it("is taken back to the byte", async () => {
    const words = [{ keywords: ["b", "a"], note: { z: 1, a: [] } }, { credit: "Ann", keywords: ["c"] }, {}];
    const ids = await withWords(...words);
    const { operation_id: id } = await unite(ids);
    const back = await takeBack(id ?? "");
    expect(back).toMatchObject({ reverted: 3, skipped: [], next_cursor: null });
    expect(await Promise.all(ids.map(wordsOf))).toEqual(words.map((each) => JSON.stringify(each)));
  });

  it("tells what it would do, and does nothing, when it is asked to", async () => {
    const ids = await withWords({ description: "A" }, {});
    const { operation_id: id, ...answer } = await unite(ids, true);
    expect({ id, ...answer }).toEqual({ id: null, dry_run: true, updated: 1, unchanged: 1, conflicts: [] });
    expect(await Promise.all(ids.map(wordsOf))).toEqual(['{"description":"A"}', "{}"]);
    expect((await operationsOf()).items).toEqual([]);
  });

  it("writes nothing where nobody lacks anything", async () => {
    const ids = await withWords({ description: "A", keywords: ["a"] }, { keywords: ["A"], description: "A" });
    const { response, rowsWritten } = await apiCost("/v1/duplicates/unite", {
      method: "POST",
      json: { ids },
    });
    expect(await response.json()).toMatchObject({ operation_id: null, updated: 0, unchanged: 2 });
    expect(rowsWritten).toBe(0);
  });

  it("changes no record when one of them would have too many keywords", async () => {
    const many = (letter: string) => Array.from({ length: 200 }, (_, index) => `${letter}${index}`);
    const ids = await withWords({ keywords: many("a") }, { keywords: many("b") });
    const problem = await problemOf(await askToUnite({ ids }));
    expect(problem).toMatchObject({ status: 409, code: "merge_conflict" });
    expect(problem.detail).toContain("400 keywords");
    expect(await wordsOf(ids[0] ?? "")).toBe(JSON.stringify({ keywords: many("a") }));
  });

  it("changes no record when one of them would have too many bytes", async () => {
    const ids = await withWords({ one: "x".repeat(40_000) }, { two: "y".repeat(40_000) });
    const problem = await problemOf(await askToUnite({ ids }));
    expect(problem).toMatchObject({ status: 409, code: "merge_conflict" });
    expect(problem.detail).toContain("bytes");
  });

  it("refuses ids that no record has, that come twice, and too few or too many of them", async () => {
    const [first = "", second = ""] = await withWords({ description: "A" }, {});
    expect(await refusalOf(await askToUnite({ ids: [first, anId, "x"] }))).toBe(
      "422 validation_error ids.1 ids.2",
    );
    expect(await refusalOf(await askToUnite({ ids: [first, second, first.toUpperCase()] }))).toBe(
      "422 validation_error ids.2",
    );
    expect(await refusalOf(await askToUnite({ ids: [first] }))).toBe("422 validation_error ids");
    const many = Array.from({ length: 51 }, () => first);
    expect(await refusalOf(await askToUnite({ ids: many }))).toBe("422 validation_error ids");
    expect(await wordsOf(second)).toBe("{}");
  });

  it("is made anew on top of an edit that comes in between", async () => {
    const [first = "", second = ""] = await withWords({ description: "A" }, { note: 1 });
    let edits = 0;
    const database = observedDatabase(env.DB, {
      before: async (query) => {
        if (!isWrite(query) || edits > 0) return;
        edits += 1;
        await env.DB.prepare(
          `UPDATE media_objects SET object_metadata = '{"note":2}', revision = revision + 1, change = change + 1 WHERE id = ?`,
        )
          .bind(second)
          .run();
      },
    });
    const json = { ids: [first, second] };
    const response = await apiWith({ DB: database }, "/v1/duplicates/unite", { method: "POST", json });
    expect(await response.json()).toMatchObject({ updated: 2 });
    expect(await wordsOf(first)).toBe('{"description":"A","note":2}');
  });
});

describe("uniting words", () => {
  it("takes keywords that are no list as any other field", () => {
    const { words, conflicts } = uniteWords([{ keywords: "a" }, { keywords: ["b"] }, {}]);
    expect(words).toEqual([{ keywords: "a" }, { keywords: ["b"] }, {}]);
    expect(conflicts).toEqual([{ field: "keywords", values: ["a", ["b"]] }]);
  });
});
