import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { refusalOf } from "../../support/http/answers.ts";
import { api, apiCost, apiWith } from "../../support/http/api.ts";
import { testImage } from "../../support/images/index.ts";
import { altered, follow, linksOf, pathOf, thumbnailLink } from "../../support/http/links.ts";
import { insertMedia, insertStored, storeObject } from "../../support/records/media.ts";

const tenToEleven = Date.parse("2040-05-01T10:20:30.000Z");
const refused = "403 invalid_signature";

// Links are made at twenty past ten, so that each test knows when they expire.
beforeEach(() => {
  vi.useFakeTimers({ now: tenToEleven, toFake: ["Date"] });
});
afterEach(() => vi.useRealTimers());

async function insertPhoto(
  content: Parameters<typeof insertStored>[1] = {},
): ReturnType<typeof insertStored> {
  return insertStored(await testImage({ width: 300, height: 200 }), { thumbnailVersion: "v1-1", ...content });
}

describe("POST /v1/media/{id}/links", () => {
  it("answers links of the request's origin that expire at a full hour", async () => {
    const row = await insertPhoto();
    const links = await linksOf(row.id);
    expect(links.expires_at).toBe("2040-05-02T11:00:00.000Z");
    const expires = String(Date.parse(links.expires_at) / 1000);
    const thumbnail = new URL(links.thumbnail_url ?? "");
    expect(`${thumbnail.origin}${thumbnail.pathname}`).toBe(
      `https://tagline.test/v1/media/${row.id}/thumbnail`,
    );
    const { signature, ...signed } = Object.fromEntries(thumbnail.searchParams);
    expect(signed).toEqual({ size: "512", fit: "cover", v: "v1-1", expires });
    expect(signature).toMatch(/^[\w-]{22}$/);
    const data = new URL(links.data_url);
    expect(data.pathname).toBe(`/v1/media/${row.id}/data`);
    expect(Object.fromEntries(data.searchParams)).toMatchObject({ v: row.version, expires });
  });

  it("is not to be kept", async () => {
    const { id } = await insertPhoto();
    const response = await api(`/v1/media/${id}/links`, { method: "POST" });
    expect(response.headers.get("Cache-Control")).toBe("no-store");
  });

  it.each([
    [1, "2040-05-01T11:00:00.000Z"],
    [3600, "2040-05-01T12:00:00.000Z"],
    [604_800, "2040-05-08T11:00:00.000Z"],
  ])("lets links of %i seconds expire at %s", async (seconds, at) => {
    const { id } = await insertPhoto();
    expect((await linksOf(id, { expires_in: seconds })).expires_at).toBe(at);
  });

  it("does not round up a full hour", async () => {
    vi.setSystemTime(Date.parse("2040-05-01T10:00:00.000Z"));
    const { id } = await insertPhoto();
    expect((await linksOf(id, { expires_in: 3600 })).expires_at).toBe("2040-05-01T11:00:00.000Z");
  });

  it("answers the same links until the hour is over, so that caches hit", async () => {
    const { id } = await insertPhoto();
    const first = await linksOf(id);
    vi.setSystemTime(tenToEleven + 30 * 60_000);
    expect(await linksOf(id)).toEqual(first);
    vi.setSystemTime(tenToEleven + 60 * 60_000);
    expect((await linksOf(id)).data_url).not.toBe(first.data_url);
  });

  it("has no thumbnail where there can be none, and the bytes all the same", async () => {
    const { id } = await insertPhoto({ thumbnailVersion: null, state: "unsupported" });
    const links = await linksOf(id);
    expect(links.thumbnail_url).toBeNull();
    expect((await follow(links.data_url)).status).toBe(200);
  });

  it("reads one row and writes none", async () => {
    const { id } = await insertPhoto();
    const cost = await apiCost(`/v1/media/${id}/links`, { method: "POST" });
    expect(cost).toMatchObject({ rowsRead: 1, rowsWritten: 0 });
  });

  it.each([
    [{ expires_in: 0 }, "422 validation_error expires_in"],
    [{ expires_in: 604_801 }, "422 validation_error expires_in"],
    [{ expires_in: 1.5 }, "422 validation_error expires_in"],
    [{ expires_in: "60" }, "422 validation_error expires_in"],
    [{ thumbnail: { size: 100 } }, "422 validation_error thumbnail.size"],
    [{ thumbnail: { size: 2048 } }, "422 validation_error thumbnail.size"],
    [{ thumbnail: { size: 2048, fit: "cover" } }, "422 validation_error thumbnail.size"],
    [{ thumbnail: { fit: "fill" } }, "422 validation_error thumbnail.fit"],
    [{ thumbnail: null }, "422 validation_error thumbnail"],
    [{ download: true }, "422 validation_error download"],
    [[], "422 validation_error "],
  ])("refuses %j", async (json, refusal) => {
    const { id } = await insertPhoto();
    expect(await refusalOf(await api(`/v1/media/${id}/links`, { method: "POST", json }))).toBe(refusal);
  });

  it("is 404 for a record that is not there", async () => {
    const path = "/v1/media/0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a11/links";
    expect(await refusalOf(await api(path, { method: "POST" }))).toBe("404 resource_not_found");
  });

  it("is 500 without a secret to sign with", async () => {
    const { id } = await insertPhoto();
    const response = await apiWith({ SIGNING_SECRET: "" }, `/v1/media/${id}/links`, { method: "POST" });
    expect(await refusalOf(response)).toBe("500 internal_error");
  });
});

