import { AppError } from "../../core/errors.ts";

/** R2's own error codes that mean something of their own to us (R2 documentation, "Error codes"). */
const r2Codes = { badDigest: 10037, tooManyRequests: 10058 } as const;

/** How long R2 may take to begin its answer. */
const answerTimeoutMs = 30_000;

/** Awaits what R2 answers and translates its failures; `what` goes to the log. */
export async function askR2<T>(what: string, work: () => Promise<T>): Promise<T> {
  // Stopped as soon as R2 answers: an invocation may only have so many timers, and makes thousands of calls.
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("timed out")), answerTimeoutMs);
  });
  try {
    return await Promise.race([work(), timeout]);
  } catch (cause) {
    throw translateR2Failure(what, cause);
  } finally {
    clearTimeout(timer);
  }
}

/** True if R2 refused what was stored because its digest is another. */
export function isDigestMismatch(cause: unknown): boolean {
  return codeOf(cause) === r2Codes.badDigest;
}

/** Our error for a failure of R2. */
export function translateR2Failure(what: string, cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  if (codeOf(cause) === r2Codes.tooManyRequests) {
    return new AppError(
      "storage_rate_limited",
      "The storage provider has received too many requests. Try again later.",
      {
        cause,
        retryAfterSeconds: 5,
      },
    );
  }
  return new AppError("storage_unavailable", "The storage provider failed or timed out.", {
    cause: new Error(`R2 ${what} failed`, { cause }),
  });
}

/** R2's binding ends its messages with the code in parentheses. */
function codeOf(cause: unknown): number | null {
  const match = cause instanceof Error ? /\((\d{5})\)\s*$/.exec(cause.message) : null;
  return match?.[1] === undefined ? null : Number(match[1]);
}
