import { z } from "zod";

/**
 * What Dropbox answers, as far as it is used (dropbox-api-spec, `files.stone`, `auth.stone`, `users.stone`). Fields that
 * are not named here are passed over, and tags that nobody knows yet are accepted: unions of the specification are open.
 */

/** `FileMetadata`. `path_lower` and `path_display` are absent for a file that is not mounted. */
export const fileMetadata = z.object({
  id: z.string().min(1),
  name: z.string(),
  path_lower: z.string().nullish(),
  path_display: z.string().nullish(),
  rev: z.string().min(1),
  size: z.int().nonnegative(),
  server_modified: z.iso.datetime(),
  content_hash: z.string().nullish(),
  is_downloadable: z.boolean().default(true),
});

/** A file as Dropbox tells of it. */
export type FileMetadata = z.infer<typeof fileMetadata>;

const pathOnly = { name: z.string(), path_lower: z.string().nullish() };
const knownTags = new Set(["file", "folder", "deleted"]);

/** `Metadata`: a file, a folder, what is deleted, or something that did not exist when this was written. */
export const metadata = z.union([
  fileMetadata.extend({ ".tag": z.literal("file") }),
  z.object({ ".tag": z.literal("folder"), ...pathOnly }),
  z.object({ ".tag": z.literal("deleted"), ...pathOnly }),
  z.object({
    ".tag": z
      .string()
      .refine((tag) => !knownTags.has(tag), "does not fit its tag")
      .transform(() => "unknown" as const),
  }),
]);

/** One of the entries of a listing. */
export type Metadata = z.infer<typeof metadata>;

/** `ListFolderResult`. */
export const listing = z.object({
  entries: z.array(metadata),
  cursor: z.string().min(1),
  has_more: z.boolean(),
});

/** `RateLimitError`, within the envelope of every error. */
export const rateLimit = z.object({ error: z.object({ retry_after: z.int().nonnegative().default(1) }) });

const tagged = z.looseObject({ ".tag": z.string() });
const errorEnvelope = z.object({ error: tagged });

/** The tags of an error from the outside in, such as `path/not_found`; null for a text that is not an error of Dropbox. */
export function errorTags(text: string): string | null {
  const envelope = errorEnvelope.safeParse(parseJson(text));
  return envelope.success ? tagsOf(envelope.data.error).join("/") : null;
}

function tagsOf(error: z.infer<typeof tagged>): string[] {
  const tag = error[".tag"];
  const inner = tagged.safeParse(error[tag]);
  return inner.success ? [tag, ...tagsOf(inner.data)] : [tag];
}

/** What the token endpoint answers to a refresh (RFC 6749 §5.1). */
export const accessTokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
});

/** The value of a JSON text; undefined for a text that is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