describe("a signed link", () => {
  it.each([
    [{ size: 128 }, "128-cover"],
    [{ size: 1024, fit: "contain" }, "1024-contain"],
    [{ size: 2048, fit: "contain" }, "2048-contain"],
    [{}, "512-cover"],
  ])("shows the thumbnail %j without a key", async (thumbnail, variant) => {
    const { id } = await insertPhoto();
    const response = await follow(await thumbnailLink(id, { thumbnail }));
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Type")).toBe("image/jpeg");
    expect(response.headers.get("ETag")).toBe(`"v1-1-${variant}"`);
  });

  it("gives the bytes, whole and in part", async () => {
    const bytes = await testImage({ width: 30, height: 20 });
    const { id } = await insertStored(bytes);
    const { data_url: link } = await linksOf(id);
    expect(new Uint8Array(await (await follow(link)).arrayBuffer())).toEqual(bytes);
    const part = await follow(link, { headers: { Range: "bytes=2-5" } });
    expect(part.status).toBe(206);
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(bytes.slice(2, 6));
  });

  it("works with HEAD", async () => {
    const { id } = await insertPhoto();
    const { data_url: data, thumbnail_url: thumbnail } = await linksOf(id);
    for (const link of [data, thumbnail ?? ""]) {
      const response = await follow(link, { method: "HEAD" });
      expect(response.status).toBe(200);
      expect(response.headers.get("Cache-Control")).toMatch(/^public/);
      expect(await response.text()).toBe("");
    }
  });

  it("is 304 to who has the picture already", async () => {
    const { id } = await insertPhoto();
    const link = await thumbnailLink(id);
    const response = await follow(link, { headers: { "If-None-Match": '"v1-1-512-cover"' } });
    expect(response.status).toBe(304);
    expect(response.headers.get("Cache-Control")).toMatch(/^public/);
  });

  it("may be shown on pages of other origins", async () => {
    const { id } = await insertPhoto();
    const response = await follow(await thumbnailLink(id));
    expect(response.headers.get("Cross-Origin-Resource-Policy")).toBe("cross-origin");
    const withKey = await api(`/v1/media/${id}/thumbnail`);
    expect(withKey.headers.get("Cross-Origin-Resource-Policy")).toBe("same-origin");
  });

  it("holds with its parameters in another order", async () => {
    const { id } = await insertPhoto();
    const url = new URL(await thumbnailLink(id));
    const reversed = new URLSearchParams([...url.searchParams].toReversed());
    expect((await follow(`${url.origin}${url.pathname}?${reversed.toString()}`)).status).toBe(200);
  });

  it("costs no read of the database once the thumbnail is kept", async () => {
    const { id } = await insertPhoto();
    const link = await thumbnailLink(id);
    await follow(link);
    const { response, rowsRead, statements } = await apiCost(pathOf(link), { as: null });
    await response.body?.cancel();
    expect({ status: response.status, rowsRead, statements }).toEqual({
      status: 200,
      rowsRead: 0,
      statements: 0,
    });
  });

  it("works for a record that nobody has processed or described", async () => {
    const row = await insertPhoto({ state: "pending", width: null, height: null, contentHash: null });
    const { data_url: data, thumbnail_url: thumbnail } = await linksOf(row.id);
    expect((await follow(data)).status).toBe(200);
    expect((await follow(thumbnail ?? "")).status).toBe(200);
  });

  it.each(["W/odd version&x=1+%41", "0123456789abcdef-2"])(
    "names the bytes of the version %j",
    async (version) => {
      const { id } = await insertMedia({ version });
      const { data_url: link } = await linksOf(id);
      expect(new URL(link).searchParams.get("v")).toBe(version);
      expect(await refusalOf(await follow(link))).toBe("410 object_missing");
    },
  );

  it("is not looked at where a valid key is sent", async () => {
    const { id } = await insertPhoto();
    const response = await follow(altered(await thumbnailLink(id), { size: "128" }), { as: "read" });
    expect(response.status).toBe(200);
    expect(response.headers.get("Cache-Control")).toBe("private, max-age=31536000, immutable");
  });

  it("does not make up for a wrong key", async () => {
    const { id } = await insertPhoto();
    const headers = { "X-API-Key": "x".repeat(40) };
    expect(await refusalOf(await follow(await thumbnailLink(id), { headers }))).toBe("401 invalid_api_key");
  });
});

