import { createRoute, z } from "@hono/zod-openapi";

import { databaseHealth } from "../../../db/health.ts";
import { mediaStates } from "../../../db/schema.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { withProblems } from "../../answers/problem.ts";
import { createRoutes, keyWith } from "../../routing.ts";
import { noParameters } from "../../requests/validation.ts";

const migration = z.string().openapi({ description: "The name of a migration." });

const healthSchema = z
  .object({
    status: z.enum(["ok", "degraded"]).openapi({ description: "`degraded`: the database lacks migrations." }),
    latency_ms: z.number().openapi({ description: "The time that a small query took, in milliseconds." }),
    migrations: z
      .object({
        applied: z
          .array(migration)
          .openapi({ description: "The migrations that were applied to the database." }),
        pending: z.array(migration).openapi({ description: "The migrations that the database lacks." }),
      })
      .openapi("Migrations", { description: "The migrations of the database schema." }),
    counts: z
      .record(
        z.enum(mediaStates),
        z.int().openapi({ description: "The number of media objects in this state." }),
      )
      .openapi({ description: "The number of media objects in each state." }),
    size_bytes: z.int().openapi({ description: "The size of the database in bytes." }),
  })
  .openapi("DatabaseHealth", { description: "The health and the contents of the database." });

const content = { "application/json": { schema: healthSchema } };

const healthRoute = createRoute({
  method: "get",
  path: "/v1/database/health",
  operationId: "getDatabaseHealth",
  summary: "Check the database",
  description: "Needs the scope `read`.",
  tags: ["Operation"],
  security: keyWith("read"),
  middleware: [requireScope("read")] as const,
  request: { query: noParameters },
  responses: withProblems(
    {
      200: { description: "The database answers and has every migration.", content },
      503: { description: "The database does not answer, or the database lacks migrations.", content },
    },
    "invalid_api_key",
    "insufficient_scope",
    "validation_error",
  ),
});

/** `GET /v1/database/health`. */
export const databaseRoutes = createRoutes().openapi(healthRoute, async (context) => {
  const health = await databaseHealth(context.get("services").db);
  const isReady = health.pending.length === 0;
  context.header("Cache-Control", "no-store");
  return context.json(
    {
      status: isReady ? ("ok" as const) : ("degraded" as const),
      latency_ms: health.latencyMs,
      migrations: { applied: [...health.applied], pending: [...health.pending] },
      counts: health.counts,
      size_bytes: health.sizeBytes,
    },
    isReady ? 200 : 503,
  );
});
