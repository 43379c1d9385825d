import { createRoute, z } from "@hono/zod-openapi";

import { validationError } from "../../../core/errors.ts";
import { countMedia } from "../../../db/lists/count.ts";
import type { MediaFilter } from "../../../db/lists/filter.ts";
import type { ShownMedia } from "../../../db/media/record.ts";
import { countMatches, facetOf, type CountedMatches, type FacetName } from "../../../db/search/facets.ts";
import { highlighter } from "../../../db/search/highlight.ts";
import { planSearch } from "../../../db/search/plan.ts";
import { parseQuery } from "../../../db/search/query.ts";
import { searchMedia, type SearchPosition } from "../../../db/search/search.ts";
import type { Services } from "../../../services.ts";
import { fittingItems } from "../../answers/answer-size.ts";
import { highlightsOf, type Highlighter } from "../../answers/highlights.ts";
import { mediaObjectSchema, toMediaJson } from "../../answers/media-json.ts";
import { nextLink } from "../../answers/next-page.ts";
import { withProblems } from "../../answers/problem.ts";
import { has } from "../../document-headers.ts";
import { signingSecrets } from "../../links/signing-secrets.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { decodeCursor, encodeCursor } from "../../requests/cursor.ts";
import { filterOf, pageNote } from "../../requests/list-query.ts";
import { facetsOf, searchQuery, type SearchParameters } from "../../requests/search-query.ts";
import { createRoutes, keyWith } from "../../routing.ts";

const markedText = z.string().openapi({ description: "The text with its marks." });

const highlight = z.record(z.string(), markedText).openapi({
  description:
    "The texts in which the search matched, by the name of the field: `description`, `keywords` (the matching ones, with commas between), `object_key`, `camera`, or another field of `object_metadata`. `mark` stands around each match. Of a text of more than 1,024 characters `highlight` has the part around the first match. `highlight` leaves out what would be more than 131,072 characters together.",
});

const searchItem = z
  .object({ ...mediaObjectSchema.shape, highlight })
  .openapi("SearchItem", { description: "A media object as an item of a search." });

const facetValue = z
  .object({
    value: z.string().openapi({ description: "The value." }),
    count: z.int().openapi({ description: "The number of results that have the value." }),
  })
  .openapi("FacetValue", { description: "A value and how often it occurs among the results." });

/** The values of a facet, as the document describes them. */
const facet = (what: string) =>
  z
    .array(facetValue)
    .optional()
    .openapi({ description: `${what} of the results, the most frequent first.` });

const facets = z
  .object({
    keywords: facet("The keywords, spelt as they were spelt last,"),
    content_type: facet("The media types"),
    camera: facet("The cameras"),
    year: facet("The years (of `taken.at`)"),
  } satisfies Record<FacetName, unknown>)
  .openapi({ description: "The facets that `facets` asks for, the most frequent value first." });

const searchAnswer = z
  .object({
    items: z.array(searchItem).openapi({ description: "The media objects of the page." }),
    total: z.int().nullable().openapi({ description: "The number of results; null with `cursor`." }),
    total_capped: z.boolean().openapi({
      description: "`true`: the service stopped counting, and the search has more results than `total`.",
    }),
    limit: z.int().openapi({ description: "The `limit` that the service applied." }),
    offset: z
      .int()
      .nullable()
      .openapi({ description: "The `offset` that the service applied; null with `cursor`." }),
    pages: z.int().nullable().openapi({
      description: "The number of pages: `total` divided by `limit`, rounded up; null with `cursor`.",
    }),
    next_cursor: z
      .string()
      .nullable()
      .openapi({ description: `The \`cursor\` of the next page; null on the last page. ${pageNote}` }),
    facets: facets.optional(),
    facets_capped: z.boolean().optional().openapi({
      description:
        "`true`: the search has more results than the service counted for `facets`; it counted the newest ones. Present only with `facets`.",
    }),
  })
  .openapi("SearchResults", { description: "A page of search results." });

