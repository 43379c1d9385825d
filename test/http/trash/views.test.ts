import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { z } from "zod";

import { readImageHeader } from "../../../src/metadata/headers/header.ts";
import { FileParts } from "../../../src/metadata/file-parts.ts";
import { mediaOf, mediaPage, refusalOf } from "../../support/http/answers.ts";
import { api, apiCost, apiWith } from "../../support/http/api.ts";
import { follow, linksOf } from "../../support/http/links.ts";
import { testImage } from "../../support/images/index.ts";
import { allThumbnails } from "../../support/records/derivatives.ts";
import { insertMedia, insertStored, storeObject } from "../../support/records/media.ts";
import { replaced } from "../../support/records/replaced.ts";
import { insertTrashed } from "../../support/records/trash.ts";

const bytes = new TextEncoder().encode("bytes");

const trashPage = mediaPage.extend({
  items: z.array(z.looseObject({ id: z.string(), trashed_at: z.string() })),
});

async function pageAt(path: string): Promise<z.infer<typeof trashPage>> {
  const response = await api(path, { as: "read" });
  expect(response.status).toBe(200);
  return trashPage.parse(await response.json());
}

async function trash(id: string): Promise<void> {
  expect((await api(`/v1/media/${id}`, { method: "DELETE", as: "write" })).status).toBe(204);
}

/** The ids of all pages, in order, and how many pages there were. */
async function walk(query: string): Promise<{ ids: string[]; pages: number }> {
  const ids: string[] = [];
  let pages = 0;
  let next: string | null = "";
  while (next !== null) {
    const cursor: string = next === "" ? "" : `&cursor=${encodeURIComponent(next)}`;
    const page: z.infer<typeof trashPage> = await pageAt(`/v1/media?trashed=true${query}${cursor}`);
    ids.push(...page.items.map(({ id }) => id));
    pages += 1;
    next = page.next_cursor;
  }
  return { ids, pages };
}

