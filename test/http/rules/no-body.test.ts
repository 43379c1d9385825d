import "../../support/setup.ts";

import { describe, expect, it } from "vitest";

import { refusalOf } from "../../support/http/answers.ts";
import { api } from "../../support/http/api.ts";
import { insertStored, storedMedia } from "../../support/records/media.ts";
import { suggestFor, suggestingApi } from "../../support/records/suggestions.ts";
import { putSidecar } from "../../support/records/sidecars.ts";
import { smallJpeg } from "../../support/http/uploads.ts";
import { readDocument } from "../fuzz/document.ts";

const routes = [
  ["POST", "/v1/media/{id}/process", 202],
  ["POST", "/v1/media/{id}/restore", 200],
  ["POST", "/v1/media/{id}/sidecar", 200],
  ["DELETE", "/v1/media/{id}", 204],
  ["DELETE", "/v1/media/{id}/suggestions", 204],
  ["POST", "/v1/ingest/cancel", 202],
  ["POST", "/v1/session", 200],
  ["DELETE", "/v1/session", 204],
] as const;

const json = { "Content-Type": "application/json" };

describe.each(routes)("%s %s, which takes no body,", (method, path, done) => {
  /** Sends a body to a failed record, and tells whether anything has been done to it. */
  async function send(init: RequestInit): Promise<{ response: Response; isDone: boolean }> {
    const media = await insertStored(smallJpeg(), { state: "failed" });
    const { id, objectKey } = media;
    if (path.endsWith("/suggestions")) await suggestFor(media);
    if (path.endsWith("/sidecar")) await putSidecar(objectKey);
    if (path.endsWith("/restore")) await api(`/v1/media/${id}`, { method: "DELETE" });
    const before = JSON.stringify(await storedMedia(id));
    const response = await suggestingApi(path.replace("{id}", id), { method, ...init });
    return { response, isDone: JSON.stringify(await storedMedia(id)) !== before };
  }

  it.each([
    ["none", {}],
    ["none, with a type", { headers: json }],
    ["an empty object", { headers: json, body: "{}" }],
    [
      "an empty object with blanks",
      { headers: { "Content-Type": "application/json ; charset=utf-8" }, body: " {\n} " },
    ],
  ])("does its work with %s", async (_what, init) => {
    const { response, isDone } = await send(init);
    expect(response.status).toBe(done);
    expect(isDone).toBe(path.includes("{id}"));
  });

  it.each<[string, RequestInit, string]>([
    ["a field", { headers: json, body: '{"id":1}' }, "422 validation_error id"],
    [
      "a field called __proto__",
      { headers: json, body: '{"__proto__":1}' },
      "422 validation_error __proto__",
    ],
    ["an array", { headers: json, body: "[]" }, "422 validation_error "],
    ["no JSON", { headers: json, body: "{" }, "400 malformed_json"],
    ["text", { headers: { "Content-Type": "text/plain" }, body: "junk" }, "415 unsupported_media_type"],
    ["bytes without a type", { body: new Uint8Array([1, 2]) }, "415 unsupported_media_type"],
    ["more than 1 MiB", { headers: json, body: " ".repeat(1_100_000) }, "413 payload_too_large"],
  ])("does nothing with %s", async (_what, init, refusal) => {
    const { response, isDone } = await send(init);
    expect(await refusalOf(response)).toBe(refusal);
    expect(isDone).toBe(false);
  });
});

it("every route that the document gives no body is among these", async () => {
  const document = readDocument(await (await api("/openapi.json")).json());
  const bodiless = document.operations
    .filter(({ method, bodies }) => method !== "GET" && bodies.size === 0)
    .map(({ method, path }) => `${method} ${path}`)
    .toSorted();
  expect(bodiless).toEqual(routes.map(([method, path]) => `${method} ${path}`).toSorted());
});
