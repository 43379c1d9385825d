import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { readImageHeader } from "../../../src/metadata/headers/header.ts";
import { FileParts } from "../../../src/metadata/file-parts.ts";
import { refusalOf } from "../../support/http/answers.ts";
import { api, apiCost, apiWith } from "../../support/http/api.ts";
import { jpegBytes, testImage, webpBytes, xmpPacket } from "../../support/images/index.ts";
import { insertMedia, insertStored, storedMedia, storeObject } from "../../support/records/media.ts";
import { replaced } from "../../support/records/replaced.ts";

/** Width and height of a JPEG. */
async function sizeOf(response: Response): Promise<string> {
  expect(response.status).toBe(200);
  expect(response.headers.get("Content-Type")).toBe("image/jpeg");
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect(response.headers.get("Content-Length")).toBe(String(bytes.length));
  const result = readImageHeader(FileParts.whole(bytes));
  return result.kind === "header"
    ? `${result.header.mediaType} ${result.header.width}x${result.header.height}`
    : result.kind;
}

async function keptThumbnails(): Promise<string[]> {
  return (await env.DERIVATIVES_BUCKET.list()).objects.map((object) => object.key);
}

async function insertPhoto(width = 1200, height = 800): ReturnType<typeof insertStored> {
  return insertStored(await testImage({ width, height }), { thumbnailVersion: "v1-1" });
}

describe("GET /v1/media/{id}/thumbnail", () => {
  it("is 512 × 512, made of a preview that is made on first use and kept", async () => {
    const { id } = await insertPhoto();
    const first = await api(`/v1/media/${id}/thumbnail`, { as: "read" });
    expect(first.headers.get("Cache-Control")).toBe("private, no-cache");
    expect(first.headers.get("ETag")).toBe('"v1-1-512-cover"');
    expect(await sizeOf(first)).toBe("image/jpeg 512x512");
    expect(await keptThumbnails()).toEqual([`${id}/v1-1/1024-contain.jpg`]);
    await env.MEDIA_BUCKET.delete((await env.MEDIA_BUCKET.list()).objects.map((object) => object.key));
    expect(await sizeOf(await api(`/v1/media/${id}/thumbnail`))).toBe("image/jpeg 512x512");
  });

  it.each([
    ["size=128", "128x128"],
    ["size=256&fit=cover", "256x256"],
    ["size=1024", "1024x1024"],
    ["size=128&fit=contain", "128x85"],
    ["size=512&fit=contain", "512x342"],
    ["fit=contain&size=1024", "1024x683"],
    ["size=2048&fit=contain", "1200x800"],
  ])("of %s is %s", async (query, size) => {
    const { id } = await insertPhoto();
    expect(await sizeOf(await api(`/v1/media/${id}/thumbnail?${query}`))).toBe(`image/jpeg ${size}`);
  });

  it("is never enlarged with fit=contain, and always filled with cover", async () => {
    const { id } = await insertPhoto(60, 40);
    expect(await sizeOf(await api(`/v1/media/${id}/thumbnail?fit=contain`))).toBe("image/jpeg 60x40");
    expect(await sizeOf(await api(`/v1/media/${id}/thumbnail?size=128`))).toBe("image/jpeg 128x128");
  });

  it.each(["GET", "HEAD"])("is whole for %s, whatever Range asks for", async (method) => {
    const { id } = await insertPhoto(60, 40);
    const whole = await api(`/v1/media/${id}/thumbnail`, { method: "HEAD" });
    for (const range of ["bytes=0-9", "bytes=0-0,2-3", "bytes=9999999-"]) {
      const response = await api(`/v1/media/${id}/thumbnail`, { method, headers: { Range: range } });
      expect(response.status).toBe(200);
      expect(response.headers.get("Content-Range")).toBeNull();
      expect(response.headers.get("Content-Length")).toBe(whole.headers.get("Content-Length"));
      await response.body?.cancel();
    }
  });

  it("is upright", async () => {
    const row = await insertStored(await testImage({ width: 60, height: 40, orientation: 6 }), {
      thumbnailVersion: "v",
    });
    expect(await sizeOf(await api(`/v1/media/${row.id}/thumbnail?fit=contain`))).toBe("image/jpeg 40x60");
  });

  it("is upright where only XMP tells the orientation, whatever the record knows of it yet", async () => {
    const xmp = xmpPacket("", 'tiff:Orientation="6"');
    for (const file of [
      jpegBytes({ width: 60, height: 40, xmp }),
      webpBytes({ width: 60, height: 40, xmp }),
    ]) {
      const row = await insertStored(file, {
        state: "pending",
        width: null,
        height: null,
        orientation: null,
      });
      expect(await sizeOf(await api(`/v1/media/${row.id}/thumbnail?fit=contain`))).toBe("image/jpeg 40x60");
    }
  });

  it.each(["image/png", "image/gif", "image/webp", "image/bmp", "image/tiff"] as const)(
    "is made of %s",
    async (mediaType) => {
      const bytes = await testImage({ width: 60, height: 40, mediaType });
      const { id } = await insertStored(bytes, {
        contentType: mediaType,
        state: "pending",
        width: null,
        height: null,
      });
      expect(await sizeOf(await api(`/v1/media/${id}/thumbnail`))).toBe("image/jpeg 512x512");
      expect(await storedMedia(id)).toMatchObject({ state: "pending" });
    },
  );

  it.each(["size=100", "size=0", "size=512&size=512", "fit=fill", "v=../x", "w=5"])(
    "refuses %s",
    async (query) => {
      const { id } = await insertPhoto();
      expect(await refusalOf(await api(`/v1/media/${id}/thumbnail?${query}`))).toMatch(
        /^422 validation_error/,
      );
    },
  );

  it.each(["size=2048", "fit=cover&size=2048"])("refuses %s by the name of the size", async (query) => {
    const { id } = await insertPhoto();
    expect(await refusalOf(await api(`/v1/media/${id}/thumbnail?${query}`))).toBe(
      "422 validation_error size",
    );
  });

  it("answers HEAD without a body", async () => {
    const { id } = await insertPhoto();
    const response = await api(`/v1/media/${id}/thumbnail`, { method: "HEAD" });
    expect(response.status).toBe(200);
    expect(Number(response.headers.get("Content-Length"))).toBeGreaterThan(100);
    expect(await response.text()).toBe("");
  });

  it.each(['"v1-1-128-cover"', 'W/"v1-1-128-cover"', "*"])("answers 304 to %s", async (tag) => {
    const { id } = await insertPhoto();
    const headers = { "If-None-Match": tag };
    const response = await api(`/v1/media/${id}/thumbnail?size=128`, { headers });
    expect(response.status).toBe(304);
    expect(response.headers.get("ETag")).toBe('"v1-1-128-cover"');
    expect(response.headers.get("Content-Length")).toBeNull();
  });

  it("answers 200 to the tag of another variant", async () => {
    const { id } = await insertPhoto();
    const headers = { "If-None-Match": '"v1-1-512-cover"' };
    expect(await sizeOf(await api(`/v1/media/${id}/thumbnail?size=128`, { headers }))).toBe(
      "image/jpeg 128x128",
    );
  });
});