describe("GET /v1/media?trashed=true", () => {
  it("lists the trash, the latest first, and nothing else", async () => {
    const ids = await insertTrashed(3, { at: 1000 });
    await insertStored(bytes);
    const hidden = await insertMedia();
    await trash(hidden.id);
    await env.DB.prepare("UPDATE trashed_media SET trashed_at = NULL, merged_into = 'x' WHERE id = ?")
      .bind(hidden.id)
      .run();
    const page = await pageAt("/v1/media?trashed=true");
    expect(page).toMatchObject({
      total: 3,
      total_capped: false,
      limit: 100,
      offset: 0,
      pages: 1,
      next_cursor: null,
    });
    expect(page.items.map(({ id }) => id)).toEqual(ids.toReversed());
    expect(page.items[0]).toMatchObject({ trashed_at: "1970-01-01T00:00:01.002Z", state: "ready" });
  });

  it("goes on by cursor through records of the same moment, without a gap or a double", async () => {
    const ids = await insertTrashed(25, { at: 1000 });
    await env.DB.prepare("UPDATE trashed_media SET trashed_at = 5").run();
    const walked = await walk("&limit=4");
    expect(walked).toEqual({ ids: ids.toSorted().toReversed(), pages: 7 });
    const response = await api("/v1/media?trashed=true&limit=4");
    expect(response.headers.get("Link")).toMatch(
      /^<\/v1\/media\?trashed=true&limit=4&cursor=.*>; rel="next"$/,
    );
  });

  it("filters by provider and by the beginning of the key", async () => {
    const ids = await insertTrashed(6, {
      at: 1000,
      content: (index) => ({
        provider: index % 2 === 0 ? "r2" : "other",
        objectKey: `${index < 3 ? "a" : "b"}/${index}.jpg`,
      }),
    });
    const at = (...places: number[]): (string | undefined)[] => places.map((place) => ids[place]);
    expect(await walk("&provider=r2")).toMatchObject({ ids: at(4, 2, 0) });
    expect(await walk("&prefix=b/&limit=1")).toEqual({ ids: at(5, 4, 3), pages: 3 });
    expect(await walk("&prefix=a/&provider=other")).toMatchObject({ ids: at(1) });
    const total = async (query: string) => (await pageAt(`/v1/media?trashed=true${query}`)).total;
    expect([await total("&provider=r2"), await total("&prefix=a/"), await total("&prefix=c")]).toEqual([
      3, 3, 0,
    ]);
    expect((await walk("&prefix=%F4%8F%BF%BF")).ids).toEqual([]);
  });

  it("shows the fields that are named, the time and the id", async () => {
    const [id] = await insertTrashed(1, { at: 1000 });
    const { items } = await pageAt("/v1/media?trashed=true&fields=state");
    expect(items).toEqual([{ id, state: "ready", trashed_at: "1970-01-01T00:00:01.000Z" }]);
  });

  it.each([
    "offset=0",
    "sort=created_at",
    "order=asc",
    "shuffle=true",
    "links=true",
    "links=512-cover",
    "keyword=a",
    "id=x",
    "has=keywords",
    "without=keywords",
    "state=ready",
    "missing=any",
    "object_key=a",
    "content_type=image/jpeg",
    "within=0,0,1,1",
    "taken_after=2024-01-01",
    "updated_after=2024-01-01T00:00:00Z",
  ])("does not go with %s", async (query) => {
    const name = query.split("=")[0];
    const response = await api(`/v1/media?trashed=true&${query}`);
    expect(await refusalOf(response)).toBe(`422 validation_error ${name}`);
  });

  it("takes no cursor of another list, and gives none to one", async () => {
    await insertTrashed(2, { at: 1000 });
    await insertMedia();
    await insertMedia();
    const { next_cursor: ofTrash } = await pageAt("/v1/media?trashed=true&limit=1");
    const ofList = mediaPage.parse(await (await api("/v1/media?limit=1")).json()).next_cursor;
    for (const path of [
      `/v1/media?trashed=true&cursor=${ofList}`,
      `/v1/media?trashed=true&provider=r2&cursor=${ofTrash}`,
      `/v1/media?cursor=${ofTrash}`,
      "/v1/media?trashed=true&cursor=x",
    ])
      expect(await refusalOf(await api(path))).toBe("422 validation_error cursor");
  });

  it("fits its answer into 4 MiB, and goes on behind it", async () => {
    const note = "x".repeat(60_000);
    await insertTrashed(100, { at: 1000, content: () => ({ objectMetadata: { note } }) });
    const response = await api("/v1/media?trashed=true");
    const text = await response.text();
    expect(text.length).toBeLessThanOrEqual(4 * 1024 * 1024);
    expect(trashPage.parse(JSON.parse(text)).items.length).toBeGreaterThan(50);
    expect((await walk("")).ids).toHaveLength(100);
  });

  it("fits its answer also where all that is shown beside words is too much", async () => {
    const note = "x".repeat(8100);
    for (let part = 0; part < 10; part++)
      await insertTrashed(50, { at: 1000 * part, content: () => ({ objectMetadata: { note } }) });
    const text = await (await api("/v1/media?trashed=true&limit=500")).text();
    expect(text.length).toBeLessThanOrEqual(4 * 1024 * 1024);
    expect(await walk("&limit=500")).toMatchObject({ pages: 2 });
    expect(new Set((await walk("&limit=500")).ids).size).toBe(500);
  });

  it("costs a page of rows among 10,000 in the trash, and looks at no more for a filter", async () => {
    await insertTrashed(10_500, { at: 1000, content: (index) => ({ objectKey: `${index}.jpg` }) });
    const plain = await apiCost("/v1/media?trashed=true&limit=100");
    expect(plain.response.status).toBe(200);
    expect(plain.rowsRead).toBeLessThanOrEqual(4 * 101 + 2);
    const common = await apiCost("/v1/media?trashed=true&limit=10&provider=r2");
    expect(common.rowsRead).toBeLessThanOrEqual(5 * 11);
    const rare = await apiCost("/v1/media?trashed=true&prefix=none");
    expect(rare.rowsRead).toBeLessThanOrEqual(5 * 10_001);
    expect(await rare.response.json()).toMatchObject({ items: [], total: 0, total_capped: true });
    expect(await walk("&prefix=0.jpg")).toMatchObject({ pages: 2 });
    expect((await walk("&prefix=0.jpg")).ids).toHaveLength(1);
    expect((await pageAt("/v1/media?trashed=true&limit=1")).total).toBe(10_500);
    expect((await apiCost("/v1/overview")).rowsRead).toBe(1);
  }, 120_000);
});

describe("GET /v1/media/{id}?trashed=true", () => {
  it("shows a record in the trash as it was, with the time", async () => {
    const { id } = await insertStored(bytes, {
      objectMetadata: { description: "Mine" },
      revision: 2,
      change: 3,
    });
    const before = await mediaOf(await api(`/v1/media/${id}`));
    await trash(id);
    const response = await api(`/v1/media/${id}?trashed=true`, { as: "read" });
    expect(response.headers.get("ETag")).toBe('"2-3"');
    const { trashed_at: trashedAt, ...shown } = z
      .looseObject({ trashed_at: z.string() })
      .parse(await response.json());
    expect(shown).toEqual(before);
    expect(Date.now() - Date.parse(trashedAt)).toBeLessThan(60_000);
  });

  it("answers 304 to whoever has it, and shows the fields that are named", async () => {
    const [id] = await insertTrashed(1, { at: 1000 });
    const path = `/v1/media/${id}?trashed=true`;
    const headers = { "If-None-Match": '"0-1"' };
    expect((await api(path, { headers })).status).toBe(304);
    expect(await (await api(`${path}&fields=state`)).json()).toEqual({
      id,
      state: "ready",
      trashed_at: "1970-01-01T00:00:01.000Z",
    });
    expect(await refusalOf(await api(`${path}&links=true`))).toBe("422 validation_error links");
  });

  it("is 404 for what is not there: shown, hidden by a relink, or unknown", async () => {
    const { id } = await insertStored(bytes);
    for (const each of [id, "0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a11", "x"]) {
      expect(await refusalOf(await api(`/v1/media/${each}?trashed=true`))).toBe("404 resource_not_found");
    }
    await trash(id);
    await env.DB.prepare("UPDATE trashed_media SET trashed_at = NULL, merged_into = 'x'").run();
    expect(await refusalOf(await api(`/v1/media/${id}?trashed=true`))).toBe("404 resource_not_found");
  });
});

