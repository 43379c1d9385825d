import "../../support/setup.ts";

import { describe, expect, it } from "vitest";

import { problemOf, refusalOf } from "../../support/http/answers.ts";
import { api } from "../../support/http/api.ts";

const starts = ["/v1/ingest", "/v1/database/scan"];

describe.each(starts)("POST %s", (path) => {
  it("starts a run without a body", async () => {
    const response = await api(path, { method: "POST" });
    expect(response.status).toBe(202);
    expect(response.headers.get("Location")).toBe("/v1/ingest/status");
    expect(await response.json()).toMatchObject({ status: "started", run: { trigger: "api" } });
  });

  it.each(["Application/JSON", "application/json; charset=utf-8"])("takes a body as %s", async (type) => {
    const response = await api(path, { method: "POST", json: {}, headers: { "Content-Type": type } });
    expect(response.status).toBe(202);
  });

  it.each<[string, string]>([
    ['{"colour":1}', "422 validation_error colour"],
    ["[]", "422 validation_error "],
    ["null", "422 validation_error "],
    ["{", "400 malformed_json"],
  ])("refuses %s", async (body, refusal) => {
    for (const type of ["application/json", "Application/JSON"]) {
      const response = await api(path, { method: "POST", body, headers: { "Content-Type": type } });
      expect(await refusalOf(response)).toBe(refusal);
    }
  });

  it("refuses a body of another type", async () => {
    const response = await api(path, {
      method: "POST",
      body: "{}",
      headers: { "Content-Type": "text/plain" },
    });
    expect(await refusalOf(response)).toBe("415 unsupported_media_type");
  });
});

describe("POST /v1/ingest", () => {
  it("refuses a provider that is not configured, by its place", async () => {
    const response = await api("/v1/ingest", { method: "POST", json: { providers: ["r2", "nowhere"] } });
    const problem = await problemOf(response);
    expect(problem.errors).toEqual([
      { path: "providers.1", message: "is not the name of a configured storage provider" },
    ]);
  });

  it.each([
    [{ providers: [] }, "providers"],
    [{ providers: [1] }, "providers.0"],
    [{ full: "yes" }, "full"],
    [{ confirm_missing: 1 }, "confirm_missing"],
    [{ prefix: 5 }, "prefix"],
  ])("refuses %j", async (json, path) => {
    const response = await api("/v1/ingest", { method: "POST", json });
    expect(await refusalOf(response)).toBe(`422 validation_error ${path}`);
  });
});

describe("POST /v1/database/scan", () => {
  it.each([
    [{ facts: "yes" }, "facts"],
    [{ facts: 1 }, "facts"],
    [{ thumbnails: null }, "thumbnails"],
    [{ retry_failed: "true" }, "retry_failed"],
  ])("refuses %j", async (json, path) => {
    const response = await api("/v1/database/scan", { method: "POST", json });
    expect(await refusalOf(response)).toBe(`422 validation_error ${path}`);
  });
});
