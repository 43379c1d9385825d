import { createRoute, z } from "@hono/zod-openapi";

import { thumbnailFits, thumbnailSizes } from "../../../thumbnail/types.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { withProblems } from "../../answers/problem.ts";
import { takes } from "../../document-headers.ts";
import { createRoutes, keyWith } from "../../routing.ts";
import { linkExpiry, linkLifetime, LinkMaker } from "../../links/signed-links.ts";
import { mediaIdParam, noParameters, variantAt } from "../../requests/validation.ts";
import { jsonBody, optionalBody } from "../../requests/json-body.ts";
import { loadMedia } from "../../../media/load.ts";

const linksBody = z
  .strictObject({
    expires_in: z.int().min(1).max(linkLifetime.most).default(linkLifetime.default).openapi({
      description:
        "The lifetime of the links in seconds. The service rounds the end of the lifetime up to the full hour.",
    }),
    thumbnail: z
      .strictObject({
        size: z
          .literal(thumbnailSizes)
          .default(512)
          .openapi({
            type: "integer",
            enum: [...thumbnailSizes],
            description:
              "The length of a side of the thumbnail in pixels. See `fit`. 2048 goes with the fit `contain` only.",
          }),
        fit: z.enum(thumbnailFits).default("cover").openapi({
          description: "`cover`: a square cut from the middle of the photo. `contain`: the whole photo.",
        }),
      })
      .prefault({})
      .openapi({ description: "The size and fit of the thumbnail that the link is for." }),
  })
  .openapi("LinksRequest", {
    description: "The lifetime of the links, and the thumbnail that the thumbnail link shows.",
  });

const linksExample = { expires_in: 3600, thumbnail: { size: 512, fit: "cover" } };

const linksSchema = z
  .object({
    data_url: z.string().openapi({ format: "uri", description: "The link to the original bytes." }),
    thumbnail_url: z.string().nullable().openapi({
      format: "uri",
      description: "The link to the thumbnail; null if the media object can have no thumbnail.",
    }),
    expires_at: z
      .string()
      .openapi({ format: "date-time", description: "The time at which the links expire." }),
  })
  .openapi("Links", { description: "Signed links to a media object." });

const linksRoute = createRoute({
  method: "post",
  path: "/v1/media/{id}/links",
  operationId: "makeLinks",
  summary: "Make signed links that a browser can load without a key",
  description:
    "Needs the scope `read`, and counts as a read. A request without a body means `{}`. Anybody who has a link " +
    "can load the photo or thumbnail with `GET` and `HEAD` until the link expires. A link ends early only if the media " +
    "object is deleted or the signing secret changes. If any part of a link is altered, the answer is `403`. The " +
    "parameter `v` of a link names the current version of the bytes. Caches may keep these bytes until the link expires, " +
    "for a day at most. Links with the same lifetime that are made within the same hour are equal. The service makes " +
    "links to a missing media object, too; these links answer `410`.",
  tags: ["Media"],
  parameters: takes("Content-Digest"),
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
    "cross_site",
    "resource_not_found",
    "malformed_json",
    "payload_too_large",
    "busy",
    "unsupported_media_type",
    "validation_error",
    "digest_mismatch",
  ),
});

/** `POST /v1/media/{id}/links`. */
export const mediaLinkRoutes = createRoutes().openapi(linksRoute, async (context) => {
  const body = linksBody.parse(await optionalBody(context));
  const variant = variantAt("thumbnail.size", body.thumbnail);
  const services = context.get("services");
  const media = await loadMedia(services, context.req.valid("param").id);
  const expiresAt = linkExpiry(Date.now(), body.expires_in);
  const links = await LinkMaker.open(services, context.req.url, expiresAt);
  context.header("Cache-Control", "no-store");
  return context.json(
    {
      data_url: await links.data(media),
      thumbnail_url: await links.thumbnail(media, variant),
      expires_at: links.expiresAt,
    },
    200,
  );
});
