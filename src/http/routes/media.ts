import { createRoute, z } from "@hono/zod-openapi";

import type { MediaObject } from "../../db/media-object.ts";
import { findMedia } from "../../db/media-reads.ts";
import { changeMetadata, notFound } from "../../media/change-metadata.ts";
import { requirePresent } from "../../media/content.ts";
import { removeMedia } from "../../media/delete-media.ts";
import { reprocessMedia } from "../../media/reprocess.ts";
import type { Services } from "../../services.ts";
import { requireScope } from "../authentication.ts";
import { mediaObjectSchema, toMediaJson } from "../media-json.ts";
import { matchesNone, mediaTag, revisionCondition } from "../preconditions.ts";
import { problems } from "../problem.ts";
import { createRoutes, keyWith } from "../routing.ts";
import {
  jsonBody,
  jsonObject,
  knownId,
  mediaIdParam,
  noBody,
  noBodyProblems,
  noParameters,
} from "../validation.ts";

const patchBody = z
  .strictObject({
    object_metadata: jsonObject.openapi({
      description:
        "A JSON Merge Patch (RFC 7396): null removes a field. Only the fields that it names are checked. Integers beyond " +
        "2^53 - 1, which JSON would change, are refused. In `keywords` so are characters that only deceive, as in an " +
        "`object_key`; a keyword of nothing but joiners and blanks is empty. Other texts are kept as they are, as NFC.",
      example: { description: "The beach at noon", keywords: ["beach", "family"] },
    }),
  })
  .openapi("MediaPatch");

const found = {
  description: "The media object.",
  content: { "application/json": { schema: mediaObjectSchema } },
};
const common = ["invalid_api_key", "insufficient_scope", "resource_not_found"] as const;

const getRoute = createRoute({
  method: "get",
  path: "/v1/media/{id}",
  summary: "Get a media object",
  tags: ["Media"],
  security: keyWith("read"),
  middleware: [requireScope("read")] as const,
  request: { params: mediaIdParam, query: noParameters },
  responses: {
    200: found,
    304: { description: "It is as `If-None-Match` says." },
    ...problems(...common, "validation_error"),
  },
});

const patchRoute = createRoute({
  method: "patch",
  path: "/v1/media/{id}",
  summary: "Change what is written about a media object",
  tags: ["Media"],
  security: keyWith("write"),
  middleware: [
    requireScope("write"),
    ...jsonBody({ types: ["application/json", "application/merge-patch+json"] }),
  ] as const,
  request: {
    params: mediaIdParam,
    query: noParameters,
    body: {
      required: true,
      content: {
        "application/json": { schema: patchBody },
        "application/merge-patch+json": { schema: patchBody },
      },
    },
  },
  responses: {
    200: found,
    ...problems(
      ...common,
      "malformed_json",
      "precondition_failed",
      "payload_too_large",
      "busy",
      "unsupported_media_type",
      "validation_error",
      "digest_mismatch",
    ),
  },
});

const deleteRoute = createRoute({
  method: "delete",
  path: "/v1/media/{id}",
  summary: "Delete a media object, its thumbnails and its bytes",
  description:
    "The one way in which what a person wrote goes. Bytes that were put at its key since the last ingest are not its own, and stay. Takes no body, or `{}`.",
  tags: ["Media"],
  security: keyWith("write"),
  middleware: [requireScope("write"), ...noBody] as const,
  request: { params: mediaIdParam, query: noParameters },
  responses: {
    204: { description: "It is gone." },
    ...problems(
      ...common,
      "read_only_provider",
      "precondition_failed",
      ...noBodyProblems,
      "storage_unavailable",
      "storage_rate_limited",
    ),
  },
});

const processRoute = createRoute({
  method: "post",
  path: "/v1/media/{id}/process",
  summary: "Put a media object back to work",
  description: "Takes no body, or `{}`.",
  tags: ["Media"],
  security: keyWith("write"),
  middleware: [requireScope("write"), ...noBody] as const,
  request: { params: mediaIdParam, query: noParameters },
  responses: {
    202: { ...found, description: "It is `pending` and queued." },
    ...problems(
      ...common,
      "object_missing",
      ...noBodyProblems,
      "storage_unavailable",
      "storage_rate_limited",
    ),
  },
});

/** `/v1/media/{id}`: get, change, delete, process again. */
export const mediaRoutes = createRoutes();

mediaRoutes.openapi(getRoute, async (context) => {
  const media = await loadMedia(context.get("services"), context.req.valid("param").id);
  context.header("ETag", mediaTag(media));
  if (matchesNone(context.req.header("If-None-Match"), mediaTag(media))) return context.body(null, 304);
  return context.json(toMediaJson(media), 200);
});

mediaRoutes.openapi(patchRoute, async (context) => {
  const media = await changeMetadata(context.get("services"), {
    id: knownId(context.req.valid("param").id),
    patch: context.req.valid("json").object_metadata,
    allows: revisionCondition(context.req.header("If-Match")),
  });
  context.header("ETag", mediaTag(media));
  return context.json(toMediaJson(media), 200);
});

mediaRoutes.openapi(deleteRoute, async (context) => {
  const allows = revisionCondition(context.req.header("If-Match"));
  await removeMedia(context.get("services"), knownId(context.req.valid("param").id), allows);
  return context.body(null, 204);
});

mediaRoutes.openapi(processRoute, async (context) => {
  const media = await reprocessMedia(context.get("services"), knownId(context.req.valid("param").id));
  context.header("ETag", mediaTag(media));
  return context.json(toMediaJson(media), 202);
});

/** The record with this id; a miss at a replica is confirmed at the primary before it is answered. */
export async function loadMedia(services: Services, id: string): Promise<MediaObject> {
  const known = knownId(id);
  const media = (await findMedia(services.db, known)) ?? (await findMedia(services.db.primary(), known));
  if (media === null) throw notFound(known);
  return media;
}

/** The same for what needs its object: 410 where that is missing, which is confirmed at the primary as well. */
export async function loadPresentMedia(services: Services, id: string): Promise<MediaObject> {
  const media = await loadMedia(services, id);
  if (media.missingSince === null) return media;
  const confirmed = await findMedia(services.db.primary(), media.id);
  if (confirmed === null) throw notFound(media.id);
  requirePresent(confirmed);
  return confirmed;
}
