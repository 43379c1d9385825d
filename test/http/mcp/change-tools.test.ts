import "../../support/setup.ts";

import { describe, expect, it } from "vitest";
import { z } from "zod";

import { refusalOf } from "../../support/http/answers.ts";
import { api } from "../../support/http/api.ts";
import {
  allRows,
  allWords,
  callTool,
  change,
  connectAgent,
  contentOf,
  detailIn,
  dryRunOf,
  refusalIn,
  sendMessage,
} from "../../support/http/agents.ts";
import { anId } from "../../support/http/routes.ts";
import { buildMany, insertMany, insertMedia, storedMedia } from "../../support/records/media.ts";
import { changeTogether } from "../../support/records/operations.ts";
import { seedMany } from "../../support/records/seed.ts";
import { insertSuggested, suggestingApi, suggestingEnv } from "../../support/records/suggestions.ts";

async function wordsOf(id: string): Promise<unknown> {
  return JSON.parse(String((await storedMedia(id))?.["object_metadata"]));
}

/** Ids of so many new photos. */
async function insertIds(count: number): Promise<string[]> {
  const rows = buildMany(count);
  await insertMany(rows);
  return rows.map(({ id }) => id);
}

const operation = z.looseObject({ operation_id: z.string() });
const operations = z.object({ items: z.array(operation) });

