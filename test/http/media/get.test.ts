import "../../support/setup.ts";

import { describe, expect, it } from "vitest";

import { refusalOf } from "../../support/http/answers.ts";
import { api, apiCost } from "../../support/http/api.ts";
import { insertMedia, storedMedia } from "../../support/records/media.ts";

describe("GET /v1/media/{id}", () => {
  it("answers the whole record with its entity tag", async () => {
    const row = await insertMedia({
      objectKey: "2024/beach/IMG_0042.jpg",
      takenAt: "2024-07-14T16:03:11.000",
      takenAtOffset: "+02:00",
      intrinsic: JSON.stringify({
        camera: { make: "Apple", model: "iPhone 14 Pro", lens: null },
        location: { latitude: 48.85, longitude: 2.35, altitude: null },
      }),
      objectMetadata: { description: "Noon", keywords: ["Beach"], rating: 5 },
      revision: 3,
      change: 7,
    });
    const response = await api(`/v1/media/${row.id}`, { as: "read" });
    expect(response.status).toBe(200);
    expect(response.headers.get("ETag")).toBe('"3-7"');
    expect(response.headers.get("Cache-Control")).toBe("private, no-cache");
    expect(await response.json()).toEqual({
      id: row.id,
      provider: "r2",
      object_key: "2024/beach/IMG_0042.jpg",
      content_type: "image/jpeg",
      file_size: row.fileSize,
      content_hash: `md5:${row.version}`,
      last_modified: new Date(row.lastModified ?? 0).toISOString(),
      state: "ready",
      error: null,
      missing_since: null,
      intrinsic: {
        width: 400,
        height: 300,
        orientation: 1,
        taken_at: "2024-07-14T16:03:11.000",
        taken_at_offset: "+02:00",
        camera: { make: "Apple", model: "iPhone 14 Pro", lens: null },
        exposure: null,
        location: { latitude: 48.85, longitude: 2.35, altitude: null },
        thumbhash: null,
        caption: null,
      },
      taken: { at: "2024-07-14T16:03:11.000", offset: "+02:00", precision: "second", source: "exif" },
      place: { latitude: 48.85, longitude: 2.35, altitude: null, source: "exif" },
      object_metadata: { description: "Noon", keywords: ["Beach"], rating: 5 },
      thumbnail_version: `${row.version}-1`,
      sidecar: null,
      suggestions: null,
      revision: 3,
      created_at: new Date(parseInt(row.id.replaceAll("-", "").slice(0, 12), 16)).toISOString(),
      updated_at: new Date(row.updatedAt).toISOString(),
    });
  });

  it("tells why a record has failed and since when it is missing", async () => {
    const { id } = await insertMedia({
      state: "failed",
      errorCode: "corrupt",
      errorDetail: "The file ends early.",
      missingSince: Date.UTC(2026, 0, 2),
    });
    const response = await api(`/v1/media/${id}`);
    expect(await response.json()).toMatchObject({
      state: "failed",
      error: { code: "corrupt", detail: "The file ends early." },
      missing_since: "2026-01-02T00:00:00.000Z",
    });
  });

  it("reads at most two rows and writes none", async () => {
    const { id } = await insertMedia({ objectMetadata: { keywords: ["a", "b"] } });
    const { response, ...cost } = await apiCost(`/v1/media/${id}`);
    expect(response.status).toBe(200);
    expect(cost.rowsRead).toBeLessThanOrEqual(2);
    expect(cost).toMatchObject({ rowsWritten: 0, statements: 1 });
  });

  it.each(['"0-1"', 'W/"0-1"', '"x", "0-1"', "*"])("answers 304 to If-None-Match: %s", async (tag) => {
    const { id } = await insertMedia();
    const response = await api(`/v1/media/${id}`, { headers: { "If-None-Match": tag } });
    expect(response.status).toBe(304);
    expect(response.headers.get("ETag")).toBe('"0-1"');
    expect(await response.text()).toBe("");
  });

  it("answers 200 to a tag of another change", async () => {
    const { id } = await insertMedia({ change: 2 });
    const response = await api(`/v1/media/${id}`, { headers: { "If-None-Match": '"0-1"' } });
    expect(response.status).toBe(200);
  });

  it("takes an id in capitals", async () => {
    const { id } = await insertMedia();
    const response = await api(`/v1/media/${id.toUpperCase()}`);
    expect(await response.json()).toMatchObject({ id });
  });

  it.each([
    "0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a11",
    "0193b2c4-7b7e-4a51-8d0f-3f1f6f0c9a11",
    "1",
    "%2e%2e",
    "a%2Fb",
  ])("answers 404 for %s", async (id) => {
    expect(await refusalOf(await api(`/v1/media/${id}`))).toBe("404 resource_not_found");
  });

  it("changes nothing", async () => {
    const { id } = await insertMedia();
    const before = await storedMedia(id);
    await api(`/v1/media/${id}`);
    expect(await storedMedia(id)).toEqual(before);
  });
});
