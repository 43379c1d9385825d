import { createRoute, z } from "@hono/zod-openapi";

import { currentHealth } from "../health-checks.ts";
import { problems } from "../problem.ts";
import { createRoutes } from "../routing.ts";
import { noParameters } from "../validation.ts";
import { version } from "../version.ts";

const check = z.enum(["ok", "failed"]);

const healthSchema = z
  .object({
    status: z.enum(["ok", "degraded"]),
    version: z.string(),
    checks: z.object({ database: check, storage: check, coordinator: check }),
    problems: z.array(z.string()).openapi({ description: "What is misconfigured, a sentence each." }),
  })
  .openapi("Health");

const content = { "application/json": { schema: healthSchema } };

const healthRoute = createRoute({
  method: "get",
  path: "/health",
  summary: "How the service is",
  tags: ["Operation"],
  security: [],
  request: { query: noParameters },
  responses: {
    ...problems("validation_error"),
    200: { description: "All is well.", content },
    503: { description: "Something is not.", content },
  },
});

/** `GET /health`: no key. */
export const healthRoutes = createRoutes().openapi(healthRoute, async (context) => {
  const health = await currentHealth(context.get("services"));
  context.header("Cache-Control", "public, max-age=10");
  return context.json({ ...health, version }, health.status === "ok" ? 200 : 503);
});
