import { createRoute, z } from "@hono/zod-openapi";

import { validationError } from "../../../core/errors.ts";
import { newMediaId } from "../../../core/media-id.ts";
import type { SelectionPosition } from "../../../db/selection/selection.ts";
import { wordsChangeOf } from "../../../media/bulk/asked-change.ts";
import { mostAtOnce } from "../../../media/bulk/at-once.ts";
import { bulkChange } from "../../../media/bulk/bulk.ts";
import { mostMatched, mostResults } from "../../../media/bulk/by-selection.ts";
import { keywordLimits } from "../../../media/metadata/keywords.ts";
import { canonicalJson, metadataLimits } from "../../../media/metadata/rules.ts";
import type { SigningSecrets } from "../../../core/signing.ts";
import { metadataPatchSchema } from "../../answers/object-metadata-schema.ts";
import { withProblems } from "../../answers/problem.ts";
import { callerName } from "../../context.ts";
import { takes } from "../../document-headers.ts";
import { signingSecrets } from "../../links/signing-secrets.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { decodeCursor, encodeCursor, maxCursorLength } from "../../requests/cursor.ts";
import { jsonBody } from "../../requests/json-body.ts";
import { checkSelection, mostSelectedIds, selectionShape, targetOf } from "../../requests/selection.ts";
import { noParameters } from "../../requests/validation.ts";
import { createRoutes, keyWith } from "../../routing.ts";

const keyword = z
  .string()
  .min(1)
  .max(4 * keywordLimits.keywordCharacters)
  .openapi({ description: "A keyword." });

const bulkBody = z
  .strictObject({
    ...selectionShape,
    dry_run: z.boolean().default(false).openapi({
      default: false,
      description: "`true`: the answer says what would happen, and nothing does.",
    }),
    atomic: z
      .boolean()
      .default(false)
      .openapi({
        default: false,
        description: `\`true\`: all media objects are changed, or none. At most ${mostAtOnce} media objects.`,
      }),
    object_metadata: metadataPatchSchema.optional(),
    remove_keywords: z.array(keyword).max(keywordLimits.keywords).default([]).openapi({
      default: [],
      description: "Keywords to remove. Case and accents are ignored, as by the filter `keyword`.",
    }),
    add_keywords: z.array(keyword).max(keywordLimits.keywords).default([]).openapi({
      default: [],
      description:
        "Keywords to add behind the others. A keyword that is there already, in upper or lower case, is not added.",
    }),
    suggestions: z.enum(["accept", "refuse"]).optional().openapi({
      description:
        "`accept`: takes all suggestions, a description only where there is none. `refuse`: refuses them.",
    }),
    cursor: z.string().min(1).max(maxCursorLength).optional().openapi({
      description:
        "The `next_cursor` of the call before; only with `filter`. Repeat all other fields unchanged.",
    }),
  })
  .superRefine((body, context) => {
    checkSelection(body, context);
    const refuse = (path: string, message: string): void =>
      context.addIssue({ code: "custom", path: [path], message });
    if (body.cursor !== undefined && body.ids !== undefined) refuse("cursor", "cannot be combined with ids");
    if (body.cursor !== undefined && body.atomic) refuse("cursor", "cannot be combined with atomic");
    const asked = [...body.add_keywords, ...body.remove_keywords, ...Object.keys(body.object_metadata ?? {})];
    if (asked.length === 0 && body.suggestions === undefined)
      refuse("object_metadata", "is missing, and no keywords are to be added or removed");
  })
  .openapi("BulkChange", {
    description: "A change of many media objects: which ones, and what is done to each of them.",
  });

/** Only looks, so that the page at `/docs` may send it. */
const example = {
  filter: { keyword: "beach" },
  remove_keywords: ["beach"],
  add_keywords: ["seaside"],
  dry_run: true,
};

const bulkResult = z
  .object({
    id: z.string().openapi({ description: "The id, as the request has it in lower case." }),
    status: z.enum(["updated", "unchanged", "not_found", "invalid"]).openapi({
      description:
        "`updated`: the media object was changed. `unchanged`: it was so already. `not_found`: no media object has the id. `invalid`: the change would break a rule; `detail` says which.",
    }),
    revision: z.int().nullable().openapi({
      description:
        "The revision of the media object after the request, with `dry_run` its current one; null if it is not known.",
    }),
    detail: z.string().nullable().openapi({
      description: "The reason in words for people, if the media object was not changed for one.",
    }),
  })
  .openapi("BulkResult", { description: "What became of a media object." });