describe("GET /v1/media/{id}/thumbnail?trashed=true", () => {
  async function trashedPhoto(): Promise<{ id: string; objectKey: string; photo: Uint8Array }> {
    const photo = await testImage({ width: 60, height: 40 });
    const { id, objectKey } = await insertStored(photo);
    await trash(id);
    return { id, objectKey, photo };
  }

  async function sizeOf(response: Response): Promise<string> {
    const header = readImageHeader(FileParts.whole(new Uint8Array(await response.arrayBuffer())));
    return header.kind === "header" ? `${header.header.width}x${header.header.height}` : header.kind;
  }

  it("is made of the object and stored nowhere", async () => {
    const { id } = await trashedPhoto();
    const path = `/v1/media/${id}/thumbnail?trashed=true&size=128&fit=contain`;
    const response = await api(path, { as: "read" });
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Type")).toBe("image/jpeg");
    expect(response.headers.get("Cache-Control")).toBe("private, no-store");
    expect(await sizeOf(response)).toBe("60x40");
    expect((await api(path, { method: "HEAD" })).status).toBe(200);
    expect(await allThumbnails()).toEqual([]);
  });

  it("is made of the object where an ingest has found it elsewhere", async () => {
    const { id, objectKey, photo } = await trashedPhoto();
    await env.MEDIA_BUCKET.delete(objectKey);
    await storeObject("moved.jpg", photo);
    await env.DB.prepare("UPDATE trashed_media SET found_at = 'moved.jpg', missing_since = 5").run();
    const response = await api(`/v1/media/${id}/thumbnail?trashed=true`);
    expect(await sizeOf(response)).toBe("512x512");
  });

  it("is 410 where the object is gone, has other bytes, or was missing", async () => {
    const { id, objectKey } = await trashedPhoto();
    const path = `/v1/media/${id}/thumbnail?trashed=true`;
    await storeObject(objectKey, "other bytes");
    expect(await refusalOf(await api(path))).toBe("410 object_missing");
    await env.MEDIA_BUCKET.delete(objectKey);
    expect(await refusalOf(await api(path))).toBe("410 object_missing");
    const missing = await insertStored(bytes, { missingSince: 5 });
    await trash(missing.id);
    expect(await refusalOf(await api(`/v1/media/${missing.id}/thumbnail?trashed=true`))).toBe(
      "410 object_missing",
    );
  });

  it("is 404 for a record that is shown, and says why there is none of an object that is no photo", async () => {
    const { id } = await insertStored(bytes);
    const path = `/v1/media/${id}/thumbnail?trashed=true`;
    expect(await refusalOf(await api(path))).toBe("404 resource_not_found");
    await trash(id);
    expect(await refusalOf(await api(path))).toBe("404 thumbnail_unavailable");
  });

  it("is 502 where the storage does not answer", async () => {
    const { id } = await trashedPhoto();
    const fail = async (): Promise<never> => {
      throw new Error("head: internal error (10001)");
    };
    const bindings = { MEDIA_BUCKET: replaced(env.MEDIA_BUCKET, { head: fail }) };
    const response = await apiWith(bindings, `/v1/media/${id}/thumbnail?trashed=true`);
    expect(await refusalOf(response)).toBe("502 storage_unavailable");
  });

  it("is shown by no signed link, and neither is anything else of the record", async () => {
    const { id } = await insertStored(await testImage({ width: 60, height: 40 }), {
      thumbnailVersion: "v1-1",
    });
    const links = await linksOf(id);
    for (const link of [links.data_url, links.thumbnail_url ?? ""]) await follow(link);
    await trash(id);
    for (const link of [links.data_url, links.thumbnail_url ?? ""]) {
      expect(await refusalOf(await follow(link))).toBe("404 resource_not_found");
      expect(await refusalOf(await follow(`${link}&trashed=true`))).toMatch(/^40[34] /);
    }
  });
});
