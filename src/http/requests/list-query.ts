import { z } from "@hono/zod-openapi";

import { maxCursorLength } from "./cursor.ts";
import { foldKeyword } from "../../db/media/record.ts";
import { sortKeys, type MediaFilter } from "../../db/lists/filter.ts";
import { mediaStates } from "../../db/schema.ts";
import { dayOrTime, firstMomentOf, isMoment } from "../../core/text/local-time.ts";
import { flag, wholeNumber } from "./validation.ts";

const keyword = z
  .string()
  .min(1)
  .max(64)
  .openapi({ description: "A keyword. Case and accents do not count." });

/** `2024-07-14`, or `2024-07-14T16:03`, `…:11`, `…:11.250`: a local time, without offset. */
const localTime = z
  .string()
  .regex(dayOrTime, "must be a date or a local date-time without offset")
  .transform(firstMomentOf)
  .refine(isMoment, "is no date of the calendar");

/** The list's filters as query parameters; the search route takes them too. */
export const filterQuery = {
  provider: z
    .string()
    .min(1)
    .max(32)
    .optional()
    .openapi({ description: "Only records of the storage provider with this name, such as `r2`." }),
  prefix: z.string().min(1).max(1024).optional().openapi({
    description:
      "Only records whose object key begins with this, such as `2024/beach/`. It is compared byte by byte, in upper and lower case and in the Unicode form in which it is sent: `é` as one character and as `e` with an accent behind it are two prefixes.",
  }),
  keyword: z
    .union([keyword, z.array(keyword).max(20)])
    .optional()
    .openapi({
      type: "array",
      items: { type: "string", minLength: 1, maxLength: 64 },
      maxItems: 20,
      description: "Only records with this keyword. May be given several times: then all of them must match.",
    }),
  content_type: z
    .string()
    .regex(/^[a-z]+\/(\*|[a-z0-9.+-]+)$/, "must be a media type or image/*")
    .optional()
    .openapi({
      description: "Only records with this media type: `image/jpeg`, or `image/*` for any picture.",
    }),
  state: z.enum(mediaStates).optional().openapi({ description: "Only records in this state." }),
  missing: z.enum(["false", "true", "any"]).default("false").openapi({
    description:
      "Whether the object of the record is gone from its storage: `false`, `true`, or `any` for both.",
  }),
  taken_after: localTime.optional().openapi({
    description:
      "Only photos taken at this time or later, by the best that is known (`taken.at`, a local time): a date or a date-time without offset, such as `2024-07-14` or `2024-07-14T16:03:11`.",
  }),
  taken_before: localTime.optional().openapi({
    description: "Only photos taken before this time, in the same form as `taken_after`.",
  }),
  updated_after: z.iso
    .datetime({ offset: true, error: "must be a date-time with offset" })
    .optional()
    .openapi({
      description:
        "Only records that changed at this time or later: a date-time with offset, such as `2026-11-22T10:38:00Z`.",
    }),
};

/** Where a page ends that has no room for more. */
export const pageNote =
  "A page may hold fewer than `limit` items, so that no answer with MediaObjects exceeds 4 MiB; `next_cursor` alone " +
  "tells whether there is more.";

/** The most records that an offset skips: each of them is read. */
export const mostSkipped = 10_000;

const offset = z
  .string()
  .regex(/^\d+$/, "must be a whole number")
  .transform(Number)
  .pipe(z.number().max(mostSkipped, `must be at most ${mostSkipped}; what lies behind is reached by cursor`))
  .openapi({
    type: "integer",
    minimum: 0,
    maximum: mostSkipped,
    description:
      "How many records are skipped; 0 without it. What lies further behind is reached by `cursor`, which does not go with `offset`.",
  });

/** A cursor as a query parameter. */
export const cursorParameter = z
  .string()
  .min(1)
  .max(maxCursorLength)
  .openapi({ description: "The `next_cursor` of the page before. The other parameters stay as they were." });

/** The most records that a page holds. */
export const mostPerPage = 500;

/** The list's query parameters. */
export const listQuery = z
  .strictObject({
    limit: wholeNumber({ min: 1, max: mostPerPage })
      .default(100)
      .openapi({ default: 100, description: `How many items a page has at the most. ${pageNote}` }),
    // No default is documented for these: clients that send defaults would send what does not go with a cursor or a shuffle.
    offset: offset.optional(),
    cursor: cursorParameter.optional(),
    sort: z.enum(sortKeys).optional().openapi({
      description:
        "What the records are sorted by; `created_at` without it. `taken_at` goes by the best that is known (`taken.at`). Records that lack it come last.",
    }),
    order: z
      .enum(["asc", "desc"])
      .optional()
      .openapi({ description: "`asc` (also without it): the smallest first. `desc`: the largest first." }),
    shuffle: flag().openapi({
      description:
        "A random order, which stays the same from page to page. Does not go with `sort` and `order`.",
    }),
    seed: z
      .string()
      .min(1)
      .max(64)
      .optional()
      .openapi({ description: "Goes with `shuffle=true` only: the same seed gives the same order." }),
    links: flag().openapi({
      description: "Adds `links` to each item: a signed link to its thumbnail, which lives for a day.",
    }),
    ...filterQuery,
  })
  .superRefine((query, context) => {
    const refuse = (path: string, message: string): void =>
      context.addIssue({ code: "custom", path: [path], message });
    if (query.cursor !== undefined && query.offset !== undefined) refuse("offset", "does not go with cursor");
    if (query.seed !== undefined && !query.shuffle) refuse("seed", "goes with shuffle=true only");
    if (query.shuffle && query.sort !== undefined) refuse("sort", "does not go with shuffle=true");
    if (query.shuffle && query.order !== undefined) refuse("order", "does not go with shuffle=true");
  });

/** See {@link listQuery}, parsed. */
export type ListQuery = z.output<typeof listQuery>;

/** The filter that a query asks for. */
export function filterOf(query: Pick<ListQuery, keyof typeof filterQuery>): MediaFilter {
  const keywords = query.keyword === undefined ? [] : [query.keyword].flat();
  return {
    provider: query.provider,
    prefix: query.prefix,
    keywords: [...new Set(keywords.map((each) => foldKeyword(each.trim())))],
    contentType: query.content_type,
    state: query.state,
    missing: query.missing,
    takenAfter: query.taken_after,
    takenBefore: query.taken_before,
    updatedAfter: query.updated_after === undefined ? undefined : Date.parse(query.updated_after),
  };
}