describe("describe_photos", () => {
  it("gives each photo its own words, as one operation of the caller", async () => {
    const [first = "", second = ""] = await insertIds(2);
    const agent = await connectAgent();
    const { id, changed } = await change(agent, "describe_photos", {
      photos: [
        { id: first, object_metadata: { description: "The beach", keywords: ["Sea "] } },
        { id: second.toUpperCase(), object_metadata: { title: "Noon", mood: { calm: true } } },
      ],
    });
    expect(changed).toBe(2);
    expect([await wordsOf(first), await wordsOf(second)]).toEqual([
      { description: "The beach", keywords: ["Sea"] },
      { title: "Noon", mood: { calm: true } },
    ]);
    const list = operations.parse(await (await api("/v1/operations")).json());
    expect(list.items).toMatchObject([
      { operation_id: id, kind: "bulk", changed_by: "writer", updated: 2, reverted_by: null },
    ]);
  });

  it("shows in its dry run what would change, and changes nothing", async () => {
    const { id } = await insertMedia({ objectMetadata: { description: "x", title: "old", rating: 3 } });
    const { id: same } = await insertMedia({ objectMetadata: { description: "y" } });
    const before = await allRows();
    const agent = await connectAgent();
    const shown = await dryRunOf(agent, "describe_photos", {
      photos: [
        { id, object_metadata: { description: "y", title: null } },
        { id: same, object_metadata: { description: "y" } },
      ],
    });
    expect(shown).toMatchObject({
      changed: 1,
      unchanged: 1,
      changes: [{ id, before: { description: "x", title: "old" }, after: { description: "y" } }],
      problems: [],
      not_shown: 0,
    });
    expect(await allRows()).toBe(before);
  });

  it("gives no token while a photo stands in the way, and says which and why", async () => {
    const [id = "", other = ""] = await insertIds(2);
    const agent = await connectAgent();
    const result = await callTool(agent, "describe_photos", {
      photos: [
        { id, object_metadata: { description: "x" } },
        { id: other, object_metadata: { location: { latitude: 1 } } },
        { id: anId, object_metadata: { description: "x" } },
        { id: "no id", object_metadata: { description: "x" } },
      ],
    });
    expect(contentOf(result)).toMatchObject({
      status: "dry_run",
      token: null,
      changed: 1,
      problems: [
        { id: other, status: "invalid" },
        { id: anId, status: "not_found" },
        { id: "no id", status: "not_found" },
      ],
    });
  });

  it("tells of 50 photos in the way at the most, in 64 KiB of text", async () => {
    const photos = Array.from({ length: 500 }, (_, at) => ({
      id: `${"\u0001".repeat(60)}${at}`,
      object_metadata: { description: "x" },
    }));
    const result = await callTool(await connectAgent(), "describe_photos", { photos });
    const [text] = result.content;
    const told = text?.type === "text" ? text.text : "";
    expect(new TextEncoder().encode(told).length).toBeLessThanOrEqual(64 * 1024);
    expect(contentOf(result)).toMatchObject({ token: null, changed: 0, not_shown: 450 });
  });

  it("shows a change of many long fields in 64 KiB of text", async () => {
    const fields = Array.from({ length: 60 }, (_, at) => [`field_${at}`, "\u0001".repeat(170)] as const);
    const { id } = await insertMedia({ objectMetadata: Object.fromEntries(fields) });
    const words = Object.fromEntries(fields.map(([name]) => [name, "\u0002".repeat(170)] as const));
    const result = await callTool(await connectAgent(), "describe_photos", one(id, words));
    const [text] = result.content;
    const told = text?.type === "text" ? text.text : "";
    expect(new TextEncoder().encode(told).length).toBeLessThanOrEqual(64 * 1024);
    expect(contentOf(result)).toMatchObject({ changed: 1, changes: [{ id }] });
  });

  it("has the sidecars of its photos written, where a provider has them", async () => {
    const [id = ""] = await insertIds(1);
    const STORAGE_PROVIDERS = '[{"name":"r2","type":"r2","binding":"MEDIA_BUCKET","sidecars":"write"}]';
    const agent = await connectAgent({ env: { STORAGE_PROVIDERS } });
    await change(agent, "describe_photos", one(id, { description: "x" }));
    expect(JSON.parse(await allRows(["sidecar_writes"]))).toMatchObject([["sidecar_writes", [{}]]]);
    expect(JSON.parse(await allRows(["sidecar_wakes"]))).toMatchObject([["sidecar_wakes", [{}]]]);
  });

  it("gives no token where all is so already", async () => {
    const { id } = await insertMedia({ objectMetadata: { description: "x" } });
    const args = { photos: [{ id, object_metadata: { description: "x" } }] };
    const result = contentOf(await callTool(await connectAgent(), "describe_photos", args));
    expect(result).toMatchObject({ token: null, expires_at: null, changed: 0, unchanged: 1 });
  });

  it.each<[string, (id: string) => object, string]>([
    ["no photos", () => ({ photos: [] }), "photos"],
    ["a photo twice", (id) => photosOf([id, id.toUpperCase()]), "photos.1.id"],
    ["501 photos", (id) => photosOf(Array.from({ length: 501 }, () => id)), "photos"],
    ["words that are none", (id) => one(id, "text"), "photos.0.object_metadata"],
    ["an unknown argument", (id) => ({ ...photosOf([id]), dry_run: false }), "dry_run"],
    [
      "a description of 1,025 characters",
      (id) => one(id, { description: "x".repeat(1025) }),
      "photos.0.object_metadata.description",
    ],
    [
      "a field that is wrong in the second photo",
      (id) => ({ photos: [...one(anId, {}).photos, ...one(id, { description: 7 }).photos] }),
      "photos.1.object_metadata.description",
    ],
    [
      "a field called __proto__",
      (id) => one(id, JSON.parse('{"__proto__": 1}')),
      "photos.0.object_metadata.__proto__",
    ],
    ["words for a token", (id) => ({ ...photosOf([id]), token: {} }), "token"],
  ])("refuses %s", async (_what, args, path) => {
    const { id } = await insertMedia();
    const agent = await connectAgent();
    const before = await allRows();
    expect(refusalIn(await callTool(agent, "describe_photos", args(id)))).toBe(`validation_error ${path}`);
    expect(await allRows()).toBe(before);
  });

  it("keeps lone surrogates, NUL and names of prototypes as the rules for words say", async () => {
    const { id } = await insertMedia();
    const words = { description: "a\uD800b\u0000c", constructor: { prototype: 1 }, to_string: "x" };
    await change(await connectAgent(), "describe_photos", one(id, words));
    expect(await wordsOf(id)).toEqual({ ...words, description: "a\uFFFDb\u0000c" });
  });

  // A message of 1 MiB holds no 500 of the longest descriptions in characters of four bytes.
  it.each([
    ["500 photos with 1,000 characters of two bytes each", 500, "é".repeat(1000)],
    ["240 photos with 1,024 characters of four bytes each", 240, "\u{1F3D6}".repeat(1024)],
  ])("describes %s, and takes that back", async (_what, count, description) => {
    const ids = await insertIds(count);
    const before = await allWords();
    const agent = await connectAgent();
    const args = { photos: ids.map((id) => ({ id, object_metadata: { description } })) };
    const shown = await dryRunOf(agent, "describe_photos", args);
    expect(JSON.stringify(shown).length).toBeLessThanOrEqual(64 * 1024);
    const { id, changed } = await change(agent, "describe_photos", args);
    expect([shown["changed"], changed]).toEqual([count, count]);
    expect(await change(agent, "undo", { operation_id: id })).toMatchObject({ changed: count });
    expect(await allWords()).toBe(before);
  });

  it("is told by a message over 1 MiB to send less", async () => {
    const description = "\u{1F3D6}".repeat(1024);
    const photos = Array.from({ length: 500 }, () => ({ id: anId, object_metadata: { description } }));
    const params = { name: "describe_photos", arguments: { photos } };
    const response = await sendMessage({ jsonrpc: "2.0", id: 1, method: "tools/call", params });
    expect(await refusalOf(response)).toBe("413 payload_too_large");
  });

  it("gives 500 photos 20 keywords each, and takes them back", async () => {
    const ids = await insertIds(500);
    const keywords = Array.from({ length: 20 }, (_, at) => `keyword ${at}`);
    const agent = await connectAgent();
    const { id, changed } = await change(agent, "tag_photos", { ids, add_keywords: keywords });
    expect(changed).toBe(500);
    const { changed: undone } = await change(agent, "undo", { operation_id: id });
    expect(undone).toBe(500);
    const more = { ids, add_keywords: [...keywords, "one more"] };
    expect(refusalIn(await callTool(agent, "tag_photos", more))).toBe("validation_error photos");
  });

  it("refuses photos whose words are too long together", async () => {
    const long = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`field_${at}`, "x".repeat(1000)]));
    const rows: { id: string }[] = [];
    for (let round = 0; round < 3; round += 1) {
      const some = buildMany(24, () => ({ objectMetadata: long }));
      await insertMany(some);
      rows.push(...some);
    }
    const agent = await connectAgent();
    const args = { ids: rows.map(({ id }) => id), add_keywords: ["beach"] };
    expect(refusalIn(await callTool(agent, "tag_photos", args))).toBe("validation_error photos");
  });
});

