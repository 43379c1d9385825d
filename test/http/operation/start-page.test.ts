import "../../support/setup.ts";

import { describe, expect, it } from "vitest";

import { refusalOf } from "../../support/http/answers.ts";
import { api } from "../../support/http/api.ts";

describe.each(["GET", "HEAD"])("%s", (method) => {
  it("/ is a page for people", async () => {
    const response = await api("/", { method, as: null });
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Type")).toMatch(/^text\/html/);
    expect(await response.text()).toMatch(method === "HEAD" ? /^$/ : /<h1>Tagline<\/h1>/);
  });

  it.each([
    ["/docs/", 308, "/docs"],
    ["/docs/errors/", 308, "/docs/errors"],
    ["/favicon.ico", 301, "/favicon.svg"],
  ])("%s leads by %i to %s", async (path, status, target) => {
    const response = await api(path, { method, as: null, redirect: "manual" });
    expect(response.status).toBe(status);
    expect(response.headers.get("Location")).toBe(target);
  });
});

describe("the page at /", () => {
  it("links to what answers", async () => {
    const page = await (await api("/", { as: null })).text();
    const targets = [...page.matchAll(/<a href="([^"]+)"/g)].map(([, target]) => target);
    expect(targets).toEqual(["/docs", "/docs/errors", "/openapi.json", "/health"]);
    for (const target of targets) {
      const response = await api(target ?? "", { as: null });
      expect([200, 503]).toContain(response.status);
      await response.body?.cancel();
    }
  });

  it("runs no script and loads nothing from elsewhere", async () => {
    const response = await api("/", { as: null });
    expect(response.status).toBe(200);
    const page = await response.text();
    expect(page).toContain('<link rel="icon" href="/favicon.svg"');
    expect(page).not.toMatch(/<script|<style| style=| on\w+=|https?:/);
  });

  it.each(["/index.html", "/docs/nothing", "/docs/errors/busy", "/favicon", "//"])(
    "leaves %s the 404 that it is",
    async (path) => {
      expect(await refusalOf(await api(path, { as: null }))).toBe("404 resource_not_found");
    },
  );
});
