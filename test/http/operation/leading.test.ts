import "../../support/setup.ts";

import { describe, expect, it } from "vitest";

import { refusalOf } from "../../support/http/answers.ts";
import { api } from "../../support/http/api.ts";

describe.each(["GET", "HEAD"])("%s", (method) => {
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

describe("the Worker", () => {
  it.each(["/photos", "/docs/nothing", "/docs/errors/busy", "/favicon", "//"])(
    "leaves %s the 404 that it is",
    async (path) => {
      expect(await refusalOf(await api(path, { as: null }))).toBe("404 resource_not_found");
    },
  );
});
