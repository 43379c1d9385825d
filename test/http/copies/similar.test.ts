import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { z } from "zod";

import { refusalOf } from "../../support/http/answers.ts";
import { api, apiWith } from "../../support/http/api.ts";
import { anyHash, hashNear, insertPictured, sceneJpeg, storePreview } from "../../support/records/copies.ts";
import { buildMany, insertMany, insertMedia } from "../../support/records/media.ts";
import { replaced } from "../../support/records/replaced.ts";
import { isolateMemory } from "../../../src/thumbnail/budget.ts";

const page = z.object({
  items: z.array(
    z.object({ media: z.object({ id: z.string() }), distance: z.number(), relation: z.string() }),
  ),
  next_cursor: z.string().nullable(),
});

type Page = z.infer<typeof page>;

async function similar(id: string, query = ""): Promise<Page> {
  const response = await api(`/v1/media/${id}/similar${query}`, { as: "read" });
  expect(response.status).toBe(200);
  return page.parse(await response.json());
}

/** The items of a page, each as its id, its relation and its distance. */
async function foundFor(id: string, query = ""): Promise<string[]> {
  const { items } = await similar(id, query);
  return items.map(({ media, distance, relation }) => `${media.id} ${relation} ${distance}`);
}

const bytes = { contentHash: "md5:aa", fileSize: 10 } as const;

describe("GET /v1/media/{id}/similar, of equal bytes,", () => {
  it("has them at the distance 0, whatever the state", async () => {
    const media = await insertMedia({ ...bytes, state: "unsupported", thumbnailVersion: null });
    const [a, b] = [await insertMedia({ ...bytes, state: "failed" }), await insertMedia(bytes)];
    await insertMedia({ ...bytes, missingSince: 1 });
    await insertMedia({ ...bytes, fileSize: 11 });
    expect(await foundFor(media.id)).toEqual([`${a.id} equal 0`, `${b.id} equal 0`]);
  });

  it("has them for a record that is missing itself", async () => {
    const media = await insertMedia({ ...bytes, missingSince: 1 });
    const other = await insertMedia(bytes);
    expect(await foundFor(media.id)).toEqual([`${other.id} equal 0`]);
  });

  it("has them before the neighbours of the picture, and once", async () => {
    const hash = anyHash();
    const media = await insertPictured(hash, bytes);
    const near = await insertPictured(hash);
    const equal = await insertPictured(hash, bytes);
    expect(await foundFor(media.id)).toEqual([`${equal.id} equal 0`, `${near.id} alike 0`]);
  });

  it("tells them at another provider by the portable hash", async () => {
    const hash = anyHash();
    const portableHash = "d".repeat(64);
    const media = await insertPictured(hash, { ...bytes, portableHash });
    const other = await insertPictured(hash, { contentHash: "dropbox:b", fileSize: 10, portableHash });
    expect(await foundFor(media.id)).toEqual([`${other.id} equal 0`]);
  });
});

describe("GET /v1/media/{id}/similar, of pictures,", () => {
  it("has the nearest first", async () => {
    const hash = anyHash();
    const media = await insertPictured(hash);
    const farthest = await insertPictured(hashNear(hash, 64));
    const [far, near] = [await insertPictured(hashNear(hash, 40)), await insertPictured(hashNear(hash, 4))];
    await insertPictured(anyHash());
    expect(await foundFor(media.id)).toEqual([
      `${near.id} alike 4`,
      `${far.id} alike 40`,
      `${farthest.id} alike 64`,
    ]);
  });

  it("calls those the same whose previews show the same picture", async () => {
    const hash = anyHash();
    const media = await insertPictured(hash);
    const [same, alike] = [await insertPictured(hashNear(hash, 6)), await insertPictured(hashNear(hash, 9))];
    const shot = { width: 400, height: 300 };
    await storePreview(media, await sceneJpeg(1, shot));
    await storePreview(same, await sceneJpeg(1, { ...shot, brighter: 6 }));
    await storePreview(alike, await sceneJpeg(2, { width: 300, height: 300 }));
    expect(await foundFor(media.id)).toEqual([`${same.id} same 6`, `${alike.id} alike 9`]);
  });

  it.each([
    ["waits", { state: "pending" }],
    ["is missing", { missingSince: 1 }],
    ["is too flat to be told from others", { pictureQuality: 49 }],
    ["has no hash by now", { pictureHash: null }],
    ["has another picture by now", { pictureHash: "0f".repeat(32) }],
    ["was processed by older code", { thumbnailVersion: "abc-2" }],
  ] as const)("leaves out one that %s, whatever the index says", async (_why, content) => {
    const hash = anyHash();
    const [media, other] = [await insertPictured(hash), await insertPictured(hash, content)];
    const index = env.PICTURE_INDEX.getByName("pictures");
    await index.find([{ hash, except: null, radius: 0, limit: 1, after: null }]);
    const row = await env.DB.prepare("SELECT pk FROM media_objects WHERE id = ?").bind(other.id).first();
    await index.place([{ pk: z.object({ pk: z.number() }).parse(row).pk, hash }]);
    expect(await foundFor(media.id)).toEqual([]);
  });

  it("has none for a picture that is too flat", async () => {
    const hash = anyHash();
    const media = await insertPictured(hash, { pictureQuality: 49 });
    await insertPictured(hash);
    expect(await similar(media.id)).toEqual({ items: [], next_cursor: null });
  });

  it("has them for a record that is missing itself", async () => {
    const hash = anyHash();
    const [media, other] = [await insertPictured(hash, { missingSince: 1 }), await insertPictured(hash)];
    expect(await foundFor(media.id)).toEqual([`${other.id} alike 0`]);
  });
});

