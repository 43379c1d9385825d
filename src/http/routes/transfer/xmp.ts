import { createRoute } from "@hono/zod-openapi";

import { parseSidecarState } from "../../../db/sidecars/read-state.ts";
import { loadMedia } from "../../../media/load.ts";
import { writePacket } from "../../../metadata/packet/write.ts";
import { withProblems } from "../../answers/problem.ts";
import { has, takes } from "../../document-headers.ts";
import { contentDisposition } from "../../headers/disposition.ts";
import { matchesNone, mediaTag } from "../../headers/preconditions.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { mediaIdParam, noParameters } from "../../requests/validation.ts";
import { createRoutes, keyWith } from "../../routing.ts";

const xmpRoute = createRoute({
  method: "get",
  path: "/v1/media/{id}/xmp",
  operationId: "getMediaXmp",
  summary: "Get the object_metadata of a media object as an XMP packet",
  description:
    "Needs the scope `read`. The packet is a sidecar: a file `NAME.EXT.xmp` beside the photo, which Lightroom, " +
    "darktable, digiKam and exiftool read. The packet carries description, keywords, rating, title, creator, credit, " +
    "copyright, usage terms, city, state, country, `taken_at` and `location` by the properties of IPTC and XMP. The packet " +
    "carries all of `object_metadata` a second time, as JSON in `tagline:ObjectMetadata`, with every custom field.",
  tags: ["Media"],
  parameters: takes("If-None-Match"),
  security: keyWith("read"),
  middleware: [requireScope("read")] as const,
  request: { params: mediaIdParam, query: noParameters },
  responses: withProblems(
    {
      200: {
        description: "The XMP packet (ISO 16684-1), in UTF-8.",
        headers: has("ETag", "Content-Disposition"),
        // XML is no JSON, so that there is no schema for it (OpenAPI 3.1 §4.8.14.2).
        content: { "application/rdf+xml": {} },
      },
      304: { description: "The client has the current packet.", headers: has("ETag") },
    },
    "invalid_api_key",
    "insufficient_scope",
    "resource_not_found",
    "validation_error",
  ),
});

/** `GET /v1/media/{id}/xmp`. */
export const xmpRoutes = createRoutes().openapi(xmpRoute, async (context) => {
  const media = await loadMedia(context.get("services"), context.req.valid("param").id);
  const tag = mediaTag(media);
  context.header("ETag", tag);
  if (matchesNone(context.req.header("If-None-Match"), tag)) return context.body(null, 304);
  context.header("Content-Type", "application/rdf+xml");
  context.header("Content-Disposition", contentDisposition("attachment", `${media.objectKey}.xmp`));
  const { hierarchical } = parseSidecarState(media.sidecarRead) ?? { hierarchical: [] };
  return context.body(writePacket(media.objectMetadata, { hierarchical, existing: null }), 200);
});
