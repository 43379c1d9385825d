import "../../support/setup.ts";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { problemOf } from "../../support/http/answers.ts";
import { api } from "../../support/http/api.ts";
import { insertMedia } from "../../support/records/media.ts";
import { uploadForm } from "../../support/http/uploads.ts";
import { anyName, nastyTexts } from "../fuzz/values.ts";

/** What a refusal may take whatever the request was. */
const small = 2048;

const json = { "Content-Type": "application/json" };

async function sizeOf(response: Response): Promise<number> {
  expect(response.status).toBeGreaterThanOrEqual(400);
  return (await response.arrayBuffer()).byteLength;
}

async function patch(body: string): Promise<Response> {
  const { id } = await insertMedia();
  return api(`/v1/media/${id}`, { method: "PATCH", headers: json, body });
}

/** The names of many fields, each longer in an answer than in the request. */
function names(count: number, nameOf: (index: number) => string): string {
  const fields = Array.from({ length: count }, (_, index): [string, number] => [nameOf(index), 1]);
  return JSON.stringify({ object_metadata: Object.fromEntries(fields) });
}

describe("a refusal is no larger than its request, or than 2 KiB:", () => {
  it.each([
    ["many bad keywords", `{"object_metadata":{"keywords":[${"1,".repeat(600)}1]}}`],
    ["very many bad keywords", `{"object_metadata":{"keywords":[${"1,".repeat(300_000)}1]}}`],
    ["many unsafe integers", `{"object_metadata":{"a":[${"9007199254740993,".repeat(300)}1]}}`],
    ["many bad names", names(150, (index) => `A${index}`)],
    ["long names", names(20, (index) => `${"N".repeat(5000)}${index}`)],
    ["names of control characters", names(20, (index) => `${"\u0001".repeat(60)}${index}`)],
    ["names of lone surrogates", names(20, (index) => `${"\\ud800".repeat(60)}${index}`)],
    [
      "unknown fields",
      JSON.stringify(Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`f${i}`, 1]))),
    ],
    ["one unknown field of 100 KB", JSON.stringify({ ["\u0085".repeat(50_000)]: 1 })],
  ])("%s", async (_what, body) => {
    const size = await sizeOf(await patch(body));
    expect(size).toBeLessThanOrEqual(Math.max(small, new TextEncoder().encode(body).length));
  });

  it("many unknown parameters", async () => {
    const query = Array.from({ length: 1000 }, (_, index) => `p${index}=1`).join("&");
    expect(await sizeOf(await api(`/v1/media?${query}`))).toBeLessThanOrEqual(small);
  });

  it("many unknown fields of a form", async () => {
    const fields = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`\u0001${index}`, "x"]));
    // A field of a form takes more in the request than in any answer.
    expect(await sizeOf(await uploadForm(fields))).toBeLessThanOrEqual(200 * 60);
  });

  it("a body that was sent without a length", async () => {
    const body = new Blob([`{"object_metadata":{"keywords":[${"1,".repeat(500)}1]}}`]);
    const { id } = await insertMedia();
    const init = { method: "PATCH", headers: json, body: body.stream() };
    expect(await sizeOf(await api(`/v1/media/${id}`, init))).toBeLessThanOrEqual(small);
  });

  it("whatever is hostile", async () => {
    const { id } = await insertMedia();
    const value = fc.oneof(
      fc.constantFrom<unknown>(...nastyTexts, 2 ** 60, {}, []),
      fc.array(fc.constantFrom<unknown>(1, "", "\u202e", null), { maxLength: 200 }),
    );
    const fields = fc.dictionary(fc.oneof(anyName(), fc.string({ unit: "binary" })), value, { maxKeys: 60 });
    const property = fc.asyncProperty(fields, fc.boolean(), async (object, isWrapped) => {
      const body = JSON.stringify(isWrapped ? { object_metadata: object } : object);
      const response = await api(`/v1/media/${id}`, { method: "PATCH", headers: json, body });
      const size = (await response.arrayBuffer()).byteLength;
      const sent = new TextEncoder().encode(body).length;
      // What is taken is answered with the whole record.
      expect(response.ok || size <= Math.max(small, sent)).toBe(true);
    });
    await fc.assert(property, { numRuns: 200 });
  });
});

describe("a refusal that is cut", () => {
  it("tells how much was wrong, and what first", async () => {
    const problem = await problemOf(await patch(`{"object_metadata":{"keywords":[${"1,".repeat(200)}1]}}`));
    expect(problem.detail).toBe("object_metadata.keywords.0: must be a string (and 200 more)");
    expect(problem.errors?.[0]).toEqual({ path: "object_metadata.keywords.0", message: "must be a string" });
    expect(problem.errors?.length).toBeGreaterThan(10);
  });

  it("ends a name that is too long in an ellipsis", async () => {
    const problem = await problemOf(await patch(names(1, () => "N".repeat(1000))));
    expect(problem.errors?.[0]?.path).toMatch(/^object_metadata\.N{100,200}…$/);
  });
});
