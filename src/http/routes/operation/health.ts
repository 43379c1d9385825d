import { createRoute, z } from "@hono/zod-openapi";

import { currentHealth } from "./health-checks.ts";
import { withProblems } from "../../answers/problem.ts";
import { createRoutes } from "../../routing.ts";
import { noParameters } from "../../requests/validation.ts";
import { version } from "../../version.ts";

const check = (description: string) => z.enum(["ok", "failed"]).openapi({ description });

const healthSchema = z
  .object({
    status: z
      .enum(["ok", "degraded"])
      .openapi({ description: "`degraded`: a check failed, or the configuration has a problem." }),
    version: z.string().openapi({ description: "The version of the service." }),
    checks: z
      .object({
        database: check("Whether the database answers."),
        storage: check("Whether every storage provider answers."),
        coordinator: check("Whether the coordinator of ingests answers."),
      })
      .openapi("HealthChecks", {
        description: "The results of the checks. The checks ran at most ten seconds ago.",
      }),
    problems: z
      .array(z.string().openapi({ description: "A problem of the configuration, in a sentence." }))
      .openapi({ description: "The problems of the configuration." }),
  })
  .openapi("Health", { description: "Whether the service works." });

const content = { "application/json": { schema: healthSchema } };

const healthRoute = createRoute({
  method: "get",
  path: "/health",
  operationId: "getHealth",
  summary: "Check the service",
  description: "Needs no key.",
  tags: ["Operation"],
  security: [],
  request: { query: noParameters },
  responses: withProblems(
    {
      200: { description: "The service works.", content },
      503: { description: "A check failed, or the configuration has a problem.", content },
    },
    "validation_error",
  ),
});

/** `GET /health`: no key. */
export const healthRoutes = createRoutes().openapi(healthRoute, async (context) => {
  const health = await currentHealth(context.get("services"));
  context.header("Cache-Control", "public, max-age=10");
  return context.json({ ...health, version }, health.status === "ok" ? 200 : 503);
});
