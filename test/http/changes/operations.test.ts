import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";

import { newMediaId } from "../../../src/core/media-id.ts";
import type { ObjectMetadata } from "../../../src/db/media/record.ts";
import { hashOfWords } from "../../../src/media/history/words-hash.ts";
import { revertOperation } from "../../../src/media/operations/revert.ts";
import { refusalOf } from "../../support/http/answers.ts";
import { api, apiWith } from "../../support/http/api.ts";
import { historyOf, patchWords } from "../../support/http/changes.ts";
import { operationsOf, takeBack, unite, wordsOf } from "../../support/http/operations.ts";
import { anId } from "../../support/http/routes.ts";
import { isWrite, observedDatabase } from "../../support/records/database.ts";
import { buildMany, insertMany, insertMedia } from "../../support/records/media.ts";
import { changeTogether, servicesOf } from "../../support/records/operations.ts";

async function withWords(...words: readonly ObjectMetadata[]): Promise<string[]> {
  const ids: string[] = [];
  for (const objectMetadata of words) ids.push((await insertMedia({ objectMetadata })).id);
  return ids.toSorted();
}

async function allWords(ids: readonly string[]): Promise<string[]> {
  return Promise.all(ids.map(wordsOf));
}

function credit(by: string): (words: ObjectMetadata) => ObjectMetadata {
  return (words) => ({ ...words, credit: by });
}

describe("GET /v1/operations", () => {
  it("lists operations, the newest first, page by page", async () => {
    const ids = await withWords({}, {});
    const made: string[] = [];
    for (const by of ["a", "b", "c"]) made.unshift(await changeTogether(ids, credit(by)));
    const first = await operationsOf("?limit=2");
    expect(first.items).toMatchObject([
      { operation_id: made[0], kind: "bulk", changed_by: "ann", updated: 2, reverted_by: null },
      { operation_id: made[1] },
    ]);
    const second = await operationsOf(`?limit=2&cursor=${first.next_cursor}`);
    expect(second).toMatchObject({ items: [{ operation_id: made[2] }], next_cursor: null });
  });

  it("refuses a cursor of another list", async () => {
    const response = await api("/v1/operations?cursor=abc.def");
    expect(await refusalOf(response)).toBe("422 validation_error cursor");
  });
});

