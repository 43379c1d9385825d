import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { z } from "zod";

import { jpegBytes, xmpPacket } from "../../support/images/index.ts";
import { replaced } from "../../support/records/replaced.ts";
import "../../support/setup.ts";
import { describe, rowOf } from "../support/rows.ts";
import { World } from "../support/world.ts";

const shown = z.object({
  state: z.string(),
  intrinsic: z.object({ caption: z.string().nullable() }),
  object_metadata: z.record(z.string(), z.unknown()),
  revision: z.number(),
  updated_at: z.string(),
});

const pageItems = z.object({ items: z.array(z.unknown()) });

/** A record as a client sees it, with its entity tag. */
async function seen(world: World, key: string) {
  const { id } = await rowOf(key);
  const response = await world.api(`/v1/media/${id}`);
  return { ...shown.parse(await response.json()), etag: response.headers.get("ETag") };
}

/** A photo that tells a caption and keywords. */
function wordyPhoto(caption: string, ...keywords: string[]): Uint8Array {
  const subjects = keywords.map((each) => `<rdf:li>${each}</rdf:li>`).join("");
  const xmp =
    xmpPacket(`<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${caption}</rdf:li></rdf:Alt></dc:description>
    <dc:subject><rdf:Bag>${subjects}</rdf:Bag></dc:subject>`);
  return jpegBytes({ width: 8, height: 8, xmp });
}

/** A world with one photo with words, whose record is what an older version made of it. */
async function withOldWords(words: object, columns: { fromFile: 0 | 1; revision?: number }) {
  const world = await World.create();
  await world.put("a.jpg", wordyPhoto("By the file.", "beach", "sea"));
  await world.ingest();
  await env.DB.prepare(
    `UPDATE media_objects SET facts_version = 0, object_metadata = ?, words_from_file = ?, revision = ?,
       folded_keywords = '[]', keyword_spellings = '[]'`,
  )
    .bind(JSON.stringify(words), columns.fromFile, columns.revision ?? 0)
    .run();
  world.advance(60_000);
  return world;
}

test.each([
  [{}, { fromFile: 0 }, { description: "By the file.", keywords: ["beach", "sea"] }],
  [{ description: "Less." }, { fromFile: 1 }, { description: "Less.", keywords: ["beach", "sea"] }],
] as const)(
  "a record on which nobody wrote, with %j, learns the words that it lacks, as no revision",
  async (words, columns, expected) => {
    const world = await withOldWords(words, columns);
    const before = await seen(world, "a.jpg");
    expect((await world.scan({ facts: true })).run.counts).toMatchObject({ queued: 1, processed: 1 });
    const after = await seen(world, "a.jpg");
    expect(after).toMatchObject({ object_metadata: expected, revision: 0 });
    expect(after.etag).not.toBe(before.etag);
    expect(after.updated_at > before.updated_at).toBe(true);
    const { items } = pageItems.parse(await (await world.api("/v1/media?keyword=beach")).json());
    expect(items).toHaveLength(1);
    expect((await world.scan({ facts: true })).run.counts.queued).toBe(0);
  },
);

test.each([
  ["came with the upload", { description: "By hand." }, { fromFile: 0 }],
  ["were written by a person", { description: "By hand." }, { fromFile: 1, revision: 1 }],
  ["were taken away by a person", {}, { fromFile: 1, revision: 2 }],
] as const)(
  "words that %s get nothing from the file, and nobody is told of a change",
  async (_what, words, columns) => {
    const world = await withOldWords(words, columns);
    const before = await rowOf("a.jpg");
    expect((await world.scan({ facts: true })).run.counts).toMatchObject({ queued: 1, processed: 1 });
    expect(await rowOf("a.jpg")).toEqual(before);
  },
);

test("words that a person writes while the file is read again stay, and its facts are learned all the same", async () => {
  const world = await withOldWords({}, { fromFile: 0 });
  await env.DB.prepare("UPDATE media_objects SET taken_at = '1999-01-01T00:00:00.000'").run();
  const overtaken = replaced(env.MEDIA_BUCKET, {
    get: async (key: string, options?: R2GetOptions) => {
      await describe((await rowOf("a.jpg")).id, "By hand.");
      return env.MEDIA_BUCKET.get(key, options);
    },
  });
  await world.startScan({ facts: true });
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    await world.deliver(message, { bindings: { MEDIA_BUCKET: overtaken } });
  }
  expect(await seen(world, "a.jpg")).toMatchObject({
    object_metadata: { description: "By hand." },
    revision: 1,
  });
  const row = await env.DB.prepare(
    "SELECT taken_at, words_from_file, keyword_spellings FROM media_objects",
  ).first();
  expect(row).toEqual({ taken_at: null, words_from_file: 0, keyword_spellings: "[]" });
});

test("a record that turns out to lie otherwise learns the words of its file too", async () => {
  const world = await withOldWords({}, { fromFile: 0 });
  await env.DB.prepare("UPDATE media_objects SET width = 9").run();
  await world.scan({ facts: true });
  expect(await seen(world, "a.jpg")).toMatchObject({
    state: "ready",
    object_metadata: { description: "By the file.", keywords: ["beach", "sea"] },
    revision: 0,
  });
});

