import "../../support/setup.ts";

import { describe, expect, it } from "vitest";

import { problemOf, refusalOf } from "../../support/http/answers.ts";
import { api } from "../../support/http/api.ts";
import { keys } from "../../support/keys.ts";
import { insertMedia, insertStored, storedMedia } from "../../support/records/media.ts";
import { recordCount, smallJpeg, storedKeys, upload } from "../../support/http/uploads.ts";

const bytes = smallJpeg();

describe("a Range", () => {
  const blanks = " ".repeat(30_000);

  it.each([
    ["of blanks that leads a pattern astray", `bytes=${blanks}-${blanks}x`],
    ["of digits and blanks", `bytes=${`1${" ".repeat(50)}`.repeat(1000)}-`],
    ["of very many parts", `bytes=${"0-0,".repeat(15_000)}0-0`],
    ["that would be one but for its length", `bytes=0-${"0".repeat(1100)}5`],
  ])("%s is passed over: the whole is answered", async (_what, range) => {
    const { id } = await insertStored(bytes);
    const response = await api(`/v1/media/${id}/data`, { headers: { Range: range } });
    expect(response.status).toBe(200);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
  });

  it("with blanks beside its numbers is read", async () => {
    const { id } = await insertStored(bytes);
    const response = await api(`/v1/media/${id}/data`, { headers: { Range: "bytes= 0 - 1 " } });
    expect(response.headers.get("Content-Range")).toBe(`bytes 0-1/${bytes.length}`);
    await response.body?.cancel();
  });

  it("with an If-Range of any length is passed over", async () => {
    const { id } = await insertStored(bytes);
    const headers = { Range: "bytes=0-1", "If-Range": `"${"x".repeat(60_000)}"` };
    const response = await api(`/v1/media/${id}/data`, { headers });
    expect(response.status).toBe(200);
    await response.body?.cancel();
  });
});

describe("a condition of more than 4,096 characters", () => {
  it.each(["PATCH", "DELETE"])("If-Match of a %s is refused, and nothing changes", async (method) => {
    const { id } = await insertMedia();
    const before = await storedMedia(id);
    const headers = { "If-Match": `${'"9-9", '.repeat(600)}"0-1"` };
    const body = method === "PATCH" ? { json: { object_metadata: { a: 1 } } } : {};
    const response = await api(`/v1/media/${id}`, { method, headers, ...body });
    expect(await refusalOf(response)).toBe("422 validation_error If-Match");
    expect(await storedMedia(id)).toEqual(before);
  });

  it("If-None-Match names nothing: the whole is answered", async () => {
    const { id } = await insertMedia();
    const tag = (await api(`/v1/media/${id}`)).headers.get("ETag") ?? "";
    const statusWith = async (header: string): Promise<number> =>
      (await api(`/v1/media/${id}`, { headers: { "If-None-Match": header } })).status;
    expect(await statusWith(`${'"x", '.repeat(500)}${tag}`)).toBe(304);
    expect(await statusWith(`${'"x", '.repeat(1000)}${tag}`)).toBe(200);
  });
});

describe("a key that is longer than any can be", () => {
  it.each([
    ["X-API-Key", "k".repeat(60_000)],
    ["Authorization", `Bearer ${"k".repeat(60_000)}`],
    ["Authorization", `Bearer ${" ".repeat(60_000)}${keys.admin}`],
  ])("is none: %s", async (name, value) => {
    const response = await api("/v1/media", { as: null, headers: { [name]: value } });
    expect(await refusalOf(response)).toBe("401 invalid_api_key");
  });
});

describe("what else is read and is too long", () => {
  it("makes no trace: a traceparent", async () => {
    const trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    const traceOf = async (traceparent: string): Promise<string> => {
      const response = await api("/v1/ingest", { method: "POST", headers: { traceparent } });
      return (await response.text()).includes(trace) ? trace : "another";
    };
    expect(await traceOf(`01-${trace}-00f067aa0ba902b7-01-${"x".repeat(600)}`)).toBe("another");
  });

  it.each(["PATCH", "POST"])("is no media type: the Content-Type of a %s", async (method) => {
    const { id } = await insertMedia();
    const headers = { "Content-Type": `application/json; a=${"b".repeat(300)}` };
    const path = method === "PATCH" ? `/v1/media/${id}` : "/v1/ingest";
    const response = await api(path, { method, headers, body: "{}" });
    expect(await refusalOf(response)).toBe("415 unsupported_media_type");
  });

  it.each(["image/jpeg", "multipart/form-data"])("is no media type: that of an upload, %s", async (type) => {
    const response = await upload({ key: "a.jpg", bytes, type: `${type}; boundary=${"b".repeat(300)}` });
    expect(await refusalOf(response)).toBe("415 unsupported_media_type");
    expect(await storedKeys()).toEqual([]);
    expect(await recordCount()).toBe(0);
  });

  it("is no digest: a Content-Digest", async () => {
    const headers = { "Content-Digest": `${"md5=:AAAA:, ".repeat(400)}md5=:AAAA:` };
    const response = await upload({ key: "a.jpg", bytes, headers });
    expect(await refusalOf(response)).toBe("422 validation_error Content-Digest");
    expect(await storedKeys()).toEqual([]);
  });

  it.each([
    ["Last-Event-ID", "/v1/ingest/events", "last-event-id"],
    ["X-D1-Bookmark", "/v1/media", "X-D1-Bookmark"],
  ])("is refused: %s", async (name, path, told) => {
    const problem = await problemOf(await api(path, { headers: { [name]: "0".repeat(60_000) } }));
    expect(problem).toMatchObject({ status: 422, errors: [{ path: told }] });
  });
});