const searchRoute = createRoute({
  method: "get",
  path: "/v1/search",
  operationId: "searchMedia",
  summary: "Search media objects",
  description:
    "Needs a key with the scope `read`. Searches description, keywords, title, creator, credit, copyright, city, state, country, object key, camera, and all other text fields of `object_metadata`. First come the media objects whose description and keywords match the whole query, then all others; within both the newest come first. Without `q` every media object is a result. The filters of the list apply too.",
  tags: ["Media"],
  security: keyWith("read"),
  middleware: [requireScope("read")] as const,
  request: { query: searchQuery },
  responses: withProblems(
    {
      200: {
        description: "A page of search results.",
        headers: has("Link"),
        content: { "application/json": { schema: searchAnswer } },
      },
    },
    "invalid_api_key",
    "insufficient_scope",
    "validation_error",
  ),
});

const cursorHead = z.object({ group: z.int(), below: z.int().nullable(), skip: z.int() });

/** `GET /v1/search`. */
export const searchRoutes = createRoutes().openapi(searchRoute, async (context) => {
  const parameters = context.req.valid("query");
  const services = context.get("services");
  const filter = filterOf(parameters);
  const query = parseQuery(parameters.q ?? "");
  const plan = planSearch(query, filter);
  const cursors = cursorsOf(services, parameters, filter);
  const start = await cursors.start();
  const isFirst = parameters.cursor === undefined;
  const names = facetsOf(parameters);
  // Without words a search is a list, which counters know better.
  const isList = query.terms.length === 0;
  const [page, counted, listed] = await Promise.all([
    searchMedia(services.db, plan, { start, limit: parameters.limit }),
    names.length > 0 || (isFirst && !isList) ? countMatches(services.db, plan) : null,
    isFirst && isList ? countMedia(services.db, filter) : null,
  ]);
  const facets = counted === null ? {} : await facetsAmong(services, names, counted);
  const items = fittingItems(shownItems(page.items, highlighter(query, parameters.mark)), facets);
  const next = items.length < page.items.length ? page.items[items.length - 1]?.position : page.next;
  const nextCursor = next === null || next === undefined ? null : await cursors.encode(next);
  if (nextCursor !== null) context.header("Link", nextLink(context.req.url, nextCursor));
  const total = isFirst ? (listed ?? counted) : null;
  return context.json(
    {
      items,
      total: total?.total ?? null,
      total_capped: total?.capped ?? false,
      limit: parameters.limit,
      offset: isFirst ? (parameters.offset ?? 0) : null,
      pages: total === null ? null : Math.ceil(total.total / parameters.limit),
      next_cursor: nextCursor,
      ...facets,
    },
    200,
  );
});

/** One by one, since marks may make of a page many times what an answer holds. */
function* shownItems(found: readonly { readonly media: ShownMedia }[], mark: Highlighter) {
  for (const { media } of found) yield { ...toMediaJson(media), highlight: highlightsOf(media, mark) };
}

/** The cursors of one search: bound to everything that decides which records come, and in which order. */
function cursorsOf(services: Services, { q, cursor, offset = 0 }: SearchParameters, filter: MediaFilter) {
  const secrets = signingSecrets(services);
  const search = JSON.stringify(["search", parseQuery(q ?? ""), filter]);
  return {
    start: async (): Promise<SearchPosition> => {
      if (cursor === undefined) return { group: 0, below: null, skip: offset };
      const content = await decodeCursor(secrets, search, cursor, cursorHead);
      if (content !== null) return content.head;
      throw validationError([
        { path: "cursor", message: "is not a cursor of this search with these filters" },
      ]);
    },
    encode: async (head: SearchPosition): Promise<string> =>
      encodeCursor(secrets, search, { head, text: "" }),
  };
}

async function facetsAmong(services: Services, names: readonly FacetName[], counted: CountedMatches) {
  if (names.length === 0) return {};
  const values = await Promise.all(
    names.map(async (name) => [name, await facetOf(services.db, name, counted.pks)] as const),
  );
  return { facets: Object.fromEntries(values), facets_capped: counted.capped };
}
