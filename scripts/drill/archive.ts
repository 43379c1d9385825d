import { z } from "zod";
import { tagline, TaglineError, type Tagline } from "../../packages/client/src/index.ts";
import { Failure } from "../failure.ts";
import type { OwnService } from "../start/own-service.ts";

const revisionSchema = z.object({
  revision: z.number(),
  changed_at: z.string(),
  changed_by: z.string().nullable(),
  operation_id: z.string().nullable(),
  object_metadata: z.record(z.string(), z.unknown()),
});

const mediaSchema = z.object({
  id: z.string(),
  provider: z.string(),
  object_key: z.string(),
  revision: z.number(),
  object_metadata: z.record(z.string(), z.unknown()),
});

/** A media object with its words. */
export type DrillMedia = z.infer<typeof mediaSchema>;

/** The history of a media object's words, newest first. */
export type History = readonly z.infer<typeof revisionSchema>[];

const pageSize = 500;

/** The client of a service that a drill has started for itself, until the drill is stopped. */
export function archiveOf({ url, key }: Pick<OwnService, "url" | "key">, signal: AbortSignal): Tagline {
  return tagline({ url, key, signal });
}

/** Every media object, in the order of keys. */
export async function allMedia(archive: Tagline): Promise<DrillMedia[]> {
  return all(mediaSchema, archive.items("/v1/media", { sort: "object_key", limit: pageSize }));
}

/** The whole history of a media object. */
export async function historyOf(archive: Tagline, id: string): Promise<History> {
  return all(revisionSchema, archive.items("/v1/media/{id}/history", {}, { path: { id } }));
}

async function all<T>(schema: z.ZodType<T>, items: AsyncIterable<unknown>): Promise<T[]> {
  const found: T[] = [];
  await told(async () => {
    for await (const item of items) found.push(schema.parse(item));
  });
  return found;
}

/** What a call gives; a refusal, and an answer of another form, are told in one sentence. */
export async function told<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof TaglineError) throw new Failure(error.message, { cause: error });
    if (error instanceof z.ZodError)
      throw new Failure("The service answers in a form that the drill does not know.", { cause: error });
    throw error;
  }
}
