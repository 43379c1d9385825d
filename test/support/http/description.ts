import { z } from "zod";

import { createApp } from "../../../src/app.ts";
import { createOpenApiDocument } from "../../../src/http/openapi-document.ts";

const schema = z.record(z.string(), z.unknown());

const header = z.looseObject({ $ref: z.string().optional(), required: z.boolean().default(false) });

const parameter = z.looseObject({
  name: z.string(),
  in: z.enum(["query", "path", "header"]),
  required: z.boolean().default(false),
  description: z.string().optional(),
  example: z.unknown().optional(),
  schema,
});

const mediaType = z.looseObject({ schema: schema.optional(), example: z.unknown().optional() });

const response = z.looseObject({
  description: z.string(),
  headers: z.record(z.string(), header).default({}),
  content: z.record(z.string(), mediaType).default({}),
});

const operation = z.looseObject({
  operationId: z.string().optional(),
  summary: z.string().optional(),
  description: z.string().optional(),
  tags: z.array(z.string()).default([]),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(z.union([parameter, z.strictObject({ $ref: z.string() })])).default([]),
  requestBody: z.looseObject({ content: z.record(z.string(), mediaType) }).optional(),
  responses: z.record(z.string(), response),
});

/** The OpenAPI document, as far as tests read it. */
export const openapi = z.looseObject({
  openapi: z.literal("3.1.0"),
  info: z.looseObject({ title: z.literal("Tagline"), version: z.string(), description: z.string() }),
  tags: z.array(z.strictObject({ name: z.string(), description: z.string() })),
  paths: z.record(z.string().startsWith("/"), z.record(z.string(), operation)),
  components: z.looseObject({
    schemas: z.record(z.string(), schema),
    parameters: z.record(z.string(), parameter),
    headers: z.record(z.string(), header),
    securitySchemes: z.record(z.string(), z.looseObject({ type: z.string() })),
  }),
});

/** See {@link openapi}. */
export type Description = z.infer<typeof openapi>;

/** A parameter of an operation, looked up where the operation refers to it. */
type Parameter = z.infer<typeof parameter>;

/** One method of one path. */
export interface DescribedOperation {
  /** As the app names its routes: `GET /v1/media/:id`. */
  readonly name: string;
  readonly method: string;
  /** With `{name}` for what varies. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly operation: z.infer<typeof operation>;
}

/** The operations of a document, with their parameters looked up. */
export function operationsOf({ paths, components }: Description): DescribedOperation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, each]) => ({
      name: `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`,
      method: method.toUpperCase(),
      path,
      parameters: each.parameters.map((one) =>
        "$ref" in one
          ? parameter.parse(
              components.parameters[String(one["$ref"]).replace("#/components/parameters/", "")],
            )
          : one,
      ),
      operation: each,
    })),
  );
}

let own: Description | undefined;

/** The document of the Worker under test, made once. */
export function ownDescription(): Description {
  own ??= openapi.parse(structuredClone(createOpenApiDocument(createApp())));
  return own;
}
