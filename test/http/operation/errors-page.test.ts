import "../../support/setup.ts";

import { describe, expect, it } from "vitest";

import { errorDefinitions, type ErrorDefinition } from "../../../src/core/errors.ts";
import { problemOf } from "../../support/http/answers.ts";
import { api, apiWith, failingDatabaseEnv } from "../../support/http/api.ts";
import { anId } from "../../support/http/routes.ts";

const definitions: readonly [string, ErrorDefinition][] = Object.entries(errorDefinitions);

async function errorsPage(): Promise<string> {
  const response = await api("/docs/errors", { as: null });
  expect(response.status).toBe(200);
  expect(response.headers.get("Content-Type")).toMatch(/^text\/html/);
  return response.text();
}

/** What stands on the page between a code's anchor and the next. */
async function sectionOf(code: string): Promise<string> {
  const [, section = ""] = (await errorsPage()).split(`id="${code}"`);
  return section.split("</section>", 1).join("");
}

describe("GET /docs/errors", () => {
  it.each(definitions)("tells at the anchor of %s what it means and what to do", async (code, definition) => {
    const section = await sectionOf(code);
    expect(section).toContain(String(definition.status));
    expect(section).toContain(definition.title);
    expect(section).toContain(definition.meaning);
    expect(section).toContain(definition.remedy);
    expect(section).toMatch(definition.retryable ? /may succeed later/ : /fails again/);
  });

  it("has each anchor once, and a link to it", async () => {
    const page = await errorsPage();
    const anchors = [...page.matchAll(/ id="(\w+)"/g)].map(([, id]) => id);
    expect(anchors).toEqual(Object.keys(errorDefinitions));
    const links = [...page.matchAll(/ href="#(\w+)"/g)].map(([, id]) => id);
    expect(links).toEqual(Object.keys(errorDefinitions));
  });

  it("runs no script and loads nothing from elsewhere", async () => {
    expect(await errorsPage()).not.toMatch(/<script|<style| style=| on\w+=|https?:/);
  });
});

describe("the type of a problem", () => {
  it.each<[string, () => Promise<Response>]>([
    ["invalid_api_key", async () => api("/v1/media", { as: null })],
    ["insufficient_scope", async () => api("/v1/ingest", { method: "POST", as: "read" })],
    ["resource_not_found", async () => api(`/v1/media/${anId}`)],
    ["method_not_allowed", async () => api("/health", { method: "PUT" })],
    ["validation_error", async () => api("/v1/media?limit=0")],
    ["database_unavailable", async () => apiWith(failingDatabaseEnv(), "/v1/media")],
  ])("%s leads to its anchor on a page of this service", async (code, refuse) => {
    const { type } = await problemOf(await refuse());
    expect(type).toBe(`https://tagline.test/docs/errors#${code}`);
    const { pathname, hash } = new URL(type);
    const page = await (await api(pathname, { as: null })).text();
    expect(page).toContain(` id="${hash.slice(1)}"`);
  });
});
