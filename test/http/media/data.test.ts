import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { refusalOf } from "../../support/http/answers.ts";
import { api, apiCost, apiWith } from "../../support/http/api.ts";
import { observedDatabase } from "../../support/records/database.ts";
import { follow, linksOf } from "../../support/http/links.ts";
import { insertMedia, insertStored, storeObject } from "../../support/records/media.ts";
import { replaced } from "../../support/records/replaced.ts";

const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);

async function bodyOf(response: Response): Promise<Uint8Array> {
  return new Uint8Array(await response.arrayBuffer());
}

async function data(id: string, headers: Record<string, string> = {}, method = "GET"): Promise<Response> {
  return api(`/v1/media/${id}/data`, { as: "read", method, headers });
}

describe("GET /v1/media/{id}/data", () => {
  it("answers the original bytes with what describes them", async () => {
    const row = await insertStored(bytes, { objectKey: "2024/IMG_1.jpg" });
    const response = await data(row.id);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "image/jpeg",
      "content-length": "1000",
      etag: `"${row.version}"`,
      "last-modified": new Date(row.lastModified ?? 0).toUTCString(),
      "accept-ranges": "bytes",
      "content-disposition": `inline; filename="IMG_1.jpg"; filename*=UTF-8''IMG_1.jpg`,
      "cache-control": "private, no-cache",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    });
    expect(await bodyOf(response)).toEqual(bytes);
  });

  it("reads two rows at most", async () => {
    const { id } = await insertStored(bytes);
    const { response, rowsRead, rowsWritten } = await apiCost(`/v1/media/${id}/data`);
    expect(await bodyOf(response)).toEqual(bytes);
    expect(rowsRead).toBeLessThanOrEqual(2);
    expect(rowsWritten).toBe(0);
  });

  it("answers HEAD with the same header and no body", async () => {
    const { id } = await insertStored(bytes);
    const [get, head] = [await data(id), await data(id, {}, "HEAD")];
    for (const name of ["Content-Length", "ETag", "Content-Type", "Last-Modified", "Accept-Ranges"]) {
      expect(head.headers.get(name)).toBe(get.headers.get(name));
    }
    expect(head.status).toBe(200);
    expect(await bodyOf(head)).toHaveLength(0);
    await get.body?.cancel();
  });

  it.each([
    ['a"b.jpg', 'filename="a_b.jpg"', "filename*=UTF-8''a%22b.jpg"],
    ["été 😀.jpg", 'filename="_t_ __.jpg"', "filename*=UTF-8''%C3%A9t%C3%A9%20%F0%9F%98%80.jpg"],
    ["it's (1)*.jpg", `filename="it's (1)*.jpg"`, "filename*=UTF-8''it%27s%20%281%29%2A.jpg"],
    ["a\\b%.jpg", 'filename="a_b_.jpg"', "filename*=UTF-8''a%5Cb%25.jpg"],
  ])("names the file %s for a download", async (name, ascii, extended) => {
    const { id } = await insertStored(bytes, { objectKey: `folder/${name}` });
    const response = await api(`/v1/media/${id}/data?download=true`, { method: "HEAD" });
    expect(response.headers.get("Content-Disposition")).toBe(`attachment; ${ascii}; ${extended}`);
  });

  it.each(["?download=1", "?download=true&download=true", "?size=5"])("refuses %s", async (query) => {
    const { id } = await insertStored(bytes);
    expect(await refusalOf(await api(`/v1/media/${id}/data${query}`))).toMatch(/^422 validation_error/);
  });

  it("answers an empty object", async () => {
    const { id } = await insertStored(new Uint8Array(0));
    const response = await data(id);
    expect(response.headers.get("Content-Length")).toBe("0");
    expect(await bodyOf(response)).toHaveLength(0);
    expect(await refusalOf(await data(id, { Range: "bytes=0-" }))).toBe("416 range_not_satisfiable");
  });
});

