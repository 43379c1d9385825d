import { describe, Failure, systemCode } from "../failure.ts";

/** The failure of a request that could not be made in the end; what has failed already, or was stopped, stays as it is. */
export function lost(error: unknown, stop: AbortSignal): unknown {
  if (stop.aborted || error instanceof Failure) return error;
  const why = systemCode(error) ?? describe(error);
  return new Failure(`The service was lost (${why}). Run the same command again to continue.`, {
    cause: error,
  });
}
