import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";

import {
  AppError,
  appErrorOf,
  cutForAnswer,
  errorCodes,
  errorDefinitions,
  jsonBytes,
  type ErrorCode,
  type FieldError,
} from "../../core/errors.ts";
import type { AppEnv } from "../context.ts";
import { has, responseHeaders as documentedHeaders } from "../document-headers.ts";

const fieldErrorSchema = z
  .object({
    path: z.string().openapi({
      description:
        "The path of the invalid parameter, header or field in dotted form, such as `object_metadata.keywords.3`.",
    }),
    message: z.string().openapi({ description: "The reason in words for people." }),
  })
  .openapi("FieldError", { description: "An invalid part of a request." });

/** Problem details (RFC 9457 §3) as every error is answered. */
export const problemSchema = z
  .object({
    type: z.string().openapi({
      format: "uri",
      description: "The address of a page of this service that explains the code and its remedy.",
    }),
    title: z.string().openapi({
      description: "The kind of the problem in words. All problems with the same code have the same title.",
    }),
    status: z.int().openapi({ description: "The HTTP status of the answer." }),
    detail: z.string().openapi({ description: "The explanation of this problem in words for people." }),
    code: z.enum(errorCodes).openapi({ description: "The kind of the problem as a code for programs." }),
    request_id: z.string().openapi({ description: "The id of the request in the log of the service." }),
    errors: z.array(fieldErrorSchema).optional().openapi({
      description: "The invalid parts of the request. A long list is cut after the first parts.",
    }),
  })
  .openapi("Problem", { description: "Problem details (RFC 9457), the body of every error." });

/** No refusal has more bytes than this, or than the body that it refuses. */
const smallestLimit = 2048;

/** Nobody reads more of what is wrong, however large the body was. */
const largestLimit = 64 * 1024;

/** How long `detail` may be as JSON, in bytes; it may quote names that the request has chosen. */
const maxDetailBytes = 600;

/** Answers any failure as problem details; the cause goes to the log alone. */
export function answerProblem(error: unknown, context: Context<AppEnv>): Response {
  const problem = toAppError(error);
  const { status, title } = problem.definition;
  logProblem(context, problem);
  const headers = new Headers({ "Content-Type": "application/problem+json", "Cache-Control": "no-store" });
  for (const [name, value] of Object.entries(problem.headers)) headers.set(name, value);
  if (problem.retryAfterSeconds !== undefined)
    headers.set("Retry-After", String(Math.ceil(problem.retryAfterSeconds)));
  const told = {
    type: typeOf(problem.code, context.req.url),
    title,
    status,
    detail: cutForAnswer(problem.detail, maxDetailBytes),
    code: problem.code,
    request_id: context.get("requestId"),
  };
  const limit = Math.min(largestLimit, Math.max(smallestLimit, context.get("bodyBytes") ?? 0));
  const errors =
    problem.errors === undefined ? {} : { errors: firstErrors(problem.errors, limit - jsonBytes(told)) };
  const body: z.infer<typeof problemSchema> = { ...told, ...errors };
  return context.body(JSON.stringify(body), { status, headers });
}

/** The address of what `/docs/errors` of this service says about a code (RFC 9457 §3.1.1). */
function typeOf(code: ErrorCode, requestUrl: string): string {
  return `${new URL(requestUrl).origin}/docs/errors#${code}`;
}

/** As many of the errors, from the first, as take so many bytes as JSON; `detail` tells how many there are. */
function firstErrors(errors: readonly FieldError[], maxBytes: number): FieldError[] {
  let bytes = jsonBytes(',"errors":[]');
  const left = errors.findIndex((error) => (bytes += jsonBytes(error) + 1) > maxBytes);
  return errors.slice(0, left < 0 ? errors.length : left);
}

/** An unknown failure is answered with a fixed text: its own may hold anything. */
function toAppError(error: unknown): AppError {
  const known = appErrorOf(error);
  if (known !== null) return known;
  if (error instanceof HTTPException && error.status === 400) {
    return new AppError("malformed_json", "The body is not valid JSON.", { cause: error });
  }
  if (error instanceof HTTPException && error.status === 415) {
    return new AppError("unsupported_media_type", "The Content-Type of the body is not well-formed.", {
      cause: error,
    });
  }
  return new AppError(
    "internal_error",
    "The service has failed. The log of the service tells the cause under the request id.",
    {
      cause: error,
    },
  );
}

function logProblem(context: Context<AppEnv>, problem: AppError): void {
  const log = context.get("services").log;
  const fields = { code: problem.code, detail: problem.detail };
  if (problem.definition.status >= 500) log.error("request.failed", fields, problem.cause ?? problem);
  else log.debug("request.refused", fields);
}

/** Codes whose answers always have `Retry-After`. */
const announced: ReadonlySet<ErrorCode> = new Set(["rate_limited", "storage_rate_limited", "busy"]);

/** Codes whose answers have `Retry-After` where it is known when another attempt makes sense. */
const sometimesAnnounced: ReadonlySet<ErrorCode> = new Set(["storage_unavailable", "database_unavailable"]);

/** The headers of answers with these codes: `Retry-After`, required if every code has it, or `Content-Range`. */
function answerHeaders(codes: readonly ErrorCode[]): object {
  if (codes.includes("range_not_satisfiable")) return { headers: has("Content-Range") };
  if (!codes.some((code) => announced.has(code) || sometimesAnnounced.has(code))) return {};
  if (!codes.every((code) => announced.has(code))) return { headers: has("Retry-After") };
  return { headers: { "Retry-After": { ...documentedHeaders["Retry-After"], required: true } } };
}

/** A response as a route's OpenAPI says it. */
interface DocumentedResponse {
  readonly description: string;
  readonly content?: Readonly<Record<string, object>>;
  readonly headers?: object;
}

/** Codes that any route may answer with. */
const everywhere: readonly ErrorCode[] = ["rate_limited", "internal_error", "database_unavailable"];

/** Codes with which a route may answer that needs a scope: Access may know a person without one, or not tell. */
const whereScopesCount: readonly ErrorCode[] = ["not_permitted", "busy"];

/**
 * The responses of a route for the OpenAPI document: its own, and a problem for each of these codes, whose status comes
 * from the table of errors. A status that the route answers with by itself, too, has the descriptions and the contents
 * of both. Problems are thrown, never returned, so the type is that of the route's own responses.
 */
export function withProblems<Own extends Readonly<Record<number, DocumentedResponse>>>(
  own: Own,
  ...codes: readonly ErrorCode[]
): Own {
  const byStatus = new Map<number, ErrorCode[]>();
  const byScope = codes.includes("insufficient_scope") ? whereScopesCount : [];
  for (const code of new Set([...codes, ...byScope, ...everywhere])) {
    const { status } = errorDefinitions[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const problems = Array.from(byStatus, ([status, each]) => [status, merged(own[status], each)] as const);
  return { ...own, ...Object.fromEntries(problems) };
}

function merged(own: DocumentedResponse | undefined, codes: readonly ErrorCode[]): DocumentedResponse {
  const told = codes.map((code) => `\`${code}\`: ${errorDefinitions[code].title}`).join("; ");
  return {
    ...own,
    ...answerHeaders(codes),
    description: own === undefined ? told : `${own.description} Or ${told}`,
    content: { ...own?.content, "application/problem+json": { schema: problemSchema } },
  };
}
