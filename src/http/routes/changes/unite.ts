import { createRoute, z } from "@hono/zod-openapi";

import { validationError } from "../../../core/errors.ts";
import { uniteMedia } from "../../../media/operations/unite.ts";
import { withProblems } from "../../answers/problem.ts";
import { callerName } from "../../context.ts";
import { takes } from "../../document-headers.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { jsonBody } from "../../requests/json-body.ts";
import { noParameters } from "../../requests/validation.ts";
import { createRoutes, keyWith } from "../../routing.ts";
import { conflictsSchema, toConflictsJson } from "./conflicts.ts";

const uniteBody = z
  .strictObject({
    ids: z
      .array(z.string().max(64).openapi({ description: "The id of a media object." }))
      .min(2)
      .max(50)
      .openapi({ description: "The ids of the media objects, each once." }),
    dry_run: z
      .boolean()
      .default(false)
      .openapi({ description: "`true`: nothing is changed; the answer tells what would be." }),
  })
  .openapi("Union", { description: "Media objects whose words are to be united." });

const unitedSchema = z
  .object({
    operation_id: z.string().nullable().openapi({
      format: "uuid",
      description: "The id of the operation; null if nothing was changed.",
    }),
    dry_run: z.boolean().openapi({ description: "`true`: nothing was changed." }),
    updated: z.int().openapi({ minimum: 0, description: "The number of media objects that got words." }),
    unchanged: z
      .int()
      .openapi({ minimum: 0, description: "The number of media objects that lacked nothing." }),
    conflicts: conflictsSchema,
  })
  .openapi("United", { description: "The outcome of a union." });

const uniteRoute = createRoute({
  method: "post",
  path: "/v1/duplicates/unite",
  operationId: "uniteMedia",
  summary: "Give each of some media objects the words of all",
  description:
    "Needs the scope `write`. Keywords are united: each media object keeps its own keywords first, and gets the keywords that it lacks, whatever their case, in the order of `ids`. " +
    "Any other field is filled where a media object lacks the field, if all media objects that have the field agree; if not, the field stays as it is and the answer reports it. " +
    "Either all media objects are changed or none. The service touches no object in the storage. An id that no media object has, or that is in the trash, is a `422`.",
  tags: ["Changes"],
  parameters: takes("Content-Digest"),
  security: keyWith("write"),
  middleware: [
    requireScope("write"),
    ...jsonBody({ types: ["application/json"], characters: 16_384 }),
  ] as const,
  request: {
    query: noParameters,
    body: {
      required: true,
      content: {
        "application/json": {
          schema: uniteBody,
          example: {
            ids: ["0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a12", "0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a13"],
            dry_run: true,
          },
        },
      },
    },
  },
  responses: withProblems(
    {
      200: {
        description: "What was united.",
        content: { "application/json": { schema: unitedSchema } },
      },
    },
    "invalid_api_key",
    "insufficient_scope",
    "cross_site",
    "merge_conflict",
    "malformed_json",
    "payload_too_large",
    "busy",
    "unsupported_media_type",
    "validation_error",
    "digest_mismatch",
  ),
});

/** `POST /v1/duplicates/unite`. */
export const uniteRoutes = createRoutes().openapi(uniteRoute, async (context) => {
  const { ids: given, dry_run: dryRun } = context.req.valid("json");
  const ids = given.map((id) => id.toLowerCase());
  const twice = ids.flatMap((id, index) =>
    ids.indexOf(id) === index ? [] : [{ path: `ids.${index}`, message: "is given twice" }],
  );
  if (twice.length > 0) throw validationError(twice);
  const by = callerName(context.get("caller"));
  const outcome = await uniteMedia(context.get("services"), { ids, by, dryRun });
  return context.json(
    {
      operation_id: outcome.operationId,
      dry_run: dryRun,
      updated: outcome.updated,
      unchanged: outcome.unchanged,
      conflicts: toConflictsJson(outcome.conflicts),
    },
    200,
  );
});