describe("a signed link that was altered", () => {
  const other = "0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a11";

  it.each([
    { size: "128" },
    { size: null },
    { fit: "contain" },
    { v: "v2-1" },
    { v: null },
    { expires: "9999999999" },
    { expires: null },
    { signature: "" },
    { signature: "A".repeat(22) },
    { colour: "red" },
    { download: "true" },
  ])("by %j is refused", async (change) => {
    const { id } = await insertPhoto();
    const response = await follow(altered(await thumbnailLink(id), change));
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    expect(await refusalOf(response)).toBe(refused);
  });

  it("in any character of its signature is refused", async () => {
    const { id } = await insertPhoto();
    const link = await thumbnailLink(id);
    const signature = new URL(link).searchParams.get("signature") ?? "";
    for (let index = 0; index < signature.length; index += 1) {
      const another = signature[index] === "A" ? "B" : "A";
      const changed = signature.slice(0, index) + another + signature.slice(index + 1);
      expect(await refusalOf(await follow(altered(link, { signature: changed })))).toBe(refused);
    }
  });

  it("by a second signature or a second size is refused", async () => {
    const { id } = await insertPhoto();
    const link = await thumbnailLink(id);
    const signature = new URL(link).searchParams.get("signature") ?? "";
    for (const more of [`signature=${signature}`, "size=128"]) {
      expect(await refusalOf(await follow(`${link}&${more}`))).toBe(refused);
    }
  });

  it("into a download is refused", async () => {
    const { id } = await insertPhoto();
    const { data_url: link } = await linksOf(id);
    expect(await refusalOf(await follow(altered(link, { download: "true" })))).toBe(refused);
  });

  it.each([
    ["another record", (path: string, id: string) => path.replace(id, other)],
    ["the bytes", (path: string) => path.replace("/thumbnail", "/data")],
    ["the record itself", (path: string) => path.replace("/thumbnail", "")],
    ["the list", (path: string, id: string) => path.replace(`/${id}/thumbnail`, "")],
    ["what is nowhere", (path: string) => path.replace("/thumbnail", "/nothing")],
  ])("to open %s is refused", async (_what, change) => {
    const { id } = await insertPhoto();
    const path = change(pathOf(await thumbnailLink(id)), id);
    expect(await refusalOf(await api(path, { as: null }))).toBe(refused);
  });

  it.each(["POST", "PUT", "PATCH", "DELETE"])("to be used with %s is refused", async (method) => {
    const { id } = await insertPhoto();
    const link = await thumbnailLink(id);
    expect(await refusalOf(await follow(link, { method }))).toBe(refused);
    const record = pathOf(link).replace("/thumbnail", "");
    expect(await refusalOf(await api(record, { method, as: null }))).toBe(refused);
    expect((await api(`/v1/media/${id}`)).status).toBe(200);
  });

  it("is refused where there is no secret to have signed it", async () => {
    const { id } = await insertPhoto();
    const link = await thumbnailLink(id);
    const response = await apiWith({ SIGNING_SECRET: "" }, pathOf(link), { as: null });
    expect(await refusalOf(response)).toBe(refused);
  });
});

