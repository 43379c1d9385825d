import { z } from "@hono/zod-openapi";

import { intrinsicFacts, type ShownMedia } from "../db/media-object.ts";
import { mediaStates } from "../db/schema.ts";

const timestamp = z.string().openapi({ format: "date-time", example: "2026-11-22T10:38:00.000Z" });

const intrinsicSchema = z
  .object({
    width: z.int().nullable(),
    height: z.int().nullable(),
    orientation: z.int().nullable(),
    taken_at: z.string().nullable(),
    taken_at_offset: z.string().nullable(),
    ...intrinsicFacts.shape,
  })
  .openapi("Intrinsic");

/** A MediaObject as clients see it. */
export const mediaObjectSchema = z
  .object({
    id: z.string().openapi({ format: "uuid" }),
    provider: z.string(),
    object_key: z.string(),
    content_type: z.string(),
    file_size: z.int(),
    content_hash: z.string().nullable(),
    last_modified: timestamp.nullable(),
    state: z.enum(mediaStates),
    error: z.object({ code: z.string(), detail: z.string() }).nullable(),
    missing_since: timestamp.nullable(),
    intrinsic: intrinsicSchema,
    object_metadata: z.record(z.string(), z.unknown()),
    thumbnail_version: z.string().nullable(),
    revision: z.int(),
    created_at: timestamp,
    updated_at: timestamp,
  })
  .openapi("MediaObject");

/** See {@link mediaObjectSchema}. */
export type MediaObjectJson = z.infer<typeof mediaObjectSchema>;

/** The one serialiser of records. */
export function toMediaJson(media: ShownMedia): MediaObjectJson {
  return {
    id: media.id,
    provider: media.provider,
    object_key: media.objectKey,
    content_type: media.contentType,
    file_size: media.fileSize,
    content_hash: media.contentHash,
    last_modified: toTimestamp(media.lastModified),
    state: media.state,
    error: media.errorCode === null ? null : { code: media.errorCode, detail: media.errorDetail ?? "" },
    missing_since: toTimestamp(media.missingSince),
    intrinsic: {
      width: media.width,
      height: media.height,
      orientation: media.orientation,
      taken_at: media.takenAt,
      taken_at_offset: media.takenAtOffset,
      ...media.intrinsic,
    },
    object_metadata: media.objectMetadata,
    thumbnail_version: media.thumbnailVersion,
    revision: media.revision,
    created_at: new Date(media.createdAt).toISOString(),
    updated_at: new Date(media.updatedAt).toISOString(),
  };
}

function toTimestamp(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