describe("tag_photos", () => {
  it("adds and removes keywords, and leaves the others", async () => {
    const { id } = await insertMedia({ objectMetadata: { keywords: ["Béach", "Sea"], title: "x" } });
    const { id: other } = await insertMedia();
    const agent = await connectAgent();
    const { changed } = await change(agent, "tag_photos", {
      ids: [id, other, id],
      add_keywords: ["2024", "sea"],
      remove_keywords: ["BEACH"],
    });
    expect(changed).toBe(2);
    expect(await wordsOf(id)).toEqual({ keywords: ["Sea", "2024"], title: "x" });
    expect(await wordsOf(other)).toEqual({ keywords: ["2024", "sea"] });
  });

  it.each<[string, object, string]>([
    ["no keywords", {}, "add_keywords"],
    ["a keyword that is not seen", { add_keywords: ["\u200B"] }, "add_keywords.0"],
    ["a keyword that is too long", { add_keywords: ["x".repeat(65)] }, "add_keywords.0"],
    ["no photos", { ids: [], add_keywords: ["x"] }, "ids"],
    ["501 photos", { ids: Array.from({ length: 501 }, () => anId), add_keywords: ["x"] }, "ids"],
  ])("refuses %s", async (_what, args, path) => {
    const { id } = await insertMedia();
    const agent = await connectAgent();
    expect(refusalIn(await callTool(agent, "tag_photos", { ids: [id], ...args }))).toBe(
      `validation_error ${path}`,
    );
  });
});

