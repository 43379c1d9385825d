import { createRoute, z } from "@hono/zod-openapi";

import { validationError } from "../../../core/errors.ts";
import type { Database } from "../../../db/connection.ts";
import { findMedia } from "../../../db/media/reads.ts";
import { notFound } from "../../../media/failures.ts";
import { readHistory, type HistoryEntry, type RememberedMedia } from "../../../media/history/history.ts";
import { revertMedia } from "../../../media/history/revert.ts";
import { knownId } from "../../../media/load.ts";
import { countFitting } from "../../answers/answer-size.ts";
import { toChangedMedia } from "../../answers/media-item.ts";
import { mediaObjectSchema } from "../../answers/media-json.ts";
import { objectMetadataSchema } from "../../answers/object-metadata-schema.ts";
import { withProblems } from "../../answers/problem.ts";
import { callerName } from "../../context.ts";
import { has, takes } from "../../document-headers.ts";
import { mediaTag, revisionCondition } from "../../headers/preconditions.ts";
import { signingSecrets } from "../../links/signing-secrets.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { decodeCursor, encodeCursor } from "../../requests/cursor.ts";
import { jsonBody } from "../../requests/json-body.ts";
import { cursorParameter } from "../../requests/list-query.ts";
import { mediaIdParam, noParameters, wholeNumber } from "../../requests/validation.ts";
import { createRoutes, keyWith } from "../../routing.ts";

/** The most revisions on a page. */
const mostPerPage = 200;

const revisionSchema = z
  .object({
    revision: z.int().openapi({ minimum: 0, description: "The `revision` of the media object." }),
    changed_at: z.string().nullable().openapi({
      format: "date-time",
      description:
        "The time of the change. For revision 0 the time at which the media object was created. Null if the change is older than the history that the service keeps.",
    }),
    changed_by: z.string().nullable().openapi({
      description:
        "The name of the key, or the e-mail address of the person, that made the change. Null for the oldest revision, and if the service does not know who made the change.",
    }),
    operation_id: z.string().nullable().openapi({
      format: "uuid",
      description:
        "The operation that made the change, such as a bulk change; null for a change of a single media object.",
    }),
    object_metadata: objectMetadataSchema,
  })
  .openapi("Revision", {
    description: "A change of a media object by a person. `object_metadata` is as it was from then on.",
  });

const historyRoute = createRoute({
  method: "get",
  path: "/v1/media/{id}/history",
  operationId: "listRevisions",
  summary: "List the changes of a media object by people, the newest first",
  description:
    "Needs the scope `read`. The last item is what the media object was created with, or the oldest `object_metadata` that the service knows. " +
    "The answer never exceeds 4 MiB. A page reads one row for each of its items and at most 200 rows more, however long the history is; the history of an import may cost more. Changes that are made while a client reads pages do not move the later pages.",
  tags: ["Changes"],
  security: keyWith("read"),
  middleware: [requireScope("read")] as const,
  request: {
    params: mediaIdParam,
    query: z.strictObject({
      limit: wholeNumber({ min: 1, max: mostPerPage }).default(50).openapi({
        default: 50,
        description:
          "The largest number of revisions on a page. A page may hold fewer; only `next_cursor` tells whether a next page exists.",
      }),
      cursor: cursorParameter.optional(),
    }),
  },
  responses: withProblems(
    {
      200: {
        description: "A page of revisions.",
        content: {
          "application/json": {
            schema: z
              .object({
                items: z.array(revisionSchema).openapi({ description: "The revisions of the page." }),
                next_cursor: z
                  .string()
                  .nullable()
                  .openapi({ description: "The `cursor` of the next page; null on the last page." }),
              })
              .openapi("RevisionList", { description: "A page of revisions." }),
          },
        },
      },
    },
    "invalid_api_key",
    "insufficient_scope",
    "resource_not_found",
    "validation_error",
  ),
});

