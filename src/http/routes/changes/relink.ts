import { createRoute, z } from "@hono/zod-openapi";

import { validationError } from "../../../core/errors.ts";
import { isMediaId } from "../../../core/media-id.ts";
import { knownId } from "../../../media/load.ts";
import { relinkMedia } from "../../../media/operations/relink.ts";
import { toChangedMedia } from "../../answers/media-item.ts";
import { mediaObjectSchema } from "../../answers/media-json.ts";
import { withProblems } from "../../answers/problem.ts";
import { callerName } from "../../context.ts";
import { has, takes } from "../../document-headers.ts";
import { mediaTag } from "../../headers/preconditions.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { jsonBody } from "../../requests/json-body.ts";
import { mediaIdParam, noParameters } from "../../requests/validation.ts";
import { createRoutes, keyWith } from "../../routing.ts";
import { conflictsSchema, toConflictsJson } from "./conflicts.ts";

const relinkBody = z
  .strictObject({
    to: z.string().max(64).openapi({
      format: "uuid",
      description: "The id of the media object whose object the missing media object takes.",
    }),
  })
  .openapi("Relink", { description: "Where the photo of a missing media object is now." });

const relinkedSchema = z
  .object({
    operation_id: z.string().openapi({ format: "uuid", description: "The id of the operation." }),
    media: mediaObjectSchema,
    conflicts: conflictsSchema,
  })
  .openapi("Relinked", { description: "The outcome of a relink." });

const relinkRoute = createRoute({
  method: "post",
  path: "/v1/media/{id}/relink",
  operationId: "relinkMedia",
  summary: "Tell a missing media object where its photo is now",
  description:
    "Needs the scope `write`. The missing media object takes the object of the media object `to`, in any storage provider, and keeps its id and its words. " +
    "Its words are united with the words of `to`: keywords are united, and a field that it lacks is filled. The history of `to` comes along. " +
    "The service then hides the media object `to`. To bring it back with its object, id and words, revert the operation. The service touches no object in the storage. A `to` that no media object has is a `422`.",
  tags: ["Changes"],
  parameters: takes("Content-Digest"),
  security: keyWith("write"),
  middleware: [
    requireScope("write"),
    ...jsonBody({ types: ["application/json"], characters: 1024 }),
  ] as const,
  request: {
    params: mediaIdParam,
    query: noParameters,
    body: {
      required: true,
      content: {
        "application/json": {
          schema: relinkBody,
          example: { to: "0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a13" },
        },
      },
    },
  },
  responses: withProblems(
    {
      200: {
        description: "The media object, which is no longer missing.",
        headers: has("ETag"),
        content: { "application/json": { schema: relinkedSchema } },
      },
    },
    "invalid_api_key",
    "insufficient_scope",
    "cross_site",
    "resource_not_found",
    "merge_conflict",
    "malformed_json",
    "payload_too_large",
    "busy",
    "unsupported_media_type",
    "validation_error",
    "digest_mismatch",
  ),
});

/** `POST /v1/media/{id}/relink`. */
export const relinkRoutes = createRoutes().openapi(relinkRoute, async (context) => {
  const id = knownId(context.req.valid("param").id);
  const { to } = context.req.valid("json");
  if (!isMediaId(to)) throw validationError([{ path: "to", message: "no media object has this id" }]);
  const by = callerName(context.get("caller"));
  const outcome = await relinkMedia(context.get("services"), { id, to: to.toLowerCase(), by });
  context.header("ETag", mediaTag(outcome.media));
  return context.json(
    {
      operation_id: outcome.operationId,
      media: await toChangedMedia(context.get("services"), outcome.media),
      conflicts: toConflictsJson(outcome.conflicts),
    },
    200,
  );
});
