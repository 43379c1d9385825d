import { expect, it } from "vitest";

import { lintedByRedocly } from "../e2e/support/redocly.ts";

// The whole document is linted where the service runs (test/e2e/service.test.ts); here is shown that this finds something.
it("Redocly finds an operation without an id and a document without a licence", async () => {
  const document = {
    openapi: "3.1.0",
    info: { title: "Tagline", version: "1" },
    servers: [{ url: "/" }],
    paths: { "/health": { get: { summary: "Check", responses: { 200: { description: "It works." } } } } },
  };
  const found = await lintedByRedocly(JSON.stringify(document));
  expect(found.some((line) => line.includes("operation-operationId"))).toBe(true);
  expect(found.some((line) => line.includes("info-license"))).toBe(true);
});
