import "../../support/setup.ts";

import { describe, expect, it } from "vitest";
import { z } from "zod";

import { api } from "../../support/http/api.ts";
import { undescribed, undescribedBody } from "../../support/http/described.ts";

const asked = { method: "GET", url: "https://tagline.test/v1/ingest/status" };
const idle = { state: "idle", run: null, last_run: null };

/** A real answer, so that its headers are those of the service. */
async function answered(): Promise<Response> {
  return api("/v1/ingest/status");
}

describe("the check of every answer of the tests against the OpenAPI document", () => {
  it("takes an ingest that does not run", async () => {
    expect(undescribed(asked, await answered(), JSON.stringify(idle))).toBeNull();
  });

  it.each([
    ["lacks a field", { state: "idle", run: null }],
    ["has a field that is not described", { ...idle, colour: "red" }],
    ["has a value of another type", { ...idle, run: "none" }],
    ["has a value that is not in the list", { ...idle, state: "asleep" }],
  ])("finds a body that %s", async (_what, body) => {
    expect(undescribed(asked, await answered(), JSON.stringify(body))).toContain("GET /v1/ingest/status 200");
  });

  it("finds a status, a media type and a missing header field that are not described", async () => {
    const text = JSON.stringify(idle);
    const { headers } = await answered();
    const teapot = new Response(text, { status: 418, headers });
    expect(undescribed(asked, teapot, text)).toContain("status is not described");
    const html = new Response(text, { headers: new Headers([...headers, ["Content-Type", "text/html"]]) });
    html.headers.set("Content-Type", "text/html");
    expect(undescribed(asked, html, text)).toContain("text/html is not described");
    const bare = new Response(text, { headers: { "Content-Type": "application/json" } });
    expect(undescribed(asked, bare, text)).toContain("lacks Cache-Control");
  });

  it("finds a header field that is not described", async () => {
    const { headers } = await answered();
    const told = new Response(null, { headers: [...headers, ["X-Colour", "red"]] });
    expect(undescribed(asked, told, JSON.stringify(idle))).toContain("x-colour is not described");
  });

  it("finds an error whose code is that of other answers with the same status", async () => {
    const refused = await api("/v1/ingest/status", { as: null });
    const problem = z.looseObject({ code: z.string() }).parse(await refused.clone().json());
    expect(undescribed(asked, refused, JSON.stringify(problem))).toBeNull();
    const other = { ...problem, code: "invalid_signature" };
    expect(undescribed(asked, refused, JSON.stringify(other))).toContain("the code is not described");
  });

  it("takes the refusal of a signed link that was put to another use", async () => {
    const elsewhere = "/v1/media?signature=a&expires=1";
    const refused = await api(elsewhere, { as: null });
    expect(refused.status).toBe(403);
    const text = await refused.text();
    expect(undescribed({ method: "GET", url: `https://tagline.test${elsewhere}` }, refused, text)).toBeNull();
    expect(undescribed({ method: "GET", url: "https://tagline.test/v1/media" }, refused, text)).toContain(
      "the code is not described",
    );
  });

  it("finds an answer of a route that is not in the document", async () => {
    const hidden = { method: "GET", url: "https://tagline.test/v1/hidden" };
    expect(undescribed(hidden, await answered(), JSON.stringify(idle))).toBe(
      "GET /v1/hidden is not described",
    );
  });

  it("finds a body that is accepted and not allowed", () => {
    const patch = {
      method: "PATCH",
      url: "https://tagline.test/v1/media/0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a11",
    };
    expect(undescribedBody(patch, { object_metadata: { keywords: ["beach"] } })).toBeNull();
    expect(undescribedBody(patch, { object_metadata: { keywords: "beach" } })).toContain("was accepted");
  });
});
