import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { mediaTypes } from "../../../src/core/media-type.ts";
import { mediaOf, refusalOf } from "../../support/http/answers.ts";
import { api } from "../../support/http/api.ts";
import { testImage } from "../../support/images/index.ts";
import { insertMedia, storedMedia } from "../../support/records/media.ts";
import {
  digestOf,
  recordCount,
  smallJpeg,
  storedBytes,
  storedKeys,
  upload,
} from "../../support/http/uploads.ts";

describe("POST /v1/media with a raw body", () => {
  it("stores the bytes and answers the record, pending", async () => {
    const bytes = smallJpeg();
    const response = await upload({ key: "2024/a b.jpg", bytes, type: "image/jpeg" });
    expect(response.status).toBe(201);
    expect(response.headers.get("Cache-Control")).toBe("private, no-cache");
    expect(response.headers.get("X-D1-Bookmark")).not.toBeNull();
    const media = await mediaOf(response);
    expect(response.headers.get("Location")).toBe(`/v1/media/${media.id}`);
    expect(response.headers.get("ETag")).toBe('"0-0"');
    const object = await env.MEDIA_BUCKET.head("2024/a b.jpg");
    expect(media).toMatchObject({
      provider: "r2",
      object_key: "2024/a b.jpg",
      content_type: "image/jpeg",
      file_size: bytes.length,
      content_hash: `md5:${object?.etag}`,
      last_modified: object?.uploaded.toISOString(),
      state: "pending",
      error: null,
      object_metadata: {},
      thumbnail_version: `${object?.etag}-3`,
      revision: 0,
    });
    expect(object?.httpMetadata?.contentType).toBe("image/jpeg");
    expect(await storedBytes("2024/a b.jpg")).toEqual(bytes);
    expect(await storedMedia(media.id)).toMatchObject({ path_key: "2024/a b.jpg", state: "pending" });
  });

  it.each(mediaTypes.filter((type) => type !== "image/heif"))("takes %s by its bytes", async (mediaType) => {
    const bytes = await testImage({ width: 8, height: 8, mediaType });
    for (const [index, type] of [mediaType, "application/octet-stream", "", undefined].entries()) {
      const response = await upload({ key: `any-${index}`, bytes, ...(type === undefined ? {} : { type }) });
      expect((await mediaOf(response)).content_type).toBe(mediaType);
    }
  });

  it.each([
    ["image/jpg", "image/jpeg"],
    ["IMAGE/JPEG; q=1", "image/jpeg"],
    ["image/x-ms-bmp", "image/bmp"],
    ["image/heif", "image/heic"],
    ["image/heic", "image/heif"],
  ] as const)("takes the name %s for %s", async (type, mediaType) => {
    const bytes = await testImage({ width: 8, height: 8, mediaType });
    expect((await upload({ key: "a", bytes, type })).status).toBe(201);
  });

  it.each(["image/png", "text/html", "image/svg+xml", "*/*", "nonsense"])(
    "refuses a JPEG that is declared as %s",
    async (type) => {
      const response = await upload({ key: "a.jpg", bytes: smallJpeg(), type });
      expect(await refusalOf(response)).toBe("415 unsupported_media_type");
      expect(await storedKeys()).toEqual([]);
    },
  );

  it.each(["", "x", "<svg xmlns='http://www.w3.org/2000/svg'/>", "%PDF-1.7", "GIF", "x".repeat(5000)])(
    "refuses what is no accepted image: %j",
    async (text) => {
      const bytes = new TextEncoder().encode(text);
      for (const type of ["image/jpeg", "application/octet-stream"]) {
        const response = await upload({ key: "a.jpg", bytes, type });
        expect(await refusalOf(response)).toBe("415 unsupported_media_type");
      }
      expect(await storedKeys()).toEqual([]);
    },
  );

  it("refuses a body without Content-Length", async () => {
    const bytes = new ReadableStream({
      start: (controller) => {
        controller.enqueue(smallJpeg());
        controller.close();
      },
    });
    const response = await upload({ key: "a.jpg", bytes });
    expect(await refusalOf(response)).toBe("411 length_required");
    expect(await storedKeys()).toEqual([]);
  });

  it("refuses more than MAX_UPLOAD_BYTES before it reads a byte", async () => {
    let pulled = 0;
    const bytes = new ReadableStream(
      {
        pull: (controller) => {
          pulled += 1;
          controller.enqueue(smallJpeg());
        },
      },
      { highWaterMark: 0 },
    );
    const response = await upload({
      key: "a.jpg",
      bytes,
      length: 101,
      bindings: { MAX_UPLOAD_BYTES: "100" },
    });
    expect(await refusalOf(response)).toBe("413 payload_too_large");
    expect(pulled).toBe(0);
    expect(await storedKeys()).toEqual([]);
  });

  it("takes exactly MAX_UPLOAD_BYTES", async () => {
    const bytes = smallJpeg();
    const bindings = { MAX_UPLOAD_BYTES: String(bytes.length) };
    expect((await upload({ key: "a.jpg", bytes, bindings })).status).toBe(201);
  });

  it.each([
    ["", "empty"],
    ["/a.jpg", "leading slash"],
    ["a//b.jpg", "empty segment"],
    ["a/", "empty last segment"],
    ["./a.jpg", "dot"],
    ["a/../b.jpg", "dots"],
    ["a\u0000.jpg", "NUL"],
    ["a\n.jpg", "line feed"],
    ["a\u0085.jpg", "C1"],
    ["é".repeat(513), "1,026 bytes"],
  ])("refuses the key %j (%s)", async (key) => {
    const response = await upload({ key, bytes: smallJpeg() });
    expect(await refusalOf(response)).toBe("422 validation_error object_key");
    expect(await storedKeys()).toEqual([]);
  });

  it.each(["...", ".hidden", "a/..b/c", "é".repeat(512), "a\\b", "100% _*?[x].jpg", "😀.heic", "a b\u00a0"])(
    "takes the key %j",
    async (key) => {
      const media = await mediaOf(await upload({ key, bytes: smallJpeg() }));
      expect(media.object_key).toBe(key);
      expect(await storedKeys()).toEqual([key]);
    },
  );

  it("keeps the key as NFC", async () => {
    const media = await mediaOf(await upload({ key: "e\u0301.jpg", bytes: smallJpeg() }));
    expect(media.object_key).toBe("é.jpg");
    expect(await storedKeys()).toEqual(["é.jpg"]);
    const again = await upload({ key: "é.jpg", bytes: smallJpeg() });
    expect(await refusalOf(again)).toBe("409 object_exists");
  });

  it("refuses to go without a key", async () => {
    const response = await api("/v1/media", { method: "POST", body: smallJpeg() });
    expect(await refusalOf(response)).toBe("422 validation_error object_key");
  });

  it.each([
    [{ colour: "red" }, "colour"],
    [{ overwrite: "yes" }, "overwrite"],
    [{ provider: "nowhere" }, "provider"],
  ])("refuses the parameters %j", async (query, path) => {
    const response = await upload({ key: "a.jpg", bytes: smallJpeg(), query });
    expect(await refusalOf(response)).toBe(`422 validation_error ${path}`);
  });

  it("goes to the provider that is named, below its prefix", async () => {
    const providers = [
      { name: "r2", type: "r2", binding: "MEDIA_BUCKET" },
      { name: "second", type: "r2", binding: "MEDIA_BUCKET", prefix: "second/" },
    ];
    const bindings = { STORAGE_PROVIDERS: JSON.stringify(providers) };
    const response = await upload({
      key: "a.jpg",
      bytes: smallJpeg(),
      query: { provider: "second" },
      bindings,
    });
    expect(await mediaOf(response)).toMatchObject({ provider: "second", object_key: "a.jpg" });
    expect(await storedKeys()).toEqual(["second/a.jpg"]);
  });

  it("is refused where no provider is configured", async () => {
    const response = await upload({
      key: "a.jpg",
      bytes: smallJpeg(),
      bindings: { STORAGE_PROVIDERS: "[]" },
    });
    expect(await refusalOf(response)).toBe("409 read_only_provider");
  });
});

