import { createRoute, z } from "@hono/zod-openapi";

import { databaseAnswers } from "../../db/database-health.ts";
import type { Services } from "../../services.ts";
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

/** Anybody may ask for the health, so an answer is kept for a while and asking costs nothing. */
const keptMs = 10_000;

let kept: { readonly at: number; readonly health: z.infer<typeof healthSchema> } | null = null;

/** `GET /health`: no key. */
export const healthRoutes = createRoutes().openapi(healthRoute, async (context) => {
  if (kept === null || Date.now() - kept.at > keptMs) {
    kept = { at: Date.now(), health: await checkHealth(context.get("services")) };
  }
  context.header("Cache-Control", "public, max-age=10");
  return context.json(kept.health, kept.health.status === "ok" ? 200 : 503);
});

async function checkHealth(services: Services): Promise<z.infer<typeof healthSchema>> {
  const [database, storage, coordinator] = await Promise.all([
    attempt(services, "database", async () => databaseAnswers(services.db)),
    attempt(services, "storage", async () => storageAnswers(services)),
    attempt(services, "coordinator", async () => {
      await services.coordinator.status();
      return true;
    }),
  ]);
  const checks = { database, storage, coordinator };
  const isWell = services.problems.length === 0 && Object.values(checks).every((each) => each === "ok");
  return { status: isWell ? "ok" : "degraded", version, checks, problems: [...services.problems] };
}

async function storageAnswers(services: Services): Promise<boolean> {
  const providers = [...services.providers.values()];
  await Promise.all(providers.map(async (provider) => provider.probe()));
  return providers.length > 0;
}

async function attempt(
  services: Services,
  name: string,
  work: () => Promise<boolean>,
): Promise<"ok" | "failed"> {
  try {
    return (await work()) ? "ok" : "failed";
  } catch (cause) {
    services.log.error("health.failed", { check: name }, cause);
    return "failed";
  }
}
