import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";

import { World } from "../../ingest/support/world.ts";
import { rowOf } from "../../ingest/support/rows.ts";
import { mediaOf } from "../../support/http/answers.ts";
import { exifBytes, jpegBytes, xmpPacket } from "../../support/images/index.ts";
import { resultsOf, searchPath } from "./searches.ts";

let world: World;

beforeEach(async () => {
  world = await World.create();
});

/** A photo whose file has a caption, keywords and a camera. */
function captioned(caption: string): Uint8Array {
  return jpegBytes({
    width: 8,
    height: 8,
    exif: exifBytes({ make: "Zenit", model: "E" }),
    xmp: xmpPacket(
      `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${caption}</rdf:li></rdf:Alt></dc:description>
       <dc:subject><rdf:Bag><rdf:li>${caption} tag</rdf:li></rdf:Bag></dc:subject>`,
    ),
  });
}

async function found(q: string, parameters: Record<string, string> = {}): Promise<string[]> {
  const { items } = await resultsOf(await world.api(searchPath(q, parameters)));
  return items.map(({ object_key: key }) => key);
}

async function uploaded(key: string, caption: string, more = ""): Promise<string> {
  const body = captioned(caption);
  const headers = { "Content-Type": "image/jpeg", "Content-Length": String(body.length) };
  const path = `/v1/media?object_key=${encodeURIComponent(key)}${more}`;
  const response = await world.api(path, { method: "POST", headers, body: new Blob([body]).stream() });
  expect(response.ok).toBe(true);
  await world.uploadsSent();
  return (await mediaOf(response)).id;
}

async function patched(id: string, objectMetadata: unknown): Promise<void> {
  const json = { object_metadata: objectMetadata };
  expect((await world.api(`/v1/media/${id}`, { method: "PATCH", json })).status).toBe(200);
}

describe("GET /v1/search finds, at once,", () => {
  it("an uploaded photo by its key while it is pending, and by what its file tells when it is ready", async () => {
    await uploaded("2024/harbour.jpg", "zebra");
    expect(await found("harbour", { state: "pending" })).toEqual(["2024/harbour.jpg"]);
    for (const q of ["zebra", "camera:zenit", 'keyword:"zebra tag"']) expect(await found(q)).toEqual([]);
    await world.drain();
    for (const q of ["zebra", "camera:zenit", 'keyword:"zebra tag"', "harbour zebra zenit"])
      expect(await found(q, { state: "ready" })).toEqual(["2024/harbour.jpg"]);
  });

  it("what a person has written, and no more what stood there before", async () => {
    const id = await uploaded("a.jpg", "zebra");
    await world.drain();
    await patched(id, { description: "horse", keywords: ["Ärger"], my_field: "cow" });
    for (const q of ["horse", "keyword:arger", "cow", "a horse"]) expect(await found(q)).toEqual(["a.jpg"]);
    for (const q of ["zebra", 'keyword:"zebra tag"', "tag"]) expect(await found(q)).toEqual([]);
    await patched(id, { description: null, keywords: null, my_field: null });
    for (const q of ["horse", "keyword:arger", "cow", "has:description", "has:keywords"])
      expect(await found(q)).toEqual([]);
    expect(await found("-has:description -horse")).toEqual(["a.jpg"]);
  });

  it("a photo that has moved by its new key, and no more by its old one", async () => {
    await world.put("old/harbour.jpg", captioned("zebra"));
    await world.ingest();
    expect(await found("zebra harbour")).toEqual(["old/harbour.jpg"]);
    world.advance(1000);
    await world.put("new/pier.jpg", captioned("zebra"));
    await world.remove("old/harbour.jpg");
    await world.ingest();
    for (const q of ["zebra", "pier", "new/pier", "folder:new zebra"])
      expect(await found(q)).toEqual(["new/pier.jpg"]);
    for (const q of ["harbour", "old", "folder:old"]) expect(await found(q, { missing: "any" })).toEqual([]);
  });

  it("a photo whose bytes an upload has replaced by its words, and by the camera of the new bytes", async () => {
    await uploaded("a.jpg", "zebra");
    await world.drain();
    const body = jpegBytes({ width: 8, height: 8, exif: exifBytes({ make: "Leica", model: "M" }) });
    const headers = { "Content-Type": "image/jpeg", "Content-Length": String(body.length) };
    const path = "/v1/media?object_key=a.jpg&overwrite=true";
    const response = await world.api(path, { method: "POST", headers, body: new Blob([body]).stream() });
    expect(response.status).toBe(200);
    expect(await found("zebra", { state: "pending" })).toEqual(["a.jpg"]);
    await world.uploadsSent();
    await world.drain();
    expect(await found("zebra camera:leica")).toEqual(["a.jpg"]);
    expect(await found("camera:zenit")).toEqual([]);
  });

  it("a lost photo among the missing ones alone, and when it is back as before", async () => {
    await world.put("a.jpg", captioned("zebra"));
    await world.ingest();
    world.advance(1000);
    await world.remove("a.jpg");
    await world.ingest();
    expect(await found("zebra")).toEqual([]);
    expect(await found("zebra", { missing: "true" })).toEqual(["a.jpg"]);
    expect(await found("zebra", { missing: "any" })).toEqual(["a.jpg"]);
    world.advance(1000);
    await world.put("a.jpg", captioned("zebra"));
    await world.ingest();
    expect(await found("zebra")).toEqual(["a.jpg"]);
    expect(await found("zebra", { missing: "true" })).toEqual([]);
  });

  it("nothing of a photo that was deleted, nor of one that has taken its row", async () => {
    const id = await uploaded("a.jpg", "zebra");
    await world.drain();
    expect((await world.api(`/v1/media/${id}`, { method: "DELETE" })).ok).toBe(true);
    for (const q of ["zebra", "a ", "", "camera:zenit"])
      expect(await found(q, { missing: "any" })).toEqual([]);
    await uploaded("b.jpg", "horse");
    await world.drain();
    expect(await found("zebra")).toEqual([]);
    expect(await found("horse")).toEqual(["b.jpg"]);
    const { results } = await env.DB.prepare("SELECT count(*) AS rows FROM media_search").all();
    expect(results).toEqual([{ rows: 1 }]);
  });

  it("with full text as whole as it was, after all of these", async () => {
    await world.put("one.jpg", captioned("one"));
    await world.put("two.jpg", captioned("two"));
    await world.ingest();
    world.advance(1000);
    await world.put("three.jpg", captioned("one"));
    await world.remove("one.jpg", "two.jpg");
    await world.ingest();
    await patched((await rowOf("three.jpg")).id, { description: "changed" });
    await uploaded("four.jpg", "four");
    await world.drain();
    // The rank has the index compared with the records: without it, only with itself.
    await env.DB.prepare("INSERT INTO media_search (media_search, rank) VALUES ('integrity-check', 1)").run();
    expect(await found("", { missing: "any" })).toHaveLength(3);
  });
});
