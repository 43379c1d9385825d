import { z } from "zod";

import { pagePaths } from "../../support/http/page-paths.ts";

const methods = ["get", "post", "put", "patch", "delete"] as const;

/** A JSON Schema as the document has it; what it may say is read where it is needed. */
const jsonSchema = z.looseObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  contentMediaType: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  pattern: z.string().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  get items() {
    return jsonSchema.optional();
  },
  get properties() {
    return z.record(z.string(), jsonSchema).optional();
  },
  required: z.array(z.string()).optional(),
  get anyOf() {
    return z.array(jsonSchema).optional();
  },
  get oneOf() {
    return z.array(jsonSchema).optional();
  },
  get allOf() {
    return z.array(jsonSchema).optional();
  },
});

/** See {@link jsonSchema}. */
export type JsonSchema = z.infer<typeof jsonSchema>;

const parameter = z.looseObject({
  name: z.string(),
  in: z.enum(["query", "path", "header"]),
  required: z.boolean().default(false),
  schema: jsonSchema,
});

/** A parameter of a route. */
export type Parameter = z.infer<typeof parameter>;

const operationShape = z.looseObject({
  security: z.array(z.record(z.string(), z.array(z.string()))).default([]),
  parameters: z.array(z.union([parameter, z.strictObject({ $ref: z.string() })])).default([]),
  requestBody: z
    .looseObject({ content: z.record(z.string(), z.looseObject({ schema: jsonSchema.optional() })) })
    .optional(),
  responses: z.record(z.string(), z.unknown()),
});

const documentShape = z.looseObject({
  paths: z.record(z.string(), z.record(z.enum(methods), operationShape.optional())),
  components: z.looseObject({
    schemas: z.record(z.string(), jsonSchema),
    parameters: z.record(z.string(), parameter),
  }),
});

/** One method of one path, as the document tells it. */
export interface Operation {
  readonly method: string;
  /** With `{name}` for what varies. */
  readonly path: string;
  /** Matches the paths that are this one. */
  readonly pattern: RegExp;
  readonly scope: string | null;
  readonly parameters: readonly Parameter[];
  /** The body's schema by media type. */
  readonly bodies: ReadonlyMap<string, JsonSchema>;
  readonly statuses: ReadonlySet<number>;
}

/** What the service says of itself: every route, and how to look up a `$ref`. */
export interface ApiDocument {
  readonly operations: readonly Operation[];
  readonly resolve: (schema: JsonSchema) => JsonSchema;
}

/** Routes that the document leaves out because they are the documentation, or other pages for people. */
const undocumented: readonly Operation[] = pagePaths.map((path) => ({
  method: "GET",
  path,
  pattern: patternOf(path),
  scope: null,
  parameters: [],
  bodies: new Map(),
  statuses: new Set([200, 301, 308, 422]),
}));

/** Reads the OpenAPI document. */
export function readDocument(json: unknown): ApiDocument {
  const { paths, components } = documentShape.parse(json);
  const operations = Object.entries(paths).flatMap(([path, each]) =>
    Object.entries(each).flatMap(([method, operation]) =>
      operation === undefined ? [] : [operationOf(method, path, operation, components.parameters)],
    ),
  );
  const resolve = (schema: JsonSchema): JsonSchema => {
    const name = schema.$ref?.replace("#/components/schemas/", "");
    const target = name === undefined ? undefined : components.schemas[name];
    return target === undefined ? schema : resolve(target);
  };
  return { operations: [...operations, ...undocumented], resolve };
}

function operationOf(
  method: string,
  path: string,
  operation: z.infer<typeof operationShape>,
  shared: Readonly<Record<string, Parameter>>,
): Operation {
  const content = Object.entries(operation.requestBody?.content ?? {});
  return {
    method: method.toUpperCase(),
    path,
    pattern: patternOf(path),
    scope: operation.security[0]?.["apiKey"]?.[0] ?? null,
    parameters: operation.parameters.map((each) =>
      "$ref" in each
        ? parameter.parse(shared[String(each["$ref"]).replace("#/components/parameters/", "")])
        : each,
    ),
    bodies: new Map(content.map(([type, { schema }]) => [type, schema ?? {}])),
    statuses: new Set(Object.keys(operation.responses).map(Number)),
  };
}

function patternOf(path: string): RegExp {
  const segments = path
    .split("/")
    .map((segment) => (segment.startsWith("{") ? "[^/]+" : RegExp.escape(segment)));
  return new RegExp(`^${segments.join("/")}$`);
}
