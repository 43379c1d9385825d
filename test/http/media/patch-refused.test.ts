import "../../support/setup.ts";

import { describe, expect, it } from "vitest";

import { problemOf, refusalOf } from "../../support/http/answers.ts";
import { api } from "../../support/http/api.ts";
import { insertMedia, storedMedia } from "../../support/records/media.ts";
import { digestOf } from "../../support/http/uploads.ts";

const words = { description: "Kept", keywords: ["kept"] };

/** Sends a body to a record with words, and fails if anything of the record changes. */
async function refused(body: BodyInit, type = "application/json"): Promise<Response> {
  const { id } = await insertMedia({ objectMetadata: words });
  const before = await storedMedia(id);
  const headers = type === "" ? {} : { "Content-Type": type };
  const response = await api(`/v1/media/${id}`, { method: "PATCH", as: "write", body, headers });
  expect(await storedMedia(id)).toEqual(before);
  return response;
}

async function refusedMetadata(metadata: unknown): Promise<string> {
  return refusalOf(await refused(JSON.stringify({ object_metadata: metadata })));
}

function nested(depth: number): unknown {
  return depth === 1 ? {} : { a: nested(depth - 1) };
}

describe("PATCH /v1/media/{id} changes nothing and names the path of", () => {
  it.each([
    ["a description of 1,025 characters", { description: "ä".repeat(1025) }, "description"],
    ["a description of 1,025 characters outside the BMP", { description: "😀".repeat(1025) }, "description"],
    ["a description of 240,000 marks", { description: `e${"\u0301\u0316".repeat(120_000)}` }, "description"],
    ["a description that is no text", { description: 5 }, "description"],
    ["a keyword of 65 characters", { keywords: ["ok", "k".repeat(65)] }, "keywords.1"],
    ["an empty keyword", { keywords: [" \t"] }, "keywords.0"],
    ["a keyword that is no text", { keywords: ["a", 5, null] }, "keywords.1 object_metadata.keywords.2"],
    ["keywords that are no array", { keywords: "a" }, "keywords"],
    ["257 keywords", { keywords: Array.from({ length: 257 }, (_, index) => `k${index}`) }, "keywords"],
    ["a field that is not in snake case", { camelCase: 1 }, "camelCase"],
    ["a field that begins with a digit", { "1st": 1 }, "1st"],
    ["a field that begins with an underscore", { _private: 1 }, "_private"],
    ["a field name of 65 characters", { ["f".repeat(65)]: 1 }, "f".repeat(65)],
    ["a field of no name", { "": 1 }, ""],
    ["two fields", { description: 1, Bad: 1 }, "Bad object_metadata.description"],
  ])("%s", async (_what, metadata, paths) => {
    expect(await refusedMetadata(metadata)).toBe(`422 validation_error object_metadata.${paths}`);
  });

  it("more fields than could ever fit, without a look at each of them", async () => {
    const fields = Array.from({ length: 60_000 }, (_, index): [string, number] => [`F${index}`, 1]);
    expect(await refusedMetadata(Object.fromEntries(fields))).toBe("422 validation_error object_metadata");
  });

  it("65 KiB of JSON", async () => {
    const refusal = await refusedMetadata({ text: "x".repeat(65 * 1024) });
    expect(refusal).toBe("422 validation_error object_metadata");
  });

  it("a depth of 9", async () => {
    expect(await refusedMetadata(nested(9))).toBe("422 validation_error object_metadata");
  });

  it("a depth that would exhaust the stack", async () => {
    const body = `{"object_metadata":${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}}`;
    expect(await refusalOf(await refused(body))).toBe("422 validation_error object_metadata");
  });

  it("a depth that would exhaust the stack, of arrays", async () => {
    const body = `{"object_metadata":{"a":${"[".repeat(300_000)}${"]".repeat(300_000)}}}`;
    expect(await refusalOf(await refused(body))).toBe("422 validation_error object_metadata");
  });

  it("a depth that no field has, by the member it is in", async () => {
    const body = `{"object_metadata":{"title":"[["},"other":${"[".repeat(1000)}${"]".repeat(1000)}}`;
    const problem = await problemOf(await refused(body));
    expect(problem.errors).toEqual([{ path: "other", message: "is nested more than 1000 levels deep" }]);
  });

  it("a depth in an array, which has no members", async () => {
    const body = `["text",${"[".repeat(1000)}${"]".repeat(1000)}]`;
    const problem = await problemOf(await refused(body));
    expect(problem.errors).toEqual([{ path: "", message: "is nested more than 1000 levels deep" }]);
  });

  it("a body that no schema could take, by the member that makes it too long", async () => {
    const body = `{"object_metadata":{"title":"x"},"other":[${"1,".repeat(150_000)}1],"last":"x"}`;
    const problem = await problemOf(await refused(body));
    expect(problem.errors).toEqual([
      { path: "other", message: "makes the body longer than 262208 characters, not counting blanks" },
    ]);
  });

  it("brackets in strings, which nest nothing", async () => {
    const body = JSON.stringify({ object_metadata: {}, other: `\\"${"[".repeat(2000)}` });
    expect(await refusalOf(await refused(body))).toBe("422 validation_error other");
  });

  it("a field called __proto__", async () => {
    const body = '{"object_metadata":{"__proto__":{"description":"x"}}}';
    expect(await refusalOf(await refused(body))).toBe("422 validation_error object_metadata.__proto__");
  });

  it("an unknown top-level field", async () => {
    const body = JSON.stringify({ object_metadata: {}, intrinsic: {}, state: "ready" });
    expect(await refusalOf(await refused(body))).toBe("422 validation_error intrinsic state");
  });

  it("a top-level field called __proto__", async () => {
    const body = '{"object_metadata":{},"__proto__":{}}';
    expect(await refusalOf(await refused(body))).toBe("422 validation_error __proto__");
  });

  it.each(["null", "[]", '"text"', "5"])("metadata that is %s", async (metadata) => {
    const body = `{"object_metadata":${metadata}}`;
    expect(await refusalOf(await refused(body))).toBe("422 validation_error object_metadata");
  });

  it.each(["null", "[]", '"text"', "5"])("a body that is %s", async (body) => {
    expect(await refusalOf(await refused(body))).toBe("422 validation_error ");
  });

  it("a body without object_metadata", async () => {
    expect(await refusalOf(await refused("{}"))).toBe("422 validation_error object_metadata");
  });

  it("a number that JSON can write but nobody can keep", async () => {
    const body = '{"object_metadata":{"size":{"huge":[1e999]}}}';
    expect(await refusalOf(await refused(body))).toBe("422 validation_error object_metadata.size");
  });
});

