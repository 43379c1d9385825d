import fc from "fast-check";

import { anyBody, type FuzzBody } from "./bodies.ts";
import type { ApiDocument, Operation, Parameter } from "./document.ts";
import { caller, oddHeaders, type Header } from "./headers.ts";
import { anyText, rawQueryPieces, valueOf } from "./values.ts";

/** A request to try, in a form that is printed whole when it fails. */
export interface FuzzRequest {
  readonly method: string;
  /** With the query, escaped as it goes over the line. */
  readonly target: string;
  readonly headers: readonly Header[];
  readonly body: FuzzBody | null;
}

/** What the records are that requests may name. */
export interface KnownRecords {
  /** Anybody may do anything with these. */
  readonly open: readonly string[];
  /** Requests that write name these only where they must be refused. */
  readonly guarded: readonly string[];
  /** Cursors that the service has given out. */
  readonly cursors: readonly string[];
}

/** Any request to any route of the document, at times by a wrong method or to no route at all. */
export function anyRequest(document: ApiDocument, known: KnownRecords): fc.Arbitrary<FuzzRequest> {
  return fc.oneof(
    ...document.operations.map((operation) => ({
      weight: weightOf(operation),
      arbitrary: requestOf(operation, document, known),
    })),
    { weight: 3, arbitrary: strayRequest() },
  );
}

/** What has more to it is tried more often; what deletes is rare, so that something is left to try. */
function weightOf({ method, parameters, bodies }: Operation): number {
  return method === "DELETE" ? 1 : 3 + Math.min(6, parameters.length) + (bodies.size > 0 ? 6 : 0);
}

function requestOf(
  operation: Operation,
  document: ApiDocument,
  known: KnownRecords,
): fc.Arbitrary<FuzzRequest> {
  const reads = operation.method === "GET";
  const to = (ids: readonly string[], scopes: Parameters<typeof caller>[0]): fc.Arbitrary<FuzzRequest> =>
    fc
      .record({
        method: methodOf(operation),
        path: pathOf(operation, ids),
        query: queryOf(operation, document, known),
        caller: caller(scopes),
        headers: fc
          .tuple(oddHeaders(operation.method), headersOf(operation, document))
          .map((each) => each.flat()),
        body: anyBody(operation, document),
      })
      .map(({ path, query, caller: asked, headers, body, method }) => ({
        method,
        target: query === "" ? path : `${path}?${query}`,
        headers: [...headers, ...asked],
        body: reads ? null : body,
      }));
  const anybody = ["admin", "admin", "write", "admin", "write", "read"] as const;
  return fc.oneof(
    { weight: 4, arbitrary: to(known.open, anybody) },
    { weight: 1, arbitrary: to(known.guarded, reads ? anybody : ["read"]) },
  );
}

function methodOf({ method }: Operation): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 24, arbitrary: fc.constant(method) },
    { weight: 1, arbitrary: fc.constantFrom("PUT", "OPTIONS", "PROPFIND", "LOCK") },
  );
}

function pathOf(operation: Operation, ids: readonly string[]): fc.Arbitrary<string> {
  const segments = operation.path.split("/").map((segment) => {
    if (!segment.startsWith("{")) return fc.constant(segment);
    const isId = segment.endsWith("id}");
    return fc.oneof(
      { weight: isId ? 12 : 3, arbitrary: fc.constantFrom(...ids) },
      { weight: 1, arbitrary: fc.uuid({ version: 7 }) },
      { weight: 1, arbitrary: fc.constantFrom(...ids).map((id) => id.toUpperCase()) },
      { weight: 1, arbitrary: anyText().map(escaped) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(...rawQueryPieces, "..", "%2e%2e", "%2F", "%5C").map(pathSafe),
      },
    );
  });
  return fc.tuple(...segments).map((each) => each.join("/"));
}

/** Escapes as a client does; a lone surrogate is sent as the three bytes that are no UTF-8. */
function escaped(text: string): string {
  return Array.from(text)
    .map((character) => (character.isWellFormed() ? encodeURIComponent(character) : "%ED%A0%80"))
    .join("")
    .slice(0, 12_000);
}

