import "../../support/setup.ts";
import "../../support/draws.ts";

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";

import { applyBackPatch, parseBackPatch } from "../../../src/media/history/back-patch.ts";
import { api } from "../../support/http/api.ts";
import { allRevisions, allWords, exported, imported, readExport, wipe } from "../../support/http/transfer.ts";
import { buildMany, insertMany, insertMedia, storedMedia } from "../../support/records/media.ts";

const history = { history: "true" };

async function edit(id: string, patch: Readonly<Record<string, unknown>>): Promise<void> {
  const response = await api(`/v1/media/${id}`, { method: "PATCH", json: { object_metadata: patch } });
  expect(response.status).toBe(200);
}

/** Records at some keys, as an ingest makes them again. */
async function findAgain(count: number): Promise<void> {
  await insertMany(
    buildMany(count, (n) => ({
      objectKey: `k/${n}.jpg`,
      objectMetadata: { title: "Embedded" },
      wordsFromFile: 1,
    })),
  );
}

async function importedHistories(): Promise<unknown[]> {
  return (await env.DB.prepare("SELECT * FROM imported_histories").all()).results;
}

const anyEdits = fc.array(
  fc.tuple(
    fc.nat(3),
    fc.record(
      {
        title: fc.oneof(fc.constant(null), fc.constantFrom("a", "b", "ä\u0000'=")),
        keywords: fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 4 }),
        note: fc.oneof(fc.constant(null), fc.string({ unit: "grapheme" }), fc.array(fc.integer())),
      },
      { requiredKeys: [] },
    ),
  ),
  { maxLength: 14 },
);

const changes = z.array(
  z.strictObject({
    revision: z.int(),
    changed_at: z.iso.datetime(),
    changed_by: z.string().nullable(),
    operation_id: z.string().nullable(),
    words_hash: z.string().nullable(),
    patch: z.record(z.string(), z.unknown()),
  }),
);

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}

/** A revision of a line. */
function revisionTold(revision: number, patch: Readonly<Record<string, unknown>>) {
  return { revision, changed_at: "2026-11-22T10:38:00.000Z", changed_by: "anna", patch };
}

describe("an export with history", () => {
  it("ends, and goes on behind each line, however high the numbers above a gap are", async () => {
    const { id } = await insertMedia();
    const last = await insertMedia();
    const high = 999_999_000;
    const revisions = [revisionTold(high, { unset: ["title"] })];
    await imported([{ id, object_metadata: { title: "x" }, revision: high, revisions }], history);
    await edit(id, { title: "y" });
    const { lines, nextCursor } = await exported(history);
    expect(lines.map((line) => line.id)).toEqual([id, last.id]);
    expect(nextCursor).toBeNull();
    expect(changes.parse(lines[0]?.["revisions"]).map(({ revision }) => revision)).toEqual([high + 1, high]);
    expect((await exported({ ...history, cursor: id })).lines).toEqual(lines.slice(1));
    expect((await exported({ ...history, cursor: `${id}.${high}` })).lines).toEqual(lines.slice(1));
  });

  it("tells what is kept on both sides of a gap", async () => {
    const { id } = await insertMedia();
    for (const title of ["a", "b", "c"]) await edit(id, { title });
    await env.DB.prepare("UPDATE media_revisions SET revision = 5003 WHERE revision = 3").run();
    await env.DB.prepare("UPDATE media_objects SET revision = 5003").run();
    const { lines } = await exported(history);
    expect(changes.parse(lines[0]?.["revisions"]).map(({ revision }) => revision)).toEqual([5003, 2, 1]);
  });

  it("has the changes of each record, newest first, that lead back to what it was created with", async () => {
    const { id } = await insertMedia({ objectMetadata: { city: "Paris" } });
    await edit(id, { title: "One" });
    await edit(id, { title: "Two", city: null });
    const { lines } = await exported(history);
    const revisions = changes.parse(lines[0]?.["revisions"]);
    expect(revisions.map((each) => [each.revision, each.changed_by, each.patch])).toEqual([
      [2, "admin", { set: { title: "One", city: "Paris" }, order: ["city", "title"] }],
      [1, "admin", { unset: ["title"] }],
    ]);
    const first = revisions.reduce(
      (words, { patch }) => applyBackPatch(words, parseBackPatch(JSON.stringify(patch))),
      z.record(z.string(), z.unknown()).parse(lines[0]?.["object_metadata"]),
    );
    expect(first).toEqual({ city: "Paris" });
    expect((await exported()).lines[0]).not.toHaveProperty("revisions");
  });

  it("spreads a long history over several lines, and goes on behind each of them", async () => {
    await insertMedia();
    const { id } = await insertMedia();
    await insertMedia();
    for (let n = 0; n < 50; n++) await edit(id, { note: String(n % 10).repeat(30_000) });
    const { text, lines } = await exported(history);
    const own = lines.filter((line) => line.id.startsWith(id));
    expect(own.length).toBeGreaterThan(3);
    expect(lines).toHaveLength(own.length + 2);
    const told = own.flatMap((line) => changes.parse(line["revisions"]));
    expect(told.map(({ revision }) => revision)).toEqual(Array.from({ length: 50 }, (_, n) => 50 - n));
    for (const line of text.split("\n")) expect(line.length).toBeLessThan(512 * 1024);
    for (const [index, line] of lines.entries()) {
      const rest = await exported({ ...history, cursor: line.id });
      expect(rest.lines).toEqual(lines.slice(index + 1));
    }
  }, 60_000);
});