describe("PATCH /v1/media/{id} refuses", () => {
  it.each(["", "{", '{"object_metadata":{}', "{'a':1}", "\u0000"])("malformed JSON: %j", async (body) => {
    expect(await refusalOf(await refused(body))).toBe("400 malformed_json");
  });

  it("bytes that are no UTF-8", async () => {
    const body = new Uint8Array([
      ...new TextEncoder().encode('{"object_metadata":{"a":"'),
      0xff,
      0x22,
      0x7d,
      0x7d,
    ]);
    expect(await refusalOf(await refused(body))).toBe("400 malformed_json");
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "application/json5", ""])(
    "the content type %j",
    async (type) => {
      const body = new TextEncoder().encode('{"object_metadata":{}}');
      expect(await refusalOf(await refused(body, type))).toBe("415 unsupported_media_type");
    },
  );

  it("a body that does not have its Content-Digest", async () => {
    const { id } = await insertMedia({ objectMetadata: words });
    const before = await storedMedia(id);
    const refusals: string[] = [];
    for (const digest of [await digestOf(new Uint8Array(1)), "sha-256=x"]) {
      const headers = { "Content-Digest": digest };
      const json = { object_metadata: { a: 1 } };
      refusals.push(await refusalOf(await api(`/v1/media/${id}`, { method: "PATCH", headers, json })));
    }
    expect(refusals).toEqual(["422 digest_mismatch", "422 validation_error Content-Digest"]);
    expect(await storedMedia(id)).toEqual(before);
  });

  it("more than 1 MiB", async () => {
    const body = JSON.stringify({ object_metadata: { a: "x".repeat(1024 * 1024) } });
    expect(await refusalOf(await refused(body))).toBe("413 payload_too_large");
  });

  it("more than 1 MiB as a stream without a length", async () => {
    const chunk = new TextEncoder().encode(" ".repeat(512 * 1024));
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const writing = (async () => {
      for (let sent = 0; sent < 3; sent++) await writer.write(chunk);
      await writer.close();
    })().catch(() => undefined);
    expect(await refusalOf(await refused(readable))).toBe("413 payload_too_large");
    await writing;
  });

  it("a hundred thousand bad keywords with an answer that stays small", async () => {
    const response = await refused(`{"object_metadata":{"keywords":[${"1,".repeat(100_000)}1]}}`);
    expect(response.status).toBe(422);
    const problem = await problemOf(response);
    expect(problem.errors?.[0]).toEqual({ path: "object_metadata.keywords.0", message: "must be a string" });
    expect(problem.errors).toHaveLength(100);
    expect(problem.detail).toContain("100000 more");
  });
});

describe("PATCH /v1/media/{id} takes what is just within the limits:", () => {
  it.each([
    ["a description of 1,024 characters", { description: "😀".repeat(1024) }],
    ["keywords of 64 characters", { keywords: ["😀".repeat(64)] }],
    ["256 keywords", { keywords: Array.from({ length: 256 }, (_, index) => `k${index}`) }],
    ["a depth of 8", nested(8)],
    ["a field name of 64 characters", { ["f".repeat(64)]: true }],
    ["64 KiB", { text: "x".repeat(64 * 1024 - '{"text":""}'.length) }],
    ["any JSON value", { a: [1, "x", false, { b: [] }], c_2: 0.5, d: { "Any Name": 1 } }],
  ])("%s", async (_what, metadata) => {
    const { id } = await insertMedia();
    const json = { object_metadata: metadata };
    const response = await api(`/v1/media/${id}`, { method: "PATCH", as: "write", json });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ object_metadata: metadata });
  });
});
