import { createRoute, z } from "@hono/zod-openapi";

import { countSuggestions, readOverview, type Overview } from "../../../db/collection/overview.ts";
import type { CoordinatorStatus } from "../../../protocol/coordinator.ts";
import type { Services } from "../../../services.ts";
import { nullable } from "../../answers/media-json.ts";
import { withProblems } from "../../answers/problem.ts";
import { runSchema, statusJson } from "../../answers/run-json.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { noParameters } from "../../requests/validation.ts";
import { createRoutes, keyWith } from "../../routing.ts";
import { inTime } from "../../in-time.ts";

/** An answer names no more providers: those that are configured, and the largest of those that were. */
const mostProviders = 100;

const count = (description: string) => z.int().openapi({ minimum: 0, description });

const byState = z
  .object({
    pending: count("The number of media objects that wait for processing."),
    ready: count("The number of media objects that were processed."),
    failed: count("The number of media objects that could not be processed."),
    unsupported: count("The number of media objects that are stored and served without a thumbnail."),
  })
  .openapi("OverviewStates", { description: "The number of media objects in each state." });

const without = z
  .object({
    description: count("The number of media objects without a description."),
    keywords: count("The number of media objects without keywords."),
    words: count("The number of media objects without a description and without keywords."),
    location: count("The number of media objects without a known place (`place` is null)."),
    taken_at: count("The number of media objects without a known time (`taken` is null)."),
  })
  .openapi("OverviewWithout", { description: "The number of media objects that lack something." });

const provider = z
  .object({
    name: z.string().openapi({ description: "The name of the storage provider." }),
    type: z.string().nullable().openapi({
      description:
        "The kind of storage, such as `r2` or `dropbox`; null if the storage provider is not configured, or its configuration has a problem.",
    }),
    writable: z.boolean().nullable().openapi({
      description: "Whether the storage provider takes uploads; null if `type` is null.",
    }),
    total: count("The number of media objects of the storage provider, without missing ones."),
    missing: count("The number of missing media objects of the storage provider."),
  })
  .openapi("OverviewProvider", { description: "A storage provider and the number of its media objects." });

const overviewSchema = z
  .object({
    total: count("The number of media objects, without missing ones and without those in the trash."),
    missing: count("The number of missing media objects: their object is gone from the storage."),
    trashed: count("The number of media objects in the trash. No other number of the overview counts them."),
    by_state: byState,
    without,
    suggestions: count(
      "The number of media objects with suggestions that nobody has accepted or refused, without missing ones.",
    ),
    providers: z.array(provider).openapi({
      description: `The configured storage providers in the order of the configuration, then other storage providers that have media objects, the largest first; ${mostProviders} at the most.`,
    }),
    last_run: nullable(
      runSchema,
      "The last run that ended; null if no run has ended, and if the coordinator does not answer.",
    ),
    checks: z
      .object({
        coordinator: z.enum(["ok", "failed"]).openapi({
          description: "`failed`: the coordinator of ingests does not answer, and `last_run` is not known.",
        }),
      })
      .openapi("OverviewChecks", { description: "Whether `last_run` is known." }),
  })
  .openapi("Overview", {
    description:
      "The whole collection in numbers. `by_state` and `without` count what `total` counts: no missing media objects.",
  });

const overviewRoute = createRoute({
  method: "get",
  path: "/v1/overview",
  operationId: "getOverview",
  summary: "Get the collection in numbers",
  description:
    "Needs the scope `read`. The numbers for a front page. The service keeps them as media objects change: the answer takes the same time for any number of media objects. The service answers also when the coordinator of ingests does not.",
  tags: ["Finding"],
  security: keyWith("read"),
  middleware: [requireScope("read")] as const,
  request: { query: noParameters },
  responses: withProblems(
    {
      200: {
        description: "The collection in numbers.",
        content: { "application/json": { schema: overviewSchema } },
      },
    },
    "invalid_api_key",
    "insufficient_scope",
    "validation_error",
  ),
});

/** `GET /v1/overview`. */
export const overviewRoutes = createRoutes().openapi(overviewRoute, async (context) => {
  const services = context.get("services");
  const [overview, status, suggestions] = await Promise.all([
    readOverview(services.db),
    knownStatus(services),
    services.suggester === null ? 0 : countSuggestions(services.db),
  ]);
  context.header("Cache-Control", "no-store");
  return context.json(
    {
      total: overview.present,
      missing: overview.missing,
      trashed: overview.trashed,
      by_state: overview.byState,
      without: shownLacks(overview),
      suggestions,
      providers: shownProviders(services, overview).slice(0, mostProviders),
      last_run: status === null ? null : statusJson(status).last_run,
      checks: { coordinator: status === null ? ("failed" as const) : ("ok" as const) },
    },
    200,
  );
});

/** What the coordinator tells; null where it does not answer, which is no reason to withhold the numbers. */
async function knownStatus({ coordinator, log }: Services): Promise<CoordinatorStatus | null> {
  try {
    return await inTime(async () => coordinator.status());
  } catch (cause) {
    log.error("overview.coordinator_failed", {}, cause);
    return null;
  }
}

function shownLacks({ without: { takenAt, ...lacking } }: Overview): z.infer<typeof without> {
  return { ...lacking, taken_at: takenAt };
}

function shownProviders({ providers }: Services, { byProvider }: Overview): z.infer<typeof provider>[] {
  const configured = Array.from(providers.values(), ({ name, type, writable }) => {
    const { present: total, missing } = byProvider.get(name) ?? { present: 0, missing: 0 };
    return { name, type, writable, total, missing };
  });
  const others = Array.from(byProvider, ([name, { present: total, missing }]) => {
    return { name, type: null, writable: null, total, missing };
  });
  const bySize = others
    .filter(({ name }) => !providers.has(name))
    .toSorted((a, b) => b.total + b.missing - a.total - a.missing);
  return [...configured, ...bySize];
}
