import { createRoute } from "@hono/zod-openapi";

import { knownId } from "../../../media/load.ts";
import { restoreMedia } from "../../../media/trash/restore.ts";
import { toChangedMedia } from "../../answers/media-item.ts";
import { mediaObjectSchema } from "../../answers/media-json.ts";
import { withProblems } from "../../answers/problem.ts";
import { has } from "../../document-headers.ts";
import { mediaTag } from "../../headers/preconditions.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { noBody, noBodyProblems } from "../../requests/json-body.ts";
import { mediaIdParam, noParameters } from "../../requests/validation.ts";
import { createRoutes, keyWith } from "../../routing.ts";

const restoreRoute = createRoute({
  method: "post",
  path: "/v1/media/{id}/restore",
  operationId: "restoreMedia",
  summary: "Take a media object out of the trash",
  description:
    "Needs the scope `write`. The media object keeps its `id`, its `object_metadata` and its `revision`. The " +
    "service makes the thumbnails again: the media object is `pending` until then. If the object is gone, or another media " +
    "object has the object key by now, the restored media object is missing (see `missing_since`). Takes no body, or `{}`.",
  tags: ["Media"],
  security: keyWith("write"),
  middleware: [requireScope("write"), ...noBody] as const,
  request: { params: mediaIdParam, query: noParameters },
  responses: withProblems(
    {
      200: {
        description: "The media object, which is not in the trash any more.",
        headers: has("ETag"),
        content: { "application/json": { schema: mediaObjectSchema } },
      },
    },
    "invalid_api_key",
    "insufficient_scope",
    "cross_site",
    "resource_not_found",
    ...noBodyProblems,
    "storage_unavailable",
    "storage_rate_limited",
  ),
});

/** `POST /v1/media/{id}/restore`. */
export const restoreRoutes = createRoutes().openapi(restoreRoute, async (context) => {
  const media = await restoreMedia(context.get("services"), knownId(context.req.valid("param").id));
  context.header("ETag", mediaTag(media));
  return context.json(await toChangedMedia(context.get("services"), media), 200);
});