describe("a thumbnail asked for with v", () => {
  it("is immutable, and once it is kept no row is read", async () => {
    const { id } = await insertPhoto();
    const path = `/v1/media/${id}/thumbnail?v=v1-1&size=128`;
    // At first the record, and the record once more when the thumbnail is stored.
    for (const expected of [2, 0, 0]) {
      const { response, rowsRead, statements } = await apiCost(path);
      expect(response.headers.get("Cache-Control")).toBe("private, max-age=31536000, immutable");
      expect(await sizeOf(response)).toBe("image/jpeg 128x128");
      expect({ rowsRead, statements }).toEqual({ rowsRead: expected, statements: expected });
    }
  });

  it("of another version is the current picture, not to be kept", async () => {
    const { id } = await insertPhoto();
    const response = await api(`/v1/media/${id}/thumbnail?v=other`);
    expect(response.headers.get("Cache-Control")).toBe("private, no-cache");
    expect(response.headers.get("ETag")).toBe('"v1-1-512-cover"');
    expect(await sizeOf(response)).toBe("image/jpeg 512x512");
  });

  it("of bytes that were replaced by an upload is the new picture", async () => {
    const row = await insertPhoto();
    await (await api(`/v1/media/${row.id}/thumbnail`)).body?.cancel();
    const bytes = await testImage({ width: 30, height: 40 });
    const query = new URLSearchParams({ object_key: row.objectKey, overwrite: "true" }).toString();
    const headers = { "Content-Length": String(bytes.length) };
    expect((await api(`/v1/media?${query}`, { method: "POST", body: bytes, headers })).status).toBe(200);
    const response = await api(`/v1/media/${row.id}/thumbnail?v=v1-1&fit=contain`);
    expect(response.headers.get("Cache-Control")).toBe("private, no-cache");
    expect(await sizeOf(response)).toBe("image/jpeg 30x40");
    expect(await keptThumbnails()).not.toContain(`${row.id}/v1-1/1024-contain.jpg`);
  });

  it("of a record that is not there is 404", async () => {
    const response = await api("/v1/media/0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a11/thumbnail?v=v1-1");
    expect(await refusalOf(response)).toBe("404 resource_not_found");
  });
});

