import { z } from "@hono/zod-openapi";

import { facetNames, facetValues, type FacetName } from "../../db/search/facets.ts";
import { flag } from "./validation.ts";
import { viewQuery } from "./view-query.ts";
import { filterQuery, limitParameter, cursorParameter, offsetParameter } from "./list-query.ts";

/** How long a query may be, in code points. */
const mostQueryCharacters = 512;

/**
 * The words of a search; other routes than the search's take them as one more filter. No parameter here has an example:
 * the page at `/docs` would send it, and find nothing.
 */
export const searchText = z
  .string()
  .refine(
    (text) => Array.from(text).length <= mostQueryCharacters,
    `must have at most ${mostQueryCharacters} characters`,
  )
  .optional()
  .openapi({
    maxLength: mostQueryCharacters,
    description:
      'The words to search for. All words must match; case and accents do not count. `"white beach"` is a phrase, `-beach` leaves out what matches, `bea*` matches words that begin so. `keyword:beach` and `keyword:"new york"` match a whole keyword, `camera:nikon` the camera, `folder:2024/beach` whatever lies in the folder (upper and lower case differ here), `taken:2024-07-14`, `taken:2024-07..2024-08` and `taken:2024..` the time, `has:location` (also `description`, `keywords`, `taken_at`) what is known. Every text is a query: anything else is plain text. The last word also matches as a beginning, unless `-` stands before it, or a space, a quotation mark or punctuation behind it. Chinese, Japanese and Thai texts are found by any part of two characters or more.',
  });

const facets = z
  .string()
  .transform((text, context): readonly FacetName[] => {
    const names = text.split(",");
    const known = facetNames.filter((name) => names.includes(name));
    if (names.every((name) => known.some((each) => each === name)))
      return known.toSorted((a, b) => names.indexOf(a) - names.indexOf(b));
    // Not at one of the names: a client knows the parameter.
    context.addIssue({
      code: "custom",
      message: `must name some of ${facetNames.join(", ")}, with commas between`,
    });
    return z.NEVER;
  })
  .optional()
  .openapi({
    type: "string",
    pattern: `^(${facetNames.join("|")})(,(${facetNames.join("|")}))*$`,
    description: `Adds \`facets\`: the ${facetValues} most frequent values of each named property among the results. Names: ${facetNames.map((name) => `\`${name}\``).join(", ")}; with commas between them, such as \`keywords,year\`.`,
  });

/** Stand where a client has chosen no others: two characters of private use, which no text should have. */
const ownMarks = { open: "\u{E000}", close: "\u{E001}" } as const;

const marks = z
  .string()
  .regex(/^[^,]{1,32},[^,]{1,32}$/u, "must be two texts of 1 to 32 characters with a comma between them")
  .transform((text) => {
    const [open = "", close = ""] = text.split(",");
    return { open, close };
  })
  .default(ownMarks)
  .openapi({
    type: "string",
    pattern: "^[^,]{1,32},[^,]{1,32}$",
    description:
      "The two texts that stand before and behind each match in `highlight`, with a comma between them, such as `<em>,</em>`. Without `mark` they are the characters U+E000 and U+E001. The service does not escape anything: escape the text before you replace the marks by HTML.",
  });

/** The search's query parameters. A search has its own order. */
export const searchQuery = z
  .strictObject({
    q: searchText,
    limit: limitParameter,
    offset: offsetParameter.optional(),
    cursor: cursorParameter.optional(),
    facets,
    mark: marks,
    suggestions: flag(true).openapi({ description: "`false`: leaves out what only suggestions match." }),
    ...viewQuery,
    ...filterQuery,
  })
  .superRefine((query, context) => {
    if (query.cursor !== undefined && query.offset !== undefined)
      context.addIssue({ code: "custom", path: ["offset"], message: "cannot be combined with cursor" });
  });

/** See {@link searchQuery}, parsed. */
export type SearchParameters = z.output<typeof searchQuery>;

/** The names of the facets that were asked for. */
export function facetsOf({ facets: names }: SearchParameters): readonly FacetName[] {
  return names ?? [];
}
