import { createRoute, z } from "@hono/zod-openapi";

import { sortKeys } from "../../../db/lists/filter.ts";
import { listNeighbours } from "../../../db/lists/neighbours.ts";
import { placeOf } from "../../../db/lists/stretch.ts";
import { searchNeighbours } from "../../../db/search/neighbours.ts";
import { planSearch } from "../../../db/search/plan.ts";
import { parseQuery } from "../../../db/search/query.ts";
import { loadMedia, knownId } from "../../../media/load.ts";
import { withProblems } from "../../answers/problem.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { filterFor, filterQuery, orderParameter, sortParameter } from "../../requests/list-query.ts";
import { searchText } from "../../requests/search-query.ts";
import { mediaIdParam } from "../../requests/validation.ts";
import { createRoutes, keyWith } from "../../routing.ts";

const neighboursQuery = z
  .strictObject({
    sort: sortParameter.optional(),
    order: orderParameter.optional(),
    q: searchText,
    ...filterQuery,
  })
  .superRefine((query, context) => {
    if (query.q === undefined) return;
    for (const name of ["sort", "order"] as const) {
      if (query[name] !== undefined)
        context.addIssue({ code: "custom", path: [name], message: "cannot be combined with q" });
    }
  });

const neighbour = (which: string) =>
  z
    .string()
    .nullable()
    .openapi({ format: "uuid", description: `The id of the ${which} media object; null if there is none.` });

const neighboursSchema = z
  .object({
    previous: neighbour("previous"),
    next: neighbour("next"),
    capped: z.boolean().openapi({
      description:
        "`true`: few media objects match the filters, and the service stopped looking; a null may hide a neighbour that is further away.",
    }),
  })
  .openapi("Neighbours", {
    description: "The media objects before and behind a media object in a list or in a search.",
  });

const neighboursRoute = createRoute({
  method: "get",
  path: "/v1/media/{id}/neighbours",
  operationId: "getNeighbours",
  summary: "Get the neighbours of a media object",
  description: `Needs the scope \`read\`. The neighbours are those in \`GET /v1/media\` with the same \`sort\` (${sortKeys.map((key) => `\`${key}\``).join(", ")}), \`order\` and filters, or in \`GET /v1/search\` with the same \`q\` and filters. A media object that does not match the filters has the neighbours of its place. The service looks at no more than 10,000 media objects in each direction.`,
  tags: ["Media"],
  security: keyWith("read"),
  middleware: [requireScope("read")] as const,
  request: { params: mediaIdParam, query: neighboursQuery },
  responses: withProblems(
    {
      200: {
        description: "The neighbours.",
        content: { "application/json": { schema: neighboursSchema } },
      },
    },
    "invalid_api_key",
    "insufficient_scope",
    "resource_not_found",
    "validation_error",
  ),
});

/** `GET /v1/media/{id}/neighbours`. */
export const neighbourRoutes = createRoutes().openapi(neighboursRoute, async (context) => {
  const { sort = "created_at", order, q, ...filters } = context.req.valid("query");
  const services = context.get("services");
  const media = await loadMedia(services, knownId(context.req.valid("param").id));
  const filter = filterFor(services, filters);
  const { previous, next } =
    q === undefined
      ? await listNeighbours(services.db, filter, {
          order: { sort, descending: order === "desc" },
          place: placeOf(media, sort),
        })
      : await searchNeighbours(services.db, planSearch(parseQuery(q), filter), media.pk);
  return context.json({ previous: previous.id, next: next.id, capped: previous.capped || next.capped }, 200);
});
