import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { mediaOf, refusalOf } from "../../support/http/answers.ts";
import { api, apiCost, apiWith } from "../../support/http/api.ts";
import {
  bulk,
  sendBulk,
  bulkOf,
  bulkWhole,
  historyOf,
  patchWords,
  revert,
  statusesOf,
} from "../../support/http/changes.ts";
import { idsByCursor, type ListParameters } from "../../support/http/pages.ts";
import { observedDatabase } from "../../support/records/database.ts";
import { buildMany, insertMany, insertMedia } from "../../support/records/media.ts";

async function keywordsOf(id: string): Promise<unknown> {
  return (await mediaOf(await api(`/v1/media/${id}`))).object_metadata["keywords"];
}

/** Bindings with a database in which something happens once, before the first revisions are written. */
function meanwhile(event: () => Promise<unknown>): Partial<Env> {
  let happened = false;
  const before = async (query: string): Promise<void> => {
    if (happened || !query.includes("INSERT INTO media_revisions")) return;
    happened = true;
    await event();
  };
  return { DB: observedDatabase(env.DB, { before }) };
}

async function bulkWith(replacements: Partial<Env>, json: object): Promise<Response> {
  return apiWith(replacements, "/v1/media/bulk", { method: "POST", as: "write", json });
}

describe("POST /v1/media/bulk with a filter", () => {
  it("renames a keyword everywhere, though nothing matches any more that was changed", async () => {
    const rows = buildMany(620, (index) => ({
      objectMetadata: { keywords: index % 31 === 0 ? ["other"] : ["x", "Old", "y"] },
    }));
    await insertMany(rows);
    const rename = { filter: { keyword: "OLD" }, remove_keywords: ["old"], add_keywords: ["New"] };
    const answer = await bulk(rename);
    expect(answer).toMatchObject({ matched: 600, updated: 600, next_cursor: null });
    expect(answer.results.map(({ id }) => id)).toEqual(
      rows
        .filter((_, index) => index % 31 !== 0)
        .slice(0, 500)
        .map(({ id }) => id),
    );
    expect(await keywordsOf(rows[1]?.id ?? "")).toEqual(["x", "y", "New"]);
    const counts = await api("/v1/keywords", { as: "read" });
    expect(await counts.json()).toMatchObject({
      items: [
        { keyword: "New", count: 600 },
        { keyword: "other", count: 20 },
        { keyword: "x", count: 600 },
        { keyword: "y", count: 600 },
      ],
    });
    expect(await bulk(rename)).toMatchObject({ matched: 0, updated: 0, next_cursor: null });
  });

  it("changes what a search finds, though it finds it no more", async () => {
    const rows = buildMany(620, (index) => ({
      objectMetadata: index % 31 === 0 ? { title: "sea" } : { description: "a beach", city: "Rome" },
    }));
    await insertMany(rows);
    const json = { filter: { q: "beach rome" }, object_metadata: { description: null, city: "Oslo" } };
    const answers = await bulkWhole(json);
    expect(answers.reduce((sum, { updated }) => sum + updated, 0)).toBe(600);
    expect((await bulkWhole(json)).map(({ matched }) => matched)).toEqual([0]);
  });

  it("changes all that a search finds where most of it is left out, or has long words", async () => {
    const numbers = Array.from({ length: 9000 }, (_, index) => 100_000 + index);
    await insertMany(
      buildMany(1200, (index) => ({
        state: index % 5 < 2 ? "ready" : "unsupported",
        objectMetadata: { description: "a beach" },
      })),
    );
    for (let part = 0; part < 4; part += 1)
      await insertMany(buildMany(20, () => ({ objectMetadata: { description: "a beach", numbers } })));
    const json = { filter: { q: "beach", state: "ready" }, object_metadata: { description: "sand" } };
    const answers = await bulkWhole(json);
    expect(answers.reduce((sum, { updated }) => sum + updated, 0)).toBe(560);
  }, 60_000);

  it.each<[object, ListParameters]>([
    [{ keyword: "a" }, { keyword: "a" }],
    [{ keyword: ["a", "b"] }, { keyword: ["a", "b"] }],
    [{ prefix: "p/1" }, { prefix: "p/1" }],
    [{ without: "keywords" }, { without: "keywords" }],
    [
      { without: ["description", "keywords"], state: "ready" },
      { without: ["description", "keywords"], state: "ready" },
    ],
    [{ has: "location" }, { has: "location" }],
    [
      { within: "0,0,20,20", missing: "any" },
      { within: "0,0,20,20", missing: "any" },
    ],
    [
      { missing: "true", provider: "r2" },
      { missing: "true", provider: "r2" },
    ],
    [
      { taken_after: "2024-02-01", content_type: "image/*" },
      { taken_after: "2024-02-01", content_type: "image/*" },
    ],
    [{ updated_after: "2024-01-01T00:00:00Z" }, { updated_after: "2024-01-01T00:00:00Z" }],
    [{ object_key: "p/17.jpg" }, { object_key: "p/17.jpg" }],
  ])("changes what the list shows: %j", async (filter, parameters) => {
    await insertMany(
      buildMany(300, (index) => ({
        objectKey: `p/${index}.jpg`,
        missingSince: index % 11 === 0 ? 1 : null,
        takenAt: index % 2 === 0 ? `2024-0${1 + (index % 3)}-01T00:00:00.000` : null,
        objectMetadata: {
          ...(index % 3 === 0 ? {} : { keywords: index % 5 === 0 ? ["a", "b"] : ["A"] }),
          ...(index % 7 === 0 ? { location: { latitude: index % 90, longitude: 5 } } : {}),
        },
      })),
    );
    const listed = await idsByCursor(parameters);
    expect(listed.length).toBeGreaterThan(0);
    const answer = await bulk({ filter, object_metadata: { note: "x" } });
    expect(answer.results.map(({ id }) => id)).toEqual(listed);
    expect(answer.matched).toBe(listed.length);
  });

  it("changes the records that a filter names", async () => {
    const rows = buildMany(3, (index) => ({ missingSince: index === 2 ? 1 : null }));
    await insertMany(rows);
    const ids = rows.map(({ id }) => id);
    const answer = await bulk({ filter: { id: ids.slice(1) }, add_keywords: ["a"] });
    expect(answer.results.map(({ id }) => id)).toEqual(ids.slice(1));
  });

  it("stops early where words are long, and goes on as the same operation", async () => {
    // Numbers are no part of full text, which would take its time.
    const numbers = Array.from({ length: 9000 }, (_, index) => 100_000 + index);
    const rows = buildMany(400, () => ({ objectMetadata: { numbers } }));
    for (let start = 0; start < rows.length; start += 25) await insertMany(rows.slice(start, start + 25));
    const json = { filter: {}, all: true, add_keywords: ["a"] };
    let [cursor, updated]: [string | null, number] = [null, 0];
    const operations = new Set<string | null>();
    const cursors: string[] = [];
    let calls = 0;
    do {
      calls += 1;
      const body = cursor === null ? json : { ...json, cursor };
      const cost = await apiCost("/v1/media/bulk", { method: "POST", as: "write", json: body });
      expect(cost.statements).toBeLessThanOrEqual(800);
      const answer = await bulkOf(cost.response);
      updated += answer.updated;
      operations.add(answer.operation_id);
      cursor = answer.next_cursor;
      if (cursor !== null) cursors.push(cursor);
    } while (cursor !== null);
    expect(updated).toBe(400);
    expect(calls).toBeGreaterThan(1);
    expect(operations.size).toBe(1);
    // A cursor goes on with its own change alone.
    for (const other of [{ add_keywords: ["b"] }, { dry_run: true }, { filter: { missing: "any" } }]) {
      const refused = await sendBulk({ ...json, ...other, cursor: cursors[0] });
      expect(await refusalOf(refused)).toBe("422 validation_error cursor");
    }
  }, 120_000);
});

