import { createRoute, z } from "@hono/zod-openapi";

import { knownId } from "../../../media/load.ts";
import { keywordLimits } from "../../../media/metadata/keywords.ts";
import { acceptSuggestions, refuseSuggestions } from "../../../media/suggestions/accept.ts";
import { toChangedMedia } from "../../answers/media-item.ts";
import { mediaObjectSchema } from "../../answers/media-json.ts";
import { withProblems } from "../../answers/problem.ts";
import { callerName } from "../../context.ts";
import { has, takes } from "../../document-headers.ts";
import { mediaTag, revisionCondition } from "../../headers/preconditions.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { jsonBody, noBody, noBodyProblems } from "../../requests/json-body.ts";
import { mediaIdParam, noParameters } from "../../requests/validation.ts";
import { createRoutes, keyWith } from "../../routing.ts";

const keyword = z
  .string()
  .min(1)
  .max(4 * keywordLimits.keywordCharacters)
  .openapi({ description: "A suggested keyword. Case and accents are ignored." });

const acceptBody = z
  .strictObject({
    description: z
      .boolean()
      .default(false)
      .openapi({ default: false, description: "`true`: takes the description in place of the present one." }),
    keywords: z
      .array(keyword)
      .max(keywordLimits.keywords)
      .default([])
      .openapi({ default: [], description: "The keywords to take." }),
  })
  .superRefine(({ description, keywords }, context) => {
    if (!description && keywords.length === 0)
      context.addIssue({
        code: "custom",
        path: ["description"],
        message: "is false, and no keywords are named",
      });
  })
  .openapi("SuggestionsAcceptance", { description: "What to take of the suggestions." });

const common = [
  "invalid_api_key",
  "insufficient_scope",
  "cross_site",
  "resource_not_found",
  "precondition_failed",
] as const;

const acceptRoute = createRoute({
  method: "post",
  path: "/v1/media/{id}/suggestions/accept",
  operationId: "acceptSuggestions",
  summary: "Take suggestions into the object_metadata of a media object",
  description:
    "Needs the scope `write`. The named suggestions become `object_metadata` as a new revision; the others stay.",
  tags: ["Changes"],
  parameters: takes("If-Match", "Content-Digest"),
  security: keyWith("write"),
  middleware: [
    requireScope("write"),
    ...jsonBody({ types: ["application/json"], characters: 128 * 1024 }),
  ] as const,
  request: {
    params: mediaIdParam,
    query: noParameters,
    body: {
      required: true,
      content: { "application/json": { schema: acceptBody, example: { description: true } } },
    },
  },
  responses: withProblems(
    {
      200: {
        description: "The media object after the change.",
        headers: has("ETag"),
        content: { "application/json": { schema: mediaObjectSchema } },
      },
    },
    ...common,
    "malformed_json",
    "payload_too_large",
    "busy",
    "unsupported_media_type",
    "validation_error",
    "digest_mismatch",
  ),
});

const refuseRoute = createRoute({
  method: "delete",
  path: "/v1/media/{id}/suggestions",
  operationId: "refuseSuggestions",
  summary: "Refuse the suggestions for a media object",
  description:
    "Needs the scope `write`. Nothing more is suggested for the media object until its bytes change. Takes no body, or `{}`.",
  tags: ["Changes"],
  parameters: takes("If-Match"),
  security: keyWith("write"),
  middleware: [requireScope("write"), ...noBody] as const,
  request: { params: mediaIdParam, query: noParameters },
  responses: withProblems({ 204: { description: "No suggestions are left." } }, ...common, ...noBodyProblems),
});

/** `/v1/media/{id}/suggestions`: take, refuse. */
export const suggestionRoutes = createRoutes();

suggestionRoutes.openapi(acceptRoute, async (context) => {
  const services = context.get("services");
  const media = await acceptSuggestions(services, {
    id: knownId(context.req.valid("param").id),
    ...context.req.valid("json"),
    by: callerName(context.get("caller")),
    allows: revisionCondition(context.req.header("If-Match")),
  });
  context.header("ETag", mediaTag(media));
  return context.json(await toChangedMedia(services, media), 200);
});

suggestionRoutes.openapi(refuseRoute, async (context) => {
  await refuseSuggestions(context.get("services"), {
    id: knownId(context.req.valid("param").id),
    by: callerName(context.get("caller")),
    allows: revisionCondition(context.req.header("If-Match")),
  });
  return context.body(null, 204);
});
