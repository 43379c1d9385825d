import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";

import { mediaPage } from "../../support/http/answers.ts";
import { api, apiWith } from "../../support/http/api.ts";
import { observedDatabase } from "../../support/records/database.ts";
import { buildMany, insertMany } from "../../support/records/media.ts";
import { listPath, type ListParameters } from "../../support/http/pages.ts";

const described = z.object({
  name: z.string().optional(),
  description: z.string().optional(),
  schema: z.object({ description: z.string().optional() }).optional(),
});

/** The most that an answer with MediaObjects may hold, in bytes. */
const most = 4 * 1024 * 1024;

/** As many words as a record may have: 64 KiB serialised. */
const words = { notes: "n".repeat(64_000), keywords: ["all"] };

interface ReadPage {
  readonly bytes: number;
  readonly ids: readonly string[];
  readonly cursor: string | null;
}

async function readPage(parameters: ListParameters): Promise<ReadPage> {
  const body = await (await api(listPath(parameters))).arrayBuffer();
  const page = mediaPage.loose().parse(JSON.parse(new TextDecoder().decode(body)));
  return { bytes: body.byteLength, ids: page.items.map((item) => item.id), cursor: page.next_cursor };
}

async function readAll(parameters: ListParameters): Promise<ReadPage[]> {
  const pages = [await readPage(parameters)];
  for (let cursor = pages[0]?.cursor ?? null; cursor !== null;) {
    const page = await readPage({ ...parameters, cursor });
    pages.push(page);
    cursor = page.cursor;
  }
  return pages;
}

describe("a page of records with as many words as are allowed", () => {
  const count = 150;
  let ids: string[] = [];

  beforeEach(async () => {
    const built = buildMany(count, (index) => ({ objectMetadata: words, fileSize: index % 7 }));
    for (let at = 0; at < count; at += 25) await insertMany(built.slice(at, at + 25));
    ids = built.map((row) => row.id);
  });

  it.each<ListParameters>([
    {},
    { limit: "100" },
    { links: "true" },
    { sort: "file_size", order: "desc" },
    { missing: "any" },
    { keyword: "all", sort: "object_key" },
    { provider: "r2" },
    { shuffle: "true", seed: "a" },
    { shuffle: "true", seed: "a", keyword: "all" },
  ])("holds no more than 4 MiB, and the next one goes on: %j", async (parameters) => {
    const pages = await readAll({ limit: "500", ...parameters });
    for (const page of pages) expect(page.bytes).toBeLessThanOrEqual(most);
    // A page that is cut short is nearly full.
    for (const page of pages.slice(0, -1)) expect(page.bytes).toBeGreaterThan(most - 150_000);
    const listed = pages.flatMap((page) => page.ids);
    expect(listed).toHaveLength(count);
    expect(listed.toSorted()).toEqual(ids.toSorted());
  });

  it.each<ListParameters>([{}, { provider: "r2" }, { keyword: "all" }, { shuffle: "true" }])(
    "takes little more than that from D1: %j",
    async (parameters) => {
      let taken = 0;
      const database = observedDatabase(env.DB, {
        after: ({ results }) => void (taken += JSON.stringify(results).length),
      });
      await apiWith({ DB: database }, listPath({ limit: "500", ...parameters }));
      expect(taken).toBeGreaterThan(3_000_000);
      expect(taken).toBeLessThan(2 * most);
    },
  );
});

it("counts the bytes of an answer as they are written, escapes included", async () => {
  // Each of these characters is one byte in the key, and six in JSON.
  const keys = Array.from({ length: 250 }, (_, index) => `${"\u0001".repeat(4_000)}${index}`);
  const built = buildMany(keys.length, (index) => ({ objectKey: keys[index] ?? "", pathKey: String(index) }));
  for (let at = 0; at < built.length; at += 50) await insertMany(built.slice(at, at + 50));
  const pages = await readAll({ limit: "500" });
  for (const page of pages) expect(page.bytes).toBeLessThanOrEqual(most);
  expect(new Set(pages.flatMap((page) => page.ids)).size).toBe(keys.length);
});

it("takes from D1 only what a page shows", async () => {
  const mark = "only-once";
  await insertMany(buildMany(3, () => ({ objectMetadata: { notes: mark, keywords: ["shown-once"] } })));
  for (const parameters of [{}, { provider: "r2" }, { keyword: "shown-once" }, { shuffle: "true" }]) {
    let taken = "";
    const database = observedDatabase(env.DB, {
      after: ({ results }) => void (taken += JSON.stringify(results)),
    });
    await apiWith({ DB: database }, listPath(parameters));
    expect(taken.split(mark)).toHaveLength(4);
    expect(taken.split("shown-once")).toHaveLength(4);
  }
});

const pageShape = z.looseObject({
  properties: z.looseObject({ next_cursor: z.looseObject({ description: z.string() }) }),
});

it("says in the OpenAPI document that a page may hold fewer", async () => {
  const sentence =
    "A page may hold fewer than `limit` items, or none: an answer with media objects never exceeds 4 MiB, and the service looks at no more than 10,000 media objects (20,000 with `offset`) for a page. Only `next_cursor` tells whether a next page exists.";
  const document = z
    .object({
      paths: z.object({ "/v1/media": z.object({ get: z.object({ parameters: z.array(described) }) }) }),
      components: z.object({ schemas: z.record(z.string(), z.looseObject({})) }),
    })
    .parse(await (await api("/openapi.json", { as: null })).json());
  const limit = document.paths["/v1/media"].get.parameters.find(({ name }) => name === "limit");
  expect(limit?.description ?? limit?.schema?.description).toContain(sentence);
  const { MediaList } = document.components.schemas;
  expect(pageShape.parse(MediaList).properties.next_cursor.description).toContain(sentence);
});