describe("Content-Digest of an upload", () => {
  it("that holds is stored", async () => {
    const bytes = smallJpeg();
    const headers = { "Content-Digest": `md5=:AAAA:, ${await digestOf(bytes)}` };
    expect((await upload({ key: "a.jpg", bytes, headers })).status).toBe(201);
  });

  it("that does not hold stores nothing", async () => {
    const headers = { "Content-Digest": await digestOf(smallJpeg(8)) };
    const response = await upload({ key: "a.jpg", bytes: smallJpeg(16), headers });
    expect(await refusalOf(response)).toBe("422 digest_mismatch");
    expect(await storedKeys()).toEqual([]);
    expect(await recordCount()).toBe(0);
  });

  it("that does not hold leaves the object that was there, with overwrite", async () => {
    const first = smallJpeg(8);
    const { id } = await mediaOf(await upload({ key: "a.jpg", bytes: first }));
    const before = await storedMedia(id);
    const headers = { "Content-Digest": await digestOf(first) };
    const response = await upload({
      key: "a.jpg",
      bytes: smallJpeg(16),
      headers,
      query: { overwrite: "true" },
    });
    expect(await refusalOf(response)).toBe("422 digest_mismatch");
    expect(await storedBytes("a.jpg")).toEqual(first);
    expect(await storedMedia(id)).toMatchObject({ version: before?.["version"], revision: 0 });
  });

  it.each(["sha-256=:AAAA:", "sha-256=::", "sha-256=:!:"])(
    "is refused where it is none: %s",
    async (digest) => {
      const response = await upload({
        key: "a.jpg",
        bytes: smallJpeg(),
        headers: { "Content-Digest": digest },
      });
      expect(await refusalOf(response)).toBe("422 validation_error Content-Digest");
    },
  );
});

