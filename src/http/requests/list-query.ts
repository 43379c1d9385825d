import { z } from "@hono/zod-openapi";

import { maxCursorLength } from "./cursor.ts";
import { foldKeyword } from "../../db/media/record.ts";
import { sortKeys, type MediaFilter } from "../../db/lists/filter.ts";
import { mediaStates } from "../../db/schema.ts";
import type { Services } from "../../services.ts";
import { findingFilterOf, findingQuery, longestKey } from "./finding-query.ts";
import { dayOrTime, firstMomentOf, isMoment } from "../../core/text/local-time.ts";
import { flag, wholeNumber } from "./validation.ts";
import { viewQuery } from "./view-query.ts";

const keyword = z
  .string()
  .min(1)
  .max(64)
  .openapi({ description: "A keyword. Case and accents are ignored." });

/** `2024-07-14`, or `2024-07-14T16:03`, `…:11`, `…:11.250`: a local time, without offset. */
const localTime = z
  .string()
  .regex(dayOrTime, "must be a date or a local date-time without offset")
  .transform(firstMomentOf)
  .refine(isMoment, "is not a date of the calendar");

/** The list's filters as query parameters; the search route takes them too. */
export const filterQuery = {
  provider: z
    .string()
    .min(1)
    .max(32)
    .optional()
    .openapi({ description: "Only media objects of the storage provider with this name, such as `r2`." }),
  prefix: z.string().min(1).max(longestKey).optional().openapi({
    description:
      "Only media objects whose object key begins with this prefix, such as `2024/beach/`. The prefix is compared byte by byte. Upper and lower case differ, and so do Unicode forms: `é` as one character and `e` with a combining accent are different prefixes.",
  }),
  keyword: z
    .union([keyword, z.array(keyword).max(20)])
    .optional()
    .openapi({
      type: "array",
      items: { type: "string", minLength: 1, maxLength: 64 },
      maxItems: 20,
      description:
        "Only media objects with this keyword. With several `keyword` parameters a media object must have all the keywords.",
    }),
  content_type: z
    .string()
    .regex(/^[a-z]+\/(\*|[a-z0-9.+-]+)$/, "must be a media type or image/*")
    .optional()
    .openapi({
      description:
        "Only media objects with this media type, such as `image/jpeg`. `image/*` matches any image.",
    }),
  state: z.enum(mediaStates).optional().openapi({ description: "Only media objects in this state." }),
  // No default is documented: it depends on `id`.
  missing: z.enum(["false", "true", "any"]).optional().openapi({
    description:
      "`false`: only media objects whose object is in the storage. `true`: only missing media objects. `any`: both. The default is `any` with `id`, and `false` otherwise.",
  }),
  taken_after: localTime.optional().openapi({
    description:
      "Only photos taken at this time or later. The service compares the best known time (`taken.at`, a local time) with a date or a date-time without offset, such as `2024-07-14` or `2024-07-14T16:03:11`.",
  }),
  taken_before: localTime.optional().openapi({
    description: "Only photos taken before this time, in the same form as `taken_after`.",
  }),
  updated_after: z.iso
    .datetime({ offset: true, error: "must be a date-time with offset" })
    .optional()
    .openapi({
      description:
        "Only media objects that changed at this time or later: a date-time with offset, such as `2026-11-22T10:38:00Z`.",
    }),
  ...findingQuery,
};

/** Where a page ends that has no room for more, or has looked at enough. `looks` says how much that is. */
export function pageNoteWith(looks: string): string {
  return `A page may hold fewer than \`limit\` items, or none: an answer with media objects never exceeds 4 MiB, and the service looks at no more than ${looks} for a page. Only \`next_cursor\` tells whether a next page exists.`;
}

/** The same of a page of a list, or of a search. */
export const pageNote = pageNoteWith("10,000 media objects (20,000 with `offset`)");

/** The most records that an offset skips: each of them is read. */
export const mostSkipped = 10_000;

/** How many records a page skips, as a query parameter. */
export const offsetParameter = z
  .string()
  .regex(/^\d+$/, "must be a whole number")
  .transform(Number)
  .pipe(z.number().max(mostSkipped, `must be at most ${mostSkipped}; use cursor for later pages`))
  .openapi({
    type: "integer",
    minimum: 0,
    maximum: mostSkipped,
    description:
      "The number of media objects to skip; 0 by default. Use `cursor` for later pages. `offset` and `cursor` cannot be combined.",
  });

