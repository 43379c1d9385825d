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
  content_hash: z.string().nullable(),
  file_size: z.number(),
  missing_since: z.string().nullable(),
  revision: z.number(),
  object_metadata: z.record(z.string(), z.unknown()),
});

/** A media object with its words. */
export type DrillMedia = z.infer<typeof mediaSchema>;

/** The history of a media object's words, newest first. */
export type History = readonly z.infer<typeof revisionSchema>[];

/** A photo as it was described. */
export interface Remembered {
  readonly media: DrillMedia;
  readonly history: History;
}

const pageSize = 500;

/** The client of a service that a drill has started for itself, until the drill is stopped. */
export function archiveOf({ url, key }: Pick<OwnService, "url" | "key">, signal: AbortSignal): Tagline {
  return tagline({ url, key, signal });
}

/** Every media object, in the order of keys, those whose photos are missing among them. */
export async function allMedia(archive: Tagline): Promise<DrillMedia[]> {
  const query = { sort: "object_key", missing: "any", limit: pageSize } as const;
  return allOf(mediaSchema, archive.items("/v1/media", query));
}

/** Every media object with its whole history. */
export async function remember(archive: Tagline): Promise<Remembered[]> {
  const remembered: Remembered[] = [];
  for (const media of await allMedia(archive))
    remembered.push({ media, history: await historyOf(archive, media.id) });
  return remembered;
}

async function historyOf(archive: Tagline, id: string): Promise<History> {
  return allOf(revisionSchema, archive.items("/v1/media/{id}/history", {}, { path: { id } }));
}

/** All items of a list, each of a form. */
export async function allOf<T>(schema: z.ZodType<T>, items: AsyncIterable<unknown>): Promise<T[]> {
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
