import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { z } from "zod";

import { refusalOf } from "../../support/http/answers.ts";
import { api, apiWith } from "../../support/http/api.ts";
import {
  allRevisions,
  allWords,
  exported,
  imported,
  ndjson,
  reportOf,
  sendImport,
  wipe,
} from "../../support/http/transfer.ts";
import { joined } from "../../support/images/index.ts";
import { buildMany, insertMany, insertMedia, storedMedia } from "../../support/records/media.ts";
import { observedDatabase } from "../../support/records/database.ts";

const nothing = {
  operation_id: null,
  dry_run: false,
  lines: 0,
  matched: { by_id: 0, by_key: 0, by_hash: 0 },
  updated: 0,
  unchanged: 0,
  unmatched: 0,
  invalid: 0,
  errors: [],
  next_line: null,
};

const beach = { description: "The beach", keywords: ["beach"] };

async function wordsOf(id: string): Promise<unknown> {
  return JSON.parse(String((await storedMedia(id))?.["object_metadata"]));
}

async function operations(): Promise<unknown[]> {
  const { results } = await env.DB.prepare("SELECT id, kind, changed_by, updated FROM operations").all();
  return results;
}

async function trash(id: string): Promise<void> {
  await env.DB.prepare(
    `INSERT INTO trashed_media (id, pk, provider, object_key, path_key, version, file_size, content_type, state, intrinsic,
       object_metadata, words_from_file, revision, change, facts_version, updated_at, trashed_at)
     SELECT id, pk, provider, object_key, path_key, version, file_size, content_type, state, intrinsic, object_metadata,
       words_from_file, revision, change, facts_version, updated_at, 1 FROM media_objects WHERE id = ?`,
  )
    .bind(id)
    .run();
  await env.DB.prepare("DELETE FROM media_objects WHERE id = ?").bind(id).run();
}

