import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";

import { validationError } from "../../../core/errors.ts";
import type { StartResult } from "../../../protocol/coordinator.ts";
import { startDatabaseScan, startIngest } from "../../../ingest/coordinator/start.ts";
import { requireScope } from "../../middleware/authentication.ts";
import type { AppEnv } from "../../context.ts";
import { has, takes } from "../../document-headers.ts";
import { withProblems } from "../../answers/problem.ts";
import { createRoutes, keyWith } from "../../routing.ts";
import { noParameters } from "../../requests/validation.ts";
import { jsonBody, noBody, noBodyProblems, optionalBody } from "../../requests/json-body.ts";
import { runSchema, statusJson, statusSchema } from "../../answers/run-json.ts";

const started = z
  .object({
    status: z.enum(["started", "already_running"]).openapi({
      description: "`started`: this request started the run. `already_running`: the run was on before.",
    }),
    run: runSchema,
  })
  .openapi("RunStarted", { description: "The run that is on now." });

const startAnswers = {
  200: {
    description: "A run was on already, and no other run has started.",
    headers: has("Location"),
    content: { "application/json": { schema: started } },
  },
  202: {
    description: "A run has started. `Location` is the path of its progress.",
    headers: has("Location"),
    content: { "application/json": { schema: started } },
  },
};

const startProblems = [
  "invalid_api_key",
  "insufficient_scope",
  "cross_site",
  "malformed_json",
  "payload_too_large",
  "busy",
  "unsupported_media_type",
  "validation_error",
  "digest_mismatch",
] as const;

const optionalJson = jsonBody({ types: ["application/json"], optional: true });

const ingestBody = z
  .strictObject({
    providers: z
      .array(z.string().openapi({ description: "The name of a storage provider." }))
      .min(1)
      .max(32)
      .optional()
      .openapi({
        description:
          "The names of the storage providers to list. Without `providers` the run lists all storage providers.",
      }),
    prefix: z.string().max(1024).optional().openapi({
      description:
        "The run lists only objects whose key begins with `prefix`. Keys are compared byte by byte. A storage provider that tells its changes, such as Dropbox, is listed whole.",
    }),
    full: z.boolean().default(false).openapi({
      description:
        "`true`: the run lists all objects. `false`: where a storage provider tells its changes, the run lists only the changes since the last run.",
    }),
    confirm_missing: z.boolean().default(false).openapi({
      description:
        "`true`: the run declares every vanished object missing, however many objects have vanished. Send `true` after a run that ended with `needs_confirmation`.",
    }),
  })
  .openapi("IngestRequest", {
    description:
      "The part of the storage that an ingest lists. An empty object means all storage providers and all keys.",
  });

const ingestRoute = createRoute({
  method: "post",
  path: "/v1/ingest",
  operationId: "startIngest",
  summary: "Find new, changed and vanished photos",
  description:
    "Needs the scope `admin`. Only one run can be on at a time. A request without a body means `{}`.",
  tags: ["Ingest"],
  parameters: takes("Content-Digest"),
  security: keyWith("admin"),
  middleware: [requireScope("admin"), ...optionalJson] as const,
  request: {
    query: noParameters,
    body: { required: false, content: { "application/json": { schema: ingestBody, example: {} } } },
  },
  responses: withProblems({ ...startAnswers }, ...startProblems),
});

const scanBody = z
  .strictObject({
    retry_failed: z.boolean().default(false).openapi({
      description: "`true`: the run also processes media objects again whose state is `failed`.",
    }),
    thumbnails: z.boolean().default(false).openapi({
      description: "`true`: the run also processes media objects again whose thumbnail is not stored.",
    }),
    facts: z
      .boolean()
      .default(false)
      .openapi({
        description:
          "`true`: the run also reads files again whose facts (`intrinsic`) an older version of the service has read. A " +
          "newer version may read more facts. `object_metadata`, `revision` and thumbnails stay as they are.",
      }),
    suggestions: z.boolean().default(false).openapi({
      description: "`true`: the service also suggests words for media objects that lack words.",
    }),
  })
  .openapi("ScanRequest", {
    description:
      "The media objects that a scan processes again, besides the media objects that are `pending`.",
  });

