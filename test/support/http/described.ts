import { dereference, validate, type Schema } from "@cfworker/json-schema";

import { operationsOf, ownDescription, type DescribedOperation } from "./description.ts";

/** What was asked, as far as the document speaks of it. */
export interface Asked {
  readonly method: string;
  readonly url: string;
}

interface Checker {
  readonly operations: readonly DescribedOperation[];
  readonly fits: (schema: Schema, value: unknown) => string | null;
  readonly header: (header: { $ref?: string | undefined; required: boolean }) => { required: boolean };
}

let known: Checker | undefined;

/**
 * The document, read once in an isolate. Its schemas are closed: for clients an answer may get further fields, for tests
 * it must not have any that nobody has described.
 */
function checker(): Checker {
  if (known !== undefined) return known;
  const description = ownDescription();
  close(description);
  const lookup = dereference(description);
  const fits: Checker["fits"] = (schema, value) => {
    const { valid, errors } = validate(value, schema, "2020-12", lookup, false);
    if (valid) return null;
    return errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`).join(" ");
  };
  const header: Checker["header"] = (each) =>
    each.$ref === undefined
      ? each
      : (description.components.headers[each.$ref.replace("#/components/headers/", "")] ?? each);
  known = { operations: operationsOf(description), fits, header };
  return known;
}

/** Forbids fields that are not described, wherever fields are. */
function close(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  if ("properties" in value && !("additionalProperties" in value)) {
    Object.assign(value, { additionalProperties: false });
  }
  for (const each of Object.values(value)) close(each);
}

/** A segment of a path as the router reads it: `%6d` is the letter m. What is no text in UTF-8 stays as it is. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function operationAt({ method, url }: Asked): DescribedOperation | null {
  const segments = new URL(url).pathname.split("/").map(decoded);
  const wanted = method === "HEAD" ? "GET" : method;
  const found = checker().operations.find(({ method: own, path }) => {
    const template = path.split("/");
    if (own !== wanted || template.length !== segments.length) return false;
    return template.every((each, index) =>
      each.startsWith("{") ? segments[index] !== "" : each === segments[index],
    );
  });
  return found ?? null;
}

/** Header fields that the document need not tell: those of HTTP itself, and what browsers and caches are told of any answer. */
const generalHeaders = new Set([
  "access-control-allow-origin",
  "access-control-expose-headers",
  "content-encoding",
  "content-length",
  "content-security-policy",
  "content-type",
  "cross-origin-opener-policy",
  "cross-origin-resource-policy",
  "referrer-policy",
  "strict-transport-security",
  "vary",
  "x-content-type-options",
  "x-frame-options",
]);

/**
 * What is wrong with an answer of what the document does not have: below /v1 it can only be a refusal, or what a browser
 * is told before it asks.
 */
function undescribedPath({ method, url }: Asked, response: Response, text: string | null): string | null {
  const isProblem = mediaTypeOf(response.headers) === "application/problem+json";
  if (isProblem) return method === "HEAD" ? null : undescribedProblem(text);
  const { pathname } = new URL(url);
  return pathname.startsWith("/v1/") && response.ok && method !== "OPTIONS"
    ? `${method} ${pathname} is not described`
    : null;
}

/** What of an answer the document does not tell; null where it tells all. `text` is null where the body was not read. */
export function undescribed(asked: Asked, response: Response, text: string | null): string | null {
  const described = operationAt(asked);
  if (described === null) return undescribedPath(asked, response, text);
  const at = `${asked.method} ${described.path} ${response.status}`;
  const answer = described.operation.responses[String(response.status)];
  if (answer === undefined) return `${at}: the status is not described`;
  for (const [name, each] of Object.entries(answer.headers)) {
    if (checker().header(each).required && !response.headers.has(name)) return `${at}: lacks ${name}`;
  }
  const told = new Set(Object.keys(answer.headers).map((name) => name.toLowerCase()));
  const untold = [...response.headers.keys()].filter((name) => !told.has(name) && !generalHeaders.has(name));
  if (untold.length > 0) return `${at}: ${untold.join(", ")} is not described`;
  // What has no content may still tell of the content that it stands for (RFC 9110 §15.4.5).
  if (response.status === 204 || response.status === 304) return null;
  const type = mediaTypeOf(response.headers);
  if (type === "") return text === null || text === "" ? null : `${at}: the body has no media type`;
  const content = answer.content[type] ?? answer.content[type.replace(/\/.*/, "/*")];
  if (content === undefined) return `${at}: ${type} is not described`;
  if (asked.method === "HEAD" || text === null || content.schema === undefined) return null;
  const value: unknown = JSON.parse(text);
  const fault = checker().fits(content.schema, value);
  if (fault !== null) return `${at}: ${fault}`;
  if (type !== "application/problem+json" || answer.description.includes(`\`${codeOf(value)}\``)) return null;
  return isMisplacedLink(asked, codeOf(value)) ? null : `${at}: the code is not described: ${text}`;
}

function codeOf(problem: unknown): string {
  return typeof problem === "object" && problem !== null && "code" in problem ? String(problem.code) : "";
}

/** Whether a signed link was put to another use: the words before all operations tell how that is answered. */
function isMisplacedLink({ url }: Asked, code: string): boolean {
  return code === "invalid_signature" && new URL(url).searchParams.has("signature");
}

function undescribedProblem(text: string | null): string | null {
  return checker().fits(ownDescription().components.schemas["Problem"] ?? {}, JSON.parse(text ?? ""));
}

/** What of a JSON body that was accepted the document does not allow; null where it allows all. */
export function undescribedBody(asked: Asked, body: unknown): string | null {
  const described = operationAt(asked);
  const schema = described?.operation.requestBody?.content["application/json"]?.schema;
  if (described === null || schema === undefined) return null;
  const fault = checker().fits(schema, body);
  return fault === null ? null : `the body of ${asked.method} ${described.path} was accepted: ${fault}`;
}

/** Whether an answer's body is JSON that is answered at once. */
export function isJson(headers: Headers): boolean {
  return /^application\/(problem\+)?json$/.test(mediaTypeOf(headers));
}

function mediaTypeOf(headers: Headers): string {
  const [type = ""] = (headers.get("Content-Type") ?? "").split(";", 1);
  return type.trim().toLowerCase();
}
