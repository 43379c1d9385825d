import { z } from "@hono/zod-openapi";

import { placeSources, takenPrecisions, takenSources, type ShownFields } from "../../db/media/record.ts";
import { mediaStates } from "../../db/schema.ts";
import { placeOf, takenOf, type BestPlace } from "../../media/metadata/best-known.ts";
import type { ShownSuggestion } from "../../media/suggestions/shown.ts";
import { objectMetadataSchema } from "./object-metadata-schema.ts";

/** A point in time as answers have it: RFC 3339, in UTC. */
export const timestamp = z.string().openapi({ format: "date-time", example: "2026-11-22T10:38:00.000Z" });

const text = (description: string) => z.string().nullable().openapi({ description });
const number = (description: string) => z.number().nullable().openapi({ description });

const cameraSchema = z
  .object({
    make: text("The maker of the camera."),
    model: text("The model of the camera."),
    lens: text("The lens of the camera."),
  })
  .openapi("Camera", { description: "The camera that the file names." });

const exposureSchema = z
  .object({
    time: number("The exposure time in seconds."),
    f_number: number("The f-number of the aperture."),
    iso: number("The ISO speed."),
    focal_length: number("The focal length in millimetres."),
  })
  .openapi("Exposure", { description: "The exposure of the photo." });

const locationSchema = z
  .object({
    latitude: z.number().openapi({ description: "Degrees north of the equator." }),
    longitude: z.number().openapi({ description: "Degrees east of Greenwich." }),
    altitude: number("Metres above sea level."),
  })
  .openapi("Location", { description: "The place where the photo was taken." });

const takenSchema = z
  .object({
    at: z.string().openapi({
      description:
        "A local date-time without offset. If only a day, a month or a year is known, `at` is its first moment. Lists are sorted and filtered by `at`.",
      example: "1962-01-01T00:00:00.000",
    }),
    offset: text("The offset of the clock from UTC, such as `+02:00`."),
    precision: z.enum(takenPrecisions).openapi({ description: "The precision of the known time." }),
    source: z.enum(["person", ...takenSources]).openapi({
      description:
        "The source of the time. `person`: `object_metadata.taken_at`. `exif`, `xmp` and `iptc`: the metadata of the file; `xmp` also that of its sidecar. " +
        "`digitized`: the file tells only the time of its digitisation.",
    }),
  })
  .openapi("Taken", { description: "The best known time at which the photo was taken." });

const placeSchema = z
  .object({
    latitude: z.number().openapi({ description: "Degrees north of the equator." }),
    longitude: z.number().openapi({ description: "Degrees east of Greenwich." }),
    altitude: number("Metres above sea level."),
    source: z.enum(["person", ...placeSources]).openapi({
      description:
        "The source of the place. `person`: `object_metadata.location`. `exif` and `xmp`: the metadata of the file; `xmp` also that of its sidecar.",
    }),
  })
  .openapi("Place", { description: "The best known place where the photo was taken." });

const intrinsicSchema = z
  .object({
    width: z.int().nullable().openapi({ description: "The width of the upright photo in pixels." }),
    height: z.int().nullable().openapi({ description: "The height of the upright photo in pixels." }),
    orientation: z
      .int()
      .nullable()
      .openapi({ description: "The EXIF orientation of the stored photo: 1 to 8." }),
    taken_at: text(
      "The time at which the photo was taken, as the file tells the time: a date-time without offset.",
    ),
    taken_at_offset: text("The offset of the camera's clock from UTC, such as `+02:00`."),
    camera: nullable(cameraSchema, "The camera that the file names."),
    exposure: nullable(exposureSchema, "The exposure that the file tells."),
    location: nullable(locationSchema, "The place that the file tells."),
    thumbhash: text(
      "A ThumbHash of the whole photo in base64. A client can show the ThumbHash while the thumbnail loads.",
    ),
    caption: text(
      "The whole caption of the file if the caption is too long for `object_metadata.description`; otherwise null.",
    ),
  })
  .openapi("Intrinsic", {
    description:
      "The facts that the file tells. A field is null if the file does not tell its value; the service never guesses.",
  });

/** A schema of the document, or null: `anyOf`, as JSON Schema has no other way to say so of a reference. */
export function nullable<T extends z.ZodType>(schema: T, description: string) {
  return z.union([schema, z.null()]).openapi({ description });
}

const processingError = z
  .object({
    code: z
      .string()
      .openapi({ description: "The reason as a code for programs, such as `corrupt` or `too_many_pixels`." }),
    detail: z.string().openapi({ description: "The reason in words for people." }),
  })
  .openapi("ProcessingError", { description: "The reason why a photo has no thumbnail." });

