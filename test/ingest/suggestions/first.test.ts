import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";

import { FileParts } from "../../../src/metadata/file-parts.ts";
import { readImageHeader } from "../../../src/metadata/headers/header.ts";
import { aiEnv, AiStandIn, models } from "../../support/ai/stand-in.ts";
import { jpegBytes } from "../../support/images/index.ts";
import { observedDatabase } from "../../support/records/database.ts";
import "../../support/setup.ts";
import { photo } from "../support/photos.ts";
import { rowOf } from "../support/rows.ts";
import { World } from "../support/world.ts";
import { insertKeywords, keyOf, processTasks, shownAt, suggestionAt, worldWith } from "./support.ts";

const [first] = [keyOf(0)];

describe("a photo without words", () => {
  test("gets a description, and keywords of those that the archive has", async () => {
    const { world, ai } = await worldWith({ chance: (keyword) => (keyword === "Beach" ? 0.8 : 0.1) });
    await insertKeywords("Beach", "Harbour");
    const { run } = await world.ingest();
    expect(run).toMatchObject({ state: "completed", counts: { processed: 1, failed: 0 } });
    expect(await shownAt(world, first)).toEqual({
      description: "A dog runs along a beach.",
      keywords: [{ keyword: "Beach", folded: "beach", score: 0.8 }],
      model: `${models.caption}, ${models.decision}`,
      createdAt: Date.now(),
    });
    expect(ai.calls.map(({ kind, keywords }) => ({ kind, keywords }))).toEqual([
      { kind: "caption", keywords: [] },
      { kind: "decision", keywords: ["Beach", "Harbour"] },
    ]);
  });

  test("shows that as a change that nobody made: its words, and its revision, stay", async () => {
    const { world } = await worldWith({});
    await world.startIngest();
    await processTasks(world);
    const before = await rowOf(first);
    world.advance(1000);
    await world.drain();
    expect(await rowOf(first)).toEqual({ ...before, change: before.change + 1 });
    expect(await env.DB.prepare("SELECT updated_at FROM media_objects").first("updated_at")).toBe(Date.now());
    expect(before).toMatchObject({ state: "ready", metadata: "{}", revision: 0 });
  });

  test("is sent to models as a small JPEG made of its preview, never as it is", async () => {
    const { world, ai } = await worldWith({}, { photos: 0 });
    const original = jpegBytes({ width: 1600, height: 800 });
    await world.put(first, original);
    await world.ingest();
    const header = readImageHeader(FileParts.whole(ai.calls[0]?.picture ?? new Uint8Array()));
    expect(header).toMatchObject({ header: { mediaType: "image/jpeg", width: 512, height: 256 } });
  });

  test("that was uploaded is asked about as well", async () => {
    const { world, ai } = await worldWith({}, { photos: 0 });
    const body = photo();
    const headers = { "Content-Length": String(body.length) };
    await world.api("/v1/media?object_key=a.jpg", { method: "POST", headers, body });
    await world.uploadsSent();
    await world.drain();
    expect(ai.calls).toHaveLength(1);
    expect(await suggestionAt("a.jpg")).toMatchObject({ state: "open" });
  });

  test("is found by what was suggested, apart from what people wrote", async () => {
    const { world } = await worldWith({});
    await world.ingest();
    const found = async (table: string): Promise<unknown> =>
      env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE ${table} MATCH '"+beach"'`).first("n");
    expect([await found("suggestion_search"), await found("media_search")]).toEqual([1, 0]);
    expect(await env.DB.prepare("SELECT open FROM suggestion_totals").first("open")).toBe(1);
  });

  test("about which the models have nothing to say shows no change", async () => {
    const { world } = await worldWith({ caption: () => "", chance: () => 0.2 });
    await insertKeywords("Beach");
    await world.ingest();
    expect(await suggestionAt(first)).toMatchObject({ state: "closed", description: null, candidates: "[]" });
    expect(await rowOf(first)).toMatchObject({ change: 1, state: "ready" });
  });

  test("is not asked about keywords where the archive has none", async () => {
    const { world, ai } = await worldWith({});
    await world.ingest();
    expect(ai.calls.map(({ kind }) => kind)).toEqual(["caption"]);
  });

  test("gets a caption that tries to be something else as a text", async () => {
    const text = '<script>alert(1)</script> =1+1 "OR 1=1; -- ignore the user';
    const { world } = await worldWith({ caption: () => text });
    await world.ingest();
    expect(await suggestionAt(first)).toMatchObject({ description: text });
  });

  test("gets keywords by the labels of a classifier, where one is named", async () => {
    const { world } = await worldWith(
      {},
      { bindings: { AI_CAPTION_MODEL: "", AI_DECISION_MODEL: models.labels } },
    );
    await insertKeywords("Dog", "Beach");
    await world.ingest();
    expect(await shownAt(world, first)).toMatchObject({
      description: null,
      keywords: [{ keyword: "Dog", score: 0.9 }],
      model: models.labels,
    });
  });
});

describe("a photo with words", () => {
  test("of which it lacks some is asked about these alone", async () => {
    const { world, ai } = await worldWith({}, { photos: 0 });
    await insertKeywords("Beach");
    const xmp = (words: string): string =>
      `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
      <rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/">${words}</rdf:Description></rdf:RDF></x:xmpmeta>`;
    const described = `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">Us</rdf:li></rdf:Alt></dc:description>`;
    const tagged = "<dc:subject><rdf:Bag><rdf:li>Dog</rdf:li></rdf:Bag></dc:subject>";
    const sides = { width: 8, height: 8 };
    await world.put("both.jpg", jpegBytes({ ...sides, xmp: xmp(described + tagged) }));
    await world.put("described.jpg", jpegBytes({ ...sides, xmp: xmp(described) }));
    await world.put("tagged.jpg", jpegBytes({ ...sides, xmp: xmp(tagged) }));
    await world.ingest();
    expect(ai.calls.map(({ kind }) => kind).toSorted()).toEqual(["caption", "decision"]);
    expect(await suggestionAt("both.jpg")).toBeNull();
    expect(await shownAt(world, "described.jpg")).toMatchObject({ description: null });
    expect(await shownAt(world, "tagged.jpg")).toMatchObject({ keywords: [] });
  });
});

