import { createRoute, z } from "@hono/zod-openapi";

import { validationError } from "../../../core/errors.ts";
import { isMediaId, newMediaId } from "../../../core/media-id.ts";
import { operationsBefore, type ListedOperation } from "../../../db/history/operations.ts";
import { operationKinds } from "../../../db/schema.ts";
import { unknownOperation } from "../../../media/failures.ts";
import { revertOperation } from "../../../media/operations/revert.ts";
import type { Services } from "../../../services.ts";
import { withProblems } from "../../answers/problem.ts";
import { callerName } from "../../context.ts";
import { takes } from "../../document-headers.ts";
import { signingSecrets } from "../../links/signing-secrets.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { decodeCursor, encodeCursor } from "../../requests/cursor.ts";
import { jsonBody, optionalBody } from "../../requests/json-body.ts";
import { cursorParameter } from "../../requests/list-query.ts";
import { noParameters, wholeNumber } from "../../requests/validation.ts";
import { createRoutes, keyWith } from "../../routing.ts";

const operationSchema = z
  .object({
    operation_id: z.string().openapi({ format: "uuid", description: "The id of the operation." }),
    kind: z.enum(operationKinds).openapi({
      description:
        "`bulk`: a change of many media objects. `unite`: the words of several media objects were united. `relink`: a missing media object took the object of another one. `import`: words were imported. `revert`: another operation was taken back.",
    }),
    changed_by: z.string().nullable().openapi({
      description:
        "The name of the key, or the e-mail address of the person, that started the operation; null if the service does not know who it was.",
    }),
    changed_at: z
      .string()
      .openapi({ format: "date-time", description: "The time at which the operation started." }),
    updated: z
      .int()
      .openapi({ minimum: 0, description: "The number of media objects that the operation changed." }),
    reverted_by: z.string().nullable().openapi({
      format: "uuid",
      description:
        "The operation that took this operation back; null if none did, or if that operation was taken back itself.",
    }),
  })
  .openapi("Operation", { description: "A change of several media objects that can be taken back." });

const listRoute = createRoute({
  method: "get",
  path: "/v1/operations",
  operationId: "listOperations",
  summary: "List operations, the newest first",
  description:
    "Needs the scope `read`. A bulk change that changed no media object is in the list, with `updated` 0; any other operation that changed none is not.",
  tags: ["Changes"],
  security: keyWith("read"),
  middleware: [requireScope("read")] as const,
  request: {
    query: z.strictObject({
      limit: wholeNumber({ min: 1, max: 500 })
        .default(100)
        .openapi({ default: 100, description: "The largest number of operations on a page." }),
      cursor: cursorParameter.optional(),
    }),
  },
  responses: withProblems(
    {
      200: {
        description: "A page of operations.",
        content: {
          "application/json": {
            schema: z
              .object({
                items: z.array(operationSchema).openapi({ description: "The operations of the page." }),
                next_cursor: z
                  .string()
                  .nullable()
                  .openapi({ description: "The `cursor` of the next page; null on the last page." }),
              })
              .openapi("OperationList", { description: "A page of operations." }),
          },
        },
      },
    },
    "invalid_api_key",
    "insufficient_scope",
    "validation_error",
  ),
});

const revertBody = z
  .strictObject({
    cursor: cursorParameter.optional().openapi({
      description: "The `next_cursor` of the call before. Without `cursor` a new revert begins.",
    }),
  })
  .openapi("OperationRevert", { description: "Where to go on." });

const revertedSchema = z
  .object({
    operation_id: z.string().openapi({
      format: "uuid",
      description:
        "The id of the revert, which is an operation itself. A revert that changed no media object is not in the list of operations.",
    }),
    reverted: z.int().openapi({
      minimum: 0,
      description: "The number of media objects that this call gave the words that they had before.",
    }),
    skipped: z.array(z.string().openapi({ description: "The id of a media object." })).openapi({
      description:
        "The ids of the first 500 media objects that this call left alone: somebody has changed their words since, or the media object was deleted. A relink is also left alone while a later relink of the same media object stands: revert the later one first.",
    }),
    next_cursor: z.string().nullable().openapi({
      description: "The `cursor` of the next call; null if no media object is left.",
    }),
  })
  .openapi("OperationReverted", { description: "The outcome of a call that takes an operation back." });