test("a caption that is longer than a description stays whole, and old records learn it", async () => {
  const caption = "word ".repeat(1000).trim();
  const world = await World.create();
  await world.put("a.jpg", wordyPhoto(caption));
  await world.ingest();
  const captionOf = async () => (await seen(world, "a.jpg")).intrinsic.caption;
  expect(await captionOf()).toBe(caption);
  expect((await seen(world, "a.jpg")).object_metadata).toEqual({ description: `${caption.slice(0, 1023)}…` });
  await env.DB.prepare(
    "UPDATE media_objects SET facts_version = 0, intrinsic = json_remove(intrinsic, '$.caption')",
  ).run();
  expect(await captionOf()).toBeNull();
  await world.scan({ facts: true });
  expect(await captionOf()).toBe(caption);
});

/** A photo that tells every field of IPTC Core, and a place by XMP. */
function creditedPhoto(): Uint8Array {
  const alternative = (name: string, text: string): string =>
    `<${name}><rdf:Alt><rdf:li xml:lang="x-default">${text}</rdf:li></rdf:Alt></${name}>`;
  const xmp = xmpPacket(
    `${alternative("dc:title", "Noon")}${alternative("dc:rights", "© Ann")}
    ${alternative("xmpRights:UsageTerms", "None")}
    <dc:creator><rdf:Seq><rdf:li>Ann</rdf:li></rdf:Seq></dc:creator>
    <photoshop:Credit>Agency</photoshop:Credit><photoshop:City>${"x".repeat(1100)}</photoshop:City>
    <photoshop:State>Rhône</photoshop:State><photoshop:Country>France</photoshop:Country>
    <photoshop:DateCreated>1962-07</photoshop:DateCreated><xmp:Rating>4</xmp:Rating>
    <exif:GPSLatitude>48,51.0N</exif:GPSLatitude><exif:GPSLongitude>2,21.0E</exif:GPSLongitude>`,
  );
  return jpegBytes({ width: 8, height: 8, xmp });
}

const credits = {
  title: "Noon",
  creator: "Ann",
  credit: "Agency",
  copyright: "© Ann",
  usage_terms: "None",
  city: `${"x".repeat(1023)}…`,
  state: "Rhône",
  country: "France",
  rating: 4,
};

/** What a client sees of where the facts of `a.jpg` come from. */
async function told(world: World): Promise<unknown> {
  const { id } = await rowOf("a.jpg");
  return (await world.api(`/v1/media/${id}`)).json();
}

test("a new record has the words of IPTC Core that its file tells, and says where time and place come from", async () => {
  const world = await World.create();
  await world.put("a.jpg", creditedPhoto());
  await world.ingest();
  expect((await seen(world, "a.jpg")).object_metadata).toEqual(credits);
  expect(await told(world)).toMatchObject({
    intrinsic: { taken_at: "1962-07-01T00:00:00.000", location: { latitude: 48.85, longitude: 2.35 } },
    taken: { at: "1962-07-01T00:00:00.000", offset: null, precision: "month", source: "xmp" },
    place: { latitude: 48.85, longitude: 2.35, altitude: null, source: "xmp" },
  });
});

test("an old record learns them beside the words that it had of its file", async () => {
  const world = await World.create();
  await world.put("a.jpg", creditedPhoto());
  await world.ingest();
  await env.DB.prepare(
    `UPDATE media_objects SET facts_version = 0, object_metadata = '{"title":"Less"}', taken_at = NULL, intrinsic = '{}'`,
  ).run();
  await world.scan({ facts: true });
  expect((await seen(world, "a.jpg")).object_metadata).toEqual({ ...credits, title: "Less" });
  expect(await told(world)).toMatchObject({ taken: { precision: "month", source: "xmp" }, revision: 0 });
});

test.each([
  ["has failed and is tried again", "state = 'failed', error_code = 'corrupt'", { retryFailed: true }],
  ["lacks its thumbnail", "state = 'ready'", { thumbnails: true }],
])("an old record that %s first still learns them", async (_what, changes, options) => {
  const world = await World.create();
  await world.put("a.jpg", creditedPhoto());
  await world.ingest();
  await env.DB.prepare(
    `UPDATE media_objects SET facts_version = 1, object_metadata = '{"title":"Less"}', ${changes}`,
  ).run();
  for (const { objects } of [await env.DERIVATIVES_BUCKET.list()]) {
    await env.DERIVATIVES_BUCKET.delete(objects.map(({ key }) => key));
  }
  await world.scan(options);
  expect(await seen(world, "a.jpg")).toMatchObject({ state: "ready", object_metadata: { title: "Less" } });
  expect((await world.scan({ facts: true })).run.counts).toMatchObject({ queued: 1, processed: 1 });
  expect(await seen(world, "a.jpg")).toMatchObject({
    object_metadata: { ...credits, title: "Less" },
    revision: 0,
  });
  expect((await world.scan({ facts: true })).run.counts.queued).toBe(0);
});