describe("POST /v1/import", () => {
  it("replaces the words of a record as one operation, with a revision that leads back", async () => {
    const { id } = await insertMedia({ objectMetadata: { title: "Old", rating: 3 } });
    const { operation_id: operation, ...rest } = await imported([{ id, object_metadata: beach }]);
    expect({ ...rest, operation_id: null }).toEqual({
      ...nothing,
      lines: 1,
      matched: { by_id: 1, by_key: 0, by_hash: 0 },
      updated: 1,
    });
    expect(await wordsOf(id)).toEqual(beach);
    expect((await storedMedia(id))?.["revision"]).toBe(1);
    expect(await operations()).toEqual([{ id: operation, kind: "import", changed_by: "admin", updated: 1 }]);
    const [revision] = await allRevisions();
    expect(revision).toMatchObject({ revision: 1, changed_by: "admin", operation_id: operation });
  });

  it("matches by id, else by provider and key, else by the only record with hash and size", async () => {
    const records = buildMany(4);
    await insertMany(records);
    const [byId, byKey, byHash] = records;
    const report = await imported([
      { id: byId?.id, provider: "r2", object_key: byKey?.objectKey, object_metadata: { title: "id" } },
      {
        id: "0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a11",
        provider: "r2",
        object_key: byKey?.objectKey,
        content_hash: byKey?.contentHash,
        file_size: byKey?.fileSize,
        object_metadata: { title: "key" },
      },
      {
        provider: "dropbox",
        object_key: byKey?.objectKey,
        content_hash: byHash?.contentHash,
        file_size: byHash?.fileSize,
        object_metadata: { title: "hash" },
      },
    ]);
    expect(report).toMatchObject({ matched: { by_id: 1, by_key: 1, by_hash: 1 }, updated: 3 });
    const titles = await Promise.all(records.map(async ({ id }) => wordsOf(id)));
    expect(titles).toEqual([{ title: "id" }, { title: "key" }, { title: "hash" }, {}]);
  });

  it("leaves lines of unknown objects, of another size, and of several copies unmatched", async () => {
    const copies = buildMany(2, () => ({ contentHash: "md5:copies", fileSize: 5 }));
    await insertMany([...copies, ...buildMany(1, () => ({ contentHash: "md5:single", fileSize: 6 }))]);
    const report = await imported([
      { content_hash: "md5:copies", file_size: 5, object_metadata: beach },
      { content_hash: "md5:single", file_size: 7, object_metadata: beach },
      { provider: "r2", object_key: "nowhere.jpg", object_metadata: beach },
    ]);
    expect(report).toMatchObject({ lines: 3, unmatched: 3, updated: 0, operation_id: null });
    expect(report.errors.map(({ line }) => line)).toEqual([1, 2, 3]);
    expect(await operations()).toEqual([]);
  });

  it("matches missing records, and none that is in the trash nor the photo that is at its key since", async () => {
    const missing = await insertMedia({ missingSince: 5 });
    const gone = await insertMedia({ objectKey: "a.jpg" });
    await trash(gone.id);
    const other = await insertMedia({ objectKey: "a.jpg" });
    const report = await imported([
      { id: missing.id, object_metadata: beach },
      { id: gone.id, provider: "r2", object_key: "a.jpg", object_metadata: beach },
    ]);
    expect(report).toMatchObject({ updated: 1, unmatched: 1 });
    expect(await wordsOf(other.id)).toEqual({});
  });

  it("only looks with dry_run", async () => {
    const records = buildMany(3, (n) => ({ objectMetadata: n === 0 ? beach : {} }));
    await insertMany(records);
    const lines = records.map(({ id }) => ({ id, object_metadata: beach }));
    const before = await allWords();
    const report = await imported(lines, { dry_run: "true" });
    expect(report).toMatchObject({ dry_run: true, operation_id: null, updated: 2, unchanged: 1 });
    expect(await allWords()).toEqual(before);
    expect(await operations()).toEqual([]);
    expect(await imported(lines)).toMatchObject({ updated: 2, unchanged: 1 });
  });

  it("sent again changes nothing", async () => {
    const { id } = await insertMedia();
    await imported([{ id, object_metadata: beach }]);
    const revisions = await allRevisions();
    expect(await imported([{ id, object_metadata: beach }])).toMatchObject({
      updated: 0,
      unchanged: 1,
      operation_id: null,
    });
    expect(await allRevisions()).toEqual(revisions);
  });

  it("restores the order of fields, too", async () => {
    const { id } = await insertMedia({ objectMetadata: { a: 1, b: 2 } });
    await imported([{ id, object_metadata: { b: 2, a: 1 } }]);
    expect((await storedMedia(id))?.["object_metadata"]).toBe('{"b":2,"a":1}');
  });

  it("of several lines for a record takes the last one", async () => {
    const { id } = await insertMedia();
    const report = await imported([1, 2, 3].map((rating) => ({ id, object_metadata: { rating } })));
    expect(report).toMatchObject({ lines: 3, matched: { by_id: 3 }, updated: 1, unchanged: 2 });
    expect(await wordsOf(id)).toEqual({ rating: 3 });
  });

  it("restores an older value that breaks a rule of today", async () => {
    const { id } = await insertMedia();
    const words = { location: "Paris", rating: 11, description: "x".repeat(2000), keywords: ["a", "a", 1] };
    expect(await imported([{ id, object_metadata: words }])).toMatchObject({ updated: 1, invalid: 0 });
    expect(await wordsOf(id)).toEqual(words);
  });

  it("reports what does not fit by its line, and restores all else", async () => {
    const { id } = await insertMedia();
    const deep = JSON.parse(`${'{"a":'.repeat(8)}{}${"}".repeat(8)}`) as unknown;
    const bad = [
      "{",
      "[]",
      '"text"',
      JSON.stringify({ id, object_metadata: [] }),
      JSON.stringify({ id }),
      JSON.stringify({ object_metadata: beach }),
      JSON.stringify({ id, object_metadata: deep }),
      JSON.stringify({ id, object_metadata: { note: "x".repeat(65_536) } }),
      `{"id":"${id}","object_metadata":{"note":"\\ud800"}}`,
      `{"id":"${id}","object_metadata":{"note":1e999}}`,
      `{"id":"${id}","object_metadata":{"note":"${"x".repeat(1024 * 1024)}"}}`,
      `{"id":"${id}","object_metadata":${"[".repeat(500_000)}`,
    ];
    const noUtf8 = new Uint8Array([0x7b, 0xff, 0x7d, 0x0a]);
    const good = JSON.stringify({ id, object_metadata: beach });
    const text = new TextEncoder().encode(`${[...bad, good].join("\n")}\n`);
    const report = await imported(joined(noUtf8, text));
    expect(report).toMatchObject({ lines: bad.length + 2, invalid: bad.length + 1, updated: 1 });
    expect(report.errors.map(({ line }) => line)).toEqual([1, ...bad.map((_each, index) => index + 2)]);
    expect(await wordsOf(id)).toEqual(beach);
  });

  it("counts no empty and no closing line, and takes line ends of Windows and a missing last one", async () => {
    const { id } = await insertMedia();
    const line = JSON.stringify({ id, object_metadata: beach });
    expect(await imported(`\uFEFF\r\n  \n{"end":true,"next_cursor":null}\r\n\n${line}`)).toMatchObject({
      lines: 1,
      updated: 1,
    });
    expect(await imported("")).toEqual(nothing);
  });

  it("takes lines however they are cut into pieces", async () => {
    const { id } = await insertMedia();
    const bytes = new TextEncoder().encode(ndjson([{ id, object_metadata: { title: "Ünïcode 🏖" } }]));
    let at = 0;
    const body = new ReadableStream({
      pull: (controller) => {
        if (at === bytes.length) controller.close();
        else controller.enqueue(bytes.slice(at, (at += 1)));
      },
    });
    expect(await imported(body)).toMatchObject({ updated: 1 });
    expect(await wordsOf(id)).toEqual({ title: "Ünïcode 🏖" });
  });

  it("takes a body that is packed with gzip, and no other coding", async () => {
    const { id } = await insertMedia();
    const plain = new Blob([ndjson([{ id, object_metadata: beach }])]).stream();
    const packed = plain.pipeThrough(new CompressionStream("gzip"));
    const headers = { "Content-Type": "application/x-ndjson", "Content-Encoding": "gzip" };
    const body = await new Response(packed).arrayBuffer();
    expect(await reportOf(await sendImport("", {}, { headers, body }))).toMatchObject({ updated: 1 });
    const br = { ...headers, "Content-Encoding": "br" };
    expect(await refusalOf(await sendImport("x", {}, { headers: br }))).toBe("415 unsupported_media_type");
  });

  it("refuses a body that is no gzip, is cut off, or goes on behind its end", async () => {
    const { id } = await insertMedia();
    const headers = { "Content-Type": "application/x-ndjson", "Content-Encoding": "gzip" };
    const plain = new Blob([ndjson([{ id, object_metadata: beach }])]).stream();
    const whole = new Uint8Array(
      await new Response(plain.pipeThrough(new CompressionStream("gzip"))).arrayBuffer(),
    );
    const bodies = [
      new Uint8Array(0),
      new TextEncoder().encode("{}"),
      whole.slice(0, -9),
      Uint8Array.from([...whole, ...whole]),
    ];
    for (const body of bodies)
      expect(await refusalOf(await sendImport(body, {}, { headers }))).toBe("422 validation_error");
  });

  it("refuses more than 50 MiB by its length, and where it does not say so when they have come", async () => {
    const headers = { "Content-Type": "application/x-ndjson", "Content-Length": String(51 * 1024 * 1024) };
    expect(await refusalOf(await sendImport("x", {}, { headers }))).toBe("413 payload_too_large");
    const piece = new TextEncoder().encode(`${" ".repeat(1024 * 1024 - 1)}\n`);
    let sent = 0;
    const body = new ReadableStream(
      {
        pull: (controller) => {
          sent += 1;
          controller.enqueue(piece);
        },
      },
      { highWaterMark: 0 },
    );
    expect(await refusalOf(await sendImport(body))).toBe("413 payload_too_large");
    expect(sent).toBeLessThan(60);
  });

  it.each([
    ["another type", { headers: { "Content-Type": "application/json" } }, {}, "415 unsupported_media_type"],
    ["no admin's key", { as: "write" as const }, {}, "403 insufficient_scope"],
    ["an unknown parameter", {}, { colour: "red" }, "422 validation_error colour"],
    [
      "history of CSV",
      { headers: { "Content-Type": "text/csv" } },
      { history: "true" },
      "422 validation_error history",
    ],
  ])("refuses %s", async (_what, request, parameters, refusal) => {
    expect(await refusalOf(await sendImport("{}", parameters, request))).toBe(refusal);
  });

  it("keeps what somebody has changed meanwhile below what it restores", async () => {
    const { id } = await insertMedia();
    let hasChanged = false;
    const database = observedDatabase(env.DB, {
      before: async (query) => {
        if (hasChanged || !query.includes("INSERT INTO media_revisions")) return;
        hasChanged = true;
        const json = { object_metadata: { title: "Meanwhile" } };
        await api(`/v1/media/${id}`, {
          method: "PATCH",
          json,
          headers: { "Content-Type": "application/json" },
        });
      },
    });
    const body = ndjson([{ id, object_metadata: beach }]);
    const headers = { "Content-Type": "application/x-ndjson" };
    const response = await apiWith({ DB: database }, "/v1/import", { method: "POST", headers, body });
    expect(await reportOf(response)).toMatchObject({ updated: 1 });
    expect(await wordsOf(id)).toEqual(beach);
    expect((await storedMedia(id))?.["revision"]).toBe(2);
    const patches = z.array(z.looseObject({ patch: z.string() })).parse(await allRevisions());
    expect(patches.map(({ patch }) => JSON.parse(patch) as unknown)).toEqual([
      { unset: ["title"] },
      { set: { title: "Meanwhile" }, unset: ["description", "keywords"] },
    ]);
  });

  it("that dies in the middle comes to the same end when it is sent again", async () => {
    const records = buildMany(600);
    await insertMany(records);
    const body = ndjson(records.map(({ id }, n) => ({ id, object_metadata: { title: `Photo ${n}` } })));
    let writes = 0;
    const dying = observedDatabase(env.DB, {
      before: (query) => {
        if (query.includes("INSERT INTO media_revisions") && (writes += 1) > 1)
          throw new Error("D1_ERROR: Network connection lost.");
      },
    });
    const request = { method: "POST", headers: { "Content-Type": "application/x-ndjson" }, body };
    const response = await apiWith({ DB: dying }, "/v1/import", request);
    expect(await refusalOf(response)).toBe("503 database_unavailable");
    const done = (await allRevisions()).filter((row) => Reflect.get(Object(row), "newest") === 1).length;
    expect(done).toBeGreaterThan(0);
    expect(await imported(body)).toMatchObject({ updated: 600 - done, unchanged: done });
    expect(new Set((await allWords()).values()).size).toBe(600);
  });

  it("keeps the object_metadata of an export that is imported after everything was found anew", async () => {
    const records = buildMany(50, (n) => ({
      objectKey: `k/${n}.jpg`,
      objectMetadata: { keywords: ["a", `k${n}`], note: { n } },
    }));
    await insertMany(records);
    const before = await allWords();
    const { text } = await exported();
    await wipe();
    await insertMany(buildMany(50, (n) => ({ objectKey: `k/${n}.jpg` })));
    expect(await imported(text)).toMatchObject({ lines: 50, matched: { by_key: 50 }, updated: 50 });
    expect(await allWords()).toEqual(before);
  });
});
