import { z } from "@hono/zod-openapi";

import { conditionsOf } from "../../db/lists/filter.ts";
import { knownThings } from "../../db/lists/known.ts";
import { parseQuery } from "../../db/search/query.ts";
import type { BulkTarget } from "../../media/bulk/at-once.ts";
import type { Services } from "../../services.ts";
import { filterFor, filterOf, filterQuery } from "./list-query.ts";
import { searchText } from "./search-query.ts";

/** The most ids that a change or a look at many records takes. */
export const mostSelectedIds = 500;

/** A filter that may be given several times is one text here, or an array of texts. */
function oneOrMany(text: z.ZodType<string, string>, maxItems: number) {
  return z.union([text, z.array(text).min(1).max(maxItems)]).optional();
}

const text = (maxLength: number) => z.string().max(maxLength).openapi({ description: "A value." });
const thing = z.enum(knownThings).openapi({ description: "What is known of a media object." });

/** The list's filters, and the words of a search, as a JSON object. */
const selectionFilter = z
  .strictObject({
    q: searchText,
    ...filterQuery,
    keyword: oneOrMany(text(64), 20).pipe(filterQuery.keyword).openapi({
      description:
        "Only media objects with this keyword, or with all these keywords. Case and accents are ignored.",
    }),
    id: oneOrMany(text(64), 200)
      .pipe(filterQuery.id)
      .openapi({ description: "Only the media objects with this id, or with one of these ids." }),
    has: oneOrMany(thing, 20)
      .pipe(filterQuery.has)
      .openapi({ description: "Only media objects of which this is known, or all of these." }),
    without: oneOrMany(thing, 20)
      .pipe(filterQuery.without)
      .openapi({ description: "Only media objects of which this is not known, or none of these." }),
  })
  .openapi("SelectionFilter", {
    description:
      "The filters of the list (`GET /v1/media`), with the same names and values, and `q`, the words of a search. All of them must match.",
  });

/** How a body says which records it means: by ids, or by a filter. */
export const selectionShape = {
  ids: z
    .array(z.string().max(64).openapi({ description: "The id of a media object." }))
    .min(1)
    .max(mostSelectedIds)
    .optional()
    .openapi({
      description: `The ids of the media objects; ids that are given twice count once. Either \`ids\` or \`filter\`.`,
    }),
  filter: selectionFilter.optional(),
  all: z.boolean().optional().openapi({
    description:
      "`true`: an empty `filter`, or one that leaves out no more than missing media objects, is no mistake.",
  }),
} as const;

/** How a body says which records it means, parsed. */
export type SelectionBody = z.output<z.ZodObject<typeof selectionShape>>;

/** Refuses a body that means records in two ways, in none, or everything by mistake. */
export function checkSelection({ ids, filter, all }: SelectionBody, context: z.RefinementCtx): void {
  const refuse = (path: string, message: string): void =>
    context.addIssue({ code: "custom", path: [path], message });
  if (ids !== undefined && filter !== undefined) refuse("filter", "cannot be combined with ids");
  if (ids === undefined && filter === undefined) refuse("ids", "is missing, and so is filter");
  if (ids !== undefined && all !== undefined) refuse("all", "cannot be combined with ids");
  // A mistake in the filter may be why it asks for nothing; one refusal will do.
  if (filter !== undefined && all !== true && context.issues.length === 0 && asksNothing(filter))
    refuse("filter", "would select all media objects; send all: true if this is what you want");
}

/** Whether a filter selects everything, or everything that is there. What is missing is a selection. */
function asksNothing(given: NonNullable<SelectionBody["filter"]>): boolean {
  const filter = filterOf(given);
  const isPresence = conditionsOf(filter).every(({ of }) => of === "presence") && filter.missing !== "true";
  return isPresence && parseQuery(given.q ?? "").terms.length === 0;
}

/** The records that a checked body means. */
export function targetOf(services: Services, { ids, filter = {} }: SelectionBody): BulkTarget {
  if (ids !== undefined) return { ids: [...new Set(ids.map((id) => id.toLowerCase()))] };
  return { selection: { filter: filterFor(services, filter), query: parseQuery(filter.q ?? "") } };
}