describe("bulk changes while others change the same records", () => {
  it("both survive where two are made at once", async () => {
    const rows = buildMany(300, () => ({ objectMetadata: { keywords: ["a"] } }));
    await insertMany(rows);
    const changes = ["b", "c", "d"].map(async (keyword) =>
      bulk({ filter: { keyword: "a" }, add_keywords: [keyword] }),
    );
    const answers = await Promise.all(changes);
    expect(answers.map(({ updated }) => updated)).toEqual([300, 300, 300]);
    const [first] = await historyOf(rows[7]?.id ?? "");
    expect(first).toMatchObject({ revision: 3 });
    const { results } = await env.DB.prepare("SELECT updated FROM operations").all();
    expect(results).toEqual([{ updated: 300 }, { updated: 300 }, { updated: 300 }]);
    const list = await api("/v1/media?keyword=b&keyword=c&keyword=d", { as: "read" });
    expect(await list.json()).toMatchObject({ total: 300 });
  });

  it("leaves what does not match any more, and changes what does on top of the other change", async () => {
    const rows = buildMany(3, () => ({ objectMetadata: { keywords: ["old"] } }));
    await insertMany(rows);
    const [one = "", two = "", three = ""] = rows.map(({ id }) => id);
    const others = async () => {
      await patchWords(one, { keywords: ["free"] });
      await patchWords(two, { title: "x" });
    };
    const rename = { filter: { keyword: "old" }, remove_keywords: ["old"], add_keywords: ["new"] };
    const answer = await bulkOf(await bulkWith(meanwhile(others), rename));
    expect(statusesOf(answer)).toEqual({ [one]: "unchanged", [two]: "updated", [three]: "updated" });
    expect(await keywordsOf(one)).toEqual(["free"]);
    const media = await mediaOf(await api(`/v1/media/${two}`));
    expect(media).toMatchObject({ revision: 2, object_metadata: { title: "x", keywords: ["new"] } });
  });

  it("says of an id that it is gone where the record is deleted meanwhile", async () => {
    const [one, two] = [await insertMedia(), await insertMedia()];
    const deletion = async () => env.DB.prepare("DELETE FROM media_objects WHERE id = ?").bind(one.id).run();
    const json = { ids: [one.id, two.id], add_keywords: ["a"] };
    const answer = await bulkOf(await bulkWith(meanwhile(deletion), json));
    expect(statusesOf(answer)).toEqual({ [one.id]: "not_found", [two.id]: "updated" });
  });

  it("makes an atomic change anew on top of another one", async () => {
    const rows = buildMany(20);
    await insertMany(rows);
    const ids = rows.map(({ id }) => id);
    const other = async () => patchWords(ids[3] ?? "", { title: "x" });
    const json = { ids, atomic: true, add_keywords: ["a"] };
    const answer = await bulkOf(await bulkWith(meanwhile(other), json));
    expect(answer.updated).toBe(20);
    expect(answer.results[3]).toMatchObject({ revision: 2 });
    const { results } = await env.DB.prepare("SELECT updated FROM operations").all();
    expect(results).toEqual([{ updated: 20 }]);
  });

  it("gives up an atomic change that others never let through, and changes nothing", async () => {
    const { id } = await insertMedia();
    let count = 0;
    const before = async (query: string): Promise<void> => {
      if (query.includes("INSERT INTO media_revisions"))
        await patchWords(id, { title: String((count += 1)) });
    };
    const json = { ids: [id], atomic: true, add_keywords: ["a"] };
    const response = await bulkWith({ DB: observedDatabase(env.DB, { before }) }, json);
    expect(await refusalOf(response)).toBe("503 database_unavailable");
    expect(await keywordsOf(id)).toBeUndefined();
    expect((await env.DB.prepare("SELECT * FROM operations").all()).results).toEqual([]);
  });

  it("reports a record that others never leave alone, and changes the rest", async () => {
    const [one, two] = [await insertMedia(), await insertMedia()];
    let count = 0;
    const before = async (query: string): Promise<void> => {
      if (query.includes("INSERT INTO media_revisions"))
        await patchWords(one.id, { title: String((count += 1)) });
    };
    const json = { ids: [one.id, two.id], add_keywords: ["a"] };
    const answer = await bulkOf(await bulkWith({ DB: observedDatabase(env.DB, { before }) }, json));
    expect(statusesOf(answer)).toEqual({ [one.id]: "invalid", [two.id]: "updated" });
  });

  it("leaves every record whole where a call dies, and finishes when it is made again", async () => {
    const rows = buildMany(620, () => ({ objectMetadata: { keywords: ["old"] } }));
    await insertMany(rows);
    let writes = 0;
    const before = (query: string): void => {
      if (query.includes("INSERT INTO media_revisions") && (writes += 1) === 2)
        throw new Error("D1_ERROR: Network connection lost.");
    };
    const rename = { filter: { keyword: "old" }, remove_keywords: ["old"], add_keywords: ["new"] };
    const dead = await bulkWith({ DB: observedDatabase(env.DB, { before }) }, rename);
    expect(await refusalOf(dead)).toBe("503 database_unavailable");
    const half = await env.DB.prepare(
      `SELECT count(*) AS n, sum(revision) AS revisions, (SELECT count(*) FROM media_revisions) AS kept,
         (SELECT updated FROM operations) AS counted
       FROM media_objects WHERE object_metadata = '{"keywords":["new"]}'`,
    ).first();
    expect(half).toEqual({ n: 250, revisions: 250, kept: 250, counted: 250 });
    expect(await bulk(rename)).toMatchObject({ matched: 370, updated: 370, next_cursor: null });
  });
});

