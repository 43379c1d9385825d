import "../support/setup.ts";

import { describe, expect, it } from "vitest";
import { z } from "zod";

import { errorDefinitions } from "../../src/errors.ts";
import { api } from "../support/api.ts";
import { pagePaths } from "../support/page-paths.ts";
import { linkedRoutes, routes } from "../support/routes.ts";

const operation = z.looseObject({
  summary: z.string().min(1),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z
    .array(z.looseObject({ name: z.string(), in: z.string(), schema: z.record(z.string(), z.unknown()) }))
    .default([]),
  requestBody: z.looseObject({ content: z.record(z.string(), z.unknown()) }).optional(),
  responses: z.record(
    z.string().regex(/^[1-5]\d\d$/),
    z.looseObject({
      description: z.string().min(1),
      headers: z.record(z.string(), z.unknown()).optional(),
      content: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
});

const openapi = z.looseObject({
  openapi: z.literal("3.1.0"),
  info: z.looseObject({ title: z.literal("Tagline"), version: z.string() }),
  paths: z.record(z.string().startsWith("/"), z.record(z.string(), operation)),
  components: z.looseObject({
    schemas: z.record(z.string(), z.unknown()),
    securitySchemes: z.strictObject({ apiKey: z.unknown(), bearer: z.unknown(), signedLink: z.unknown() }),
  }),
});

type Operation = z.infer<typeof operation>;

async function document(): Promise<z.infer<typeof openapi>> {
  return openapi.parse(await (await api("/openapi.json", { as: null })).json());
}

/** The operations by the names that the app's routes have. */
async function operations(): Promise<ReadonlyMap<string, Operation>> {
  const { paths } = await document();
  const named = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, each]): [string, Operation] => [
      `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`,
      each,
    ]),
  );
  return new Map(named);
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
    const names = Object.keys(whole.components.schemas);
    const targets = references(whole).map((each) => each.replace("#/components/schemas/", ""));
    expect(targets.length).toBeGreaterThan(10);
    expect(targets.filter((name) => !names.includes(name))).toEqual([]);
  });

  it("lists every route but those of the documentation itself, with its scope", async () => {
    const listed = Object.fromEntries(
      [...(await operations())].map(([name, { security }]) => [name, security[0]?.["apiKey"]?.[0] ?? null]),
    );
    const expected = Object.entries(routes).filter(([name]) => !pagePaths.includes(name.replace("GET ", "")));
    expect(listed).toEqual(Object.fromEntries(expected));
  });

  it("says of thumbnail and bytes alone that a signed link will do", async () => {
    const linked = [...(await operations())].filter(([, { security }]) =>
      security.some((each) => each["signedLink"]),
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
    const limited = all.map(({ responses }) => Object.keys(responses["429"]?.headers ?? {}));
    expect(limited).toEqual(all.map(() => ["Retry-After"]));
  });

  it("describes the item's links as they are answered", async () => {
    const { schemas } = (await document()).components;
    expect(schemas["MediaListItem"]).toMatchObject({
      allOf: [
        { $ref: "#/components/schemas/MediaObject" },
        { properties: { links: { $ref: "#/components/schemas/ItemLinks" } } },
      ],
    });
  });

  it("describes the list's parameters as they are read", async () => {
    const parameters = (await operations()).get("GET /v1/media")?.parameters ?? [];
    const schemas = Object.fromEntries(parameters.map(({ name, schema }) => [name, schema]));
    expect(Object.keys(schemas).toSorted().join(" ")).toBe(
      "content_type cursor keyword limit links missing offset order prefix provider seed shuffle sort state " +
        "taken_after taken_before updated_after",
    );
    expect(schemas["limit"]).toMatchObject({ type: "integer", minimum: 1, maximum: 500, default: 100 });
    expect(schemas["keyword"]).toMatchObject({ type: "array", items: { type: "string" } });
    expect(schemas["sort"]).toMatchObject({ default: "created_at" });
  });

  it("describes the bodies of an upload", async () => {
    const content = (await operations()).get("POST /v1/media")?.requestBody?.content ?? {};
    expect(Object.keys(content).toSorted()).toEqual([
      "application/octet-stream",
      "image/*",
      "multipart/form-data",
    ]);
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
