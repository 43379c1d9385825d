import "../../support/setup.ts";

import { describe, expect, it } from "vitest";

import { mediaOf, problemOf, refusalOf } from "../../support/http/answers.ts";
import { api } from "../../support/http/api.ts";
import { insertMedia, storedMedia, storeObject } from "../../support/records/media.ts";
import {
  digestOf,
  recordCount,
  smallJpeg,
  storedBytes,
  storedKeys,
  uploadForm,
} from "../../support/http/uploads.ts";

function photo(type = "image/jpeg"): Blob {
  return new Blob([smallJpeg()], { type });
}

describe("POST /v1/media with a form", () => {
  it("stores the file with its words", async () => {
    const words = { description: "Cafe\u0301", keywords: [" A ", "a"], rating: 5 };
    const response = await uploadForm({
      file: photo(),
      object_key: "2024/a.jpg",
      object_metadata: JSON.stringify(words),
    });
    expect(response.status).toBe(201);
    const media = await mediaOf(response);
    const kept = { description: "Café", keywords: ["A"], rating: 5 };
    expect(media).toMatchObject({ object_key: "2024/a.jpg", object_metadata: kept, revision: 0 });
    expect(await storedBytes("2024/a.jpg")).toEqual(smallJpeg());
    expect(await storedMedia(media.id)).toMatchObject({
      folded_keywords: '["a"]',
      keyword_spellings: '["A"]',
    });
  });

  it("needs no words", async () => {
    const media = await mediaOf(await uploadForm({ file: photo(""), object_key: "a.jpg" }));
    expect(media).toMatchObject({ content_type: "image/jpeg", object_metadata: {} });
  });

  it("replaces the bytes with overwrite=true, and never the words of a person", async () => {
    const words = { description: "Mine" };
    const { id } = await insertMedia({ objectKey: "a.jpg", objectMetadata: words, revision: 1 });
    await storeObject("a.jpg", smallJpeg(8));
    const fields = { file: photo(), object_key: "a.jpg", object_metadata: '{"description":"Other"}' };
    const response = await uploadForm(fields, { overwrite: "true" });
    expect(response.status).toBe(200);
    expect(await mediaOf(response)).toMatchObject({ id, object_metadata: words, revision: 1 });
    expect(await storedMedia(id)).toMatchObject({ object_metadata: JSON.stringify(words) });
  });

  it("never replaces what a person has emptied", async () => {
    await insertMedia({ objectKey: "a.jpg", revision: 3, missingSince: 5 });
    const fields = { file: photo(), object_key: "a.jpg", object_metadata: '{"description":"Other"}' };
    expect(await mediaOf(await uploadForm(fields))).toMatchObject({ object_metadata: {}, revision: 3 });
  });

  it("describes a record that an ingest made first", async () => {
    const { id } = await insertMedia({ objectKey: "a.jpg", state: "pending", change: 0 });
    const fields = { file: photo(), object_key: "a.jpg", object_metadata: '{"keywords":["A"]}' };
    const media = await mediaOf(await uploadForm(fields));
    expect(media).toMatchObject({ id, object_metadata: { keywords: ["A"] } });
    expect(await storedMedia(id)).toMatchObject({ folded_keywords: '["a"]' });
  });

  it.each<[string, Record<string, string | Blob>, string]>([
    ["no file", { object_key: "a.jpg" }, "file"],
    ["a file that is text", { file: "x", object_key: "a.jpg" }, "file"],
    ["no key", { file: photo() }, "object_key"],
    ["a key that is a file", { file: photo(), object_key: photo() }, "object_key"],
    ["a bad key", { file: photo(), object_key: "/a.jpg" }, "object_key"],
    ["an unknown field", { file: photo(), object_key: "a.jpg", colour: "red" }, "colour"],
    [
      "words that are no object",
      { file: photo(), object_key: "a.jpg", object_metadata: "[]" },
      "object_metadata",
    ],
    [
      "words that do not fit",
      { file: photo(), object_key: "a.jpg", object_metadata: '{"keywords":[""]}' },
      "object_metadata.keywords.0",
    ],
    [
      "words called __proto__",
      { file: photo(), object_key: "a.jpg", object_metadata: '{"__proto__":1}' },
      "object_metadata.__proto__",
    ],
  ])("refuses %s", async (_what, fields, path) => {
    expect(await refusalOf(await uploadForm(fields))).toBe(`422 validation_error ${path}`);
    expect(await storedKeys()).toEqual([]);
    expect(await recordCount()).toBe(0);
  });

  it("refuses words that are no JSON", async () => {
    const fields = { file: photo(), object_key: "a.jpg", object_metadata: "{" };
    expect(await refusalOf(await uploadForm(fields))).toBe("400 malformed_json");
  });

  it("refuses a field that is given twice", async () => {
    const form = new FormData();
    form.append("file", photo(), "a.jpg");
    form.append("object_key", "a.jpg");
    form.append("object_key", "b.jpg");
    const response = await api("/v1/media", { method: "POST", body: form });
    expect(await refusalOf(response)).toBe("422 validation_error object_key");
  });

  it("refuses a key in the address as well", async () => {
    const response = await uploadForm({ file: photo(), object_key: "a.jpg" }, { object_key: "b.jpg" });
    expect(await refusalOf(response)).toBe("422 validation_error object_key");
  });

  it("refuses a key of half a million combining marks", async () => {
    const response = await uploadForm({ file: photo(), object_key: `e${"\u0301\u0316".repeat(250_000)}` });
    expect(await refusalOf(response)).toBe("422 validation_error object_key");
  });

  it("refuses a field of more than a MiB that is no file, by its name", async () => {
    const response = await uploadForm({ file: photo(), object_key: "a".repeat(1024 * 1024) });
    const problem = await problemOf(response);
    expect(problem.errors).toEqual([
      { path: "object_key", message: "has more than 1048576 bytes and is not a file" },
    ]);
  });

  it("refuses more than 256 parts without a name of theirs", async () => {
    const form = new FormData();
    for (let index = 0; index < 257; index += 1) form.append(`f${index}`, "x");
    const problem = await problemOf(await api("/v1/media", { method: "POST", body: form }));
    expect(problem.errors).toEqual([{ path: "form", message: "has more than 256 parts" }]);
  });

  it.each(["boundary=x", 'boundary="x"', 'boundary="\\x"', 'charset=utf-8; Boundary="x"'])(
    "refuses a part with a head of more than 16 KiB, with %s",
    async (parameter) => {
      const head = `--x\r\nContent-Disposition: form-data; name="file"${"; a=b".repeat(4000)}`;
      const body = `${head}\r\n\r\n1\r\n--x--\r\n`;
      const headers = { "Content-Type": `multipart/form-data; ${parameter}` };
      const problem = await problemOf(await api("/v1/media", { method: "POST", body, headers }));
      expect(problem.errors).toEqual([
        { path: "form", message: "has a part whose head is longer than 16384 bytes" },
      ]);
    },
  );

  it("stores a file of more than a MiB that holds lines like boundaries", async () => {
    const file = new Blob([smallJpeg(), "\r\n--almost\r\n".repeat(100_000)]);
    expect((await uploadForm({ file, object_key: "a.jpg" })).status).toBe(201);
    expect(await storedBytes("a.jpg")).toEqual(new Uint8Array(await file.arrayBuffer()));
  });

  it("refuses a file of another type than its part says", async () => {
    const response = await uploadForm({ file: photo("image/png"), object_key: "a.jpg" });
    expect(await refusalOf(response)).toBe("415 unsupported_media_type");
  });

  it("refuses more than 8 MiB", async () => {
    const file = new Blob([smallJpeg(), new Uint8Array(8 * 1024 * 1024)]);
    expect(await refusalOf(await uploadForm({ file, object_key: "a.jpg" }))).toBe("413 payload_too_large");
    expect(await storedKeys()).toEqual([]);
  });

  /** A form as it goes over the line, and its bytes. */
  async function writtenForm(): Promise<{ body: Uint8Array; type: string }> {
    const form = new FormData();
    form.append("file", photo(), "a.jpg");
    form.append("object_key", "a.jpg");
    const written = new Response(form);
    const type = written.headers.get("Content-Type") ?? "";
    return { body: new Uint8Array(await written.arrayBuffer()), type };
  }

  it("with the digest of the whole form stores the file", async () => {
    const { body, type } = await writtenForm();
    const headers = { "Content-Type": type, "Content-Digest": `md5=:AAAA:, ${await digestOf(body)}` };
    expect((await api("/v1/media", { method: "POST", headers, body })).status).toBe(201);
    expect(await storedBytes("a.jpg")).toEqual(smallJpeg());
  });

  it.each<[string, () => Promise<string>, string]>([
    ["of other bytes", async () => digestOf(new Uint8Array(5)), "422 digest_mismatch"],
    ["of the file alone", async () => digestOf(smallJpeg()), "422 digest_mismatch"],
    ["that is malformed", async () => "sha-256=abc", "422 validation_error Content-Digest"],
    ["that is too short", async () => "sha-256=:AAAA:", "422 validation_error Content-Digest"],
  ])("with a digest %s stores nothing", async (_what, digest, refusal) => {
    const { body, type } = await writtenForm();
    const headers = { "Content-Type": type, "Content-Digest": await digest() };
    expect(await refusalOf(await api("/v1/media", { method: "POST", headers, body }))).toBe(refusal);
    expect(await storedKeys()).toEqual([]);
    expect(await recordCount()).toBe(0);
  });

  it("passes over digests by other algorithms alone", async () => {
    const { body, type } = await writtenForm();
    const headers = { "Content-Type": type, "Content-Digest": "sha-512=:AAAA:" };
    expect((await api("/v1/media", { method: "POST", headers, body })).status).toBe(201);
  });

  it.each(["multipart/form-data", "multipart/form-data; boundary=x"])(
    "refuses a body that is no form: %s",
    async (type) => {
      const response = await api("/v1/media", {
        method: "POST",
        body: "x",
        headers: { "Content-Type": type },
      });
      expect(await refusalOf(response)).toMatch(/^422 validation_error/);
    },
  );
});
