import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";

import type { MediaObject } from "../../../db/media/record.ts";
import { AppError } from "../../../core/errors.ts";
import { isMediaType } from "../../../core/media-type.ts";
import { currentObject, openContent, recordedObject } from "../../../media/content.ts";
import type { ByteRange } from "../../../core/byte-range.ts";
import type { ObjectInfo } from "../../../storage/provider.ts";
import { requireScopeOrLink } from "../../middleware/authentication.ts";
import { parseRange } from "../../headers/byte-range.ts";
import type { AppEnv } from "../../context.ts";
import { contentDisposition } from "../../headers/disposition.ts";
import { has, takes } from "../../document-headers.ts";
import { matchesNone } from "../../headers/preconditions.ts";
import { withProblems } from "../../answers/problem.ts";
import { createRoutes, keyWith, orLink } from "../../routing.ts";
import { linkCaching } from "../../links/signed-links.ts";
import { flag, linkParameters, mediaIdParam } from "../../requests/validation.ts";
import { loadPresentMedia } from "../../../media/load.ts";

const dataQuery = z.strictObject({
  download: flag().openapi({
    description: "`true`: the browser saves the photo instead of showing the photo.",
  }),
  v: z.string().min(1).max(256).optional().openapi({
    description:
      "Part of a signed link: the version of the bytes that the link is for. Caches may keep only these bytes until the link expires.",
  }),
  ...linkParameters,
});

const bodyHeaders = [
  "Accept-Ranges",
  "Content-Disposition",
  "Content-Length",
  "ETag",
  "Last-Modified",
] as const;

/** Bytes are no JSON, so that there is no schema for them (OpenAPI 3.1 §4.8.14.2). */
const bytes = { "image/*": {}, "application/octet-stream": {} };

const dataRoute = createRoute({
  method: "get",
  path: "/v1/media/{id}/data",
  operationId: "getMediaData",
  summary: "Get the original bytes of a media object",
  description:
    "Needs the scope `read`, or a signed link. If the media object is missing, the answer is `410` until an " +
    "ingest finds the object again, even if the storage holds the object again before.",
  tags: ["Media"],
  parameters: takes("Range", "If-Range", "If-None-Match"),
  security: orLink(keyWith("read")),
  middleware: [requireScopeOrLink("read")] as const,
  request: { params: mediaIdParam, query: dataQuery },
  responses: withProblems(
    {
      200: { description: "The whole object.", headers: has(...bodyHeaders), content: bytes },
      206: {
        description: "The part of the object that `Range` asks for.",
        headers: has(...bodyHeaders, "Content-Range"),
        content: bytes,
      },
      304: {
        description: "The client has the current bytes.",
        headers: has("Accept-Ranges", "Content-Disposition", "ETag", "Last-Modified"),
      },
    },
    "invalid_api_key",
    "insufficient_scope",
    "invalid_signature",
    "resource_not_found",
    "object_missing",
    "range_not_satisfiable",
    "validation_error",
    "storage_unavailable",
    "storage_rate_limited",
  ),
});

/** `GET /v1/media/{id}/data`. */
export const contentRoutes = createRoutes().openapi(dataRoute, async (context) => {
  const services = context.get("services");
  const media = await loadPresentMedia(services, context.req.valid("param").id);
  const type = context.req.valid("query").download ? "attachment" : "inline";
  const recorded = { info: recordedObject(media), isCurrent: false };
  const answer = await answerContent(context, media, type, recorded);
  if (answer !== null) return answer;
  const current = { info: await currentObject(services, media), isCurrent: true };
  return (await answerContent(context, media, type, current)) ?? changing();
});

function changing(): never {
  throw new AppError(
    "storage_unavailable",
    "The object is being replaced at this moment. Try again in a second.",
    {
      retryAfterSeconds: 1,
    },
  );
}

/** An object as the record describes it, or as the storage has just told. */
interface KnownObject {
  readonly info: ObjectInfo;
  readonly isCurrent: boolean;
}

/**
 * Answers with exactly the bytes that `info` names; null if the object has others by now. What is answered without
 * opening the object (HEAD, 304, 416) must be known to be current, or it could speak of bytes that are gone.
 */
async function answerContent(
  context: Context<AppEnv>,
  media: MediaObject,
  type: "inline" | "attachment",
  { info, isCurrent }: KnownObject,
): Promise<Response | null> {
  const tag = `"${info.version}"`;
  const headers = contentHeaders(media, type, info, tag);
  const caller = context.get("caller");
  if (caller.kind === "link") {
    headers.set("Cache-Control", linkCaching(caller.link, context.req.query("v") === info.version));
  }
  const isUnchanged = matchesNone(context.req.header("If-None-Match"), tag);
  const wanted = parseRange(applicableRange(context, tag, info), info.sizeBytes);
  const isOpened = context.req.method !== "HEAD" && !isUnchanged && wanted.kind !== "unsatisfiable";
  if (!isOpened && !isCurrent) return null;
  if (isUnchanged) return new Response(null, { status: 304, headers });
  if (wanted.kind === "unsatisfiable") {
    throw new AppError("range_not_satisfiable", `The object has ${info.sizeBytes} bytes.`, {
      headers: { "Content-Range": `bytes */${info.sizeBytes}` },
    });
  }
  const range = wanted.kind === "part" ? wanted.range : null;
  headers.set("Content-Length", String(range?.length ?? info.sizeBytes));
  if (range !== null) headers.set("Content-Range", contentRange(range, info.sizeBytes));
  const status = range === null ? 200 : 206;
  if (context.req.method === "HEAD") return new Response(null, { status, headers });
  const opened = await openContent(context.get("services"), media, info, range);
  return opened === null ? null : new Response(opened.body, { status, headers });
}

/**
 * The `Range` that counts: of a GET alone, for which alone it is defined (RFC 9110 §14.2), so that HEAD tells of the whole.
 * `If-Range` (RFC 9110 §13.1.5): the range counts only for the very bytes that the client has a part of. It is compared
 * and never parsed, so that one of any length costs nothing and means that the whole is answered.
 */
function applicableRange(context: Context<AppEnv>, tag: string, info: ObjectInfo): string | undefined {
  if (context.req.method !== "GET") return undefined;
  const range = context.req.header("Range");
  const condition = context.req.header("If-Range")?.trim();
  if (condition === undefined) return range;
  const sameDate = info.lastModified !== null && condition === new Date(info.lastModified).toUTCString();
  return condition === tag || sameDate ? range : undefined;
}

function contentRange(range: ByteRange, sizeBytes: number): string {
  return `bytes ${range.offset}-${range.offset + range.length - 1}/${sizeBytes}`;
}

function contentHeaders(
  media: MediaObject,
  type: "inline" | "attachment",
  info: ObjectInfo,
  tag: string,
): Headers {
  const headers = new Headers({
    "Content-Type": media.contentType,
    // A file that is not a picture is never for a page to show.
    "Content-Disposition": contentDisposition(
      isMediaType(media.contentType) ? type : "attachment",
      media.objectKey,
    ),
    "Accept-Ranges": "bytes",
    ETag: tag,
    "Cache-Control": "private, no-cache",
  });
  if (info.lastModified !== null) headers.set("Last-Modified", new Date(info.lastModified).toUTCString());
  return headers;
}
