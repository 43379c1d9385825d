import { createRoute, z } from "@hono/zod-openapi";

import { thumbnailFits, thumbnailSizes } from "../../../thumbnail/types.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { withProblems } from "../../answers/problem.ts";
import { createRoutes, keyWith } from "../../routing.ts";
import { linkExpiry, linkLifetime, LinkMaker } from "../../links/signed-links.ts";
import { mediaIdParam, noParameters } from "../../requests/validation.ts";
import { jsonBody, optionalBody } from "../../requests/json-body.ts";
import { loadMedia } from "../../../media/load.ts";

const linksBody = z
  .strictObject({
    expires_in: z
      .int()
      .min(1)
      .max(linkLifetime.most)
      .default(linkLifetime.default)
      .openapi({ description: "How many seconds the links live; their end is rounded up to the hour." }),
    thumbnail: z
      .strictObject({
        size: z
          .literal(thumbnailSizes)
          .default(512)
          .openapi({
            type: "integer",
            enum: [...thumbnailSizes],
            description: "The length of a side in pixels, see `fit`.",
          }),
        fit: z.enum(thumbnailFits).default("cover").openapi({
          description: "`cover`: a square cut from the middle. `contain`: the whole picture.",
        }),
      })
      .prefault({})
      .openapi({ description: "Which thumbnail the link is for." }),
  })
  .openapi("LinksRequest", { description: "How long the links live, and which thumbnail they show." });

const linksExample = { expires_in: 3600, thumbnail: { size: 512, fit: "cover" } };

const linksSchema = z
  .object({
    data_url: z.string().openapi({ format: "uri", description: "The link to the original bytes." }),
    thumbnail_url: z.string().nullable().openapi({
      format: "uri",
      description: "The link to the thumbnail; null where there can be no thumbnail.",
    }),
    expires_at: z.string().openapi({ format: "date-time", description: "When the links expire." }),
  })
  .openapi("Links", { description: "Signed links to a media object." });

const linksRoute = createRoute({
  method: "post",
  path: "/v1/media/{id}/links",
  operationId: "makeLinks",
  summary: "Make signed links that a browser can load without a key",
  description:
    "No body means `{}`. Whoever has a link can load what it names, with `GET` and `HEAD`, until it expires; it cannot be taken back, save " +
    "by deleting the media object or changing the signing secret. Altered in any way, it is a 403. Its `v` names the " +
    "bytes as they are now: the answer may be kept by caches for the life of the link, a day at most. Links of the same " +
    "hour and lifetime are the same. Whoever may read the bytes may pass them on: the scope `read` is enough, and the " +
    "request counts as a read. Of a media object that is missing links are made, too; they answer 410.",
  tags: ["Media"],
  security: keyWith("read"),
  middleware: [requireScope("read"), ...jsonBody({ types: ["application/json"], optional: true })] as const,
  request: {
    params: mediaIdParam,
    query: noParameters,
    body: { required: false, content: { "application/json": { schema: linksBody, example: linksExample } } },
  },
  responses: withProblems(
    {
      200: { description: "The links.", content: { "application/json": { schema: linksSchema } } },
    },
    "invalid_api_key",
    "insufficient_scope",
    "resource_not_found",
    "malformed_json",
    "payload_too_large",
    "busy",
    "unsupported_media_type",
    "validation_error",
  ),
});

/** `POST /v1/media/{id}/links`. */
export const mediaLinkRoutes = createRoutes().openapi(linksRoute, async (context) => {
  const body = linksBody.parse(await optionalBody(context));
  const services = context.get("services");
  const media = await loadMedia(services, context.req.valid("param").id);
  const expiresAt = linkExpiry(Date.now(), body.expires_in);
  const links = await LinkMaker.open(services, context.req.url, expiresAt);
  context.header("Cache-Control", "no-store");
  return context.json(
    {
      data_url: await links.data(media),
      thumbnail_url: await links.thumbnail(media, body.thumbnail),
      expires_at: links.expiresAt,
    },
    200,
  );
});
