import type { z } from "zod";

import { unavailable } from "./exchange.ts";

/** How long Dropbox may take for an answer, or to begin a download. */
export const answerTimeoutMs = 30_000;

/**
 * Reads an answer that is JSON. One that breaks off throws what the stream or the parser throws, so that it is asked for
 * again; one that is whole and does not fit is thrown as `storage_unavailable`.
 */
export async function readJson<T>(what: string, response: Response, schema: z.ZodType<T>): Promise<T> {
  return checked(what, await response.json(), schema);
}

/** A value of Dropbox's by its schema; `storage_unavailable` where it does not fit. */
export function checked<T>(what: string, value: unknown, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join(".") ?? "";
  throw unavailable(`${what}: an answer that does not fit the specification (${where})`, parsed.error);
}
