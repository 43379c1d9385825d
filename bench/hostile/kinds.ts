import type { ApiDocument, JsonSchema, Operation } from "../../test/http/fuzz/document.ts";
import type { Outgoing } from "./client.ts";

/** The platform's limits, from below: an address, all headers of a request. */
export const urlLength = 15_000;
export const headerLength = 60_000;

/** A kind of hostile request, which can be made at any length. */
export interface Kind {
  readonly part: "path" | "query" | "header" | "JSON body" | "form" | "other body";
  readonly name: string;
  /** The greatest length that it is sent at. */
  readonly full: number;
  readonly request: (length: number) => Outgoing;
}

/** A route with a request that it takes, from which hostile ones are made. */
export interface Route {
  readonly operation: Operation;
  readonly document: ApiDocument;
  readonly plain: Outgoing;
}

/** What the service knows, to fill paths with. */
export interface Known {
  readonly key: string;
  readonly mediaId: string;
  readonly runId: string;
}

const nobody = "018cc251-0000-7000-8000-000000000000";
const picture = Buffer.from("/9j/4AAQ", "base64");

/** A small request to an operation, fit for it as far as its schema tells. */
export function plainRequest(operation: Operation, document: ApiDocument, known: Known): Outgoing {
  const { method, path, parameters, bodies } = operation;
  // What is put to work in the background would be measured with whatever comes next.
  const id = path.startsWith("/v1/ingest/runs")
    ? known.runId
    : path.endsWith("/process")
      ? nobody
      : known.mediaId;
  const query = parameters
    .filter((parameter) => parameter.in === "query" && parameter.required)
    .map(({ name, schema }) => `${name}=${encodeURIComponent(String(sampleOf(schema, document)))}`);
  const target = `${path.replaceAll(/\{\w+\}/g, id)}${query.length > 0 ? `?${query.join("&")}` : ""}`;
  const headers: Record<string, string> = { "X-API-Key": known.key };
  // What deletes is refused, so that there is always something to delete.
  if (method === "DELETE") headers["If-Match"] = '"999999-1"';
  const [type, schema] = [...bodies].find(([each]) => each !== "multipart/form-data") ?? [];
  if (method === "GET" || type === undefined) return { method, target, headers };
  if (type.includes("json") && !type.includes("ndjson"))
    return {
      method,
      target,
      headers: { ...headers, "Content-Type": type },
      body: JSON.stringify(sampleOf(schema ?? {}, document)),
    };
  // The beginning of a picture and no more, so that nothing is stored which would then be processed.
  return {
    method,
    target,
    headers: { ...headers, "Content-Type": type.endsWith("*") ? "image/jpeg" : type },
    body: picture,
  };
}

/** The least that fits a schema. */
export function sampleOf(schema: JsonSchema, document: ApiDocument): unknown {
  const resolved = document.resolve(schema);
  const variant = resolved.anyOf?.[0] ?? resolved.oneOf?.[0] ?? resolved.allOf?.[0];
  if (variant !== undefined) return sampleOf(variant, document);
  if (resolved.const !== undefined) return resolved.const;
  if (resolved.enum !== undefined) return resolved.enum[0];
  const [type = "string"] = [resolved.type ?? []].flat();
  if (type === "integer" || type === "number") return resolved.minimum ?? 1;
  if (type === "boolean") return false;
  if (type === "array")
    return Array.from({ length: resolved.minItems ?? 1 }, () => sampleOf(resolved.items ?? {}, document));
  if (type !== "object") return resolved.format === "uuid" ? nobody : "r2";
  const properties = resolved.properties ?? {};
  if (properties["object_metadata"] !== undefined) return { object_metadata: { description: "The sea" } };
  const names = resolved.required ?? [];
  return Object.fromEntries(names.map((name) => [name, sampleOf(properties[name] ?? {}, document)]));
}
