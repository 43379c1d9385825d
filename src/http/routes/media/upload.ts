import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { except } from "hono/combine";

import type { ObjectMetadata } from "../../../db/media/record.ts";
import { AppError, validationError } from "../../../core/errors.ts";
import { mediaTypes } from "../../../core/media-type.ts";
import { checkMetadata, metadataLimits } from "../../../media/metadata/rules.ts";
import { storeUpload } from "../../../media/upload/upload.ts";
import { type Upload } from "../../../media/upload/body.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { countBody } from "../../middleware/buffered-body.ts";
import { checkContentDigest, parseContentDigest } from "../../headers/content-digest.ts";
import { mediaTypeOf } from "../../headers/content-type.ts";
import type { AppEnv } from "../../context.ts";
import { has, takes } from "../../document-headers.ts";
import { beyondFormLimits } from "../../requests/form-limits.ts";
import { toChangedMedia } from "../../answers/media-item.ts";
import { mediaObjectSchema } from "../../answers/media-json.ts";
import { mediaTag } from "../../headers/preconditions.ts";
import { withProblems } from "../../answers/problem.ts";
import { createRoutes, keyWith } from "../../routing.ts";
import { describeIssue, flag } from "../../requests/validation.ts";
import { jsonObject } from "../../requests/json-body.ts";

/** A form is buffered, so it is small; larger files come as a raw body, which is streamed. */
export const maxFormBytes = 8 * 1024 * 1024;

const limitForm = bodyLimit({
  maxSize: maxFormBytes,
  onError: () => {
    throw new AppError(
      "payload_too_large",
      `A form may have at most ${maxFormBytes} bytes. Send the photo as a raw body instead.`,
    );
  },
});

/** The body as it comes, and the file out of it. */
const countForm = countBody({ maxBytes: maxFormBytes, copies: 2 });

function isForm(context: Context<AppEnv>): boolean {
  return mediaTypeOf(context) === "multipart/form-data";
}

const keyRules =
  "A key has 1 to 1,024 bytes of UTF-8 and is stored in the form NFC. A key does not begin with a slash, and has no segment " +
  "that is empty, `.` or `..`. The service refuses characters that can deceive a reader: control characters (C1 too), line " +
  "and paragraph separators, direction controls, and invisible characters such as U+200B or U+FEFF. The service keeps " +
  "joiners (U+200C, U+200D), variation selectors and the tag characters of flags.";

const uploadQuery = z.strictObject({
  object_key: z
    .string()
    .optional()
    .openapi({
      description: `The object key. Required if the body is the photo itself; a form has \`object_key\` as a field. ${keyRules}`,
    }),
  provider: z.string().min(1).max(32).optional().openapi({
    description:
      "The name of the storage provider that stores the photo. Without `provider` the first writable storage provider stores the photo.",
  }),
  overwrite: flag().openapi({
    description:
      "`true`: the upload replaces an object that has the same key. The media object keeps its `id` and its `object_metadata`. " +
      "If the media object of that key is in the trash, the upload gets a new media object, and the answer is `201`.",
  }),
});

/** Bytes are no text, so that they have a media type and no type (OpenAPI 3.1 §4.8.14.4). */
const fileContent = {
  contentMediaType: "application/octet-stream",
  description: "The photo. Its media type may be left out.",
};

const formSchema = z
  .strictObject({
    file: z
      .unknown()
      .openapi(fileContent)
      .pipe(z.custom<File>((value) => value instanceof File, "must be a file")),
    object_key: z.string().openapi({
      example: "2024/beach/IMG_0042.jpg",
      description: `The object key. ${keyRules}`,
    }),
    // Without a `contentMediaType`: the page at /docs takes whatever has one for a file.
    object_metadata: z.string().optional().openapi({
      example: '{"description": "The beach at noon", "keywords": ["beach", "family"]}',
      description:
        "A JSON object that follows the rules of `ObjectMetadata`. If a media object with this key already has a non-empty `object_metadata`, the service keeps the existing `object_metadata` instead.",
    }),
  })
  .openapi("UploadForm", { description: "A photo, its object key and its `object_metadata`." });

/** The photo itself: bytes are no JSON, so that there is no schema for them (OpenAPI 3.1 §4.8.14.2). */
const rawBodies = Object.fromEntries(["application/octet-stream", ...mediaTypes].map((type) => [type, {}]));

