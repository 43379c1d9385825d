import { createRoute, z } from "@hono/zod-openapi";

import { periodKinds, readSearchTimeline, readTimeline } from "../../../db/collection/timeline.ts";
import { dayAxes } from "../../../db/schema.ts";
import { planSearch } from "../../../db/search/plan.ts";
import { parseQuery } from "../../../db/search/query.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { filterFor, filterQuery } from "../../requests/list-query.ts";
import { searchText } from "../../requests/search-query.ts";
import { withProblems } from "../../answers/problem.ts";
import { createRoutes, keyWith } from "../../routing.ts";

const timelineQuery = z.strictObject({
  by: z.enum(periodKinds).default("month").openapi({ description: "The length of a period." }),
  of: z.enum(dayAxes).default("taken_at").openapi({
    description:
      "The time that decides the period of a media object. `taken_at`: the best known time of the photo (`taken.at`, a local time). `created_at`: the time at which the media object was created, in UTC.",
  }),
  q: searchText,
  ...filterQuery,
});

const period = z
  .object({
    period: z.string().openapi({
      description:
        "The period: `2024` with `by=year`, `2024-07` with `by=month`, `2024-07-14` with `by=day`.",
    }),
    count: z.int().openapi({ minimum: 1, description: "The number of media objects in the period." }),
    imprecise: z.int().openapi({
      minimum: 0,
      description:
        "The number of media objects in the period whose time is known only to the year (`taken.precision`). The first month and the first day of the year count them. 0 with `of=created_at`.",
    }),
  })
  .openapi("TimelinePeriod", { description: "A period with media objects." });

const timelineSchema = z
  .object({
    items: z.array(period).openapi({
      description: "The periods that have media objects, the newest first. A period without any is left out.",
    }),
    undated: z.int().openapi({
      minimum: 0,
      description: "The number of media objects without a time. 0 with `of=created_at`.",
    }),
    capped: z.boolean().openapi({
      description:
        "`true`: the service stopped counting, and each count may be lower than the number of media objects. Only with filters.",
    }),
  })
  .openapi("Timeline", {
    description:
      "The number of media objects in each period. The sum of all counts and `undated` is the length of the list with the same filters.",
  });

const timelineRoute = createRoute({
  method: "get",
  path: "/v1/timeline",
  operationId: "getTimeline",
  summary: "Count media objects by year, month or day",
  description:
    "Needs the scope `read`. The periods are those of `GET /v1/media` with `sort=taken_at` (or `created_at`) and `order=desc`: a client can lay out all media objects before it lists them. " +
    "Without filters every count is exact. With filters the service looks at no more than 100,000 media objects, then it stops: `capped` is `true`. " +
    "The service looks at the newest first where it cannot look at all of them, so the counts of newer periods are exact nevertheless. The oldest period of the answer may be incomplete, older periods may be absent, and `undated` may be too low. With `q` the service looks at the media objects that were created last, so every period may be incomplete.",
  tags: ["Finding"],
  security: keyWith("read"),
  middleware: [requireScope("read")] as const,
  request: { query: timelineQuery },
  responses: withProblems(
    {
      200: {
        description: "The periods that have media objects.",
        content: { "application/json": { schema: timelineSchema } },
      },
    },
    "invalid_api_key",
    "insufficient_scope",
    "validation_error",
  ),
});

/** `GET /v1/timeline`. */
export const timelineRoutes = createRoutes().openapi(timelineRoute, async (context) => {
  const { by, of, q, ...filters } = context.req.valid("query");
  const services = context.get("services");
  const { db } = services;
  const filter = filterFor(services, filters);
  const query = parseQuery(q ?? "");
  const timeline =
    query.terms.length === 0
      ? await readTimeline(db, filter, { by, of })
      : await readSearchTimeline(db, planSearch(query, filter), { by, of });
  return context.json({ ...timeline, items: [...timeline.items] }, 200);
});
