import { createRoute, z } from "@hono/zod-openapi";

import { validationError } from "../../../core/errors.ts";
import { comparedHash } from "../../../db/copies/pictures.ts";
import type { MediaObject } from "../../../db/media/record.ts";
import {
  findSimilar,
  relations,
  similarPosition,
  type SimilarPosition,
} from "../../../media/copies/similar.ts";
import { knownId, loadMedia } from "../../../media/load.ts";
import type { Services } from "../../../services.ts";
import { likenessRadius } from "../../../thumbnail/likeness/likeness.ts";
import { countFitting } from "../../answers/answer-size.ts";
import { wholeSerialiser } from "../../answers/media-item.ts";
import { mediaObjectSchema } from "../../answers/media-json.ts";
import { withProblems } from "../../answers/problem.ts";
import { signingSecrets } from "../../links/signing-secrets.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { decodeCursor, encodeCursor } from "../../requests/cursor.ts";
import { cursorParameter } from "../../requests/list-query.ts";
import { mediaIdParam, wholeNumber } from "../../requests/validation.ts";
import { createRoutes, keyWith } from "../../routing.ts";

const similarSchema = z
  .object({
    media: mediaObjectSchema,
    distance: z.int().openapi({
      minimum: 0,
      maximum: likenessRadius,
      description:
        "The number of bits, of 256, in which the hashes of the two pictures differ, turned and mirrored as they are nearest; 0 for equal bytes.",
    }),
    relation: z.enum(relations).openapi({
      description:
        "`equal`: the same bytes. `same`: the same picture, resized, saved again, turned or mirrored. `alike`: a picture much like it, such as the next of a burst, or one that the service cannot compare closely because it has no preview.",
    }),
  })
  .openapi("SimilarMedia", { description: "A media object that is like another." });

const similarList = z
  .object({
    items: z.array(similarSchema).openapi({
      description: "First the media objects with equal bytes, then the others, the nearest first.",
    }),
    next_cursor: z.string().nullable().openapi({
      description:
        "The `cursor` of the next page; null on the last page. A page may hold fewer items than `limit`, or none.",
    }),
  })
  .openapi("SimilarMediaList", { description: "A page of similar media objects." });

const similarRoute = createRoute({
  method: "get",
  path: "/v1/media/{id}/similar",
  operationId: "listSimilarMedia",
  summary: "List the media objects that are like a media object",
  description:
    "Needs the scope `read`. Lists the media objects with the same bytes, and those whose pictures are the same or alike, without missing media objects and without the trash. " +
    "Media objects that were not processed by this version of the service, or whose pictures are flat, such as a white page, have no similar pictures; only equal bytes are found then. " +
    "A media object that is missing has similar ones all the same. " +
    "Bytes at different storage providers are equal where the service could hash both, and their pictures lead from one to the other. " +
    "While the service builds its index of pictures, a page tells only equal bytes, and the page behind them is `503 busy` with `Retry-After`. " +
    "A cursor ends with the picture of the media object: when the bytes are replaced, begin again.",
  tags: ["Finding"],
  security: keyWith("read"),
  middleware: [requireScope("read")] as const,
  request: {
    params: mediaIdParam,
    query: z.strictObject({
      limit: wholeNumber({ min: 1, max: 50 })
        .default(20)
        .openapi({ default: 20, description: "The largest number of media objects on a page." }),
      cursor: cursorParameter.optional(),
    }),
  },
  responses: withProblems(
    {
      200: {
        description: "A page of similar media objects.",
        content: { "application/json": { schema: similarList } },
      },
    },
    "invalid_api_key",
    "insufficient_scope",
    "resource_not_found",
    "validation_error",
    "storage_unavailable",
    "busy",
  ),
});

/** `GET /v1/media/{id}/similar`. */
export const similarRoutes = createRoutes().openapi(similarRoute, async (context) => {
  const services = context.get("services");
  const { limit, cursor } = context.req.valid("query");
  const media = await loadMedia(services, knownId(context.req.valid("param").id));
  const list = listOf(media);
  const from = await positionOf(services, list, cursor);
  const page = await findSimilar(services, media, { from, limit });
  const found = page.items.map((item) => item.media);
  const toJson = await wholeSerialiser(services, found);
  const items = page.items.map(({ media: other, distance, relation }) => ({
    media: toJson(other),
    distance,
    relation,
  }));
  const fitting = countFitting(items);
  const next = fitting < items.length ? (page.items[fitting - 1]?.position ?? null) : page.next;
  const nextCursor =
    next === null ? null : await encodeCursor(signingSecrets(services), list, { head: next, text: "" });
  return context.json({ items: items.slice(0, fitting), next_cursor: nextCursor }, 200);
});

/** What a cursor is bound to: the record, its bytes and its picture. */
function listOf(media: MediaObject): string {
  const { id, contentHash, fileSize, thumbnailVersion } = media;
  return `similar ${JSON.stringify([id, contentHash, fileSize, thumbnailVersion, comparedHash(media)])}`;
}

async function positionOf(
  services: Services,
  list: string,
  cursor: string | undefined,
): Promise<SimilarPosition | null> {
  if (cursor === undefined) return null;
  const content = await decodeCursor(signingSecrets(services), list, cursor, similarPosition);
  if (content !== null) return content.head;
  throw validationError([
    { path: "cursor", message: "is not a cursor of this media object and its picture" },
  ]);
}