describe("an upload to a key that is taken", () => {
  it("is refused and changes nothing", async () => {
    const bytes = smallJpeg(8);
    const { id } = await mediaOf(await upload({ key: "a.jpg", bytes }));
    const response = await upload({ key: "a.jpg", bytes: smallJpeg(16) });
    expect(await refusalOf(response)).toBe("409 object_exists");
    expect(await storedBytes("a.jpg")).toEqual(bytes);
    expect((await storedMedia(id))?.["file_size"]).toBe(bytes.length);
    expect(await recordCount()).toBe(1);
  });

  it("replaces the bytes with overwrite=true and keeps id, words and revision", async () => {
    const words = { description: "Mine", keywords: ["a"] };
    const row = await insertMedia({
      objectKey: "a.jpg",
      objectMetadata: words,
      revision: 4,
      state: "failed",
      errorCode: "corrupt",
      errorDetail: "x",
    });
    await env.MEDIA_BUCKET.put("a.jpg", "old");
    const bytes = smallJpeg();
    const response = await upload({ key: "a.jpg", bytes, query: { overwrite: "true" } });
    expect(response.status).toBe(200);
    const media = await mediaOf(response);
    expect(media).toMatchObject({
      id: row.id,
      object_metadata: words,
      revision: 4,
      state: "pending",
      error: null,
      file_size: bytes.length,
    });
    expect(media.thumbnail_version).not.toBe(row.thumbnailVersion);
    expect(response.headers.get("ETag")).toBe('"4-2"');
    expect(await storedBytes("a.jpg")).toEqual(bytes);
  });

  it("is created with overwrite=true where nothing was", async () => {
    const response = await upload({ key: "a.jpg", bytes: smallJpeg(), query: { overwrite: "true" } });
    expect(response.status).toBe(201);
  });

  it("keeps the record of an object that was missing", async () => {
    const row = await insertMedia({
      objectKey: "a.jpg",
      objectMetadata: { description: "Mine" },
      revision: 2,
      missingSince: 5,
      vanishedRun: "r",
    });
    const response = await upload({ key: "a.jpg", bytes: smallJpeg() });
    expect(response.status).toBe(201);
    expect(await mediaOf(response)).toMatchObject({
      id: row.id,
      missing_since: null,
      object_metadata: { description: "Mine" },
      revision: 2,
      state: "pending",
    });
    expect(await storedMedia(row.id)).toMatchObject({ vanished_run: null, is_missing: 0 });
  });

  it("is won by one of two at the same time", async () => {
    const bodies = [smallJpeg(8), smallJpeg(16)];
    const uploads = bodies.map(async (bytes) => upload({ key: "a.jpg", bytes }));
    const statuses = (await Promise.all(uploads)).map((response) => response.status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([201, 409]);
    expect(await recordCount()).toBe(1);
  });
});