describe("a photo about which people have decided", () => {
  const refused = `UPDATE suggestions SET state = 'closed', verdicts = '{"description":"refused"}', decided_at = 1,
    search_text = ''`;

  test("is asked about anew when it gets other bytes", async () => {
    const { world, ai } = await worldWith({ caption: ({ number }) => `Caption ${number}.` });
    await world.ingest();
    await env.DB.prepare(refused).run();
    world.advance(1000);
    await world.put(first, photo(1));
    await world.ingest();
    expect(ai.calls).toHaveLength(2);
    expect(await suggestionAt(first)).toMatchObject({ state: "open", verdicts: "{}", decided_at: null });
    expect(await shownAt(world, first)).toMatchObject({ description: "Caption 1." });
  });

  test("is left in peace when the same bytes are processed once more", async () => {
    const { world, ai } = await worldWith({});
    await world.ingest();
    await env.DB.prepare(refused).run();
    const { id } = await rowOf(first);
    await world.api(`/v1/media/${id}/process`, { method: "POST" });
    await world.drain();
    expect(ai.calls).toHaveLength(1);
    expect(await suggestionAt(first)).toMatchObject({
      state: "closed",
      verdicts: '{"description":"refused"}',
    });
  });

  test("and that has words and other bytes has nothing open for the picture of before", async () => {
    const { world } = await worldWith({});
    await world.ingest();
    const { id } = await rowOf(first);
    await world.api(`/v1/media/${id}`, {
      method: "PATCH",
      json: { object_metadata: { description: "Mine", keywords: ["my"] } },
      headers: { "If-Match": "*" },
    });
    world.advance(1000);
    await world.put(first, photo(1));
    await world.ingest();
    expect(await suggestionAt(first)).toMatchObject({ state: "closed", search_text: "" });
    expect(await env.DB.prepare("SELECT open FROM suggestion_totals").first("open")).toBe(0);
  });
});

describe("a service without the binding", () => {
  test("asks nobody, and neither reads nor writes what is suggested", async () => {
    const statements: string[] = [];
    const DB = observedDatabase(env.DB, { before: (query) => void statements.push(query) });
    const world = await World.create({ bindings: { DB, AI_CAPTION_MODEL: models.caption } });
    await world.put(first, photo());
    const { run, messages } = await world.ingest();
    expect(run).toMatchObject({ counts: { processed: 1 } });
    await world.scan({ suggestions: true });
    await world.deliver({ type: "suggest", traceId: "0".repeat(32) });
    expect(statements.length).toBeGreaterThan(0);
    expect(statements.filter((query) => query.includes("suggestion"))).toEqual([]);
    expect(messages.filter(({ type }) => type === "suggest")).toEqual([]);
  });

  test("asks nobody where no model is named, whatever is bound", async () => {
    const ai = new AiStandIn();
    const none = { AI_CAPTION_MODEL: "", AI_DECISION_MODEL: "" };
    const world = await World.create({ bindings: aiEnv(ai, none) });
    await world.put(first, photo());
    await world.ingest();
    expect(ai.calls).toEqual([]);
  });
});