const uploadRoute = createRoute({
  method: "post",
  path: "/v1/media",
  operationId: "uploadMedia",
  summary: "Upload a photo",
  description:
    "Needs the scope `write`. The body is a form or the photo itself. A form has at most 8 MiB and 256 parts; a " +
    "field that is not a file has at most 1 MiB. A photo as the body needs a `Content-Length` and is streamed to the " +
    "storage. The first bytes of the photo decide its media type; a `Content-Type` other than " +
    "`application/octet-stream` must name the same media type. The service checks a `Content-Digest`. The digest of a " +
    "form covers the whole form and is checked before the photo is stored. The digest of a photo is checked while the " +
    "photo is stored; if the digest differs, nothing is kept.",
  tags: ["Media"],
  parameters: takes("Content-Digest"),
  security: keyWith("write"),
  middleware: [
    requireScope("write"),
    except((context: Context<AppEnv>) => !isForm(context), countForm, limitForm),
  ] as const,
  // The body is a stream or a form of ours, not for the library to read; the document tells of it below.
  hide: true,
  request: { query: uploadQuery },
  responses: withProblems(
    {
      200: {
        description: "The object was replaced. The media object keeps its `id` and its `object_metadata`.",
        headers: has("Location", "ETag"),
        content: { "application/json": { schema: mediaObjectSchema } },
      },
      201: {
        description: "The photo is stored. The media object is `pending` and queued for processing.",
        headers: has("Location", "ETag"),
        content: { "application/json": { schema: mediaObjectSchema } },
      },
    },
    "invalid_api_key",
    "insufficient_scope",
    "cross_site",
    "malformed_json",
    "object_exists",
    "read_only_provider",
    "length_required",
    "payload_too_large",
    "unsupported_media_type",
    "validation_error",
    "digest_mismatch",
    "storage_unavailable",
    "storage_rate_limited",
    "busy",
  ),
});

/** `POST /v1/media`. */
export const uploadRoutes = createRoutes().openapi(uploadRoute, async (context) => {
  const query = context.req.valid("query");
  const hasForm = isForm(context);
  if (hasForm && query.object_key !== undefined) {
    throw validationError([
      { path: "object_key", message: "must be a field of the form, not a query parameter" },
    ]);
  }
  const upload = hasForm ? await readForm(context) : readRaw(context, query.object_key);
  const { overwrite, provider } = query;
  const { media, created } = await storeUpload(context.get("services"), { ...upload, overwrite, provider });
  context.header("Location", `/v1/media/${media.id}`);
  context.header("ETag", mediaTag(media));
  return context.json(await toChangedMedia(context.get("services"), media), created ? 201 : 200);
});

const { hide: _hide, middleware: _middleware, ...documented } = uploadRoute;

uploadRoutes.openAPIRegistry.registerPath({
  ...documented,
  request: {
    query: uploadQuery,
    body: {
      required: true,
      content: {
        // The first one is what the page at /docs sends unless another is chosen.
        "multipart/form-data": { schema: formSchema },
        ...rawBodies,
      },
    },
  },
});

type UploadBody = Omit<Upload, "overwrite" | "provider">;

function readRaw(context: Context<AppEnv>, objectKey: string | undefined): UploadBody {
  if (objectKey === undefined) throw validationError([{ path: "object_key", message: "is required" }]);
  const length = context.req.header("Content-Length");
  if (length === undefined) {
    throw new AppError("length_required", "An upload with a raw body needs the header Content-Length.");
  }
  return {
    objectKey,
    body: context.req.raw.body ?? new Blob([]).stream(),
    sizeBytes: contentLength(length),
    declaredType: context.req.header("Content-Type") ?? null,
    sha256: parseContentDigest(context.req.header("Content-Digest")),
    metadata: null,
  };
}

function contentLength(header: string): number {
  if (/^\d{1,15}$/.test(header)) return Number(header);
  throw validationError([{ path: "Content-Length", message: "must be a whole number" }]);
}

async function readForm(context: Context<AppEnv>): Promise<UploadBody> {
  const form = await readFields(context);
  const fields = formSchema.safeParse(form);
  if (!fields.success) {
    throw validationError(fields.error.issues.flatMap(describeIssue));
  }
  const { file, object_key: objectKey, object_metadata: metadata } = fields.data;
  return {
    objectKey,
    body: file.stream(),
    sizeBytes: file.size,
    declaredType: file.type === "" ? null : file.type,
    // That of a form is one of the whole form, and has been checked.
    sha256: null,
    metadata: metadata === undefined ? null : parseMetadata(metadata),
  };
}

/**
 * The form's fields; one that is given twice is an array, which no field may be. `Content-Digest` is that of the content
 * as it was sent (RFC 9530 §2), so of the whole form and not of the file in it.
 */
async function readFields(context: Context<AppEnv>): Promise<Record<string, unknown>> {
  try {
    const bytes = await context.req.arrayBuffer();
    context.set("bodyBytes", bytes.byteLength);
    await checkContentDigest(context.req.header("Content-Digest"), bytes);
    const beyond = beyondFormLimits(new Uint8Array(bytes), context.req.header("Content-Type") ?? "");
    if (beyond !== null) throw validationError([beyond]);
    return await context.req.parseBody({ all: true });
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("validation_error", "The body is not a valid form.", {
      cause,
      errors: [{ path: "form", message: "is not valid multipart/form-data" }],
    });
  }
}

function parseMetadata(text: string): ObjectMetadata {
  const path = "object_metadata";
  const most = metadataLimits.patchLength;
  if (text.length > most) {
    throw validationError([{ path, message: `has ${text.length} characters; the most are ${most}` }]);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError("malformed_json", "The field object_metadata is not valid JSON.", { cause });
  }
  const parsed = jsonObject.safeParse(value);
  if (!parsed.success) throw validationError([{ path, message: "must be a JSON object" }]);
  return checkMetadata(parsed.data);
}