describe("Range on /data", () => {
  it.each([
    ["bytes=0-0", 0, 0],
    ["bytes=0-", 0, 999],
    ["bytes=10-19", 10, 19],
    ["bytes=990-5000", 990, 999],
    ["bytes=-1", 999, 999],
    ["bytes=-5000", 0, 999],
    ["Bytes=999-999", 999, 999],
  ])("%s is 206", async (range, first, last) => {
    const { id } = await insertStored(bytes);
    const response = await data(id, { Range: range });
    expect(response.status).toBe(206);
    expect(response.headers.get("Content-Range")).toBe(`bytes ${first}-${last}/1000`);
    expect(response.headers.get("Content-Length")).toBe(String(last - first + 1));
    expect(await bodyOf(response)).toEqual(bytes.subarray(first, last + 1));
  });

  it.each(["bytes=0-0,2-3", "bytes=5-2", "bytes=a-b", "bytes=-", "items=0-1", "0-1", "bytes=1-2-3"])(
    "%s is the whole",
    async (range) => {
      const { id } = await insertStored(bytes);
      const response = await data(id, { Range: range });
      expect(response.status).toBe(200);
      expect(response.headers.get("Content-Range")).toBeNull();
      expect(await bodyOf(response)).toEqual(bytes);
    },
  );

  it.each(["bytes=1000-", "bytes=1000-2000", "bytes=-0", `bytes=${"9".repeat(400)}-`])(
    "%s is 416",
    async (range) => {
      const { id } = await insertStored(bytes);
      const response = await data(id, { Range: range });
      expect(response.status).toBe(416);
      expect(response.headers.get("Content-Range")).toBe("bytes */1000");
      expect(response.headers.get("Cache-Control")).toBe("no-store");
    },
  );

  it.each(["bytes=0-9", "bytes=-1", "bytes=0-0,2-3", "bytes=1000-"])(
    "%s is the whole for HEAD",
    async (range) => {
      const row = await insertStored(bytes);
      for (const condition of [undefined, `"${row.version}"`, '"other"']) {
        const headers = { Range: range, ...(condition === undefined ? {} : { "If-Range": condition }) };
        const response = await data(row.id, headers, "HEAD");
        expect(response.status).toBe(200);
        expect(response.headers.get("Content-Length")).toBe("1000");
        expect(response.headers.get("Content-Range")).toBeNull();
      }
    },
  );

  it("counts with If-Range for the same bytes only", async () => {
    const row = await insertStored(bytes);
    const date = new Date(row.lastModified ?? 0).toUTCString();
    const statuses: Record<string, number> = {};
    const conditions = [
      `"${row.version}"`,
      date,
      '"other"',
      `W/"${row.version}"`,
      "Thu, 01 Jan 1970 00:00:00 GMT",
      "x",
    ];
    for (const condition of conditions) {
      const response = await data(row.id, { Range: "bytes=0-9", "If-Range": condition });
      statuses[condition] = response.status;
      await response.body?.cancel();
    }
    expect(Object.values(statuses)).toEqual([206, 206, 200, 200, 200, 200]);
  });
});

describe("If-None-Match on /data", () => {
  it("answers 304 for the same bytes, before Range", async () => {
    const row = await insertStored(bytes);
    for (const tag of [`"${row.version}"`, `W/"${row.version}"`, `"a", "${row.version}"`, "*"]) {
      const response = await data(row.id, { "If-None-Match": tag, Range: "bytes=5000-" });
      expect(response.status).toBe(304);
      expect(response.headers.get("ETag")).toBe(`"${row.version}"`);
      expect(response.headers.get("Content-Length")).toBeNull();
    }
  });

  it("answers the bytes for others", async () => {
    const { id } = await insertStored(bytes);
    expect(await bodyOf(await data(id, { "If-None-Match": '"other"' }))).toEqual(bytes);
  });
});

