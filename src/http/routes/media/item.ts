import { createRoute, z } from "@hono/zod-openapi";

import { loadMedia, knownId } from "../../../media/load.ts";
import { changeMetadata } from "../../../media/metadata/change.ts";
import { metadataLimits } from "../../../media/metadata/rules.ts";
import { reprocessMedia } from "../../../media/reprocess.ts";
import { loadTrashed } from "../../../media/trash/look.ts";
import { removeMedia, trashMedia } from "../../../media/trash/remove.ts";
import { mediaObjectSchema } from "../../answers/media-json.ts";
import { metadataPatchSchema } from "../../answers/object-metadata-schema.ts";
import { mediaItemSchema, toChangedMedia, toMediaItem, toTrashItem } from "../../answers/media-item.ts";
import { withProblems } from "../../answers/problem.ts";
import { has, takes } from "../../document-headers.ts";
import { callerName } from "../../context.ts";
import { matchesNone, mediaTag, revisionCondition } from "../../headers/preconditions.ts";
import { checkScope, requireScope } from "../../middleware/authentication.ts";
import { jsonBody, noBody, noBodyProblems } from "../../requests/json-body.ts";
import { flag, mediaIdParam, noParameters } from "../../requests/validation.ts";
import { itemQuery, viewOf } from "../../requests/view-query.ts";
import { createRoutes, keyWith } from "../../routing.ts";

const patchBody = z
  .strictObject({
    object_metadata: metadataPatchSchema,
  })
  .openapi("MediaPatch", { description: "A change of a media object." });

const patchMedia = {
  schema: patchBody,
  example: { object_metadata: { description: "The beach at noon", keywords: ["beach", "family"] } },
};

const found = {
  description: "The media object.",
  headers: has("ETag"),
  content: { "application/json": { schema: mediaObjectSchema } },
};

const common = ["invalid_api_key", "insufficient_scope", "resource_not_found"] as const;

const getRoute = createRoute({
  method: "get",
  path: "/v1/media/{id}",
  operationId: "getMedia",
  summary: "Get a media object",
  description:
    "Needs the scope `read`. With `links` the answer is never `304`, because links expire. A media object in the " +
    "trash is shown only with `trashed=true`.",
  tags: ["Media"],
  parameters: takes("If-None-Match"),
  security: keyWith("read"),
  middleware: [requireScope("read")] as const,
  request: { params: mediaIdParam, query: itemQuery },
  responses: withProblems(
    {
      200: { ...found, content: { "application/json": { schema: mediaItemSchema } } },
      304: { description: "The client has the current representation.", headers: has("ETag") },
    },
    ...common,
    "validation_error",
  ),
});

/** The longest patch that is read, and room for the body around it. */
const longestPatch = metadataLimits.patchLength + 64;

const patchRoute = createRoute({
  method: "patch",
  path: "/v1/media/{id}",
  operationId: "changeMedia",
  summary: "Change the object_metadata of a media object",
  description:
    "Needs the scope `write`. Two clients that change different fields at the same time both succeed. Send " +
    "`If-Match` to change the media object only if no person has changed the media object since the client read it.",
  tags: ["Media"],
  parameters: takes("If-Match", "Content-Digest"),
  security: keyWith("write"),
  middleware: [
    requireScope("write"),
    ...jsonBody({ types: ["application/json", "application/merge-patch+json"], characters: longestPatch }),
  ] as const,
  request: {
    params: mediaIdParam,
    query: noParameters,
    body: {
      required: true,
      content: {
        "application/json": patchMedia,
        "application/merge-patch+json": patchMedia,
      },
    },
  },
  responses: withProblems(
    {
      200: { ...found, description: "The media object after the change." },
    },
    ...common,
    "cross_site",
    "malformed_json",
    "precondition_failed",
    "payload_too_large",
    "busy",
    "unsupported_media_type",
    "validation_error",
    "digest_mismatch",
  ),
});

const permanentParameter = flag().openapi({
  description:
    "`true`: deletes the media object for good, with its `object_metadata`, its history and its bytes, from the trash too.",
});