describe("undo", () => {
  it("takes a change back, and an undo too", async () => {
    const { id } = await insertMedia({ objectMetadata: { description: "before", keywords: ["a", "b"] } });
    const before = (await storedMedia(id))?.["object_metadata"];
    const agent = await connectAgent();
    const words = { description: "after", keywords: ["b", "c"] };
    const changed = await change(agent, "describe_photos", one(id, words));
    const undone = await change(agent, "undo", { operation_id: changed.id });
    expect((await storedMedia(id))?.["object_metadata"]).toBe(before);
    const list = operations.parse(await (await api("/v1/operations")).json());
    expect(list.items).toMatchObject([
      { operation_id: undone.id, kind: "revert", updated: 1 },
      { operation_id: changed.id, kind: "bulk", reverted_by: undone.id },
    ]);
    await change(agent, "undo", { operation_id: undone.id });
    expect(await wordsOf(id)).toEqual(words);
  });

  it("takes back what a person has changed by the API, in one transaction", async () => {
    const ids = await insertIds(3);
    const operation = await changeTogether(ids, () => ({ description: "theirs" }));
    const agent = await connectAgent();
    const { changed } = await change(agent, "undo", { operation_id: operation.toUpperCase() });
    expect(changed).toBe(3);
    expect(await wordsOf(ids[0] ?? "")).toEqual({});
  });

  it("leaves an operation that has decided on suggestions to people, where there are models", async () => {
    const { id } = await insertSuggested();
    const json = { ids: [id], suggestions: "accept" };
    const answer = await suggestingApi("/v1/media/bulk", { method: "POST", json });
    const { operation_id: accepted } = operation.parse(await answer.json());
    const agent = await connectAgent({ env: suggestingEnv });
    const told = await callTool(agent, "undo", { operation_id: accepted });
    expect(refusalIn(told)).toBe("merge_conflict");
    expect(detailIn(told)).toContain("has decided on suggestions");
    const other = await connectAgent();
    expect(await change(other, "undo", { operation_id: accepted })).toMatchObject({ changed: 1 });
  });

  it("leaves a photo alone that somebody has changed since, and says so", async () => {
    const [kept = "", changed = ""] = await insertIds(2);
    const agent = await connectAgent();
    const args = { ids: [kept, changed], add_keywords: ["x"] };
    const { id } = await change(agent, "tag_photos", args);
    await api(`/v1/media/${changed}`, { method: "PATCH", json: { object_metadata: { title: "mine" } } });
    const shown = await dryRunOf(agent, "undo", { operation_id: id });
    expect(shown).toMatchObject({ changed: 1, problems: [{ id: changed, status: "skipped" }] });
    await callTool(agent, "undo", { operation_id: id, token: shown.token });
    expect([await wordsOf(kept), await wordsOf(changed)]).toEqual([{}, { keywords: ["x"], title: "mine" }]);
  });

  it("says so where it would leave every photo alone", async () => {
    const [id = ""] = await insertIds(1);
    const agent = await connectAgent();
    const { id: operation } = await change(agent, "tag_photos", { ids: [id], add_keywords: ["x"] });
    await api(`/v1/media/${id}`, { method: "PATCH", json: { object_metadata: { title: "mine" } } });
    const shown = contentOf(await callTool(agent, "undo", { operation_id: operation }));
    expect(shown).toMatchObject({ token: null, changed: 0, unchanged: 0, problems: [{ status: "skipped" }] });
    expect(shown["note"]).toContain("1 photo is left alone");
  });

  it("has nothing to do a second time", async () => {
    const [id = ""] = await insertIds(1);
    const agent = await connectAgent();
    const { id: operation } = await change(agent, "tag_photos", { ids: [id], add_keywords: ["x"] });
    await change(agent, "undo", { operation_id: operation });
    const again = contentOf(await callTool(agent, "undo", { operation_id: operation }));
    expect(again).toMatchObject({ status: "dry_run", token: null, changed: 0, unchanged: 1 });
  });

  it("leaves an operation of more than 500 photos to a person, and says how", async () => {
    await seedMany(501);
    const operation = await changeTogether(await allIds(), (words) => ({ ...words, title: "x" }));
    const result = await callTool(await connectAgent(), "undo", { operation_id: operation });
    expect(refusalIn(result)).toBe("merge_conflict");
    expect(detailIn(result)).toContain(`POST /v1/operations/${operation}/revert`);
  });

  it("leaves a relink to a person", async () => {
    const { id } = await insertMedia({ missingSince: 1 });
    const { id: to } = await insertMedia();
    const response = await api(`/v1/media/${id}/relink`, { method: "POST", json: { to } });
    expect(response.status).toBe(200);
    const [operation] = operations.parse(await (await api("/v1/operations")).json()).items;
    const args = { operation_id: operation?.operation_id };
    expect(refusalIn(await callTool(await connectAgent(), "undo", args))).toBe("merge_conflict");
  });

  it.each([anId, "x", "\u0000"])("refuses %j, the id of no operation", async (id) => {
    const result = await callTool(await connectAgent(), "undo", { operation_id: id });
    expect(refusalIn(result)).toBe("resource_not_found");
  });
});

async function allIds(): Promise<string[]> {
  const page = z.object({ items: z.array(z.object({ id: z.string() })), next_cursor: z.string().nullable() });
  const first = page.parse(await (await api("/v1/media?limit=500&fields=id")).json());
  const path = `/v1/media?limit=500&fields=id&cursor=${first.next_cursor ?? ""}`;
  const second = page.parse(await (await api(path)).json());
  return [...first.items, ...second.items].map(({ id }) => id);
}

function one(id: string, words: unknown): { photos: object[] } {
  return { photos: [{ id, object_metadata: words }] };
}

function photosOf(ids: readonly string[]): { photos: object[] } {
  return { photos: ids.map((id) => ({ id, object_metadata: { description: "x" } })) };
}