const bulkAnswer = z
  .object({
    operation_id: z.string().nullable().openapi({
      format: "uuid",
      description:
        "The id of the operation that all changes belong to: all calls along `next_cursor` have the same. Null with `dry_run`.",
    }),
    dry_run: z.boolean().openapi({ description: "Whether nothing was changed because of `dry_run`." }),
    matched: z.int().openapi({ description: "The number of media objects that this call came by." }),
    updated: z
      .int()
      .openapi({ description: "The number of media objects that this call changed, or would change." }),
    results: z.array(bulkResult).openapi({
      description: `What became of each media object, in the order of \`ids\`. By filter the first ${mostResults} of the call.`,
    }),
    next_cursor: z.string().nullable().openapi({
      description: "The `cursor` of the next call; null if all media objects are done.",
    }),
  })
  .openapi("BulkAnswer", { description: "What a change of many media objects did." });

/** Room for the longest patch, all ids, all keywords and a filter. */
const longestBody = metadataLimits.patchLength + 256 * 1024;

const bulkRoute = createRoute({
  method: "post",
  path: "/v1/media/bulk",
  operationId: "changeManyMedia",
  summary: "Change the object_metadata of many media objects",
  description:
    `Needs the scope \`write\`. Changes up to ${mostSelectedIds} media objects by \`ids\`, or all that match a \`filter\`. For each media object first the patch in \`object_metadata\` is applied, then \`remove_keywords\`, then \`add_keywords\`. ` +
    "A media object that cannot be changed is reported and stops no other, unless `atomic` is `true`. A keyword is renamed everywhere by `filter: {keyword: old}`, `remove_keywords: [old]`, `add_keywords: [new]`. " +
    `By filter a call comes by at most ${mostMatched} media objects, from the oldest on (with \`q\` from the newest on), and may end earlier: as long as \`next_cursor\` is not null, send the same body with \`cursor\`. A media object that does not match any more because of the change is not skipped, and none is changed twice. ` +
    "A call that breaks off has changed some media objects whole and others not at all; send it again. All changes of the calls along `next_cursor` are one operation, which can be reverted.",
  tags: ["Changes"],
  parameters: takes("Content-Digest"),
  security: keyWith("write"),
  middleware: [
    requireScope("write"),
    ...jsonBody({ types: ["application/json"], characters: longestBody }),
  ] as const,
  request: {
    query: noParameters,
    body: { required: true, content: { "application/json": { schema: bulkBody, example } } },
  },
  responses: withProblems(
    {
      200: {
        description: "What was done.",
        content: { "application/json": { schema: bulkAnswer } },
      },
    },
    "invalid_api_key",
    "insufficient_scope",
    "cross_site",
    "malformed_json",
    "payload_too_large",
    "busy",
    "unsupported_media_type",
    "validation_error",
    "bulk_failed",
    "digest_mismatch",
  ),
});

/** Where a call ended, and the operation that it belongs to. */
const cursorHead = z.object({
  /** Null for a call that only looks. */
  operation: z.string().nullable(),
  at: z.union([
    z.object({
      list: z.object({
        value: z.union([z.string(), z.number(), z.null()]),
        pk: z.number(),
        id: z.string(),
        skip: z.number(),
        lead: z.number().nullable(),
      }),
    }),
    z.object({ search: z.object({ below: z.number().nullable() }) }),
  ]),
}) satisfies z.ZodType<{ operation: string | null; at: SelectionPosition }>;

/** `POST /v1/media/bulk`. */
export const bulkRoutes = createRoutes().openapi(bulkRoute, async (context) => {
  const body = context.req.valid("json");
  const services = context.get("services");
  const secrets = signingSecrets(services);
  const change = wordsChangeOf({ ...body, ...(services.suggester === null && { suggestions: undefined }) });
  const call = describeCall(await context.req.json());
  const begun = body.cursor === undefined ? null : await readCursor(secrets, call, body.cursor);
  const operation = begun?.operation ?? newMediaId();
  const done = await bulkChange(services.db.primary(), {
    target: targetOf(services, body),
    atomic: body.atomic,
    after: begun?.at ?? null,
    dryRun: body.dry_run,
    change,
    authorship: {
      by: callerName(context.get("caller")),
      now: Date.now(),
      operation: { id: operation, kind: "bulk", reverts: null, details: null },
    },
  });
  const operationId = body.dry_run ? null : operation;
  const head = { operation: operationId, at: done.next };
  return context.json(
    {
      operation_id: operationId,
      dry_run: body.dry_run,
      matched: done.matched,
      updated: done.updated,
      results: [...done.results],
      next_cursor: done.next === null ? null : await encodeCursor(secrets, call, { head, text: "" }),
    },
    200,
  );
});

/** What a cursor is bound to: the whole body but the cursor. */
function describeCall(body: unknown): string {
  const { cursor: _cursor, ...call } = z.record(z.string(), z.unknown()).parse(body);
  return `bulk\n${canonicalJson(call)}`;
}

async function readCursor(secrets: SigningSecrets, call: string, cursor: string) {
  const content = await decodeCursor(secrets, call, cursor, cursorHead);
  if (content !== null) return content.head;
  throw validationError([{ path: "cursor", message: "is not a cursor of this change" }]);
}
