import { z } from "@hono/zod-openapi";

import { mediaObjectSchema, type MediaObjectJson } from "./media-json.ts";

/** Which fields of a media object are answered, by their names: null where a field is answered whole. */
export type FieldTree = ReadonlyMap<string, FieldTree | null>;

/** A media object of which only some fields are answered, its id always. */
export type PartialMediaJson = Readonly<Record<string, unknown>> & { readonly id: string };

/** The fields of a media object, each optional except for the id, as the document describes them. */
export const partialMediaShape = {
  ...partialShape(mediaObjectSchema, []),
  id: mediaObjectSchema.shape.id,
};

function partialShape(schema: z.ZodObject, path: readonly string[]): Record<string, z.ZodType> {
  const fields = Object.entries(schema.shape).flatMap(([name, field]): [string, z.ZodType][] =>
    field instanceof z.ZodType ? [[name, partialOf(field, [...path, name]).optional()]] : [],
  );
  return Object.fromEntries(fields);
}

function partialOf(schema: z.ZodType, path: readonly string[]): z.ZodType {
  const description = `The named fields of \`${path.join(".")}\`.`;
  if (schema instanceof z.ZodObject) return z.object(partialShape(schema, path)).openapi({ description });
  const inner = objectIn(schema);
  if (inner === null) return schema;
  return z.union([partialOf(inner, path), z.null()]).openapi({ description });
}

/** The object that a schema allows beside null; null for any other schema. */
function objectIn(schema: unknown): z.ZodObject | null {
  if (schema instanceof z.ZodObject) return schema;
  if (!(schema instanceof z.ZodUnion)) return null;
  return schema.options.find((option) => option instanceof z.ZodObject) ?? null;
}

/** True for the path of a field that a media object has, or may have within `object_metadata`. */
export function isMediaField(path: readonly string[]): boolean {
  let schema: unknown = mediaObjectSchema;
  for (const name of path) {
    if (schema instanceof z.ZodRecord) return true;
    const shape = objectIn(schema)?.shape ?? {};
    if (!Object.hasOwn(shape, name)) return false;
    schema = shape[name];
  }
  return true;
}

/** Leaves out what is not named. What is null stays null, whatever of it is named. */
export function pickFields({ id, ...media }: MediaObjectJson, fields: FieldTree): PartialMediaJson {
  return { id, ...pick(media, fields) };
}

function pick(value: object, fields: FieldTree): Record<string, unknown> {
  const picked = Object.entries(value).flatMap(([name, child]: [string, unknown]): [string, unknown][] => {
    const asked = fields.get(name);
    if (asked === undefined) return [];
    if (asked === null || child === null) return [[name, child]];
    // Words may be of any kind: a text or a list has no fields.
    return typeof child === "object" && !Array.isArray(child) ? [[name, pick(child, asked)]] : [];
  });
  return Object.fromEntries(picked);
}