const scanRoute = createRoute({
  method: "post",
  path: "/v1/database/scan",
  operationId: "scanDatabase",
  summary: "Process waiting, failed or outdated media objects again",
  description:
    "Needs the scope `admin`. Only one run can be on at a time. A request without a body means `{}`.",
  tags: ["Ingest"],
  parameters: takes("Content-Digest"),
  security: keyWith("admin"),
  middleware: [requireScope("admin"), ...optionalJson] as const,
  request: {
    query: noParameters,
    body: { required: false, content: { "application/json": { schema: scanBody, example: {} } } },
  },
  responses: withProblems({ ...startAnswers }, ...startProblems),
});

const statusRoute = createRoute({
  method: "get",
  path: "/v1/ingest/status",
  operationId: "getIngestStatus",
  summary: "Get the progress of the running ingest",
  description: "Needs the scope `read`.",
  tags: ["Ingest"],
  security: keyWith("read"),
  middleware: [requireScope("read")] as const,
  request: { query: noParameters },
  responses: withProblems(
    {
      200: {
        description: "The run that is on and the last run that ended.",
        content: {
          "application/json": {
            schema: statusSchema,
          },
        },
      },
    },
    "invalid_api_key",
    "insufficient_scope",
    "validation_error",
  ),
});

const cancelRoute = createRoute({
  method: "post",
  path: "/v1/ingest/cancel",
  operationId: "cancelIngest",
  summary: "Cancel the running ingest",
  description:
    "Needs the scope `admin`. The run drops its queued work; media objects that were queued stay `pending` for " +
    "the next ingest or scan. Finished work is kept. Work that has begun may still be finished. If no run is on, nothing " +
    "happens. Takes no body, or `{}`.",
  tags: ["Ingest"],
  security: keyWith("admin"),
  middleware: [requireScope("admin"), ...noBody] as const,
  request: { query: noParameters },
  responses: withProblems(
    {
      202: {
        description:
          "The run that is on and the last run that ended. `Location` is the path of the progress.",
        headers: has("Location"),
        content: { "application/json": { schema: statusSchema } },
      },
    },
    "invalid_api_key",
    "insufficient_scope",
    "cross_site",
    ...noBodyProblems,
  ),
});

/** `/v1/ingest` and the scan of the records: start, cancel, status. */
export const ingestRoutes = createRoutes();

ingestRoutes.openapi(ingestRoute, async (context) => {
  const body = ingestBody.parse(await optionalBody(context));
  const services = context.get("services");
  const unknown = body.providers?.findIndex((name) => !services.providers.has(name)) ?? -1;
  if (unknown >= 0) {
    throw validationError([
      { path: `providers.${unknown}`, message: "is not the name of a configured storage provider" },
    ]);
  }
  const result = await startIngest(services, {
    providers: body.providers === undefined ? undefined : [...new Set(body.providers)],
    prefix: body.prefix,
    full: body.full,
    confirmMissing: body.confirm_missing,
    trigger: "api",
  });
  return answerStart(context, result);
});

ingestRoutes.openapi(scanRoute, async (context) => {
  const body = scanBody.parse(await optionalBody(context));
  const result = await startDatabaseScan(context.get("services"), {
    retryFailed: body.retry_failed,
    thumbnails: body.thumbnails,
    facts: body.facts,
    suggestions: body.suggestions,
    trigger: "api",
  });
  return answerStart(context, result);
});

ingestRoutes.openapi(cancelRoute, async (context) => {
  context.header("Location", "/v1/ingest/status");
  return context.json(statusJson(await context.get("services").coordinator.cancel()), 202);
});

ingestRoutes.openapi(statusRoute, async (context) => {
  context.header("Cache-Control", "no-store");
  return context.json(statusJson(await context.get("services").coordinator.status()), 200);
});

function answerStart(context: Context<AppEnv>, result: StartResult) {
  context.header("Location", "/v1/ingest/status");
  return result.status === "started" ? context.json(result, 202) : context.json(result, 200);
}
