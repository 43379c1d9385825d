import { createRoute, z } from "@hono/zod-openapi";

import { currentThumbnail, storedThumbnail, type Thumbnail } from "../../media/thumbnail.ts";
import { variantName } from "../../media/thumbnail-variant.ts";
import type { Services } from "../../services.ts";
import { thumbnailFits, thumbnailSizes, type Variant } from "../../thumbnail/types.ts";
import { requireScopeOrLink } from "../authentication.ts";
import { matchesNone } from "../preconditions.ts";
import { problems } from "../problem.ts";
import { createRoutes, keyWith, orLink } from "../routing.ts";
import { linkCaching } from "../signed-links.ts";
import { knownId, linkParameters, mediaIdParam } from "../validation.ts";
import { loadPresentMedia } from "./media.ts";

const sizes = { "128": 128, "256": 256, "512": 512, "1024": 1024 } as const;

const thumbnailQuery = z.strictObject({
  size: z
    .enum(["128", "256", "512", "1024"])
    .default("512")
    .transform((size) => sizes[size])
    .openapi({ type: "integer", enum: [...thumbnailSizes], default: 512 }),
  fit: z.enum(thumbnailFits).default("cover"),
  v: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,64}$/, "is no thumbnail version")
    .optional()
    .openapi({ description: "The object's `thumbnail_version`: with it the answer may be kept for ever." }),
  ...linkParameters,
});

const thumbnailRoute = createRoute({
  method: "get",
  path: "/v1/media/{id}/thumbnail",
  summary: "Get a thumbnail",
  description:
    "Of a media object that is missing the answer is 410. Only a thumbnail that was made before is still shown when it is " +
    "asked for with the right `v`, which does not look at the record.",
  tags: ["Media"],
  security: orLink(keyWith("read")),
  middleware: [requireScopeOrLink("read")] as const,
  request: { params: mediaIdParam, query: thumbnailQuery },
  responses: {
    200: { description: "A JPEG, upright.", content: { "image/jpeg": { schema: z.any() } } },
    304: { description: "It is as `If-None-Match` says." },
    ...problems(
      "invalid_api_key",
      "insufficient_scope",
      "invalid_signature",
      "resource_not_found",
      "thumbnail_unavailable",
      "object_missing",
      "validation_error",
      "storage_unavailable",
      "storage_rate_limited",
      "busy",
    ),
  },
});

/** `GET /v1/media/{id}/thumbnail`. */
export const thumbnailRoutes = createRoutes().openapi(thumbnailRoute, async (context) => {
  const services = context.get("services");
  const id = knownId(context.req.valid("param").id);
  const { v: version, size, fit } = context.req.valid("query");
  const variant = { size, fit };
  const { thumbnail, immutable } = await findThumbnail(services, id, version, variant);
  const tag = `"${thumbnail.version}-${variantName(variant)}"`;
  const link = context.get("link");
  const keyCaching = immutable ? "private, max-age=31536000, immutable" : "private, no-cache";
  const headers = new Headers({
    "Content-Type": "image/jpeg",
    "Content-Length": String(thumbnail.sizeBytes),
    "Cache-Control": link === undefined ? keyCaching : linkCaching(link, immutable),
    ETag: tag,
  });
  const unchanged = matchesNone(context.req.header("If-None-Match"), tag);
  if (!unchanged && context.req.method !== "HEAD")
    return new Response(thumbnail.body, { status: 200, headers });
  if (thumbnail.body instanceof ReadableStream) await thumbnail.body.cancel();
  if (unchanged) headers.delete("Content-Length");
  return new Response(null, { status: unchanged ? 304 : 200, headers });
});

/**
 * With the right version the stored thumbnail is all there is to look at, without a read of the database: thumbnails of
 * other versions are not kept.
 */
async function findThumbnail(
  services: Services,
  id: string,
  version: string | undefined,
  variant: Variant,
): Promise<{ thumbnail: Thumbnail; immutable: boolean }> {
  const stored = version === undefined ? null : await storedThumbnail(services, id, version, variant);
  if (stored !== null) return { thumbnail: stored, immutable: true };
  const thumbnail = await currentThumbnail(services, await loadPresentMedia(services, id), variant);
  return { thumbnail, immutable: thumbnail.version === version };
}
