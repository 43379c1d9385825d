import { createRoute } from "@hono/zod-openapi";

import { knownId } from "../../../media/load.ts";
import { takeSidecar } from "../../../media/sidecars/take.ts";
import { toChangedMedia } from "../../answers/media-item.ts";
import { mediaObjectSchema } from "../../answers/media-json.ts";
import { withProblems } from "../../answers/problem.ts";
import { callerName } from "../../context.ts";
import { has, takes } from "../../document-headers.ts";
import { mediaTag, revisionCondition } from "../../headers/preconditions.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { noBody, noBodyProblems } from "../../requests/json-body.ts";
import { mediaIdParam, noParameters } from "../../requests/validation.ts";
import { createRoutes, keyWith } from "../../routing.ts";

const takeRoute = createRoute({
  method: "post",
  path: "/v1/media/{id}/sidecar",
  operationId: "takeSidecar",
  summary: "Take the words of the sidecar of a media object",
  description:
    "Needs the scope `write`. The service reads the sidecar that lies beside the object now. The fields that the " +
    "sidecar has replace the same fields of `object_metadata`, as a new revision; other fields stay. `sidecar.changed` is " +
    "false after that. Takes no body, or `{}`.",
  tags: ["Media"],
  parameters: takes("If-Match"),
  security: keyWith("write"),
  middleware: [requireScope("write"), ...noBody] as const,
  request: { params: mediaIdParam, query: noParameters },
  responses: withProblems(
    {
      200: {
        description: "The media object with the words of the sidecar.",
        headers: has("ETag"),
        content: { "application/json": { schema: mediaObjectSchema } },
      },
    },
    "invalid_api_key",
    "insufficient_scope",
    "cross_site",
    "resource_not_found",
    "precondition_failed",
    ...noBodyProblems,
    "storage_unavailable",
    "storage_rate_limited",
  ),
});

/** `POST /v1/media/{id}/sidecar`. */
export const sidecarRoutes = createRoutes().openapi(takeRoute, async (context) => {
  const media = await takeSidecar(context.get("services"), {
    id: knownId(context.req.valid("param").id),
    by: callerName(context.get("caller")),
    allows: revisionCondition(context.req.header("If-Match")),
  });
  context.header("ETag", mediaTag(media));
  return context.json(await toChangedMedia(context.get("services"), media), 200);
});
