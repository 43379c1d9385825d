import { createRoute, z } from "@hono/zod-openapi";

import { databaseHealth } from "../../db/database-health.ts";
import { mediaStates } from "../../db/schema.ts";
import { requireScope } from "../authentication.ts";
import { problems } from "../problem.ts";
import { createRoutes, keyWith } from "../routing.ts";
import { noParameters } from "../validation.ts";

const healthSchema = z
  .object({
    status: z.enum(["ok", "degraded"]),
    latency_ms: z.number(),
    migrations: z.object({ applied: z.array(z.string()), pending: z.array(z.string()) }),
    counts: z.record(z.enum(mediaStates), z.int()),
    size_bytes: z.int(),
  })
  .openapi("DatabaseHealth");

const content = { "application/json": { schema: healthSchema } };

const healthRoute = createRoute({
  method: "get",
  path: "/v1/database/health",
  summary: "How the database is",
  tags: ["Operation"],
  security: keyWith("read"),
  middleware: [requireScope("read")] as const,
  request: { query: noParameters },
  responses: {
    200: { description: "It answers and has every migration.", content },
    ...problems("invalid_api_key", "insufficient_scope", "validation_error"),
    503: { description: "It does not answer, or lacks migrations.", content },
  },
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
