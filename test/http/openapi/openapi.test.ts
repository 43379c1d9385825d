import "../../support/setup.ts";

import { describe, expect, it } from "vitest";
import { z } from "zod";

import { sortKeys } from "../../../src/db/lists/filter.ts";
import { errorDefinitions } from "../../../src/core/errors.ts";
import { mediaTypes } from "../../../src/core/media-type.ts";
import { api } from "../../support/http/api.ts";
import {
  openapi,
  operationsOf,
  type Description,
  type DescribedOperation,
} from "../../support/http/description.ts";
import { pagePaths } from "../../support/http/page-paths.ts";
import { linkedRoutes, routes } from "../../support/http/routes.ts";

const record = z.record(z.string(), z.unknown());

async function document(): Promise<Description> {
  return openapi.parse(await (await api("/openapi.json", { as: null })).json());
}

/** The operations by the names that the app's routes have. */
async function operations(): Promise<ReadonlyMap<string, DescribedOperation["operation"]>> {
  return new Map(operationsOf(await document()).map(({ name, operation }) => [name, operation]));
}

/** The parameters of an operation that are not header fields, by their names. */
async function parametersOf(name: string): Promise<Record<string, Record<string, unknown>>> {
  const found = operationsOf(await document()).find((each) => each.name === name);
  const own = found?.parameters.filter((each) => each.in !== "header") ?? [];
  return Object.fromEntries(own.map((each) => [each.name, each.schema]));
}

/** Every `$ref` in a document. */
function references(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]: [string, unknown]) =>
    name === "$ref" && typeof each === "string" ? [each] : references(each),
  );
}

