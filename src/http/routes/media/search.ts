import { createRoute, z } from "@hono/zod-openapi";

import { validationError } from "../../../core/errors.ts";
import { countMedia, type MediaTotal } from "../../../db/lists/count.ts";
import type { MediaFilter } from "../../../db/lists/filter.ts";
import type { Page } from "../../../db/lists/list.ts";
import type { ShownMedia } from "../../../db/media/record.ts";
import {
  countMatches,
  countSuggested,
  facetOf,
  totalOf,
  type CountedMatches,
  type FacetName,
} from "../../../db/search/facets.ts";
import { highlighter, type Highlighter } from "../../../db/search/highlight.ts";
import { planSearch, type SearchPlan } from "../../../db/search/plan.ts";
import { parseQuery } from "../../../db/search/query.ts";
import type { SearchQuery } from "../../../db/search/terms.ts";
import { searchMedia, type SearchPosition } from "../../../db/search/search.ts";
import type { Services } from "../../../services.ts";
import { fittingItems } from "../../answers/answer-size.ts";
import { highlightsOf } from "../../answers/highlights.ts";
import { mediaItemSchemaWith, toMediaItems, type MediaItemJson } from "../../answers/media-item.ts";
import { nextLink, pagingShape } from "../../answers/paging.ts";
import { withProblems } from "../../answers/problem.ts";
import { has } from "../../document-headers.ts";
import { signingSecrets } from "../../links/signing-secrets.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { decodeCursor, encodeCursor } from "../../requests/cursor.ts";
import { filterFor } from "../../requests/list-query.ts";
import { facetsOf, searchQuery, type SearchParameters } from "../../requests/search-query.ts";
import { viewOf } from "../../requests/view-query.ts";
import { createRoutes, keyWith } from "../../routing.ts";

const highlight = z.record(z.string(), z.string()).openapi({
  additionalProperties: { type: "string", description: "The text of the field, with the matches marked." },
  description:
    "The texts in which the search matched, by the name of the field: `description`, `keywords` (the matching ones, with commas between), `object_key`, `camera`, or another field of `object_metadata`. `mark` stands around each match. Of a text of more than 1,024 characters `highlight` has the part around the first match. `highlight` leaves out what would be more than 131,072 characters together.",
});

const source = z.literal("suggestion").optional().openapi({
  description: "Present only if no more than suggestions match. These media objects come last.",
});

const searchItem = mediaItemSchemaWith(
  { highlight, source },
  { whole: "SearchItem", partial: "PartialSearchItem" },
);

const facetValue = z
  .object({
    value: z.string().openapi({ description: "The value." }),
    count: z.int().openapi({ description: "The number of results that have the value." }),
  })
  .openapi("FacetValue", { description: "A value and how often it occurs among the results." });

const facet = (description: string) =>
  z
    .array(facetValue)
    .optional()
    .openapi({ description: `${description}, the most frequent first.` });

const facetsSchema = z
  .object({
    keywords: facet("Keywords of the results"),
    content_type: facet("Media types of the results"),
    camera: facet("Cameras of the results"),
    year: facet("Years in which the results were taken"),
  } satisfies Record<FacetName, z.ZodType>)
  .openapi("Facets", { description: "Values of the results, by the names that `facets` asks for." });

