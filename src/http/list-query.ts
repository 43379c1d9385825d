import { z } from "@hono/zod-openapi";

import { maxCursorLength } from "../db/cursor.ts";
import { foldKeyword } from "../db/media-object.ts";
import { sortKeys, type MediaFilter } from "../db/media-filter.ts";
import { mediaStates } from "../db/schema.ts";
import { inNormalForm } from "../normal-form.ts";
import { flag, wholeNumber } from "./validation.ts";

const keyword = z.string().min(1).max(64);

/** `2024-07-14`, or `2024-07-14T16:03`, `…:11`, `…:11.250`: the camera's local time, without offset. */
const localTime = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?)?$/,
    "must be a date or a local date-time without offset",
  )
  .transform(completeLocalTime)
  .refine((text) => !Number.isNaN(Date.parse(`${text}Z`)) && isRealDay(text), "is no date of the calendar")
  .openapi({ example: "2024-07-14T16:03:11" });

function completeLocalTime(text: string): string {
  const [day = "", time = ""] = text.split("T");
  const [clock = "", fraction = ""] = time.split(".");
  const padded = `${clock}${"00:00:00".slice(clock.length)}`;
  return `${day}T${padded}.${fraction.padEnd(3, "0")}`;
}

/** Dates that overflow, such as 30 February, come back as another day. */
function isRealDay(text: string): boolean {
  return new Date(`${text}Z`).toISOString().slice(0, 10) === text.slice(0, 10);
}

/** The list's filters as query parameters; the search route takes them too. */
export const filterQuery = {
  provider: z.string().min(1).max(32).optional(),
  prefix: z.string().min(1).max(1024).optional().openapi({ description: "Of the object key, byte-wise." }),
  keyword: z
    .union([keyword, z.array(keyword).max(20)])
    .optional()
    .openapi({ type: "array", items: { type: "string" }, description: "Repeatable: all must match." }),
  content_type: z
    .string()
    .regex(/^[a-z]+\/(\*|[a-z0-9.+-]+)$/, "must be a media type or image/*")
    .optional(),
  state: z.enum(mediaStates).optional(),
  missing: z.enum(["false", "true", "any"]).default("false"),
  taken_after: localTime.optional(),
  taken_before: localTime.optional(),
  updated_after: z.iso.datetime({ offset: true, error: "must be a date-time with offset" }).optional(),
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
    description: "How many records are skipped; what lies further behind is reached by `cursor`.",
  });

/** A cursor as a query parameter. */
export const cursorParameter = z
  .string()
  .min(1)
  .max(maxCursorLength)
  .openapi({ description: "Goes on where a page has ended: its `next_cursor`, with all else as it was." });

/** The most records that a page holds. */
export const mostPerPage = 500;

/** The list's query parameters. */
export const listQuery = z
  .strictObject({
    limit: wholeNumber({ min: 1, max: mostPerPage })
      .default(100)
      .openapi({ default: 100, description: pageNote }),
    // No default here: a cursor takes the place of an offset, and goes with none.
    offset: offset.optional().openapi({ default: 0 }),
    cursor: cursorParameter.optional(),
    sort: z.enum(sortKeys).optional().openapi({ default: "created_at" }),
    order: z.enum(["asc", "desc"]).optional().openapi({ default: "asc" }),
    shuffle: flag(),
    seed: z
      .string()
      .min(1)
      .max(64)
      .optional()
      .openapi({ description: "The same seed gives the same order." }),
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
    prefix: query.prefix === undefined ? undefined : inNormalForm(query.prefix),
    keywords: [...new Set(keywords.map((each) => foldKeyword(each.trim())))],
    contentType: query.content_type,
    state: query.state,
    missing: query.missing,
    takenAfter: query.taken_after,
    takenBefore: query.taken_before,
    updatedAfter: query.updated_after === undefined ? undefined : Date.parse(query.updated_after),
  };
}