describe("GET /openapi.json", () => {
  it("is kept for a while and needs no key", async () => {
    const response = await api("/openapi.json", { as: null });
    expect(response.headers.get("Content-Type")).toMatch(/^application\/json/);
    expect(response.headers.get("Cache-Control")).toBe("public, max-age=300");
  });

  it("is an OpenAPI 3.1 document whose references all lead somewhere", async () => {
    const whole = await document();
    const names = new Set(
      (["schemas", "parameters", "headers"] as const).flatMap((kind) =>
        Object.keys(whole.components[kind]).map((name) => `#/components/${kind}/${name}`),
      ),
    );
    const targets = references(whole);
    expect(targets.length).toBeGreaterThan(10);
    expect(targets.filter((name) => !names.has(name))).toEqual([]);
  });

  it("lists every route but those of the documentation itself, with its scope", async () => {
    const listed = Object.fromEntries(
      [...(await operations())].map(([name, { security }]) => [name, security[0]?.["apiKey"]?.[0] ?? null]),
    );
    const expected = Object.entries(routes).filter(([name]) => !pagePaths.includes(name.replace("GET ", "")));
    expect(listed).toEqual(Object.fromEntries(expected));
  });

  it("has one scheme, a header, so that no key is asked for in an address", async () => {
    const { securitySchemes } = (await document()).components;
    expect(Object.keys(securitySchemes)).toEqual(["apiKey"]);
    expect(securitySchemes["apiKey"]).toMatchObject({ type: "apiKey", in: "header", name: "X-API-Key" });
    for (const [name, { security }] of await operations()) {
      expect({ name, schemes: security.flatMap((each) => Object.keys(each)) }).toEqual({
        name,
        schemes: security.length === 0 ? [] : ["apiKey"],
      });
    }
  });

  it("says of thumbnail and bytes alone that they may be had without a key, by a signed link", async () => {
    const linked = [...(await operations())].filter(([, { security }]) =>
      security.some((each) => Object.keys(each).length === 0),
    );
    expect(linked.map(([name]) => name).toSorted()).toEqual([...linkedRoutes].toSorted());
  });

  it("states of every route with a key what can be refused, by the statuses of the table", async () => {
    const statuses = new Set(Object.values(errorDefinitions).map(({ status }) => String(status)));
    for (const [name, { responses, security }] of await operations()) {
      const problems = Object.entries(responses).filter(
        ([, each]) => each.content?.["application/problem+json"],
      );
      expect({ name, unknown: problems.filter(([status]) => !statuses.has(status)) }).toEqual({
        name,
        unknown: [],
      });
      const needed = security.length === 0 ? [] : ["401", "403", "422", "429", "500"];
      const stated = new Set(problems.map(([status]) => status));
      expect({ name, lacking: needed.filter((status) => !stated.has(status)) }).toEqual({
        name,
        lacking: [],
      });
    }
  });

  it.each([
    ["GET /v1/media", ["200", "401", "403", "422", "429", "500", "503"]],
    [
      "POST /v1/media",
      ["200", "201", "400", "401", "403", "409", "411", "413", "415", "422", "429", "500", "502", "503"],
    ],
    ["GET /v1/media/:id", ["200", "304", "401", "403", "404", "422", "429", "500", "503"]],
    [
      "PATCH /v1/media/:id",
      ["200", "400", "401", "403", "404", "412", "413", "415", "422", "429", "500", "503"],
    ],
    [
      "DELETE /v1/media/:id",
      ["204", "400", "401", "403", "404", "409", "412", "413", "415", "422", "429", "500", "502", "503"],
    ],
    [
      "POST /v1/media/:id/process",
      ["202", "400", "401", "403", "404", "410", "413", "415", "422", "429", "500", "502", "503"],
    ],
    [
      "GET /v1/media/:id/data",
      ["200", "206", "304", "401", "403", "404", "410", "416", "422", "429", "500", "502", "503"],
    ],
    [
      "GET /v1/media/:id/thumbnail",
      ["200", "304", "401", "403", "404", "410", "422", "429", "500", "502", "503"],
    ],
    [
      "POST /v1/media/:id/links",
      ["200", "400", "401", "403", "404", "413", "415", "422", "429", "500", "503"],
    ],
    ["GET /health", ["200", "422", "429", "500", "503"]],
    ["POST /v1/ingest", ["200", "202", "400", "401", "403", "413", "415", "422", "429", "500", "503"]],
  ])("states every status of %s", async (name, statuses) => {
    const responses = (await operations()).get(name)?.responses ?? {};
    expect(Object.keys(responses).toSorted()).toEqual(statuses);
  });

  it("says with every 429 that it tells how long to wait", async () => {
    const all = [...(await operations()).values()];
    const limited = all.map(({ responses }) => responses["429"]?.headers["Retry-After"]?.required);
    expect(limited).toEqual(all.map(() => true));
  });

  it("describes the item's links as they are answered", async () => {
    const { MediaObject, MediaListItem } = (await document()).components.schemas;
    expect(MediaListItem?.["properties"]).toEqual({
      ...record.parse(MediaObject?.["properties"]),
      links: {
        anyOf: [{ $ref: "#/components/schemas/ItemLinks" }, { $ref: "#/components/schemas/NamedItemLinks" }],
        description: "Signed links to an item. Present only if `links` asks for them.",
      },
      trashed_at: {
        type: "string",
        format: "date-time",
        example: "2026-11-22T10:38:00.000Z",
        description:
          "The time at which the media object was put into the trash. Present only with `trashed=true`, whatever `fields` names.",
      },
    });
  });

  it("describes the list's parameters as they are read", async () => {
    const schemas = await parametersOf("GET /v1/media");
    expect(Object.keys(schemas).toSorted().join(" ")).toBe(
      "content_type cursor fields has id keyword limit links missing object_key offset order prefix provider seed shuffle sort state " +
        "taken_after taken_before trashed updated_after within without",
    );
    expect(schemas["limit"]).toMatchObject({ type: "integer", minimum: 1, maximum: 500, default: 100 });
    expect(schemas["keyword"]).toMatchObject({ type: "array", items: { type: "string" } });
    expect(schemas["sort"]).toMatchObject({ type: "string", enum: sortKeys });
  });

  it("describes the bodies of an upload", async () => {
    const content = (await operations()).get("POST /v1/media")?.requestBody?.content ?? {};
    expect(Object.keys(content)).toEqual(["multipart/form-data", "application/octet-stream", ...mediaTypes]);
    expect(content["image/jpeg"]).toEqual({});
  });
});

describe("GET /docs", () => {
  it("is a page that loads nothing from elsewhere", async () => {
    const response = await api("/docs", { as: null });
    expect(response.headers.get("Content-Type")).toMatch(/^text\/html/);
    expect(response.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
    expect(await response.text()).not.toMatch(/https?:/);
  });
});
