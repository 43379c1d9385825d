import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { fillWords } from "../../../src/db/media/facts.ts";
import { findMedia } from "../../../src/db/media/reads.ts";
import { writeEdit } from "../../../src/db/history/edits.ts";
import { factsVersion } from "../../../src/metadata/facts/facts.ts";
import { makeEdit } from "../../../src/media/history/edit.ts";
import { createServices } from "../../../src/services.ts";
import { mediaOf, refusalOf } from "../../support/http/answers.ts";
import { api, apiCost } from "../../support/http/api.ts";
import { insertMedia, storedMedia } from "../../support/records/media.ts";
import { limitedEnv } from "../../support/platform/env.ts";

async function patch(id: string, metadata: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const json = { object_metadata: metadata };
  return api(`/v1/media/${id}`, { method: "PATCH", as: "write", json, headers });
}

async function keywordsOf(id: string): Promise<unknown[]> {
  const query = "SELECT folded FROM media_keywords WHERE media_id = ? ORDER BY folded";
  const { results } = await env.DB.prepare(query).bind(id).all();
  return results.map((row) => row["folded"]);
}

describe("PATCH /v1/media/{id}", () => {
  it("applies a merge patch, raises the revision and answers what is stored", async () => {
    const { id, updatedAt } = await insertMedia({
      objectMetadata: { description: "Old", keywords: ["a"], place: { city: "Paris", zip: 1 } },
    });
    const response = await patch(id, { description: "New", keywords: null, place: { zip: null, land: "F" } });
    expect(response.status).toBe(200);
    expect(response.headers.get("ETag")).toBe('"1-2"');
    expect(response.headers.get("Cache-Control")).toBe("private, no-cache");
    expect(response.headers.get("X-D1-Bookmark")).toMatch(/^[0-9a-f-]+$/);
    const media = await mediaOf(response);
    expect(media).toMatchObject({ id, revision: 1, state: "ready" });
    expect(media.object_metadata).toEqual({ description: "New", place: { city: "Paris", land: "F" } });
    expect(Date.parse(media.updated_at)).toBeGreaterThan(updatedAt);
    expect(await (await api(`/v1/media/${id}`)).json()).toEqual(media);
    expect(await keywordsOf(id)).toEqual([]);
  });

  it("takes what only blanks and escapes make long", async () => {
    const { id } = await insertMedia();
    const blanks = " \n".repeat(150_000);
    const body = `{${blanks}"object_metadata":${blanks}{"note":"${"\\u0061".repeat(60_000)}"}}`;
    const headers = { "Content-Type": "application/json" };
    const response = await api(`/v1/media/${id}`, { method: "PATCH", as: "write", body, headers });
    expect((await mediaOf(response)).object_metadata).toEqual({ note: "a".repeat(60_000) });
  });

  it("takes application/merge-patch+json, with parameters and in any case", async () => {
    const { id } = await insertMedia();
    const types = [
      "application/merge-patch+json",
      "Application/JSON; charset=UTF-8",
      "APPLICATION/Merge-Patch+JSON",
    ];
    const texts = [];
    for (const type of types) {
      const response = await patch(id, { description: type }, { "Content-Type": type });
      texts.push((await mediaOf(response)).object_metadata);
    }
    expect(texts).toEqual(types.map((type) => ({ description: type })));
  });

  it("stores text as NFC, names of nested fields too", async () => {
    const { id } = await insertMedia();
    const response = await patch(id, {
      description: "Cafe\u0301",
      keywords: ["E\u0301te\u0301"],
      more: { "a\u030a": ["o\u0308"] },
    });
    const expected = { description: "Café", keywords: ["Été"], more: { å: ["ö"] } };
    expect((await mediaOf(response)).object_metadata).toEqual(expected);
    expect(JSON.parse(String((await storedMedia(id))?.["object_metadata"]))).toEqual(expected);
    expect(await keywordsOf(id)).toEqual(["ete"]);
  });

  it("trims keywords and keeps the first spelling of duplicates", async () => {
    const { id } = await insertMedia();
    const response = await patch(id, {
      keywords: ["  Beach ", "beach", "BEACH", "Été", "e\u0301te\u0301", "Ete"],
    });
    expect((await mediaOf(response)).object_metadata).toEqual({ keywords: ["Beach", "Été", "Ete"] });
    expect(await keywordsOf(id)).toEqual(["beach", "ete"]);
  });

  it("writes nothing when nothing changes", async () => {
    const { id } = await insertMedia({
      objectMetadata: { description: "Same", a: { x: 1, y: 2 } },
      change: 4,
    });
    const before = await storedMedia(id);
    const { response, rowsWritten } = await apiCost(`/v1/media/${id}`, {
      method: "PATCH",
      json: { object_metadata: { a: { y: 2, x: 1 }, description: "Same", gone: null } },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get("ETag")).toBe('"0-4"');
    expect(rowsWritten).toBe(0);
    expect(await storedMedia(id)).toEqual(before);
  });

  it("keeps concurrent changes of different fields, all of twenty", async () => {
    const { id } = await insertMedia();
    const fields = Array.from({ length: 20 }, (_, index) => `field_${index}`);
    const responses = await Promise.all(fields.map(async (field) => patch(id, { [field]: field })));
    expect(responses.map((response) => response.status)).toEqual(fields.map(() => 200));
    const media = await mediaOf(await api(`/v1/media/${id}`));
    expect(media.object_metadata).toEqual(Object.fromEntries(fields.map((field) => [field, field])));
    expect(media.revision).toBe(20);
  });

  it("keeps the words that a record gets of its file while a person writes others", async () => {
    const { id } = await insertMedia();
    const services = createServices(limitedEnv(env), { session: "primary", traceId: "t", logContext: {} });
    const media = await findMedia(services.db, id);
    if (media === null) throw new Error("no record");
    const ofFile = { title: "Noon" };
    await fillWords(services.db, media, { words: ofFile, version: factsVersion + 1, now: 1 });
    const byHand = { description: "By hand." };
    const edit = await makeEdit(media, byHand, "alone");
    expect(await writeEdit(services.db, edit, { by: "ann", now: 2, operation: null })).toBeNull();
    expect((await mediaOf(await patch(id, byHand))).object_metadata).toEqual({ ...ofFile, ...byHand });
  });

  it("goes by the revision alone once a person has written, whatever ingest does meanwhile", async () => {
    const { id } = await insertMedia({ revision: 1, change: 4 });
    const services = createServices(limitedEnv(env), { session: "primary", traceId: "t", logContext: {} });
    const media = await findMedia(services.db, id);
    if (media === null) throw new Error("no record");
    await env.DB.prepare("UPDATE media_objects SET change = change + 1").run();
    const edit = await makeEdit(media, { title: "Noon" }, "alone");
    const changed = await writeEdit(services.db, edit, { by: "ann", now: 2, operation: null });
    expect(changed).toMatchObject({ revision: 2, change: 6 });
  });

  it("answers 404 where there is no record", async () => {
    const response = await patch("0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a11", {});
    expect(await refusalOf(response)).toBe("404 resource_not_found");
  });
});

describe("If-Match on PATCH", () => {
  it.each(['"2-5"', '"2-0"', '"1-9", "2-1"', 'W/"2-9"', 'W/"1-9",W/"2-1"', "*"])(
    "lets %s change revision 2",
    async (tag) => {
      const { id } = await insertMedia({ revision: 2, change: 9 });
      expect((await patch(id, { description: "New" }, { "If-Match": tag })).status).toBe(200);
    },
  );

  it.each(['"1-9"', '"3-9"', 'W/"1-9"', 'W/"3-2", "2"', '"2"', '"x"', "2-9"])(
    "refuses %s at revision 2",
    async (tag) => {
      const { id } = await insertMedia({ revision: 2, change: 9 });
      const before = await storedMedia(id);
      const response = await patch(id, { description: "New" }, { "If-Match": tag });
      expect(await refusalOf(response)).toBe("412 precondition_failed");
      expect(await storedMedia(id)).toEqual(before);
    },
  );

  it("lets the tag make a change as an edge that compresses hands it out", async () => {
    const { id } = await insertMedia();
    const tag = (await api(`/v1/media/${id}`)).headers.get("ETag") ?? "";
    expect((await patch(id, { description: "x" }, { "If-Match": `W/${tag}` })).status).toBe(200);
    const again = await patch(id, { description: "y" }, { "If-Match": `W/${tag}` });
    expect(await refusalOf(again)).toBe("412 precondition_failed");
  });

  it("is not broken by what ingest changes", async () => {
    const { id } = await insertMedia();
    const tag = (await api(`/v1/media/${id}`)).headers.get("ETag") ?? "";
    await env.DB.prepare("UPDATE media_objects SET change = change + 1, state = 'pending'").run();
    const response = await patch(id, { description: "New" }, { "If-Match": tag });
    expect(response.status).toBe(200);
    expect(response.headers.get("ETag")).toBe('"1-3"');
  });

  it("lets one of two edits of the same revision win", async () => {
    const { id } = await insertMedia();
    const edits = ["a", "b"].map(async (text) => patch(id, { description: text }, { "If-Match": '"0-1"' }));
    const statuses = (await Promise.all(edits)).map((response) => response.status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 412]);
    expect(await storedMedia(id)).toMatchObject({ revision: 1 });
  });
});