const deleteRoute = createRoute({
  method: "delete",
  path: "/v1/media/{id}",
  operationId: "deleteMedia",
  summary: "Put a media object into the trash, or delete it for good",
  description:
    "Needs the scope `write`; with `permanent=true` the scope `admin`. A media object in the trash is " +
    "in no list, search or count, and its stored thumbnails are deleted; `POST /v1/media/{id}/restore` takes it out again. " +
    "The object stays in the storage until the nightly run deletes the media object and the object for good, after " +
    "`TRASH_DAYS` (30) days. If `TRASH_DAYS` is 0, every media object is deleted for good at once, and the scope `admin` is " +
    "needed. If a different file was stored under the object key since, the service keeps that file. Takes no body, or `{}`.",
  tags: ["Media"],
  parameters: takes("If-Match"),
  security: keyWith("write"),
  middleware: [requireScope("write"), ...noBody] as const,
  request: { params: mediaIdParam, query: z.strictObject({ permanent: permanentParameter }) },
  responses: withProblems(
    {
      204: {
        description: "The media object is in the trash; with `permanent=true` the media object was deleted.",
      },
    },
    ...common,
    "cross_site",
    "read_only_provider",
    "precondition_failed",
    ...noBodyProblems,
    "storage_unavailable",
    "storage_rate_limited",
  ),
});

const processRoute = createRoute({
  method: "post",
  path: "/v1/media/{id}/process",
  operationId: "processMedia",
  summary: "Process a media object again",
  description:
    "Needs the scope `write`. Use this operation if processing a media object has failed or its bytes have changed. Takes no body, or `{}`.",
  tags: ["Media"],
  security: keyWith("write"),
  middleware: [requireScope("write"), ...noBody] as const,
  request: { params: mediaIdParam, query: noParameters },
  responses: withProblems(
    {
      202: { ...found, description: "The media object is `pending` and queued for processing." },
    },
    ...common,
    "cross_site",
    "object_missing",
    ...noBodyProblems,
    "storage_unavailable",
    "storage_rate_limited",
  ),
});

/** `/v1/media/{id}`: get, change, delete, process again. */
export const mediaRoutes = createRoutes();

mediaRoutes.openapi(getRoute, async (context) => {
  const services = context.get("services");
  const query = context.req.valid("query");
  const { id } = context.req.valid("param");
  if (query.trashed) {
    const trashed = await loadTrashed(services, knownId(id));
    context.header("ETag", mediaTag(trashed));
    if (matchesNone(context.req.header("If-None-Match"), mediaTag(trashed))) return context.body(null, 304);
    return context.json(toTrashItem(trashed, query.fields ?? null), 200);
  }
  const view = viewOf(query);
  const media = await loadMedia(services, id);
  context.header("ETag", mediaTag(media));
  // The tag tells of the record. What shows some of its fields has an address of its own, but links change with the time.
  const isCurrent =
    view.links === "none" && matchesNone(context.req.header("If-None-Match"), mediaTag(media));
  if (isCurrent) return context.body(null, 304);
  return context.json(await toMediaItem(services, context.req.url, media, view), 200);
});

mediaRoutes.openapi(patchRoute, async (context) => {
  const media = await changeMetadata(context.get("services"), {
    id: knownId(context.req.valid("param").id),
    patch: context.req.valid("json").object_metadata,
    by: callerName(context.get("caller")),
    allows: revisionCondition(context.req.header("If-Match")),
  });
  context.header("ETag", mediaTag(media));
  return context.json(await toChangedMedia(context.get("services"), media), 200);
});

mediaRoutes.openapi(deleteRoute, async (context) => {
  const services = context.get("services");
  const caller = context.get("caller");
  const isForGood = context.req.valid("query").permanent || services.config.trashDays === 0;
  if (isForGood) checkScope(caller, "admin");
  const removal = {
    id: knownId(context.req.valid("param").id),
    by: callerName(caller),
    allows: revisionCondition(context.req.header("If-Match")),
  };
  await (isForGood ? removeMedia(services, removal) : trashMedia(services, removal));
  return context.body(null, 204);
});

mediaRoutes.openapi(processRoute, async (context) => {
  const media = await reprocessMedia(context.get("services"), knownId(context.req.valid("param").id));
  context.header("ETag", mediaTag(media));
  return context.json(await toChangedMedia(context.get("services"), media), 202);
});