describe("an import with history", () => {
  it("gives every record its words and its changes back, whatever they were, and changes nothing when it comes again", async () => {
    await fc.assert(
      fc.asyncProperty(anyEdits, async (edits) => {
        await wipe();
        const records = buildMany(4, (n) => ({
          objectKey: `k/${n}.jpg`,
          objectMetadata: n === 0 ? {} : { city: "Paris" },
        }));
        await insertMany(records);
        for (const [n, patch] of edits) await edit(records[n]?.id ?? "", patch);
        const [words, revisions] = [await allWords(), await allRevisions()];
        const { text } = await exported(history);
        await wipe();
        await findAgain(4);
        expect(await imported(text, history)).toMatchObject({ lines: 4, updated: 4, invalid: 0 });
        expect(await allWords()).toEqual(words);
        expect(await allRevisions()).toEqual(revisions);
        expect(await imported(text, history)).toMatchObject({ updated: 0, unchanged: 4 });
        expect(await allRevisions()).toEqual(revisions);
      }),
      { numRuns: 20 },
    );
  }, 120_000);

  it("gives a long history back whole, also where the first import ended behind its first line", async () => {
    const { id } = await insertMedia({ objectKey: "k/0.jpg" });
    for (let n = 0; n < 40; n++) await edit(id, { note: String(n % 10).repeat(30_000) });
    const revisions = await allRevisions();
    const { text } = await exported(history);
    await wipe();
    await findAgain(1);
    const [first = ""] = text.split("\n");
    expect(await imported(`${first}\n`, history)).toMatchObject({ updated: 1 });
    expect((await allRevisions()).length).toBeLessThan(40);
    expect(await imported(text, history)).toMatchObject({ lines: 1, unchanged: 1 });
    expect(await allRevisions()).toEqual(revisions);
  }, 60_000);

  it("gives thousands of small changes back, in lines that an import takes", async () => {
    const { id } = await insertMedia({ objectKey: "k/0.jpg", objectMetadata: { rating: 1 } });
    await env.DB.prepare(
      `WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 6000)
       INSERT INTO media_revisions (media_id, revision, changed_at, changed_by, operation_id, patch, words_hash)
       SELECT ?1, n, n, 'admin', ?1, '{"set":{"rating":' || (n % 5) || '}}', NULL FROM n`,
    )
      .bind(id)
      .run();
    await env.DB.prepare("UPDATE media_objects SET revision = 6000, change = 6001").run();
    const [words, revisions] = [await allWords(), await allRevisions()];
    const { text } = await exported(history);
    await wipe();
    await findAgain(1);
    expect(await imported(text, history)).toMatchObject({ lines: 1, updated: 1, invalid: 0 });
    expect(await allWords()).toEqual(words);
    expect(await allRevisions()).toEqual(revisions);
  }, 60_000);

  it("keeps the way back to the words that were there, and counts as an operation", async () => {
    const { id } = await insertMedia({ objectKey: "k/0.jpg" });
    await edit(id, { title: "Mine" });
    const { text } = await exported(history);
    await wipe();
    await findAgain(1);
    const { operation_id: operation } = await imported(text, history);
    const [kept] = await importedHistories();
    expect(kept).toMatchObject({ operation_id: operation });
    const patch = String(Reflect.get(Object(kept), "patch"));
    expect(applyBackPatch({ title: "Mine" }, parseBackPatch(patch))).toEqual({ title: "Embedded" });
    const { results } = await env.DB.prepare("SELECT kind, updated, changed_by FROM operations").all();
    expect(results).toEqual([{ kind: "import", updated: 1, changed_by: "admin" }]);
  });

  it("of a record that nobody has changed restores its words without a revision, as words that stay", async () => {
    await insertMedia({ objectKey: "k/0.jpg", objectMetadata: { title: "Sent along" } });
    const { text } = await exported(history);
    await wipe();
    await findAgain(1);
    expect(await imported(text, history)).toMatchObject({ updated: 1 });
    const { lines } = await exported(history);
    expect(await storedMedia(lines[0]?.id ?? "")).toMatchObject({
      object_metadata: '{"title":"Sent along"}',
      revision: 0,
      words_from_file: 0,
    });
    expect(await importedHistories()).toHaveLength(1);
  });

  it("counts each revision as a change, so that ingest does not take it for another object", async () => {
    const { id } = await insertMedia({ objectKey: "k/0.jpg" });
    for (const title of ["One", "Two", "Three"]) await edit(id, { title });
    const { text } = await exported(history);
    await wipe();
    await findAgain(1);
    await imported(text, history);
    const { lines } = await exported();
    expect(await storedMedia(lines[0]?.id ?? "")).toMatchObject({ revision: 3, change: 4 });
  });

  it("takes the rest of a history whose beginning the record has", async () => {
    const { id } = await insertMedia({ objectKey: "k/0.jpg" });
    await edit(id, { title: "One" });
    const early = await exported(history);
    await edit(id, { title: "Two" });
    await edit(id, { title: "Three" });
    const [words, revisions] = [await allWords(), await allRevisions()];
    const late = await exported(history);
    await wipe();
    await findAgain(1);
    await imported(early.text, history);
    expect(await imported(late.text, history)).toMatchObject({ updated: 1 });
    expect(await allWords()).toEqual(words);
    expect(await allRevisions()).toEqual(revisions);
  });

  it("adds a revision where the record has another history", async () => {
    const { id } = await insertMedia({ objectKey: "k/0.jpg" });
    await edit(id, { title: "One" });
    await edit(id, { title: "Two" });
    const { text } = await exported(history);
    await wipe();
    await findAgain(1);
    const { lines } = await exported();
    await edit(lines[0]?.id ?? "", { title: "Another" });
    expect(await imported(text, history)).toMatchObject({ updated: 1 });
    expect([...(await allWords()).values()]).toEqual(['{"title":"Two"}']);
    expect(await allRevisions()).toMatchObject([{ revision: 1 }, { revision: 2 }]);
    expect(await importedHistories()).toEqual([]);
  });

  it("adds a revision where the same words were written by another change", async () => {
    const { id } = await insertMedia({ objectKey: "k/0.jpg", objectMetadata: { city: "Paris" } });
    await edit(id, { title: "One" });
    await edit(id, { title: "Two" });
    const { text } = await exported(history);
    await wipe();
    const again = await insertMedia({ objectKey: "k/0.jpg", objectMetadata: { city: "Paris" } });
    await new Promise((resolve) => void setTimeout(resolve, 5));
    await edit(again.id, { title: "One" });
    const { operation_id: operation } = await imported(text, history);
    expect(await allRevisions()).toMatchObject([
      { revision: 1, operation_id: null },
      { revision: 2, operation_id: operation },
    ]);
  });

  it("adds a revision where a line has other words than its history leads to", async () => {
    const { id } = await insertMedia();
    await edit(id, { title: "One" });
    const { text } = await exported(history);
    expect(await imported(text.replace('"One"', '"Two"'), history)).toMatchObject({ updated: 1 });
    expect(await storedMedia(id)).toMatchObject({ object_metadata: '{"title":"Two"}', revision: 2 });
  });

  it("adds a revision where the newest change is not known", async () => {
    const { id } = await insertMedia({
      revision: 3,
      objectKey: "k/0.jpg",
      objectMetadata: { title: "Before history" },
    });
    const { text } = await exported(history);
    expect(await imported(text, history)).toMatchObject({ unchanged: 1 });
    await wipe();
    await findAgain(1);
    expect(await imported(text, history)).toMatchObject({ updated: 1 });
    expect(await allRevisions()).toMatchObject([{ revision: 1, newest: 1, changed_by: "admin" }]);
    expect(await storedMedia(id)).toBeNull();
  });

  it("reports an older line that does not fit, and takes the newer ones", async () => {
    const { id } = await insertMedia();
    const line = { id, object_metadata: { title: "x" }, revision: 2, revisions: [revisionTold(2, {})] };
    const older = { id: `${id}.1`, revisions: [revisionTold(1, { drop: [0] })] };
    const errors = [{ line: 2, message: "revisions: has a patch that does not fit" }];
    const looked = await imported([line, older], { ...history, dry_run: "true" });
    expect(looked).toMatchObject({ lines: 2, updated: 1, invalid: 1, errors });
    expect(await allRevisions()).toMatchObject([{ revision: null }]);
    expect(await imported([line, older], history)).toMatchObject({
      lines: 2,
      updated: 1,
      invalid: 1,
      errors,
    });
    expect(await allRevisions()).toMatchObject([{ revision: 2 }]);
  });

  it("without history=true restores the words as a change of today", async () => {
    const { id } = await insertMedia({ objectKey: "k/0.jpg" });
    for (let n = 0; n < 10; n++) await edit(id, { note: String(n).repeat(60_000) });
    const { text } = await exported(history);
    await wipe();
    await findAgain(1);
    expect(await imported(text)).toMatchObject({ lines: 1, updated: 1 });
    expect(await allRevisions()).toMatchObject([{ revision: 1 }]);
  });

  it.each([
    ["a gap", [{ revision: 3 }, { revision: 1 }]],
    ["the wrong order", [{ revision: 1 }, { revision: 2 }]],
    ["a patch that is none", [{ patch: { drop: "x" } }]],
    ["a patch that does not fit the words", [{ patch: { drop: [0] } }]],
    ["a time that is none", [{ changed_at: "yesterday" }]],
    ["words too large to bring back", [{ patch: { set: { note: "x".repeat(66_000) } } }]],
    ["words too deep to bring back", [{ patch: { set: { note: nested(1100) } } }]],
    ["words that UTF-8 cannot hold", [{ patch: { set: { note: "\ud800" } } }]],
    ["too many patches", [{ patch: { set: { note: "x".repeat(600_000) } } }]],
  ])("reports a line whose history has %s", async (_what, changed) => {
    const { id } = await insertMedia();
    const usual = {
      revision: 1,
      changed_at: "2026-11-22T10:38:00.000Z",
      changed_by: null,
      operation_id: null,
      patch: {},
    };
    const revisions = changed.map((each) => ({ ...usual, ...each }));
    const line = { id, object_metadata: { title: "x" }, revision: 1, revisions };
    expect(await imported([line], history)).toMatchObject({ invalid: 1, updated: 0 });
    expect(await imported([{ id: `${id}.1`, revisions }], history)).toMatchObject({
      // A record that took no history has no words that could be walked back from.
      invalid: /words/.test(_what) ? 0 : 1,
    });
    expect(readExport((await exported()).text).lines).toHaveLength(1);
  });
});