function pathSafe(piece: string): string {
  return piece.replaceAll(/[?#&]/g, "x");
}

function queryOf(operation: Operation, document: ApiDocument, known: KnownRecords): fc.Arbitrary<string> {
  const parameters = operation.parameters.filter((each) => each.in === "query");
  const pairs = parameters.map((each) => pairOf(each, document, known));
  const chosen =
    pairs.length === 0
      ? fc.constant<string[]>([])
      : fc.oneof(
          { weight: 1, arbitrary: fc.constant<string[]>([]) },
          {
            weight: 8,
            arbitrary: fc
              .subarray(pairs, { maxLength: Math.min(4, pairs.length) })
              .chain((each) => fc.tuple(...each)),
          },
          { weight: 1, arbitrary: fc.array(fc.oneof(...pairs), { maxLength: 6 }) },
        );
  const odd = fc.oneof(
    fc.tuple(anyText().map(escaped), anyText().map(escaped)).map((pair) => pair.join("=")),
    fc.constantFrom(...rawQueryPieces),
  );
  const required = parameters
    .filter((each) => each.name === "object_key")
    .map((each) => pairOf(each, document, known));
  return fc
    .tuple(
      chosen,
      fc.oneof(fc.tuple(...required), fc.constant<string[]>([])),
      fc.oneof({ weight: 14, arbitrary: fc.constant(null) }, odd),
    )
    .map(([first, second, stray]) =>
      [...new Set([...first, ...second, ...(stray === null ? [] : [stray])])].join("&"),
    );
}

function pairOf(parameter: Parameter, document: ApiDocument, known: KnownRecords): fc.Arbitrary<string> {
  const { name, schema } = parameter;
  const fits = valueOf(schema.type === "array" ? (schema.items ?? {}) : schema, document).map(textOf);
  const usual = usualValues(name, known);
  const value = usual.length === 0 ? fits : fc.oneof(fc.constantFrom(...usual), fits);
  return value.map((each) => `${name}=${escaped(each)}`);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Values that are let in, so that a request gets past its first check. */
function usualValues(name: string, known: KnownRecords): readonly string[] {
  switch (name) {
    case "cursor":
      return [...known.cursors, ...known.cursors.map((each) => `${each.slice(0, -2)}xx`)];
    case "object_key":
      return [
        "a/1.jpg",
        "a/2.jpg",
        'a/quo"te\r\n.jpg',
        "a/\u202Egpj.jpg",
        "a/e\u0301.jpg",
        `${"d/".repeat(400)}x`,
      ];
    case "provider":
      return ["r2"];
    case "limit":
      return ["1", "3", "500"];
    default:
      return [];
  }
}

function headersOf(operation: Operation, document: ApiDocument): fc.Arbitrary<Header[]> {
  const fields = operation.parameters
    .filter((each) => each.in === "header")
    .map((each) => valueOf(each.schema, document).map((value): Header => [each.name, textOf(value)]));
  return fields.length === 0 ? fc.constant([]) : fc.subarray(fields).chain((each) => fc.tuple(...each));
}

/** A path that is no route's, or only nearly. */
function strayRequest(): fc.Arbitrary<FuzzRequest> {
  const path = fc.oneof(
    fc.constantFrom(
      "/",
      "/v1",
      "/v1/",
      "/v1//media",
      "/V1/media",
      "/v1/media/",
      "/v1/%6dedia",
      "/%2e%2e/",
      "/.git/config",
    ),
    anyText().map((text) => `/v1/media/${escaped(text)}/x`),
    anyText().map((text) => `/${escaped(text)}`),
  );
  return fc
    .record({
      path,
      method: fc.constantFrom("GET", "POST", "PATCH", "DELETE"),
      caller: caller(["read"]),
      headers: oddHeaders(),
    })
    .map(({ path: target, method, caller: asked, headers }) => ({
      method,
      target,
      headers: [...headers, ...asked],
      body: null,
    }));
}
