import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";

import { validationError } from "../../errors.ts";
import { inNormalForm } from "../../normal-form.ts";
import type { StartResult } from "../../ingest/coordinator.ts";
import { startDatabaseScan, startIngest } from "../../ingest/start.ts";
import { requireScope } from "../authentication.ts";
import type { AppEnv } from "../context.ts";
import { problems } from "../problem.ts";
import { createRoutes, keyWith } from "../routing.ts";
import { jsonBody, noBody, noBodyProblems, noParameters, optionalBody } from "../validation.ts";
import { runSchema, statusJson, statusSchema } from "./ingest-schemas.ts";

const started = z
  .object({ status: z.enum(["started", "already_running"]), run: runSchema })
  .openapi("RunStarted");

const startAnswers = {
  200: { description: "A run was on already.", content: { "application/json": { schema: started } } },
  202: {
    description: "A run has started; `Location` tells how it gets on.",
    content: { "application/json": { schema: started } },
  },
};

const startProblems = [
  "invalid_api_key",
  "insufficient_scope",
  "malformed_json",
  "payload_too_large",
  "busy",
  "unsupported_media_type",
  "validation_error",
] as const;

const optionalJson = jsonBody({ types: ["application/json"], optional: true });

const ingestBody = z
  .strictObject({
    providers: z.array(z.string()).min(1).max(32).optional(),
    prefix: z.string().max(1024).optional().openapi({
      description: "Of the object keys to look at. A provider that tells what has changed is read whole.",
    }),
    full: z
      .boolean()
      .default(false)
      .openapi({ description: "List everything anew rather than go on from a cursor." }),
    confirm_missing: z.boolean().default(false),
  })
  .openapi("IngestRequest");

const ingestRoute = createRoute({
  method: "post",
  path: "/v1/ingest",
  summary: "Look for new, changed and vanished photos",
  tags: ["Ingest"],
  security: keyWith("admin"),
  middleware: [requireScope("admin"), ...optionalJson] as const,
  request: {
    query: noParameters,
    body: { required: false, content: { "application/json": { schema: ingestBody } } },
  },
  responses: { ...startAnswers, ...problems(...startProblems) },
});

const scanBody = z
  .strictObject({
    retry_failed: z.boolean().default(false),
    thumbnails: z.boolean().default(false),
    facts: z
      .boolean()
      .default(false)
      .openapi({
        description:
          "Read the files again whose facts were read by an older version of the service, so that records learn what it " +
          "has come to tell since. Words, revisions and thumbnails stay; only the parts of a file that tell something are read.",
      }),
  })
  .openapi("ScanRequest");

const scanRoute = createRoute({
  method: "post",
  path: "/v1/database/scan",
  summary: "Put records back to work that wait, have failed, lack their thumbnail or have old facts",
  tags: ["Ingest"],
  security: keyWith("admin"),
  middleware: [requireScope("admin"), ...optionalJson] as const,
  request: {
    query: noParameters,
    body: { required: false, content: { "application/json": { schema: scanBody } } },
  },
  responses: { ...startAnswers, ...problems(...startProblems) },
});

const statusRoute = createRoute({
  method: "get",
  path: "/v1/ingest/status",
  summary: "How the run gets on",
  tags: ["Ingest"],
  security: keyWith("read"),
  middleware: [requireScope("read")] as const,
  request: { query: noParameters },
  responses: {
    200: {
      description: "The run that is on, and the last that has ended.",
      content: {
        "application/json": {
          schema: statusSchema,
        },
      },
    },
    ...problems("invalid_api_key", "insufficient_scope", "validation_error"),
  },
});

const cancelRoute = createRoute({
  method: "post",
  path: "/v1/ingest/cancel",
  summary: "Ask the run to end",
  description:
    "Queued work is dropped, and its objects stay `pending` for the next ingest or scan; what was done stays. What is " +
    "being worked on at the moment may still be finished. Without a run there is nothing to do. Takes no body, or `{}`.",
  tags: ["Ingest"],
  security: keyWith("admin"),
  middleware: [requireScope("admin"), ...noBody] as const,
  request: { query: noParameters },
  responses: {
    202: {
      description: "How things stand now; `Location` tells how they get on.",
      content: { "application/json": { schema: statusSchema } },
    },
    ...problems("invalid_api_key", "insufficient_scope", ...noBodyProblems),
  },
});

/** `/v1/ingest` and the scan of the records: start, cancel, status. */
export const ingestRoutes = createRoutes();

ingestRoutes.openapi(ingestRoute, async (context) => {
  const body = ingestBody.parse(await optionalBody(context));
  const services = context.get("services");
  const unknown = body.providers?.findIndex((name) => !services.providers.has(name)) ?? -1;
  if (unknown >= 0) {
    throw validationError([
      { path: `providers.${unknown}`, message: "names no configured storage provider" },
    ]);
  }
  const result = await startIngest(services, {
    providers: body.providers === undefined ? undefined : [...new Set(body.providers)],
    prefix: body.prefix === undefined ? undefined : inNormalForm(body.prefix),
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
