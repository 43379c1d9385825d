import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";

import { AppError } from "../../../core/errors.ts";
import { importLines, usualMostStatements } from "../../../media/transfer/import.ts";
import { linesOf } from "../../../media/transfer/text-lines.ts";
import { withProblems } from "../../answers/problem.ts";
import { callerName, type AppEnv } from "../../context.ts";
import { has, takes } from "../../document-headers.ts";
import { mediaTypeOf } from "../../headers/content-type.ts";
import { requireScope } from "../../middleware/authentication.ts";
import {
  csvReader,
  limitedPieces,
  maxLineBytes,
  ndjsonReader,
  tooLarge,
  unpackedPieces,
} from "../../requests/import-lines.ts";
import { flag, wholeNumber } from "../../requests/validation.ts";
import { createRoutes, keyWith } from "../../routing.ts";
import { exportColumns } from "./export-text.ts";

/** How many bytes one import has at the most, unpacked. */
export const maxImportBytes = 50 * 1024 * 1024;

const importQuery = z.strictObject({
  dry_run: flag().openapi({ description: "`true`: the service only reports what the import would do." }),
  history: flag().openapi({
    description:
      "`true`: the service restores the `revisions` of the lines too. `history` needs a body of NDJSON.",
  }),
  from_line: wholeNumber({ min: 1, max: 999_999_999 }).default(1).openapi({
    default: 1,
    description:
      "The first line to import, counted from 1. The service skips the lines before. With the `next_line` of an answer the import of the same body goes on.",
  }),
});

const count = (description: string) => z.int().openapi({ minimum: 0, description });

const lineError = z
  .object({
    line: z.int().openapi({ minimum: 1, description: "The number of the line, counted from 1." }),
    message: z.string().openapi({ description: "The reason in words for people." }),
  })
  .openapi({ description: "A line and its error." });

const reportSchema = z
  .object({
    operation_id: z.string().nullable().openapi({
      format: "uuid",
      description:
        "The id of the operation, for `POST /v1/operations/{id}/revert`; null if the import has changed nothing.",
    }),
    dry_run: z.boolean().openapi({ description: "Whether the service has only looked." }),
    lines: count(
      "The number of lines with words. Empty lines, closing lines and older revisions do not count.",
    ),
    matched: z
      .object({
        by_id: count("The number of lines whose `id` a media object has."),
        by_key: count(
          "The number of other lines that belong to the media object with their `provider` and `object_key`.",
        ),
        by_hash: count(
          "The number of other lines that belong to the only media object with their `content_hash` and `file_size`.",
        ),
      })
      .openapi({ description: "The number of lines that belong to a media object." }),
    updated: count("The number of media objects that were changed."),
    unchanged: count(
      "The number of lines that changed nothing, because the media object has these words, or a later line counts.",
    ),
    unmatched: count("The number of lines that belong to no media object, or to several."),
    invalid: count("The number of lines that cannot be restored."),
    errors: z.array(lineError).openapi({
      description:
        "The invalid lines; and if less than 500 lines are invalid, unmatched lines too. At most 500 lines.",
    }),
    next_line: z.int().nullable().openapi({
      description:
        "The line at which the import has reached the limit of one request, for `from_line`; null if the import is complete.",
    }),
  })
  .openapi("ImportReport", { description: "The result of an import." });

const example =
  '{"id": "0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a11", "object_metadata": {"description": "The beach at noon"}}\n';

