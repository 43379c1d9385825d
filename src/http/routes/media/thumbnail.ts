import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";

import {
  currentThumbnail,
  isStored,
  storedThumbnail,
  type Thumbnail,
} from "../../../media/thumbnails/serve.ts";
import { variantName } from "../../../media/thumbnails/variant.ts";
import type { MediaObject } from "../../../db/media/record.ts";
import { thumbnailFits, thumbnailSizes, type Variant } from "../../../thumbnail/types.ts";
import { requireScopeOrLink } from "../../middleware/authentication.ts";
import { countRead, thumbnailVersionPattern } from "../../middleware/rate-limiting.ts";
import type { AppEnv } from "../../context.ts";
import { has, takes } from "../../document-headers.ts";
import { matchesNone } from "../../headers/preconditions.ts";
import { withProblems } from "../../answers/problem.ts";
import { createRoutes, keyWith, orLink } from "../../routing.ts";
import { linkCaching } from "../../links/signed-links.ts";
import { flag, linkParameters, mediaIdParam, variantAt } from "../../requests/validation.ts";
import { loadTrashed, trashedThumbnail } from "../../../media/trash/look.ts";
import { knownId, loadPresentMedia } from "../../../media/load.ts";

const sizes = { "128": 128, "256": 256, "512": 512, "1024": 1024, "2048": 2048 } as const;

const thumbnailQuery = z.strictObject({
  size: z
    .enum(["128", "256", "512", "1024", "2048"])
    .default("512")
    .transform((size) => sizes[size])
    .openapi({
      type: "integer",
      enum: [...thumbnailSizes],
      default: 512,
      description:
        "The length of a side of the thumbnail in pixels. See `fit`. 2048 goes with the fit `contain` only.",
    }),
  fit: z.enum(thumbnailFits).default("cover").openapi({
    description:
      "`cover`: a square of exactly `size` × `size` pixels, cut from the middle of the photo. `contain`: the whole photo with a longest side of `size` pixels, never enlarged.",
  }),
  v: z.string().regex(thumbnailVersionPattern, "is not a thumbnail version").optional().openapi({
    description:
      "The `thumbnail_version` of the media object. A client may keep the answer to a request with the current `v` for ever. Requests with a `v` have a rate limit of their own; those with another `v` than the current one count as reads too.",
  }),
  trashed: flag().openapi({
    description:
      "`true`: the thumbnail of a media object in the trash, made for this request and stored nowhere. No signed link leads to it.",
  }),
  ...linkParameters,
});

const thumbnailRoute = createRoute({
  method: "get",
  path: "/v1/media/{id}/thumbnail",
  operationId: "getThumbnail",
  summary: "Get the thumbnail of a media object",
  description:
    "Needs the scope `read`, or a signed link. The thumbnail is an upright JPEG. The service keeps one preview of " +
    "each photo (size 1024, `contain`) and makes every thumbnail from it that has no more pixels. The service makes a larger " +
    "thumbnail from the original on first use, and keeps it. If the media object is missing, the answer is `410`, unless " +
    "the request has the right `v` and the thumbnail is stored, or has no more pixels than the stored preview.",
  tags: ["Media"],
  parameters: takes("If-None-Match"),
  security: orLink(keyWith("read")),
  middleware: [requireScopeOrLink("read")] as const,
  request: { params: mediaIdParam, query: thumbnailQuery },
  responses: withProblems(
    {
      // A picture is no JSON, so that there is no schema for it (OpenAPI 3.1 §4.8.14.2).
      200: {
        description: "The thumbnail.",
        headers: has("Content-Length", "ETag"),
        content: { "image/jpeg": {} },
      },
      304: { description: "The client has the current thumbnail.", headers: has("ETag") },
    },
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
});

/** `GET /v1/media/{id}/thumbnail`. */
export const thumbnailRoutes = createRoutes().openapi(thumbnailRoute, async (context) => {
  const services = context.get("services");
  const { v: version, size, fit, trashed } = context.req.valid("query");
  const variant = variantAt("size", { size, fit });
  const id = knownId(context.req.valid("param").id);
  const tagOf = (version: string) => `"${version}-${variantName(variant)}"`;
  const isHeld = (version: string) => matchesNone(context.req.header("If-None-Match"), tagOf(version));
  const found = trashed
    ? await trashedThumbnail(services, await loadTrashed(services, id), variant)
    : await findThumbnail(context, { id, version, variant, isHeld });
  const immutable = !trashed && found.version === version;
  const tag = tagOf(found.version);
  const caller = context.get("caller");
  const keyCaching = immutable ? "private, max-age=31536000, immutable" : "private, no-cache";
  const caching = caller.kind === "link" ? linkCaching(caller.link, immutable) : keyCaching;
  const headers = new Headers({
    "Content-Type": "image/jpeg",
    "Cache-Control": trashed ? "private, no-store" : caching,
    ETag: tag,
  });
  if (found.body === null || isHeld(found.version)) {
    await cancelled(found.body);
    return new Response(null, { status: 304, headers });
  }
  headers.set("Content-Length", String(found.sizeBytes));
  if (context.req.method !== "HEAD") return new Response(found.body, { status: 200, headers });
  await cancelled(found.body);
  return new Response(null, { status: 200, headers });
});

async function cancelled(body: Thumbnail["body"] | null): Promise<void> {
  if (body instanceof ReadableStream) await body.cancel();
}

/** The thumbnail that a client asks for. */
interface Asked {
  readonly id: string;
  readonly version: string | undefined;
  readonly variant: Variant;
  /** Whether the client has the picture of this version. */
  readonly isHeld: (version: string) => boolean;
}

/** A picture that the client has already: no byte of it is made or read. */
interface Held {
  readonly body: null;
  readonly version: string;
}

/**
 * With the right version what is stored of it is all there is to look at, without a read of the database: thumbnails of
 * other versions are not kept.
 */
async function findThumbnail(
  context: Context<AppEnv>,
  { id, version, variant, isHeld }: Asked,
): Promise<Thumbnail | Held> {
  const services = context.get("services");
  const isThere = async (version: string): Promise<boolean> =>
    isHeld(version) && (await isStored(services, id, version, variant));
  if (version !== undefined) {
    if (await isThere(version)) return { body: null, version };
    const stored = await storedThumbnail(services, id, version, variant);
    if (stored !== null) return stored;
  }
  const media = await loadNamed(context, id, version);
  const current = media.missingSince === null ? media.thumbnailVersion : null;
  if (current !== null && (await isThere(current))) return { body: null, version: current };
  return currentThumbnail(services, media, variant);
}

/** The record, before anything is made of its picture. A version that is not the record's counts as a read. */
async function loadNamed(
  context: Context<AppEnv>,
  id: string,
  version: string | undefined,
): Promise<MediaObject> {
  let isRight = version === undefined;
  try {
    const media = await loadPresentMedia(context.get("services"), id);
    isRight ||= media.thumbnailVersion === version;
    return media;
  } finally {
    if (!isRight) await countRead(context);
  }
}