const sidecarSchema = z
  .object({
    key: z.string().openapi({ description: "The object key of the sidecar." }),
    changed: z.boolean().openapi({
      description:
        "True if the sidecar has other words than the service last read or wrote, and the media object has words of a person. `POST /v1/media/{id}/sidecar` takes the words of the sidecar.",
    }),
  })
  .openapi("Sidecar", { description: "The sidecar of a photo." });

const suggestionsSchema = z
  .object({
    description: text("A description; null if none is suggested."),
    keywords: z
      .array(
        z
          .object({
            keyword: z.string().openapi({ description: "A keyword of the archive." }),
            score: z
              .number()
              .openapi({ description: "How likely the model thinks the keyword is: 0.5 to 1." }),
          })
          .openapi({ description: "A suggested keyword." }),
      )
      .openapi({ description: "Keywords, the likeliest first." }),
    model: text("The models that were asked."),
    created_at: timestamp.openapi({ description: "The time at which the models answered." }),
  })
  .openapi("Suggestions", { description: "Words that a machine suggests and no person has decided on." });

/** A MediaObject as clients see it. */
export const mediaObjectSchema = z
  .object({
    id: z.string().openapi({
      format: "uuid",
      description:
        "The id of the media object: a UUID of version 7. Sorting by `id` sorts by time of creation.",
    }),
    provider: z.string().openapi({ description: "The name of the storage provider that holds the object." }),
    object_key: z.string().openapi({
      description:
        "The object key, exactly as the storage provider spells the key. The object key of an upload is NFC.",
    }),
    content_type: z.string().openapi({
      description: "The media type of the object. The first bytes of the object decide the media type.",
    }),
    file_size: z.int().openapi({ minimum: 0, description: "The size of the object in bytes." }),
    content_hash: text(
      "The content hash that the storage provider offers: `md5:…`, `dropbox:…` or `sha256:…`.",
    ),
    last_modified: timestamp
      .nullable()
      .openapi({ description: "The time at which the object last changed at the storage provider." }),
    state: z.enum(mediaStates).openapi({
      description:
        "`pending`: the photo waits to be processed. `ready`: the photo was processed. `failed`: the photo could not be processed, see `error`. `unsupported`: the photo is stored and served without a thumbnail, see `error`.",
    }),
    error: nullable(processingError, "The reason why the state is `failed` or `unsupported`."),
    missing_since: timestamp.nullable().openapi({
      description:
        "The time since which the object is missing from the storage provider; null while the storage provider holds the object.",
    }),
    intrinsic: intrinsicSchema,
    taken: nullable(
      takenSchema,
      "The time at which the photo was taken. `object_metadata.taken_at` counts before the file.",
    ),
    place: nullable(
      placeSchema,
      "The place where the photo was taken. `object_metadata.location` counts before the file.",
    ),
    object_metadata: objectMetadataSchema,
    thumbnail_version: text(
      "The version of the thumbnail, for the parameter `v`; null if the media object can have no thumbnail.",
    ),
    sidecar: nullable(
      sidecarSchema,
      "The sidecar that lies beside the object: an XMP file with the words of the photo. Null without a sidecar.",
    ),
    suggestions: nullable(suggestionsSchema, "Suggested words, apart from `object_metadata`; null for none."),
    revision: z.int().openapi({
      minimum: 0,
      description: "The number of changes that people have made to the media object.",
    }),
    created_at: timestamp.openapi({ description: "The time at which the media object was created." }),
    updated_at: timestamp.openapi({ description: "The time at which the media object last changed." }),
  })
  .openapi("MediaObject", {
    description: "A photo: the file in the storage, and everything that the service knows about the photo.",
  });

/** See {@link mediaObjectSchema}. */
export type MediaObjectJson = z.infer<typeof mediaObjectSchema>;

/** The one serialiser of records, given what is suggested for a record. */
export function toMediaJson(media: ShownFields, suggested: ShownSuggestion | null): MediaObjectJson {
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
    sidecar:
      media.sidecarKey === null ? null : { key: media.sidecarKey, changed: media.sidecarChanged === 1 },
    suggestions: suggested === null ? null : suggestionsJson(suggested),
    revision: media.revision,
    created_at: new Date(media.createdAt).toISOString(),
    updated_at: new Date(media.updatedAt).toISOString(),
  };
}

/** The facts that the file alone tells. */
function intrinsicOf(media: ShownFields): MediaObjectJson["intrinsic"] {
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

function suggestionsJson({ description, keywords, model, createdAt }: ShownSuggestion) {
  return {
    description,
    keywords: keywords.map(({ keyword, score }) => ({ keyword, score })),
    model,
    created_at: new Date(createdAt).toISOString(),
  };
}

function withoutSource({ latitude, longitude, altitude }: BestPlace) {
  return { latitude, longitude, altitude };
}

function toTimestamp(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