describe("a thumbnail of a missing record", () => {
  async function insertMissing(): Promise<string> {
    const { id } = await insertPhoto();
    await (await api(`/v1/media/${id}/thumbnail`)).body?.cancel();
    await env.DB.prepare("UPDATE media_objects SET missing_since = 5 WHERE id = ?").bind(id).run();
    return id;
  }

  it.each(["", "?size=128", "?v=v1-1&size=1024", "?v=other", "?fit=contain"])(
    "is 410 with %j, though the storage still has the object",
    async (query) => {
      const id = await insertMissing();
      expect(await refusalOf(await api(`/v1/media/${id}/thumbnail${query}`))).toBe("410 object_missing");
      const head = await api(`/v1/media/${id}/thumbnail${query}`, { method: "HEAD" });
      expect(head.status).toBe(410);
    },
  );

  it("that was kept is shown with the right v alone, without a look at the record", async () => {
    const id = await insertMissing();
    const { response, statements } = await apiCost(`/v1/media/${id}/thumbnail?v=v1-1`);
    expect(await sizeOf(response)).toBe("image/jpeg 512x512");
    expect(statements).toBe(0);
  });

  it("is 410 where there can be none, too", async () => {
    const { id } = await insertMedia({ state: "unsupported", thumbnailVersion: null, missingSince: 5 });
    expect(await refusalOf(await api(`/v1/media/${id}/thumbnail`))).toBe("410 object_missing");
  });
});

describe("a thumbnail that cannot be", () => {
  it("says why: what processing found", async () => {
    const row = {
      state: "unsupported",
      errorCode: "x",
      errorDetail: "It is too large.",
      thumbnailVersion: null,
    } as const;
    const { id } = await insertMedia(row);
    const response = await api(`/v1/media/${id}/thumbnail`);
    expect(await response.clone().json()).toMatchObject({ detail: "It is too large." });
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    expect(await refusalOf(response)).toBe("404 thumbnail_unavailable");
  });

  it.each([
    ["no image", new TextEncoder().encode("no image at all")],
    ["a JPEG that is cut off", "cut"],
    ["a header without a picture", "header"],
  ])("is 404 for %s, and nothing is kept", async (_what, content) => {
    const jpeg = await testImage({ width: 60, height: 40 });
    const bytes =
      content instanceof Uint8Array ? content : jpeg.subarray(0, content === "cut" ? jpeg.length / 3 : 25);
    const { id } = await insertStored(bytes, { state: "pending" });
    expect(await refusalOf(await api(`/v1/media/${id}/thumbnail`))).toBe("404 thumbnail_unavailable");
    expect(await keptThumbnails()).toEqual([]);
  });

  it("is 404 for a format without a decoder", async () => {
    const bytes = await testImage({ width: 60, height: 40, mediaType: "image/heic" });
    const { id } = await insertStored(bytes, { state: "pending" });
    expect(await refusalOf(await api(`/v1/media/${id}/thumbnail`))).toBe("404 thumbnail_unavailable");
  });

  it.each([{ MAX_PIXELS: "100" }, { MAX_PROCESS_BYTES: "100" }])(
    "is 404 over the limit %j",
    async (limits) => {
      const { id } = await insertPhoto();
      const response = await apiWith(limits, `/v1/media/${id}/thumbnail`);
      expect(await refusalOf(response)).toBe("404 thumbnail_unavailable");
    },
  );

  it("is 410 where the object is gone and none was kept", async () => {
    const { id } = await insertMedia();
    expect(await refusalOf(await api(`/v1/media/${id}/thumbnail`))).toBe("410 object_missing");
  });

  it("is 404 where the object was replaced and waits to be looked at", async () => {
    const row = await insertPhoto();
    await storeObject(row.objectKey, await testImage({ width: 10, height: 10 }));
    expect(await refusalOf(await api(`/v1/media/${row.id}/thumbnail`))).toBe("404 thumbnail_unavailable");
  });

  it("is 502 where the storage fails", async () => {
    const { id } = await insertPhoto();
    const fail = async (): Promise<never> => {
      throw new Error("get: internal error (10001)");
    };
    for (const name of ["MEDIA_BUCKET", "DERIVATIVES_BUCKET"] as const) {
      const bindings = { [name]: replaced(env[name], { get: fail }) };
      const response = await apiWith(bindings, `/v1/media/${id}/thumbnail?v=v1-1`);
      expect(await refusalOf(response)).toBe("502 storage_unavailable");
    }
  });

  it("is 502 where the object breaks off", async () => {
    const { id } = await insertPhoto();
    const broken = new ReadableStream({ pull: (controller) => controller.error(new Error("lost")) });
    const get = async (key: string): Promise<object | null> => {
      const object = await env.MEDIA_BUCKET.get(key);
      return object === null ? null : replaced(object, { body: broken });
    };
    const bindings = { MEDIA_BUCKET: replaced(env.MEDIA_BUCKET, { get }) };
    const response = await apiWith(bindings, `/v1/media/${id}/thumbnail`);
    expect(await refusalOf(response)).toBe("502 storage_unavailable");
  });
});
