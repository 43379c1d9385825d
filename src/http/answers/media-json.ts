import { z } from "@hono/zod-openapi";

import { placeSources, takenPrecisions, takenSources, type ShownMedia } from "../../db/media/record.ts";
import { mediaStates } from "../../db/schema.ts";
import { placeOf, takenOf, type BestPlace } from "../../media/metadata/best-known.ts";
import { objectMetadataSchema } from "./object-metadata-schema.ts";

const timestamp = z.string().openapi({ format: "date-time", example: "2026-11-22T10:38:00.000Z" });

const text = (description: string) => z.string().nullable().openapi({ description });
const number = (description: string) => z.number().nullable().openapi({ description });

const cameraSchema = z
  .object({
    make: text("The maker of the camera."),
    model: text("The model of the camera."),
    lens: text("The lens."),
  })
  .openapi("Camera", { description: "The camera, as the file names it." });

const exposureSchema = z
  .object({
    time: number("The exposure time in seconds."),
    f_number: number("The f-number of the aperture."),
    iso: number("The ISO speed."),
    focal_length: number("The focal length in millimetres."),
  })
  .openapi("Exposure", { description: "How the photo was exposed." });

const locationSchema = z
  .object({
    latitude: z.number().openapi({ description: "Degrees north of the equator." }),
    longitude: z.number().openapi({ description: "Degrees east of Greenwich." }),
    altitude: number("Metres above sea level."),
  })
  .openapi("Location", { description: "Where the photo was taken." });

const takenSchema = z
  .object({
    at: z.string().openapi({
      description:
        "A local date-time without offset: the first moment of what is known. Lists are sorted and filtered by it.",
      example: "1962-01-01T00:00:00.000",
    }),
    offset: text("The offset of the clock from UTC, such as `+02:00`."),
    precision: z.enum(takenPrecisions).openapi({ description: "How exactly the time is known." }),
    source: z.enum(["person", ...takenSources]).openapi({
      description:
        "Who tells it: `person` (`object_metadata.taken_at`), or the file by its EXIF, XMP or IPTC; `digitized`: the file " +
        "tells only when it was digitised.",
    }),
  })
  .openapi("Taken", { description: "When the photo was taken, by the best that is known." });

const placeSchema = z
  .object({
    latitude: z.number().openapi({ description: "Degrees north of the equator." }),
    longitude: z.number().openapi({ description: "Degrees east of Greenwich." }),
    altitude: number("Metres above sea level."),
    source: z
      .enum(["person", ...placeSources])
      .openapi({ description: "Who tells it: `person` (`object_metadata.location`), or the file." }),
  })
  .openapi("Place", { description: "Where the photo was taken, by the best that is known." });

const intrinsicSchema = z
  .object({
    width: z.int().nullable().openapi({ description: "Pixels across, once the photo is upright." }),
    height: z.int().nullable().openapi({ description: "Pixels down, once the photo is upright." }),
    orientation: z
      .int()
      .nullable()
      .openapi({ description: "How the stored picture has to be turned: 1 to 8, as EXIF counts." }),
    taken_at: text("When the photo was taken, by what the file tells: a date-time without offset."),
    taken_at_offset: text("The offset of the camera's clock from UTC, such as `+02:00`."),
    camera: nullable(cameraSchema, "The camera."),
    exposure: nullable(exposureSchema, "The exposure."),
    location: nullable(locationSchema, "The place."),
    thumbhash: text("A ThumbHash of the whole picture in base64, to show while the thumbnail loads."),
    caption: text("The file's own caption, whole, where it is longer than a description may be."),
  })
  .openapi("Intrinsic", {
    description: "What the file tells of itself. A field that the file does not tell is null, never guessed.",
  });

/** A schema of the document, or null: `anyOf`, as JSON Schema has no other way to say so of a reference. */
export function nullable<T extends z.ZodType>(schema: T, description: string) {
  return z.union([schema, z.null()]).openapi({ description });
}

const processingError = z
  .object({
    code: z.string().openapi({ description: "Why, for programs, such as `corrupt` or `too_many_pixels`." }),
    detail: z.string().openapi({ description: "Why, for people." }),
  })
  .openapi("ProcessingError", { description: "Why a photo has no thumbnail." });

/** A MediaObject as clients see it. */
export const mediaObjectSchema = z
  .object({
    id: z
      .string()
      .openapi({ format: "uuid", description: "The id, a UUID of version 7: ids sort by creation." }),
    provider: z.string().openapi({ description: "The name of the storage provider that holds the object." }),
    object_key: z
      .string()
      .openapi({ description: "The key of the object as its provider has it; that of an upload is NFC." }),
    content_type: z.string().openapi({ description: "The media type, by the first bytes of the object." }),
    file_size: z.int().openapi({ minimum: 0, description: "The size of the object in bytes." }),
    content_hash: text("The hash that the provider offers: `md5:…`, `dropbox:…` or `sha256:…`."),
    last_modified: timestamp
      .nullable()
      .openapi({ description: "When the provider last changed the object." }),
    state: z.enum(mediaStates).openapi({
      description:
        "`pending`: seen, not processed yet. `ready`: processed. `failed`: could not be processed, see `error`. `unsupported`: stored and served, without a thumbnail.",
    }),
    error: nullable(processingError, "Why the state is `failed` or `unsupported`."),
    missing_since: timestamp.nullable().openapi({
      description: "Since when the object is gone from its provider; null while the object is there.",
    }),
    intrinsic: intrinsicSchema,
    taken: nullable(takenSchema, "When the photo was taken: what a person wrote counts before the file."),
    place: nullable(placeSchema, "Where the photo was taken: what a person wrote counts before the file."),
    object_metadata: objectMetadataSchema,
    thumbnail_version: text("The version of the thumbnail, for `v`; null where there can be no thumbnail."),
    revision: z.int().openapi({ minimum: 0, description: "How many changes people have made." }),
    created_at: timestamp.openapi({ description: "When the record was made." }),
    updated_at: timestamp.openapi({ description: "When the record last changed." }),
  })
  .openapi("MediaObject", { description: "A photo: its object in a storage, and what is known of it." });

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
    intrinsic: intrinsicOf(media),
    taken: takenOf(media),
    place: placeOf(media),
    object_metadata: media.objectMetadata,
    thumbnail_version: media.thumbnailVersion,
    revision: media.revision,
    created_at: new Date(media.createdAt).toISOString(),
    updated_at: new Date(media.updatedAt).toISOString(),
  };
}

/** What the file alone tells. */
function intrinsicOf(media: ShownMedia): MediaObjectJson["intrinsic"] {
  const { camera, exposure, location, thumbhash, caption } = media.intrinsic;
  return {
    width: media.width,
    height: media.height,
    orientation: media.orientation,
    taken_at: media.takenAt,
    taken_at_offset: media.takenAtOffset,
    camera,
    exposure,
    location: location === null ? null : withoutSource(location),
    thumbhash,
    caption,
  };
}

function withoutSource({ latitude, longitude, altitude }: BestPlace) {
  return { latitude, longitude, altitude };
}

function toTimestamp(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