const revertBody = z
  .strictObject({
    revision: z.int().min(0).openapi({
      description: "The revision whose `object_metadata` comes back: one of the history.",
    }),
  })
  .openapi("MediaRevert", { description: "The revision to go back to." });

const revertRoute = createRoute({
  method: "post",
  path: "/v1/media/{id}/revert",
  operationId: "revertMedia",
  summary: "Bring an earlier revision of a media object back",
  description:
    "Needs the scope `write`. The `object_metadata` of that revision comes back as a new revision, exactly as it was; the service does not check it against rules that are newer. If the `object_metadata` is the same already, nothing changes. A revision that the history does not have is a `422`.",
  tags: ["Changes"],
  parameters: takes("If-Match", "Content-Digest"),
  security: keyWith("write"),
  middleware: [
    requireScope("write"),
    ...jsonBody({ types: ["application/json"], characters: 1024 }),
  ] as const,
  request: {
    params: mediaIdParam,
    query: noParameters,
    body: {
      required: true,
      content: { "application/json": { schema: revertBody, example: { revision: 0 } } },
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
    "invalid_api_key",
    "insufficient_scope",
    "cross_site",
    "resource_not_found",
    "malformed_json",
    "precondition_failed",
    "payload_too_large",
    "busy",
    "unsupported_media_type",
    "validation_error",
    "digest_mismatch",
  ),
});

const cursorHead = z.object({ revision: z.int() });

/** `/v1/media/{id}/history` and `/v1/media/{id}/revert`. */
export const historyRoutes = createRoutes();

historyRoutes.openapi(historyRoute, async (context) => {
  const { limit, cursor } = context.req.valid("query");
  const services = context.get("services");
  const secrets = signingSecrets(services);
  const id = knownId(context.req.valid("param").id);
  const list = JSON.stringify(["history", id]);
  const after = cursor === undefined ? null : await decodeCursor(secrets, list, cursor, cursorHead);
  if (cursor !== undefined && after === null)
    throw validationError([{ path: "cursor", message: "is not a cursor of this history" }]);
  // At the primary, so that the changes are no older than the words that they lead back from.
  const db = services.db.primary();
  const media = await findMedia(db, id);
  if (media === null) throw notFound(id);
  const found = await readPage(db, media, { from: after?.head.revision ?? null, limit });
  const items = found.slice(0, Math.min(limit, countFitting(found)));
  const next = found[items.length];
  return context.json(
    {
      items,
      next_cursor:
        next === undefined
          ? null
          : await encodeCursor(secrets, list, { head: { revision: next.revision }, text: "" }),
    },
    200,
  );
});

historyRoutes.openapi(revertRoute, async (context) => {
  const media = await revertMedia(context.get("services"), {
    id: knownId(context.req.valid("param").id),
    revision: context.req.valid("json").revision,
    by: callerName(context.get("caller")),
    allows: revisionCondition(context.req.header("If-Match")),
  });
  context.header("ETag", mediaTag(media));
  return context.json(await toChangedMedia(context.get("services"), media), 200);
});

type RevisionJson = z.infer<typeof revisionSchema>;

/** How many characters of words a page reads at the most; beyond that its answer would be too long in any case. */
const mostRead = 5_000_000;

/** The entries of a page and one more, unless they are long. */
async function readPage(
  db: Database,
  media: RememberedMedia,
  { from, limit }: { readonly from: number | null; readonly limit: number },
): Promise<RevisionJson[]> {
  const found: RevisionJson[] = [];
  let room = mostRead;
  for await (const entry of readHistory(db, media, from)) {
    found.push(toRevisionJson(entry));
    room -= JSON.stringify(entry.objectMetadata).length;
    if (found.length > limit || room < 0) break;
  }
  return found;
}

function toRevisionJson(entry: HistoryEntry): RevisionJson {
  return {
    revision: entry.revision,
    changed_at: entry.changedAt === null ? null : new Date(entry.changedAt).toISOString(),
    changed_by: entry.changedBy,
    operation_id: entry.operationId,
    object_metadata: entry.objectMetadata,
  };
}