describe("POST /v1/operations/{id}/revert", () => {
  it("gives each record the words that it had, to the byte, as a new revision of a new operation", async () => {
    const before = [{ credit: "old", note: { b: 1, a: [] } }, {}];
    const ids = await withWords(...before);
    const id = await changeTogether(ids, credit("new"));
    const back = await takeBack(id);
    expect(back).toMatchObject({ reverted: 2, skipped: [], next_cursor: null });
    expect(await allWords(ids)).toEqual(before.map((each) => JSON.stringify(each)));
    expect((await operationsOf()).items).toMatchObject([
      {
        operation_id: back.operation_id,
        kind: "revert",
        changed_by: "writer",
        updated: 2,
        reverted_by: null,
      },
      { operation_id: id, reverted_by: back.operation_id },
    ]);
    const [newest] = await historyOf(ids[0] ?? "");
    expect(newest).toMatchObject({ revision: 2, changed_by: "writer", operation_id: back.operation_id });
  });

  it("leaves what somebody has changed since, and reports it, as well as what is gone", async () => {
    const [kept = "", edited = "", gone = ""] = await withWords({}, {}, {});
    const id = await changeTogether([kept, edited, gone], credit("new"));
    await patchWords(edited, { description: "mine" });
    await env.DB.prepare("DELETE FROM media_objects WHERE id = ?").bind(gone).run();
    expect(await takeBack(id)).toMatchObject({ reverted: 1, skipped: [edited, gone].toSorted() });
    expect(await wordsOf(edited)).toBe('{"credit":"new","description":"mine"}');
    expect(await wordsOf(kept)).toBe("{}");
  });

  it("takes back where the words are again what the operation left", async () => {
    const [id = ""] = await withWords({});
    const operation = await changeTogether([id], credit("new"));
    await patchWords(id, { description: "mine" });
    await patchWords(id, { description: null });
    expect(await takeBack(operation)).toMatchObject({ reverted: 1, skipped: [] });
    expect(await wordsOf(id)).toBe("{}");
  });

  it("finds nothing to do a second time, and reports nothing as skipped", async () => {
    const ids = await withWords({}, {});
    const id = await changeTogether(ids, credit("new"));
    const first = await takeBack(id);
    expect(await takeBack(id)).toMatchObject({ reverted: 0, skipped: [], next_cursor: null });
    const { items } = await operationsOf();
    expect(items.map((each) => each.reverted_by)).toEqual([null, first.operation_id]);
    expect(items).toHaveLength(2);
  });

  it("takes back a revert, and that again", async () => {
    const ids = await withWords({}, { credit: "old" });
    const id = await changeTogether(ids, credit("new"));
    const states = async () =>
      Object.fromEntries((await operationsOf()).items.map((each) => [each.operation_id, each.reverted_by]));
    const one = (await takeBack(id)).operation_id;
    const two = (await takeBack(one)).operation_id;
    expect(await allWords(ids)).toEqual(['{"credit":"new"}', '{"credit":"new"}']);
    expect(await states()).toEqual({ [id]: null, [one]: two, [two]: null });
    const three = (await takeBack(two)).operation_id;
    expect(await allWords(ids)).toEqual(["{}", '{"credit":"old"}']);
    expect(await states()).toEqual({ [id]: one, [one]: null, [two]: three, [three]: null });
    const four = (await takeBack(three)).operation_id;
    expect(await states()).toEqual({ [id]: null, [one]: two, [two]: null, [three]: four, [four]: null });
  });

  it("takes a record back over all revisions that the operation made on it one after the other", async () => {
    const [id = ""] = await withWords({ credit: "old" });
    const operation = await changeTogether([id], credit("one"));
    await changeTogether([id], credit("two"), operation);
    expect(await takeBack(operation)).toMatchObject({ reverted: 1, skipped: [] });
    expect(await wordsOf(id)).toBe('{"credit":"old"}');
  });

  it("stops at what somebody has changed between two revisions of the operation", async () => {
    const [id = ""] = await withWords({});
    const operation = await changeTogether([id], credit("one"));
    await patchWords(id, { description: "mine" });
    await changeTogether([id], credit("two"), operation);
    expect(await takeBack(operation)).toMatchObject({ reverted: 1, skipped: [] });
    expect(await wordsOf(id)).toBe('{"credit":"one","description":"mine"}');
  });

  it("takes back words that an import brought with their history", async () => {
    const [id = "", other = ""] = await withWords({ credit: "imported" }, { credit: "imported" });
    const operation = await changeTogether([other], credit("imported too"));
    const hash = await hashOfWords({ credit: "imported" });
    await env.DB.prepare("INSERT INTO imported_histories VALUES (?, ?, ?, ?)")
      .bind(operation, id, JSON.stringify({ whole: { note: "before" } }), hash)
      .run();
    expect(await takeBack(operation)).toMatchObject({ reverted: 2, skipped: [] });
    expect(await allWords([id, other])).toEqual(['{"note":"before"}', '{"credit":"imported"}']);
    expect(await takeBack(operation)).toMatchObject({ reverted: 0, skipped: [] });
  });

  it("tries a record again that somebody changes at the same moment, and then leaves it", async () => {
    const [id = ""] = await withWords({});
    const operation = await changeTogether([id], credit("new"));
    let edits = 0;
    const database = observedDatabase(env.DB, {
      before: async (query) => {
        if (!isWrite(query) || edits > 0) return;
        edits += 1;
        await patchWords(id, { description: "mine" });
      },
    });
    const send = async (path: string, request: object) => apiWith({ DB: database }, path, request);
    expect(await takeBack(operation, {}, send)).toMatchObject({ reverted: 0, skipped: [id] });
    expect(await wordsOf(id)).toBe('{"credit":"new","description":"mine"}');
  });

  it("takes each record back once when two do it at once", async () => {
    const ids = await withWords({}, {}, {});
    const id = await changeTogether(ids, credit("new"));
    const both = await Promise.all([takeBack(id), takeBack(id)]);
    expect(both.map(({ skipped }) => skipped)).toEqual([[], []]);
    expect(both.reduce((sum, { reverted }) => sum + reverted, 0)).toBe(3);
    expect(await allWords(ids)).toEqual(["{}", "{}", "{}"]);
    expect((await historyOf(ids[0] ?? "")).map(({ revision }) => revision)).toEqual([2, 1, 0]);
  });

  it("goes on with a cursor after 10,000 records, as the same operation", async () => {
    const rows = buildMany(10_001);
    await insertMany(rows);
    const id = await changeTogether(
      rows.map((row) => row.id),
      credit("new"),
    );
    const first = await takeBack(id);
    expect(first).toMatchObject({ reverted: 10_000, skipped: [] });
    const second = await takeBack(id, { cursor: first.next_cursor });
    expect(second).toEqual({ ...first, reverted: 1, next_cursor: null });
    const [revert, bulk] = (await operationsOf()).items;
    expect([revert?.updated, bulk?.reverted_by]).toEqual([10_001, first.operation_id]);
  }, 120_000);

  it("shows the first 500 of those that it has skipped", async () => {
    const rows = buildMany(502);
    await insertMany(rows);
    const ids = rows.map((row) => row.id).toSorted();
    const id = await changeTogether(ids, credit("new"));
    await changeTogether(ids, credit("newer"));
    expect(await takeBack(id)).toMatchObject({ reverted: 0, skipped: ids.slice(0, 500) });
  });

  it("leaves the rest to the next call when it has used up its statements", async () => {
    const rows = buildMany(501);
    await insertMany(rows);
    const ids = rows.map((row) => row.id).toSorted();
    const operation = await changeTogether(ids, credit("new"));
    const services = servicesOf();
    await services.db.batch(Array.from({ length: 800 }, () => sql`SELECT 1`));
    const revert = { operation, id: newMediaId(), by: null, after: "" };
    expect(await revertOperation(services, revert)).toEqual({ reverted: 500, skipped: [], next: ids[499] });
    const rest = await revertOperation(servicesOf(), { ...revert, after: ids[499] ?? "" });
    expect(rest).toEqual({ reverted: 1, skipped: [], next: null });
  });

  it("needs no body", async () => {
    const ids = await withWords({}, { note: 1 });
    const { operation_id: id } = await unite(ids);
    const response = await api(`/v1/operations/${id}/revert`, { method: "POST", as: "write" });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ reverted: 1, next_cursor: null });
  });

  it("answers 404 for an operation that there is not, and refuses a cursor of another operation", async () => {
    const request = { method: "POST", as: "write", json: {} } as const;
    expect(await refusalOf(await api(`/v1/operations/${anId}/revert`, request))).toBe(
      "404 resource_not_found",
    );
    expect(await refusalOf(await api("/v1/operations/x/revert", request))).toBe("404 resource_not_found");
    const list = await operationsOf("?limit=1");
    const json = { cursor: list.next_cursor ?? "a.b" };
    const ids = await withWords({}, { note: 1 });
    const { operation_id: id } = await unite(ids);
    const refused = await api(`/v1/operations/${id}/revert`, { ...request, json });
    expect(await refusalOf(refused)).toBe("422 validation_error cursor");
    const unknown = await api(`/v1/operations/${id}/revert`, { ...request, json: { all: true } });
    expect(await refusalOf(unknown)).toBe("422 validation_error all");
  });
});
