import { describe, expect, it } from "vitest";

import { errorDefinitions } from "../../../src/core/errors.ts";
import { metadataLimits } from "../../../src/media/metadata/rules.ts";
import { operationsOf, ownDescription } from "../../support/http/description.ts";

const description = ownDescription();
const operations = operationsOf(description);

/** Every schema that is a field, an item or a variant, with its place, if nothing says what it is. */
function wordless(value: unknown, place: string): string[] {
  // The words of a header field stand beside its schema.
  if (typeof value !== "object" || value === null || place.endsWith(".headers")) return [];
  const isSchema = /\.(properties\.\w+|items|additionalProperties|schema)$/.test(place);
  const isTold = "description" in value || "$ref" in value || Object.keys(value).length === 0;
  const own = isSchema && !isTold ? [place] : [];
  return own.concat(Object.entries(value).flatMap(([name, each]) => wordless(each, `${place}.${name}`)));
}

describe("the OpenAPI document", () => {
  it("gives each operation an id of its own, in lowerCamelCase", () => {
    const ids = operations.map(({ operation }) => operation.operationId ?? "");
    expect(ids.filter((id) => !/^[a-z]+([A-Z][a-z]+)*$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(operations)("says of $name what it does, what it takes and what it answers", (each) => {
    const { operation, parameters } = each;
    expect(operation.summary).toBeTruthy();
    expect(operation.description).toBeTruthy();
    expect(description.tags.map(({ name }) => name)).toEqual(expect.arrayContaining(operation.tags));
    expect(parameters.filter((one) => !one.description).map(({ name }) => name)).toEqual([]);
    const answers = Object.values(operation.responses);
    expect(answers.filter((one) => one.description === "")).toEqual([]);
  });

  it("says of every header field what it is", () => {
    const { headers, parameters } = description.components;
    const untold = Object.entries({ ...headers, ...parameters }).filter(([, each]) => !each["description"]);
    expect(untold.map(([name]) => name)).toEqual([]);
  });

  it("says of every schema and every field what it is", () => {
    const { schemas } = description.components;
    const untold = Object.entries(schemas).filter(([, schema]) => schema["description"] === undefined);
    expect(untold.map(([name]) => name)).toEqual([]);
    expect(wordless({ schemas, paths: withoutParameters() }, "document")).toEqual([]);
  });

  it("states the limits of what people write, for answers and for changes", () => {
    const { ObjectMetadata, ObjectMetadataPatch } = description.components.schemas;
    for (const schema of [ObjectMetadata, ObjectMetadataPatch]) {
      expect(schema).toMatchObject({
        type: "object",
        propertyNames: { pattern: "^[a-z][a-z0-9]*(_[a-z0-9]+)*$", maxLength: 64 },
        properties: {
          description: { maxLength: metadataLimits.descriptionCharacters },
          keywords: { maxItems: 256, items: { type: "string", minLength: 1, maxLength: 64 } },
        },
      });
    }
  });

  it("lists the codes of the table of errors, and no others", () => {
    expect(description.components.schemas["Problem"]).toMatchObject({
      properties: { code: { enum: Object.keys(errorDefinitions) } },
    });
  });

  it.each([
    ["GET /v1/media/:id/data", ["Range", "If-Range", "If-None-Match"]],
    ["GET /v1/media/:id/thumbnail", ["If-None-Match"]],
    ["GET /v1/media/:id", ["If-None-Match"]],
    ["PATCH /v1/media/:id", ["If-Match", "Content-Digest"]],
    ["DELETE /v1/media/:id", ["If-Match"]],
    ["POST /v1/media", ["Content-Digest"]],
    ["GET /v1/ingest/events", ["last-event-id"]],
    ["POST /webhooks/dropbox", ["X-Dropbox-Signature"]],
  ])("names the header fields that %s reads", (name, expected) => {
    const found = operations.find((each) => each.name === name)?.parameters ?? [];
    const fields = found.filter((each) => each.in === "header").map((each) => each.name);
    const common = name.includes("/v1/") ? ["X-D1-Bookmark", "X-Request-Id"] : ["X-Request-Id"];
    expect(fields.toSorted()).toEqual([...expected, ...common, "traceparent"].toSorted());
  });

  it.each([
    ["GET /v1/media", "200", ["Link"]],
    ["POST /v1/media", "201", ["ETag", "Location", "X-D1-Bookmark"]],
    ["PATCH /v1/media/:id", "200", ["ETag", "X-D1-Bookmark"]],
    ["GET /v1/media/:id", "304", ["ETag"]],
    ["GET /v1/media/:id/data", "206", ["Accept-Ranges", "Content-Range", "ETag", "Last-Modified"]],
    ["GET /v1/media/:id/data", "416", ["Content-Range"]],
    ["POST /v1/ingest", "202", ["Location"]],
    ["GET /v1/media", "401", ["WWW-Authenticate"]],
    ["GET /v1/media", "429", ["Retry-After"]],
  ])("names the header fields that %s answers %s with", (name, status, expected) => {
    const { operation } = operations.find((each) => each.name === name) ?? {};
    const headers = Object.keys(operation?.responses[status]?.headers ?? {});
    expect(headers).toEqual(
      expect.arrayContaining([...expected, "Cache-Control", "Server-Timing", "X-Request-Id"]),
    );
  });
});

/** The paths without their parameters, whose words stand beside their schemas. */
function withoutParameters(): unknown {
  return operations.map(({ operation: { parameters: _parameters, ...rest } }) => rest);
}