const importRoute = createRoute({
  method: "post",
  path: "/v1/import",
  operationId: "importMedia",
  summary: "Import the words of an export",
  description:
    "Needs the scope `admin`. The body is an export as `GET /v1/export` gives it, as NDJSON or as CSV, or a part " +
    "of one: at most 50 MiB, packed with gzip (one whole gzip file) or not, and 1 MiB a line. The service reads `id`, `provider`, `object_key`, " +
    "`content_hash`, `file_size` and `object_metadata` of a line, and ignores other fields.\n\n" +
    "A line belongs to the media object with its `id`, otherwise to the media object with its `provider` and `object_key` " +
    "if the bytes of that media object have the `content_hash` and the `file_size` of the line or the line has no `content_hash`, otherwise to the " +
    "only media object with its `content_hash` and `file_size`. If no media object has these bytes, the line belongs to the " +
    "media object with its `provider` and `object_key`, whose bytes were replaced. Of lines for the same media object, among the up to " +
    "1,000 that the service looks at together, only the surest in this order counts; the others belong to no media object. A line whose `id` is in the trash, or was " +
    "hidden by a relink, belongs to no media object. An import creates no media object.\n\n" +
    "The `object_metadata` of the line replaces the `object_metadata` of the media object, so that a field that the line " +
    "lacks is removed. An older value that breaks a rule of today is restored: the service refuses a line only if " +
    "its `object_metadata` is too large, too deep, or cannot be kept. A line that does not fit is reported and stops no other. " +
    "An import that is sent again changes nothing further, so that an import that broke off is sent again.\n\n" +
    "**History.** With `history=true` a media object that no person has changed gets the `revisions` and the `revision` " +
    "of the line, and so does a media object whose history ends where the line's history has the same revision. The " +
    "import adds no revision of its own then. Any other media object gets the words as one new revision. Lines with older " +
    "revisions must follow the line of their media object in the same body.\n\n" +
    "**CSV.** The first row names the columns, in any order; without names the columns are those of the export. Every " +
    "column of words must be there. An empty cell removes a field.",
  tags: ["Media"],
  parameters: takes("Content-Encoding"),
  security: keyWith("admin"),
  middleware: [requireScope("admin")] as const,
  // The body is a stream, not for the library to read; the document tells of it below.
  hide: true,
  request: { query: importQuery },
  responses: withProblems(
    {
      200: {
        description: "The import was done, or its beginning up to `next_line`.",
        content: { "application/json": { schema: reportSchema } },
      },
      415: {
        description: "The body has a content coding other than gzip.",
        headers: has("Accept-Encoding"),
      },
    },
    "invalid_api_key",
    "insufficient_scope",
    "cross_site",
    "payload_too_large",
    "unsupported_media_type",
    "validation_error",
  ),
});

/** `POST /v1/import`. */
export const importRoutes = createRoutes().openapi(importRoute, async (context) => {
  const query = context.req.valid("query");
  const type = mediaTypeOf(context);
  const isCsv = type === "text/csv";
  if (!isCsv && type !== "application/x-ndjson") {
    throw new AppError("unsupported_media_type", "Send the body as application/x-ndjson or text/csv.");
  }
  if (isCsv && query.history) {
    throw new AppError("validation_error", "history: needs a body of NDJSON", {
      errors: [{ path: "history", message: "needs a body of NDJSON" }],
    });
  }
  const pieces = limitedPieces(piecesOf(context), maxImportBytes);
  const { matched, nextLine, operationId, ...report } = await importLines(context.get("services").db, {
    lines: linesOf(pieces, { quoted: isCsv, maxBytes: maxLineBytes }),
    read: isCsv ? csvReader(exportColumns) : ndjsonReader(query.history),
    by: callerName(context.get("caller")),
    dryRun: query.dry_run,
    fromLine: query.from_line,
    mostStatements: usualMostStatements,
  });
  return context.json(
    {
      operation_id: operationId,
      dry_run: query.dry_run,
      ...report,
      matched: { by_id: matched.id, by_key: matched.key, by_hash: matched.hash },
      errors: [...report.errors],
      next_line: nextLine,
    },
    200,
  );
});

const { hide: _hide, middleware: _middleware, ...documented } = importRoute;

importRoutes.openAPIRegistry.registerPath({
  ...documented,
  request: {
    query: importQuery,
    body: {
      required: true,
      content: {
        "application/x-ndjson": {
          schema: z.string().openapi({ description: "A JSON object in each line." }),
          example,
        },
        "text/csv": { schema: z.string().openapi({ description: "Rows in the columns of the export." }) },
      },
    },
  },
});

/** The body, unpacked; 413 for one that says itself that it is too large, before any of it is read. */
function piecesOf(context: Context<AppEnv>): AsyncIterable<unknown> {
  if (Number(context.req.header("Content-Length") ?? 0) > maxImportBytes) throw tooLarge(maxImportBytes);
  const body = context.req.raw.body ?? new Blob([]).stream();
  const coding = (context.req.header("Content-Encoding") ?? "identity").trim().toLowerCase();
  if (coding === "identity") return body;
  if (coding === "gzip") return unpackedPieces(body);
  throw new AppError("unsupported_media_type", "Send the body as plain text, or packed with gzip.", {
    headers: { "Accept-Encoding": "gzip" },
  });
}