describe("a bulk change and the way back of each record", () => {
  const text = fc.constantFrom("x", "y");
  const list = fc.array(fc.constantFrom("a", "A", "á", "b"), { maxLength: 4 });
  // In any order of the fields.
  const words = fc
    .shuffledSubarray(["title", "note", "keywords", "description"])
    .chain((names) =>
      fc.tuple(
        ...names.map((name) =>
          (name === "keywords" ? list : text).map((value): [string, unknown] => [name, value]),
        ),
      ),
    )
    .map((entries): Record<string, unknown> => Object.fromEntries(entries));
  const keywords = fc.array(fc.constantFrom("a", "B", "c"), { maxLength: 3 });
  const patch = fc.dictionary(fc.constantFrom("note", "title"), fc.constantFrom("x", "z", null));

  it("end where they began, to the byte", async () => {
    const drawn = fc.record({ patch, add: keywords, remove: keywords, atomic: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(words, { minLength: 1, maxLength: 6 }), drawn, async (given, change) => {
        const rows = buildMany(given.length, (index) => ({ objectMetadata: given[index] ?? {} }));
        await insertMany(rows);
        const ids = rows.map(({ id }) => id);
        await apiWith({}, "/v1/media/bulk", {
          method: "POST",
          json: {
            ids,
            object_metadata: change.patch,
            add_keywords: change.add,
            remove_keywords: change.remove,
            atomic: change.atomic,
          },
        });
        for (const id of ids) await revert(id, 0);
        const histories = await Promise.all(ids.map(async (id) => historyOf(id)));
        expect(histories.map(([newest]) => JSON.stringify(newest?.object_metadata))).toEqual(
          given.map((each) => JSON.stringify(each)),
        );
      }),
      { numRuns: 20 },
    );
  }, 60_000);
});