const searchAnswer = z
  .object({
    items: z.array(searchItem).openapi({ description: "The media objects of the page." }),
    ...pagingShape("results"),
    facets: facetsSchema.optional().openapi({ description: "Present only if `facets` asks for them." }),
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
    "Needs the scope `read`. Searches description, keywords, title, creator, credit, copyright, city, state, country, object key, camera, and all other text fields of `object_metadata`. First come the media objects whose description and keywords match the whole query, then all others, then those that only suggestions match; within each the newest come first. Without `q` every media object is a result. The filters of the list apply too.",
  tags: ["Finding"],
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
  const filter = filterFor(services, parameters);
  const query = parseQuery(parameters.q ?? "");
  const asksSuggestions = services.suggester !== null && parameters.suggestions;
  const plan = planSearch(query, filter, asksSuggestions);
  const cursors = cursorsOf(services, parameters, asksSuggestions ? [filter, "suggestions"] : [filter]);
  const start = await cursors.start();
  const isFirst = parameters.cursor === undefined;
  const names = facetsOf(parameters);
  const page = await searchMedia(services.db, plan, { start, limit: parameters.limit });
  const counted = names.length === 0 ? null : await countFound(services, plan, { start, page });
  const total = isFirst ? await totalFound(services, { query, filter, plan, start, page, counted }) : null;
  const facets = counted === null ? {} : await facetsAmong(services, names, counted);
  const media = page.items.map((item) => item.media);
  const shown = await toMediaItems(services, context.req.url, media, viewOf(parameters));
  const isSuggested = page.items.map(({ position }) => isSuggestedAt(plan, position));
  const marked = markedItems(shown, media, { mark: highlighter(query, parameters.mark), isSuggested });
  const items = fittingItems(marked, facets);
  const next = items.length < page.items.length ? page.items[items.length - 1]?.position : page.next;
  const nextCursor = next === null || next === undefined ? null : await cursors.encode(next);
  if (nextCursor !== null) context.header("Link", nextLink(context.req.url, nextCursor));
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

/** A page of a search, and from where it was read. */
interface ReadPage {
  readonly start: SearchPosition;
  readonly page: Page<SearchPosition>;
}

/** Whether a record has come by words that are only suggested. */
function isSuggestedAt({ groups }: SearchPlan, { group }: SearchPosition): boolean {
  return groups[group]?.index === "suggestion_search";
}

/** Whether a page is the whole search, and so has counted it. */
function isWhole({ start, page }: ReadPage): boolean {
  return start.group === 0 && start.below === null && start.skip === 0 && page.next === null;
}

async function countFound({ db }: Services, plan: SearchPlan, read: ReadPage): Promise<CountedMatches> {
  if (!isWhole(read)) return countMatches(db, plan);
  const found = read.page.items.filter(({ position }) => !isSuggestedAt(plan, position));
  const pks = found.map(({ media }) => media.pk);
  return { pks, total: pks.length, capped: false };
}

async function totalFound(
  { db }: Services,
  {
    query,
    filter,
    plan,
    counted,
    ...read
  }: ReadPage & {
    readonly query: SearchQuery;
    readonly filter: MediaFilter;
    readonly plan: SearchPlan;
    readonly counted: CountedMatches | null;
  },
): Promise<MediaTotal> {
  // Without words a search is a list, which counters know better.
  if (query.terms.length === 0) return countMedia(db, filter);
  if (isWhole(read)) return { total: read.page.items.length, capped: false };
  const own = counted ?? (await totalOf(db, plan));
  const suggested = await countSuggested(db, plan);
  return { total: own.total + suggested.total, capped: own.capped || suggested.capped };
}

/** One by one, since marks may make of a page many times what an answer holds. */
function* markedItems(
  items: readonly MediaItemJson[],
  media: readonly ShownMedia[],
  { mark, isSuggested }: { readonly mark: Highlighter; readonly isSuggested: readonly boolean[] },
): Generator<MediaItemJson & { highlight: Record<string, string>; source?: "suggestion" }> {
  for (const [index, item] of items.entries()) {
    const found = media[index];
    if (found === undefined) continue;
    const source = isSuggested[index] === true ? ({ source: "suggestion" } as const) : {};
    yield { ...item, highlight: highlightsOf(found, mark), ...source };
  }
}

/** The cursors of one search: bound to everything that decides which records come, and in which order. */
function cursorsOf(
  services: Services,
  { q, cursor, offset = 0 }: SearchParameters,
  asked: readonly unknown[],
) {
  const secrets = signingSecrets(services);
  const search = JSON.stringify(["search", parseQuery(q ?? ""), ...asked]);
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
