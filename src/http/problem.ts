import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";

import {
  AppError,
  appErrorOf,
  cutForAnswer,
  errorDefinitions,
  jsonBytes,
  type ErrorCode,
  type FieldError,
} from "../errors.ts";
import type { AppEnv } from "./context.ts";

/** Problem details (RFC 9457 §3) as every error is answered. */
export const problemSchema = z
  .object({
    type: z.string().openapi({
      format: "uri",
      description: "Leads to a page of this service that says what the code means and what to do.",
    }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    request_id: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .openapi("Problem");

/** No refusal has more bytes than this, or than the body that it refuses. */
const smallestLimit = 2048;

/** Nobody reads more of what is wrong, however large the body was. */
const largestLimit = 64 * 1024;

/** How long `detail` may be as JSON, in bytes; it may quote names that the request has chosen. */
const maxDetailBytes = 600;

/** Answers any failure as problem details; what it was caused by goes to the log alone. */
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
    "Something went wrong here; the log has the rest under the request id.",
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

/** Codes whose answers tell how long to wait. */
const announced: ReadonlySet<ErrorCode> = new Set(["rate_limited", "storage_rate_limited", "busy"]);

/** Required where every code of a status tells how long to wait. */
function retryHeaders(codes: readonly ErrorCode[]): object {
  if (!codes.some((code) => announced.has(code))) return {};
  const required = codes.every((code) => announced.has(code));
  const schema = { type: "integer" };
  return { headers: { "Retry-After": { description: "Seconds to wait.", required, schema } } };
}

/**
 * The responses of a route for these codes, for the OpenAPI document: the status comes from the table of errors. They
 * are thrown, never returned, so the route's type does not know of them.
 */
export function problems(...codes: readonly ErrorCode[]): object {
  const everywhere: ErrorCode[] = ["rate_limited", "internal_error", "database_unavailable"];
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of [...codes, ...everywhere]) {
    const { status } = errorDefinitions[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const responses = [...byStatus].map(([status, each]): [number, unknown] => [
    status,
    {
      description: each.map((code) => `\`${code}\`: ${errorDefinitions[code].title}`).join("; "),
      content: { "application/problem+json": { schema: problemSchema } },
      ...retryHeaders(each),
    },
  ]);
  return Object.fromEntries(responses);
}
