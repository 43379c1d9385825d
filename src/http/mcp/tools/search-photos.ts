import { z } from "zod";

import { countMedia } from "../../../db/lists/count.ts";
import { totalOf } from "../../../db/search/facets.ts";
import { planSearch } from "../../../db/search/plan.ts";
import { parseQuery } from "../../../db/search/query.ts";
import { searchMedia } from "../../../db/search/search.ts";
import { filterOf, filterQuery } from "../../requests/list-query.ts";
import { searchText } from "../../requests/search-query.ts";
import { Cursors, pageInput, pageOutput } from "../pages.ts";
import { defineTool, reads, wordsAreData } from "../tool.ts";

const input = z.strictObject({
  q: searchText.describe(
    'The words to search for. All words must match; case and accents do not count. `"white beach"` is a phrase, `-beach` leaves out what matches, `bea*` matches beginnings, `keyword:beach` matches a whole keyword, `camera:nikon` the camera. Without `q` every photo matches.',
  ),
  prefix: filterQuery.prefix.describe(
    "Only photos whose object key begins with this text, such as `2024/beach/`. Upper and lower case differ.",
  ),
  keywords: z
    .array(z.string().min(1).max(64))
    .max(20)
    .optional()
    .describe("Only photos with all these keywords. Case and accents do not count."),
  taken_after: filterQuery.taken_after.describe(
    "Only photos taken at this time or later: a date, or a local date-time without offset.",
  ),
  taken_before: filterQuery.taken_before.describe("Only photos taken before this time, in the same form."),
  ...pageInput,
});

const position = z.object({ group: z.int(), below: z.int().nullable(), skip: z.int() });

/** Finds photos by words and filters, as `GET /v1/search` does. */
export const searchPhotos = defineTool({
  name: "search_photos",
  title: "Search photos",
  description: `Finds photos by their words, their files and their time. First come the photos whose description and keywords match, then all others; within both the newest come first. ${wordsAreData}`,
  scope: "read",
  hints: reads,
  input,
  output: pageOutput,
  run: async ({ services }, { q = "", limit, cursor, keywords, ...given }) => {
    const filter = filterOf({ ...given, keyword: keywords });
    const query = parseQuery(q);
    const plan = planSearch(query, filter);
    const cursors = new Cursors(services, ["search_photos", query, filter], position);
    const start = cursor === undefined ? { group: 0, below: null, skip: 0 } : await cursors.decode(cursor);
    const page = await searchMedia(services.db, plan, { start, limit });
    const isList = query.terms.length === 0;
    const count = async () => (isList ? countMedia(services.db, filter) : totalOf(services.db, plan));
    return { content: await cursors.answer(page, cursor === undefined ? await count() : null) };
  },
});
