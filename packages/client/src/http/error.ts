import { errorCodes } from "../error-codes.ts";
import type { components } from "../openapi.ts";
import { fieldsOf, parsed } from "./fields.ts";

/** A code of the service: the closed list that `/docs/errors` of every service explains. */
export type ErrorCode = components["schemas"]["Problem"]["code"];

/**
 * What a {@link TaglineError} may be beside the codes of the service:
 * - `unreachable`: no answer came, because there is no connection or the connection broke.
 * - `timed_out`: the service was silent for longer than `timeoutMs`.
 * - `redirected`: the answer leads to another address, where the key does not go.
 * - `not_modified`: the answer is `304`, because the call had an `If-None-Match`.
 * - `unexpected_answer`: the answer is none of Tagline, such as the page of a proxy, or of a newer Tagline.
 */
export type ClientErrorCode =
  | "unreachable"
  | "timed_out"
  | "redirected"
  | "not_modified"
  | "unexpected_answer";

/** An invalid part of a request, and why it is invalid. */
export type FieldError = components["schemas"]["FieldError"];

/** What a {@link TaglineError} tells beside its code. */
export interface ErrorFacts {
  readonly code: ErrorCode | ClientErrorCode;
  readonly detail: string;
  readonly status?: number | null;
  readonly errors?: readonly FieldError[];
  readonly requestId?: string | null;
  readonly retryAfter?: number | null;
  readonly cause?: unknown;
}

/** Why a call did not succeed. `code` says it to programs, `detail` to people. */
export class TaglineError extends Error {
  override readonly name = "TaglineError";
  readonly code: ErrorCode | ClientErrorCode;
  /** The explanation in words for people. */
  readonly detail: string;
  /** The HTTP status; null if there was no answer. */
  readonly status: number | null;
  /** The invalid parts of the request; empty if the service names none. */
  readonly errors: readonly FieldError[];
  /** The id of the request in the log of the service; null if there was no answer. */
  readonly requestId: string | null;
  /** How many seconds the service asks to wait; null if it does not ask. */
  readonly retryAfter: number | null;

  constructor({
    code,
    detail,
    status = null,
    errors = [],
    requestId = null,
    retryAfter = null,
    cause,
  }: ErrorFacts) {
    super(`${detail} (${status === null ? "" : `${status} `}${code})`, cause === undefined ? {} : { cause });
    this.code = code;
    this.detail = detail;
    this.status = status;
    this.errors = errors;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
  }
}

/** The error of an answer that is no success: what its problem document says, if it has one. */
export function errorOf(
  { status, headers }: Pick<Response, "status" | "headers">,
  body: string,
  retryAfter: number | null,
): TaglineError {
  const problem = fieldsOf(parsed(body));
  const known = {
    status,
    retryAfter,
    requestId: textOf(problem["request_id"]) ?? headers.get("x-request-id"),
  };
  if (status === 304)
    return new TaglineError({ ...known, code: "not_modified", detail: "Nothing has changed." });
  const [code, detail] = [textOf(problem["code"]), textOf(problem["detail"])];
  if (code === null || detail === null) {
    const type = headers.get("content-type") ?? "no Content-Type";
    return new TaglineError({
      ...known,
      code: "unexpected_answer",
      detail: `The answer ${status} is no answer of Tagline: ${type}.`,
    });
  }
  const errors = fieldErrors(problem["errors"]);
  return isErrorCode(code)
    ? new TaglineError({ ...known, code, detail, errors })
    : new TaglineError({ ...known, code: "unexpected_answer", detail: `${code}: ${detail}`, errors });
}

/** The error of an answer that leads elsewhere. */
export function redirectError(status: number, location: string | null): TaglineError {
  const where = location === null ? "another address" : location;
  return new TaglineError({
    code: "redirected",
    status: status === 0 ? null : status,
    detail: `The answer leads to ${where}. The client does not go there with the key: give the right url.`,
  });
}

function isErrorCode(code: string): code is ErrorCode {
  const codes: readonly string[] = errorCodes;
  return codes.includes(code);
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function fieldErrors(value: unknown): FieldError[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return list.flatMap((each) => {
    const { path, message } = fieldsOf(each);
    return typeof path === "string" && typeof message === "string" ? [{ path, message }] : [];
  });
}
