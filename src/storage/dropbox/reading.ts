import type { z } from "zod";

import { unavailable, type Patience } from "./exchange.ts";

/** How long Dropbox may take for an answer, or to begin a download. */
export const answerTimeoutMs = 30_000;

/** Ends a call whose answer is late, or that nobody waits for any more. */
export function answerSignal({ signal }: Patience): AbortSignal {
  const late = AbortSignal.timeout(answerTimeoutMs);
  return signal === undefined ? late : AbortSignal.any([late, signal]);
}

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

/** The bytes of a body; null where there are more than `maxBytes`, of which no more is read then. */
export async function readAtMost(body: ReadableStream, maxBytes: number): Promise<Uint8Array | null> {
  let length = 0;
  const counted = body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        length += piece.length;
        if (length <= maxBytes) controller.enqueue(piece);
        else controller.terminate();
      },
    }),
  );
  const bytes = new Uint8Array(await new Response(counted).arrayBuffer());
  return length <= maxBytes ? bytes : null;
}
