import { z } from "zod";

/** What of a media object an import looks at. */
export const mediaSchema = z.object({
  id: z.string(),
  revision: z.number(),
  object_key: z.string(),
  file_size: z.number(),
  content_hash: z.string().nullable(),
  last_modified: z.string().nullable(),
  state: z.string(),
  error: z.object({ code: z.string(), detail: z.string() }).nullable(),
});

/** A media object with its words, for what they are compared with. */
export const describedSchema = z.object({
  revision: z.number(),
  object_metadata: z.record(z.string(), z.unknown()),
  taken: z.object({ at: z.string() }).nullable(),
  place: z.object({ latitude: z.number(), longitude: z.number() }).nullable(),
});

/** See {@link mediaSchema}. */
export type Media = z.infer<typeof mediaSchema>;

/** Whether an object may be one that was uploaded: a Dropbox may have a file of the same key, which is another object. */
export function mayBeUpload({ content_hash: hash }: Media): boolean {
  return hash === null || !hash.startsWith("dropbox:");
}

/** A page of the media list. */
export const pageSchema = z.object({
  items: z.array(mediaSchema),
  total: z.number().nullable(),
  next_cursor: z.string().nullable(),
});

/** A run of ingest or of a database scan. */
export const runSchema = z.object({
  id: z.string(),
  state: z.string(),
  providers: z.record(z.string(), z.object({ error: z.string().nullish() })).default({}),
  counts: z.object({
    scanned: z.number().default(0),
    new: z.number().default(0),
    changed: z.number().default(0),
    moved: z.number().default(0),
    ambiguous: z.number().default(0),
    unchanged: z.number().default(0),
    missing: z.number().default(0),
    queued: z.number(),
    processed: z.number(),
    failed: z.number(),
    dropped: z.number().default(0),
  }),
});

/** See {@link runSchema}. */
export type Run = z.infer<typeof runSchema>;

/** What a run could not process. */
export const failuresSchema = z.object({
  items: z.array(z.object({ object_key: z.string(), code: z.string(), detail: z.string() })),
});

/** The answer to starting a run. */
export const startedSchema = z.object({ status: z.enum(["started", "already_running"]), run: runSchema });

/** The answer to how ingest is getting on. */
export const statusSchema = z.object({ run: runSchema.nullable(), last_run: runSchema.nullable() });

/** What the service said was wrong. */
export interface Refusal {
  status: number;
  code: string;
  detail: string;
  /** Which parameters do not fit, and why. */
  errors: { path: string; message: string }[];
}
