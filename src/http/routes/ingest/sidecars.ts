import { createRoute, z } from "@hono/zod-openapi";

import { validationError } from "../../../core/errors.ts";
import type { SigningSecrets } from "../../../core/signing.ts";
import { parseQuery } from "../../../db/search/query.ts";
import { mostMatched } from "../../../media/bulk/by-selection.ts";
import { canonicalJson } from "../../../media/metadata/rules.ts";
import { queueSidecars } from "../../../media/sidecars/queue.ts";
import { withProblems } from "../../answers/problem.ts";
import { takes } from "../../document-headers.ts";
import { signingSecrets } from "../../links/signing-secrets.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { decodeCursor, encodeCursor, maxCursorLength } from "../../requests/cursor.ts";
import { jsonBody } from "../../requests/json-body.ts";
import { filterFor } from "../../requests/list-query.ts";
import { checkSelection, selectionShape } from "../../requests/selection.ts";
import { selectionPosition } from "../../requests/selection-position.ts";
import { noParameters } from "../../requests/validation.ts";
import { createRoutes, keyWith } from "../../routing.ts";

const sidecarsBody = z
  .strictObject({
    filter: selectionShape.filter,
    all: selectionShape.all,
    cursor: z.string().min(1).max(maxCursorLength).optional().openapi({
      description: "The `next_cursor` of the call before. Repeat all other fields unchanged.",
    }),
  })
  .superRefine(({ filter = {}, all }, context) => checkSelection({ filter, all }, context))
  .openapi("SidecarsRequest", { description: "The media objects whose sidecars are to be written." });

const queuedAnswer = z
  .object({
    queued: z.int().openapi({ description: "The number of sidecars that this call queued." }),
    next_cursor: z.string().nullable().openapi({
      description: "The `cursor` of the next call; null if all media objects are queued.",
    }),
  })
  .openapi("QueuedSidecars", { description: "What was queued." });

/** Room for the longest filter. */
const longestBody = 64 * 1024;

const sidecarsRoute = createRoute({
  method: "post",
  path: "/v1/sidecars",
  operationId: "writeSidecars",
  summary: "Write the sidecars of media objects",
  description:
    'Needs the scope `admin`. Queues the sidecars of all media objects that match `filter`, or of all with `all: true`. The service writes each sidecar beside its photo as `NAME.EXT.xmp` within some minutes; many sidecars take longer. Only storage providers with `sidecars: "write"` have their sidecars written. ' +
    `A call queues at most ${mostMatched} media objects: as long as \`next_cursor\` is not null, send the same body with \`cursor\`.`,
  tags: ["Ingest"],
  parameters: takes("Content-Digest"),
  security: keyWith("admin"),
  middleware: [
    requireScope("admin"),
    ...jsonBody({ types: ["application/json"], characters: longestBody }),
  ] as const,
  request: {
    query: noParameters,
    body: {
      required: true,
      content: { "application/json": { schema: sidecarsBody, example: { filter: { prefix: "2024/" } } } },
    },
  },
  responses: withProblems(
    {
      202: {
        description: "The sidecars are queued.",
        content: { "application/json": { schema: queuedAnswer } },
      },
    },
    "invalid_api_key",
    "insufficient_scope",
    "cross_site",
    "malformed_json",
    "read_only_provider",
    "payload_too_large",
    "busy",
    "unsupported_media_type",
    "validation_error",
    "digest_mismatch",
  ),
});

const cursorHead = z.object({ at: selectionPosition });

/** `POST /v1/sidecars`. */
export const writeSidecarsRoutes = createRoutes().openapi(sidecarsRoute, async (context) => {
  const { filter = {}, cursor } = context.req.valid("json");
  const services = context.get("services");
  const secrets = signingSecrets(services);
  const call = describeCall(await context.req.json());
  const after = cursor === undefined ? null : await readCursor(secrets, call, cursor);
  const selection = { filter: filterFor(services, filter), query: parseQuery(filter.q ?? "") };
  const { queued, next } = await queueSidecars(services, selection, after);
  const nextCursor =
    next === null ? null : await encodeCursor(secrets, call, { head: { at: next }, text: "" });
  return context.json({ queued, next_cursor: nextCursor }, 202);
});

/** What a cursor is bound to: the whole body but the cursor. */
function describeCall(body: unknown): string {
  const { cursor: _cursor, ...call } = z.record(z.string(), z.unknown()).parse(body);
  return `sidecars\n${canonicalJson(call)}`;
}

async function readCursor(secrets: SigningSecrets, call: string, cursor: string) {
  const content = await decodeCursor(secrets, call, cursor, cursorHead);
  if (content !== null) return content.head.at;
  throw validationError([{ path: "cursor", message: "is not a cursor of this request" }]);
}
