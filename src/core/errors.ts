import { errorDefinitions, type ErrorCode, type ErrorDefinition } from "./error-definitions.ts";

export { errorDefinitions, type ErrorCode, type ErrorDefinition } from "./error-definitions.ts";

/** Every code of the contract, in the order of the table. */
export const errorCodes = keysOf(errorDefinitions);

/** The names of a record, with their type; throws where there are none. */
function keysOf<Name extends string>(record: Readonly<Record<Name, unknown>>): [Name, ...Name[]] {
  const names: Name[] = [];
  for (const name in record) names.push(name);
  const [first, ...rest] = names;
  if (first === undefined) throw new Error("a record without names");
  return [first, ...rest];
}

/** One part of a request that does not fit: `path` in dotted form (`object_metadata.keywords.3`), `message` for people. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** What an {@link AppError} may carry besides its code and detail. */
export interface AppErrorOptions extends ErrorOptions {
  /** Which parts of the request do not fit. */
  readonly errors?: readonly FieldError[];
  /** Header fields that the answer needs, such as `Allow` or `Content-Range`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Seconds after which another attempt makes sense; becomes `Retry-After` and the queue's delay. */
  readonly retryAfterSeconds?: number;
}

/**
 * The one exception of this project: what a caller cannot go on from. `detail` is shown to clients, so it never
 * contains secrets, vendor messages or names of bindings; those belong into `cause`, which only the log sees.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly detail: string;
  readonly errors: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, detail: string, options: AppErrorOptions = {}) {
    super(`${code}: ${detail}`, options);
    this.code = code;
    this.detail = detail;
    this.errors = options.errors;
    this.headers = options.headers ?? {};
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  /** The code's line in the table. */
  get definition(): ErrorDefinition {
    return errorDefinitions[this.code];
  }
}

/** The AppError that a failure is or was caused by: drizzle wraps what its driver throws. */
export function appErrorOf(failure: unknown): AppError | null {
  if (failure instanceof AppError) return failure;
  return failure instanceof Error && failure.cause !== undefined ? appErrorOf(failure.cause) : null;
}

/** When what others hold is likely to be free again: most pictures are done within a second. */
const busyForSeconds = 2;

/** No memory is left just now for what was asked: 503 with `Retry-After`. It passes, and nobody waits for it in here. */
export function busy(): AppError {
  const detail =
    "The service has no memory left for this request at this moment. Send the request again in a few seconds.";
  return new AppError("busy", detail, { retryAfterSeconds: busyForSeconds });
}

/** More than this nobody reads; without a limit a hostile body could ask for an answer many times its size. */
const maxFieldErrors = 100;

/** How long a path, and a message, may be as JSON, in bytes; a path holds names that the request has chosen. */
const maxTextBytes = 200;

/** A request whose parameters or body do not fit: 422 with a path and a message for each part, the first 100 of them. */
export function validationError(errors: readonly FieldError[]): AppError {
  const told = errors.slice(0, maxFieldErrors).map(({ path, message }) => ({
    path: cutForAnswer(path, maxTextBytes),
    message: cutForAnswer(message, maxTextBytes),
  }));
  const [first] = told;
  const where = first === undefined || first.path === "" ? "" : `${first.path}: `;
  const rest = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
  return new AppError("validation_error", `${where}${first?.message ?? "invalid"}${rest}`, { errors: told });
}

/** A text that takes at most so many bytes as JSON; one that is cut ends in `…`. */
export function cutForAnswer(text: string, maxBytes: number): string {
  // No character takes less than a byte, so that a hostile length costs nothing.
  const beginning = text.slice(0, maxBytes + 1);
  if (jsonBytes(text.length > maxBytes ? beginning : text) <= maxBytes) return text;
  let kept = "";
  let bytes = jsonBytes("…");
  for (const character of beginning) {
    bytes += jsonBytes(character) - 2;
    if (bytes > maxBytes) break;
    kept += character;
  }
  return `${kept}…`;
}

/** How many bytes a value has as JSON. */
export function jsonBytes(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}