const revertRoute = createRoute({
  method: "post",
  path: "/v1/operations/{id}/revert",
  operationId: "revertOperation",
  summary: "Take an operation back",
  description:
    "Needs the scope `write`. Each media object gets the words that it had before the operation, if its words are still, or again, the words that the operation left. " +
    "A call handles at most 10,000 media objects; send its `next_cursor` as `cursor` in the body of the next call. A request without a body means `{}`. A second revert of the same operation passes over what was taken back already. " +
    "To take a revert back, revert its `operation_id`.",
  tags: ["Changes"],
  parameters: takes("Content-Digest"),
  security: keyWith("write"),
  middleware: [requireScope("write"), ...jsonBody({ types: ["application/json"], optional: true })] as const,
  request: {
    params: z.object({
      id: z.string().openapi({ format: "uuid", description: "The id of the operation." }),
    }),
    query: noParameters,
    body: { required: false, content: { "application/json": { schema: revertBody, example: {} } } },
  },
  responses: withProblems(
    {
      200: {
        description: "What was taken back.",
        content: { "application/json": { schema: revertedSchema } },
      },
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

/** `/v1/operations`: the list, and the way back. */
export const operationRoutes = createRoutes();

const listName = "operations";

operationRoutes.openapi(listRoute, async (context) => {
  const { limit, cursor } = context.req.valid("query");
  const services = context.get("services");
  const before =
    cursor === undefined ? null : await readCursor(services, { list: listName, cursor }, z.string());
  const found = await operationsBefore(services.db, before, limit + 1);
  const items = found.slice(0, limit);
  const last = found.length > limit ? items.at(-1) : undefined;
  const next = last === undefined ? null : await writeCursor(services, listName, last.id);
  return context.json({ items: items.map(toOperationJson), next_cursor: next }, 200);
});

const revertHead = z.object({
  /** The id of the revert. */
  revert: z.string(),
  after: z.string(),
});

operationRoutes.openapi(revertRoute, async (context) => {
  const services = context.get("services");
  const { id } = context.req.valid("param");
  if (!isMediaId(id)) throw unknownOperation();
  const operation = id.toLowerCase();
  const list = JSON.stringify(["revert", operation]);
  const { cursor } = revertBody.parse(await optionalBody(context));
  const { revert, after } =
    cursor === undefined
      ? { revert: newMediaId(), after: "" }
      : await readCursor(services, { list, cursor }, revertHead);
  const by = callerName(context.get("caller"));
  const { reverted, skipped, next } = await revertOperation(services, { operation, id: revert, by, after });
  const head = { revert, after: next };
  const nextCursor = next === null ? null : await writeCursor(services, list, head);
  return context.json(
    { operation_id: revert, reverted, skipped: [...skipped], next_cursor: nextCursor },
    200,
  );
});

async function readCursor<T>(
  services: Services,
  { list, cursor }: { readonly list: string; readonly cursor: string },
  schema: z.ZodType<T>,
): Promise<T> {
  const content = await decodeCursor(signingSecrets(services), list, cursor, schema);
  if (content === null)
    throw validationError([{ path: "cursor", message: "is not a cursor of this operation or list" }]);
  return content.head;
}

async function writeCursor(services: Services, list: string, head: unknown): Promise<string> {
  return encodeCursor(signingSecrets(services), list, { head, text: "" });
}

function toOperationJson(operation: ListedOperation): z.infer<typeof operationSchema> {
  return {
    operation_id: operation.id,
    kind: operation.kind,
    changed_by: operation.changedBy,
    changed_at: new Date(operation.changedAt).toISOString(),
    updated: operation.updated,
    reverted_by: operation.revertedBy,
  };
}