describe("a signed link in the course of time", () => {
  it("loads until its last second, and then no more", async () => {
    const { id } = await insertPhoto();
    const { data_url: link, expires_at: at } = await linksOf(id, { expires_in: 60 });
    vi.setSystemTime(Date.parse(at) - 1);
    expect((await follow(link)).status).toBe(200);
    vi.setSystemTime(Date.parse(at));
    const response = await follow(link);
    expect(await response.clone().json()).toMatchObject({ detail: "The signed link has expired." });
    expect(await refusalOf(response)).toBe(refused);
  });

  it.each([
    [0, "public, max-age=2370"],
    [2_369_500, "public, max-age=0"],
    [1_000_500, "public, max-age=1369"],
  ])("is kept no longer than it lives: after %i ms %s", async (passedMs, caching) => {
    const { id } = await insertPhoto();
    const links = await linksOf(id, { expires_in: 60 });
    vi.setSystemTime(tenToEleven + passedMs);
    for (const link of [links.data_url, links.thumbnail_url ?? ""]) {
      expect((await follow(link)).headers.get("Cache-Control")).toBe(caching);
    }
  });

  it("is kept for a day at most", async () => {
    const { id } = await insertPhoto();
    const response = await follow(await thumbnailLink(id, { expires_in: 604_800 }));
    expect(response.headers.get("Cache-Control")).toBe("public, max-age=86400");
  });

  it("survives a rotation of the secret while the old one is kept", async () => {
    const { id } = await insertPhoto();
    const path = pathOf(await thumbnailLink(id));
    const next = { SIGNING_SECRET: "another-signing-secret-0000000000000000" };
    const both = { ...next, SIGNING_SECRET_PREVIOUS: env.SIGNING_SECRET };
    const response = await apiWith(both, path, { as: null });
    expect(response.status).toBe(200);
    await response.body?.cancel();
    expect(await refusalOf(await apiWith(next, path, { as: null }))).toBe(refused);
  });

  it("leads to nothing when the record was deleted", async () => {
    const { id } = await insertPhoto();
    const links = await linksOf(id);
    await follow(links.thumbnail_url ?? "");
    expect((await api(`/v1/media/${id}`, { method: "DELETE" })).status).toBe(204);
    for (const link of [links.data_url, links.thumbnail_url ?? ""]) {
      expect(await refusalOf(await follow(link))).toBe("404 resource_not_found");
    }
  });

  it("is 410 when the object is gone", async () => {
    const row = await insertPhoto();
    const links = await linksOf(row.id);
    await env.MEDIA_BUCKET.delete(row.objectKey);
    for (const link of [links.data_url, links.thumbnail_url ?? ""]) {
      expect(await refusalOf(await follow(link))).toBe("410 object_missing");
    }
  });

  it("shows the new bytes after a replacement, which are not kept under the old name", async () => {
    const row = await insertPhoto();
    const links = await linksOf(row.id);
    const bytes = await testImage({ width: 30, height: 40 });
    const query = new URLSearchParams({ object_key: row.objectKey, overwrite: "true" }).toString();
    const headers = { "Content-Length": String(bytes.length) };
    expect((await api(`/v1/media?${query}`, { method: "POST", body: bytes, headers })).status).toBe(200);
    const data = await follow(links.data_url);
    expect(data.headers.get("Cache-Control")).toBe("private, no-cache");
    expect(new Uint8Array(await data.arrayBuffer())).toEqual(bytes);
    const thumbnail = await follow(links.thumbnail_url ?? "");
    expect(thumbnail.status).toBe(200);
    expect(thumbnail.headers.get("Cache-Control")).toBe("private, no-cache");
  });

  it("does not keep bytes under a name that the record alone still has", async () => {
    const row = await insertPhoto();
    const { data_url: link } = await linksOf(row.id);
    const bytes = await testImage({ width: 5, height: 5 });
    await storeObject(row.objectKey, bytes);
    for (const method of ["GET", "HEAD"]) {
      const response = await follow(link, { method });
      expect(response.status).toBe(200);
      expect(response.headers.get("Cache-Control")).toBe("private, no-cache");
    }
  });
});

describe("links=true", () => {
  it("adds a link that loads to each item, and the next page has it too", async () => {
    const photo = await insertPhoto();
    const plain = await insertMedia({ thumbnailVersion: null });
    const response = await api("/v1/media?links=true&limit=1");
    expect(response.headers.get("Link")).toContain("links=true");
    const first: { items: { links: { thumbnail_url: string } }[]; next_cursor: string } =
      await response.json();
    const link = first.items[0]?.links.thumbnail_url ?? "";
    expect(link).toBe(await thumbnailLink(photo.id));
    expect((await follow(link)).status).toBe(200);
    const second = await api(`/v1/media?links=true&limit=1&cursor=${first.next_cursor}`);
    expect(await second.json()).toMatchObject({
      items: [{ id: plain.id, links: { thumbnail_url: null, expires_at: "2040-05-02T11:00:00.000Z" } }],
    });
  });

  it("adds nothing where it is not asked for", async () => {
    await insertPhoto();
    for (const query of ["", "?links=false"]) {
      expect(await (await api(`/v1/media${query}`)).text()).not.toContain("links");
    }
  });
});