describe("an object that is gone", () => {
  it.each(["GET", "HEAD"])("is 410 for %s, whatever the condition", async (method) => {
    for (const missingSince of [null, 5]) {
      const row = await insertMedia({ missingSince });
      for (const headers of [{}, { Range: "bytes=0-1" }, { "If-None-Match": `"${row.version}"` }]) {
        const response = await data(row.id, headers, method);
        expect(response.status).toBe(410);
      }
    }
  });

  it("is object_missing", async () => {
    const { id } = await insertMedia();
    expect(await refusalOf(await data(id))).toBe("410 object_missing");
  });

  it("as its record says is 410 although the storage has it, and the storage is not asked", async () => {
    const row = await insertStored(bytes, { missingSince: 5 });
    const calls: string[] = [];
    const noted = (name: "get" | "head") => async (key: string) => {
      calls.push(name);
      return env.MEDIA_BUCKET[name](key);
    };
    const MEDIA_BUCKET = replaced(env.MEDIA_BUCKET, { get: noted("get"), head: noted("head") });
    const path = `/v1/media/${row.id}/data`;
    for (const headers of [{}, { Range: "bytes=0-1" }, { "If-None-Match": "*" }]) {
      const response = await apiWith({ MEDIA_BUCKET }, path, { headers });
      expect(await refusalOf(response)).toBe("410 object_missing");
    }
    expect((await apiWith({ MEDIA_BUCKET }, path, { method: "HEAD" })).status).toBe(410);
    expect(calls).toEqual([]);
  });

  it("as a replica still says, and which is back by the word of the primary, is answered", async () => {
    const row = await insertStored(bytes, { missingSince: 5 });
    let looks = 0;
    const comeBack = async (): Promise<void> => {
      looks += 1;
      if (looks === 2) await env.DB.prepare("UPDATE media_objects SET missing_since = NULL").run();
    };
    const DB = observedDatabase(env.DB, { before: comeBack });
    expect(await bodyOf(await apiWith({ DB }, `/v1/media/${row.id}/data`))).toEqual(bytes);
    expect(looks).toBe(2);
  });

  it("as its record says is 410 by a signed link, too", async () => {
    const row = await insertStored(bytes, { missingSince: 5 });
    const { data_url: link } = await linksOf(row.id);
    expect(await refusalOf(await follow(link))).toBe("410 object_missing");
  });
});

describe("an object that was replaced behind our back", () => {
  const newer = bytes.subarray(0, 500);

  async function replacedObject(): Promise<{ id: string; oldTag: string; newTag: string }> {
    const row = await insertStored(bytes);
    const object = await storeObject(row.objectKey, newer);
    return { id: row.id, oldTag: `"${row.version}"`, newTag: `"${object.etag}"` };
  }

  it("is answered as it is now", async () => {
    const { id, newTag } = await replacedObject();
    for (const method of ["GET", "HEAD"]) {
      const response = await data(id, {}, method);
      expect(response.status).toBe(200);
      expect(response.headers.get("ETag")).toBe(newTag);
      expect(response.headers.get("Content-Length")).toBe("500");
      expect(await bodyOf(response)).toHaveLength(method === "GET" ? 500 : 0);
    }
  });

  it("is not said to be what the client has", async () => {
    const { id, oldTag, newTag } = await replacedObject();
    expect((await data(id, { "If-None-Match": newTag })).status).toBe(304);
    expect(await bodyOf(await data(id, { "If-None-Match": oldTag }))).toEqual(newer);
  });

  it("has ranges of its own", async () => {
    const { id, oldTag } = await replacedObject();
    const part = await data(id, { Range: "bytes=400-" });
    expect(part.headers.get("Content-Range")).toBe("bytes 400-499/500");
    expect(await bodyOf(part)).toEqual(newer.subarray(400));
    expect((await data(id, { Range: "bytes=600-700" })).headers.get("Content-Range")).toBe("bytes */500");
    expect(await bodyOf(await data(id, { Range: "bytes=0-9", "If-Range": oldTag }))).toEqual(newer);
  });

  it("by a longer one has ranges of its own too", async () => {
    const row = await insertStored(newer);
    await storeObject(row.objectKey, bytes);
    expect(await bodyOf(await data(row.id, { Range: "bytes=900-" }))).toEqual(bytes.subarray(900));
  });

  it("again and again is 502, to be tried again", async () => {
    const row = await insertStored(bytes);
    const bucket = replaced(env.MEDIA_BUCKET, {
      get: async (key: string) => env.MEDIA_BUCKET.get(key, { onlyIf: { etagMatches: "never" } }),
    });
    const response = await apiWith({ MEDIA_BUCKET: bucket }, `/v1/media/${row.id}/data`);
    expect(response.headers.get("Retry-After")).toBe("1");
    expect(await refusalOf(response)).toBe("502 storage_unavailable");
  });
});

describe("a storage that fails", () => {
  it("is 502", async () => {
    const row = await insertStored(bytes);
    const bucket = replaced(env.MEDIA_BUCKET, {
      get: async () => {
        throw new Error("get: We encountered an internal error. (10001)");
      },
    });
    const response = await apiWith({ MEDIA_BUCKET: bucket }, `/v1/media/${row.id}/data`);
    expect(await refusalOf(response)).toBe("502 storage_unavailable");
  });

  it("is 502 where it is not configured any more", async () => {
    const { id } = await insertMedia({ provider: "former" });
    expect(await refusalOf(await data(id))).toBe("502 storage_unavailable");
  });
});
