import { createRoute, z } from "@hono/zod-openapi";

import { decodeCursor, encodeCursor } from "../../requests/cursor.ts";
import { findFailures, type RunFailure } from "../../../db/runs/run-failures.ts";
import { AppError, validationError } from "../../../core/errors.ts";
import type { Run } from "../../../protocol/run.ts";
import type { Services } from "../../../services.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { cursorParameter } from "../../requests/list-query.ts";
import { withProblems } from "../../answers/problem.ts";
import { createRoutes, keyWith } from "../../routing.ts";
import { signingSecrets } from "../../links/signing-secrets.ts";
import { noParameters, wholeNumber } from "../../requests/validation.ts";
import { runSchema } from "../../answers/run-json.ts";

const cursorParam = cursorParameter.optional();

const nextCursor = z
  .string()
  .nullable()
  .openapi({ description: "The `cursor` of the next page; null on the last page." });

const runsRoute = createRoute({
  method: "get",
  path: "/v1/ingest/runs",
  operationId: "listRuns",
  summary: "List runs, the newest first",
  description: "Needs the scope `read`. The service keeps at least the last 50 runs.",
  tags: ["Ingest"],
  security: keyWith("read"),
  middleware: [requireScope("read")] as const,
  request: {
    query: z.strictObject({
      limit: wholeNumber({ min: 1, max: 100 })
        .default(20)
        .openapi({ default: 20, description: "The largest number of runs on a page." }),
      cursor: cursorParam,
    }),
  },
  responses: withProblems(
    {
      200: {
        description: "A page of runs.",
        content: {
          "application/json": {
            schema: z
              .object({
                items: z.array(runSchema).openapi({ description: "The runs of the page." }),
                next_cursor: nextCursor,
              })
              .openapi("RunList", { description: "A page of runs." }),
          },
        },
      },
    },
    "invalid_api_key",
    "insufficient_scope",
    "validation_error",
  ),
});

/** The id of a run in a path. */
export const runParam = z.object({
  id: z.string().openapi({ format: "uuid", description: "The id of the run." }),
});

const runRoute = createRoute({
  method: "get",
  path: "/v1/ingest/runs/{id}",
  operationId: "getRun",
  summary: "Get a run",
  description: "Needs the scope `read`. The service keeps at least the last 50 runs.",
  tags: ["Ingest"],
  security: keyWith("read"),
  middleware: [requireScope("read")] as const,
  request: { params: runParam, query: noParameters },
  responses: withProblems(
    {
      200: { description: "The run.", content: { "application/json": { schema: runSchema } } },
    },
    "invalid_api_key",
    "insufficient_scope",
    "resource_not_found",
    "validation_error",
  ),
});

const failureSchema = z
  .object({
    media_id: z.string().openapi({ format: "uuid", description: "The id of the media object." }),
    object_key: z.string().openapi({ description: "The object key of the media object." }),
    provider: z.string().openapi({ description: "The name of the storage provider that holds the object." }),
    stage: z.enum(["reading", "thumbnail", "attempts"]).openapi({
      description:
        "The step that failed: `reading` the file, making the `thumbnail`, or all `attempts` to process the file.",
    }),
    code: z.string().openapi({ description: "The reason as a code for programs, such as `corrupt`." }),
    detail: z.string().openapi({ description: "The reason in words for people." }),
    attempts: z
      .int()
      .openapi({ minimum: 0, description: "The number of attempts to process the media object." }),
    last_attempt_at: z
      .string()
      .openapi({ format: "date-time", description: "The time of the last attempt." }),
  })
  .openapi("RunFailure", { description: "A media object that a run could not process." });

const failuresRoute = createRoute({
  method: "get",
  path: "/v1/ingest/runs/{id}/failures",
  operationId: "listRunFailures",
  summary: "List the media objects that a run could not process",
  description: "Needs the scope `read`.",
  tags: ["Ingest"],
  security: keyWith("read"),
  middleware: [requireScope("read")] as const,
  request: {
    params: runParam,
    query: z.strictObject({
      limit: wholeNumber({ min: 1, max: 500 })
        .default(100)
        .openapi({ default: 100, description: "The largest number of failures on a page." }),
      cursor: cursorParam,
    }),
  },
  responses: withProblems(
    {
      200: {
        description: "A page of failures. Failures of older media objects come first.",
        content: {
          "application/json": {
            schema: z
              .object({
                items: z.array(failureSchema).openapi({ description: "The failures of the page." }),
                next_cursor: nextCursor,
              })
              .openapi("RunFailureList", { description: "A page of failures." }),
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

/** `/v1/ingest/runs`: the runs, and the media objects that a run could not process. */
export const ingestRunRoutes = createRoutes();

ingestRunRoutes.openapi(runsRoute, async (context) => {
  const services = context.get("services");
  const { limit, cursor } = context.req.valid("query");
  const before = await positionOf(services, "runs", cursor);
  const runs = await services.coordinator.runs(limit + 1, before);
  return context.json(
    await pageOf(services, { list: "runs", found: runs, limit, idOf: (run) => run.id }),
    200,
  );
});

ingestRunRoutes.openapi(runRoute, async (context) => {
  return context.json(await knownRun(context.get("services"), context.req.valid("param").id), 200);
});

ingestRunRoutes.openapi(failuresRoute, async (context) => {
  const services = context.get("services");
  const { limit, cursor } = context.req.valid("query");
  const { id } = await knownRun(services, context.req.valid("param").id);
  const list = `failures ${id}`;
  const after = await positionOf(services, list, cursor);
  const found = await findFailures(services.db, id, after ?? "", limit + 1);
  const page = await pageOf(services, { list, found, limit, idOf: (failure) => failure.mediaId });
  return context.json({ ...page, items: page.items.map(failureJson) }, 200);
});

/** The run with this id; 404 where none is kept. */
export async function knownRun(services: Services, id: string): Promise<Run> {
  const run = await services.coordinator.run(id.toLowerCase());
  if (run === null)
    throw new AppError("resource_not_found", "No run with this id is kept; the last 50 runs are.");
  return run;
}

async function positionOf(
  services: Services,
  list: string,
  cursor: string | undefined,
): Promise<string | null> {
  if (cursor === undefined) return null;
  const position = await decodeCursor(signingSecrets(services), list, cursor, z.string());
  if (position !== null) return position.head;
  throw validationError([{ path: "cursor", message: "is not a cursor of this list" }]);
}

interface FoundPage<T> {
  readonly list: string;
  /** One more than the page takes, where there are more. */
  readonly found: readonly T[];
  readonly limit: number;
  readonly idOf: (item: T) => string;
}

async function pageOf<T>(
  services: Services,
  { list, found, limit, idOf }: FoundPage<T>,
): Promise<{ items: T[]; next_cursor: string | null }> {
  const items = found.slice(0, limit);
  const last = found.length > limit ? items.at(-1) : undefined;
  const next =
    last === undefined
      ? null
      : await encodeCursor(signingSecrets(services), list, { head: idOf(last), text: "" });
  return { items, next_cursor: next };
}

function failureJson(failure: RunFailure): z.infer<typeof failureSchema> {
  return {
    media_id: failure.mediaId,
    object_key: failure.objectKey,
    provider: failure.provider,
    stage: stageOf(failure.code),
    code: failure.code,
    detail: failure.detail,
    attempts: failure.attempts,
    last_attempt_at: new Date(failure.lastAttemptAt).toISOString(),
  };
}

function stageOf(code: string): z.infer<typeof failureSchema>["stage"] {
  if (code === "attempts_exhausted") return "attempts";
  return code === "corrupt" ? "reading" : "thumbnail";
}