describe("the pages of GET /v1/media/{id}/similar", () => {
  /** The ids of all pages. */
  async function walk(id: string, limit: number): Promise<string[][]> {
    const pages: string[][] = [];
    for (let query = `?limit=${limit}`; ;) {
      const { items, next_cursor: next } = await similar(id, query);
      pages.push(items.map(({ media, relation }) => `${media.id} ${relation}`));
      if (next === null) return pages;
      query = `?limit=${limit}&cursor=${next}`;
    }
  }

  it("are the whole list, each item once", async () => {
    const hash = anyHash();
    const media = await insertPictured(hash, bytes);
    const found: string[] = [];
    for (let number = 0; number < 5; number++) found.push(`${(await insertPictured(hash, bytes)).id} equal`);
    for (let number = 1; number < 6; number++)
      found.push(`${(await insertPictured(hashNear(hash, number))).id} alike`);
    const pages = await walk(media.id, 2);
    expect(pages.flat()).toEqual(found);
    expect(pages.every((each) => each.length <= 2)).toBe(true);
  });

  it("come to an end among a thousand equal files that are the same picture, too", async () => {
    const hash = anyHash();
    const media = await insertPictured(hash, bytes);
    const { thumbnailVersion } = media;
    await insertMany(
      buildMany(1000, (index) => ({
        ...bytes,
        pictureHash: hash,
        pictureQuality: 100,
        thumbnailVersion,
        missingSince: index % 10 === 0 ? null : 1,
      })),
    );
    const near = await insertPictured(hashNear(hash, 3));
    const pages = await walk(media.id, 50);
    expect(pages.flat()).toHaveLength(101);
    expect(pages.flat().at(-1)).toBe(`${near.id} alike`);
  });

  it("are bound to the record and its picture", async () => {
    const hash = anyHash();
    const [media, other] = [await insertPictured(hash, bytes), await insertPictured(hash, bytes)];
    await insertPictured(hash, bytes);
    const { next_cursor: cursor } = await similar(media.id, "?limit=1");
    const path = (id: string): string => `/v1/media/${id}/similar?limit=1&cursor=${cursor}`;
    expect(await refusalOf(await api(path(other.id)))).toBe("422 validation_error cursor");
    await env.DB.prepare("UPDATE media_objects SET thumbnail_version = 'x-3' WHERE id = ?")
      .bind(media.id)
      .run();
    expect(await refusalOf(await api(path(media.id)))).toBe("422 validation_error cursor");
  });
});

describe("GET /v1/media/{id}/similar", () => {
  it("does not know a record that does not exist, or is in the trash", async () => {
    const media = await insertMedia();
    await api(`/v1/media/${media.id}`, { method: "DELETE" });
    for (const id of [media.id, "0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a11", "x"])
      expect(await refusalOf(await api(`/v1/media/${id}/similar`))).toBe("404 resource_not_found");
  });

  it("leaves out the trash", async () => {
    const hash = anyHash();
    const [media, other] = [await insertPictured(hash, bytes), await insertPictured(hash, bytes)];
    await api(`/v1/media/${other.id}`, { method: "DELETE" });
    expect(await foundFor(media.id)).toEqual([]);
  });

  it.each([
    ["limit=0", "limit"],
    ["limit=51", "limit"],
    ["offset=1", "offset"],
  ])("refuses %s", async (query, path) => {
    const { id } = await insertMedia();
    const response = await api(`/v1/media/${id}/similar?${query}`);
    expect(await refusalOf(response)).toBe(`422 validation_error ${path}`);
  });

  /** An index of which some methods are replaced. */
  function indexWith(methods: Readonly<Record<string, unknown>>): Partial<Env> {
    return { PICTURE_INDEX: replaced(env.PICTURE_INDEX, { getByName: () => methods }) };
  }

  it("tells equal bytes while the index is being built, and asks to come later for the rest", async () => {
    const hash = anyHash();
    const [media, equal] = [await insertPictured(hash, bytes), await insertPictured(hash, bytes)];
    const building = indexWith({ find: async () => ({ neighbours: [[]], isComplete: false }) });
    const first = await apiWith(building, `/v1/media/${media.id}/similar`);
    const { items, next_cursor: cursor } = page.parse(await first.json());
    expect(items.map((item) => item.media.id)).toEqual([equal.id]);
    const second = await apiWith(building, `/v1/media/${media.id}/similar?cursor=${cursor}`);
    expect(second.headers.get("Retry-After")).toBe("30");
    expect(await refusalOf(second)).toBe("503 busy");
  });

  it("is busy where the index does not answer", async () => {
    const media = await insertPictured(anyHash());
    const silent = indexWith({ find: async () => Promise.reject(new Error("the object is overloaded")) });
    const response = await apiWith(silent, `/v1/media/${media.id}/similar`);
    expect(response.headers.get("Retry-After")).toBe("5");
    expect(await refusalOf(response)).toBe("503 busy");
  });

  it("is busy where there is no memory to look at previews", async () => {
    const hash = anyHash();
    const [media, other] = [await insertPictured(hash), await insertPictured(hash)];
    await storePreview(media, await sceneJpeg(1, { width: 40, height: 30 }));
    await storePreview(other, await sceneJpeg(1, { width: 40, height: 30 }));
    const account = isolateMemory.newAccount();
    account.reserve(isolateMemory.limitBytes - isolateMemory.usedBytes - 1024 * 1024);
    const response = await api(`/v1/media/${media.id}/similar`);
    account.close();
    expect(await refusalOf(response)).toBe("503 busy");
    expect(await foundFor(media.id)).toEqual([`${other.id} same 0`]);
  });
});