/** A cursor as a query parameter. */
export const cursorParameter = z
  .string()
  .min(1)
  .max(maxCursorLength)
  .openapi({ description: "The `next_cursor` of the page before. Repeat all other parameters unchanged." });

/** The most records that a page holds. */
export const mostPerPage = 500;

/** How many records a page holds at the most, as a query parameter. */
export const limitParameter = wholeNumber({ min: 1, max: mostPerPage })
  .default(100)
  .openapi({ default: 100, description: `The largest number of items on a page. ${pageNote}` });

/** The field that a list is sorted by, as a query parameter. */
export const sortParameter = z.enum(sortKeys).openapi({
  description:
    "The field that sorts the media objects; `created_at` by default. `taken_at` sorts by the best known time (`taken.at`). Media objects without a value come last.",
});

/** The direction of a list, as a query parameter. */
export const orderParameter = z.enum(["asc", "desc"]).openapi({
  description: "`asc` (the default): the smallest value first. `desc`: the largest value first.",
});

/** The parameters that go with `trashed=true`. */
const ofTheTrash: ReadonlySet<string> = new Set([
  "trashed",
  "provider",
  "prefix",
  "limit",
  "cursor",
  "fields",
]);

/** The list's query parameters. */
export const listQuery = z
  .strictObject({
    limit: limitParameter,
    // No default is documented for these: clients that send defaults would send what does not go with a cursor or a shuffle.
    offset: offsetParameter.optional(),
    cursor: cursorParameter.optional(),
    sort: sortParameter.optional(),
    order: orderParameter.optional(),
    shuffle: flag().openapi({
      description:
        "`true`: a random order, which stays the same from page to page. `shuffle` cannot be combined with `sort` and `order`.",
    }),
    seed: z.string().min(1).max(64).optional().openapi({
      description:
        "The seed of the random order: the same seed gives the same order. `seed` needs `shuffle=true`.",
    }),
    trashed: flag().openapi({
      description:
        "`true`: only media objects in the trash, the latest first. `trashed=true` can be combined only with `provider`, `prefix`, `limit`, `cursor` and `fields`.",
    }),
    ...viewQuery,
    ...filterQuery,
  })
  .superRefine((query, context) => {
    const refuse = (path: string, message: string): void =>
      context.addIssue({ code: "custom", path: [path], message });
    if (query.cursor !== undefined && query.offset !== undefined)
      refuse("offset", "cannot be combined with cursor");
    if (query.seed !== undefined && !query.shuffle) refuse("seed", "needs shuffle=true");
    if (query.shuffle && query.sort !== undefined) refuse("sort", "cannot be combined with shuffle=true");
    if (query.shuffle && query.order !== undefined) refuse("order", "cannot be combined with shuffle=true");
    if (!query.trashed) return;
    for (const [name, value] of Object.entries(query)) {
      const isAsked = value !== undefined && value !== false && value !== "none";
      if (isAsked && !ofTheTrash.has(name)) refuse(name, "cannot be combined with trashed=true");
    }
  });

/** See {@link listQuery}, parsed. */
export type ListQuery = z.output<typeof listQuery>;

/** The filter that a query asks for; where nobody is asked for suggestions, no record has any. */
export function filterFor({ suggester }: Services, query: Parameters<typeof filterOf>[0]): MediaFilter {
  const filter = filterOf(query);
  if (suggester !== null) return filter;
  const without = filter.without?.filter((thing) => thing !== "suggestions");
  const isEmpty = filter.has?.includes("suggestions") === true;
  return {
    ...filter,
    ...(isEmpty && { has: undefined, ids: [] }),
    without: without?.length === 0 ? undefined : without,
  };
}

/** The same as it is asked for. */
export function filterOf(query: Pick<ListQuery, keyof typeof filterQuery>): MediaFilter {
  const keywords = query.keyword === undefined ? [] : [query.keyword].flat();
  return {
    provider: query.provider,
    prefix: query.prefix,
    keywords: [...new Set(keywords.map((each) => foldKeyword(each.trim())))],
    contentType: query.content_type,
    state: query.state,
    missing: query.missing ?? (query.id === undefined ? "false" : "any"),
    takenAfter: query.taken_after,
    takenBefore: query.taken_before,
    updatedAfter: query.updated_after === undefined ? undefined : Date.parse(query.updated_after),
    ...findingFilterOf(query),
  };
}
