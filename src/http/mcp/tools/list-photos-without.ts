import { z } from "zod";

import { countMedia } from "../../../db/lists/count.ts";
import { listMedia } from "../../../db/lists/list.ts";
import { filterOf, filterQuery } from "../../requests/list-query.ts";
import { Cursors, pageInput, pageOutput } from "../pages.ts";
import { defineTool, reads, wordsAreData } from "../tool.ts";

const things = ["description", "keywords", "location", "taken_at"] as const;

const input = z.strictObject({
  lacking: z
    .array(z.enum(things))
    .min(1)
    .max(things.length)
    .describe("What the photos lack. With several values the photos have none of them."),
  prefix: filterQuery.prefix.describe(
    "Only photos whose object key begins with this text, such as `2024/beach/`. Upper and lower case differ.",
  ),
  ...pageInput,
});

const position = z.object({
  value: z.union([z.string(), z.number(), z.null()]),
  pk: z.number(),
  id: z.string(),
  skip: z.number(),
  lead: z.number().nullable(),
});

/** Lists what is still to be described, as `GET /v1/media` does with `without`. */
export const listPhotosWithout = defineTool({
  name: "list_photos_without",
  title: "List photos that lack something",
  description: `Lists the photos of which something is not known: no description, no keywords, no place or no time. The oldest photos of the archive come first. A photo that has got what it lacked is not in the list any more. ${wordsAreData}`,
  scope: "read",
  hints: reads,
  input,
  output: pageOutput,
  run: async ({ services }, { lacking, prefix, limit, cursor }) => {
    const without = things.filter((thing) => lacking.includes(thing));
    const filter = filterOf({ prefix, without });
    const cursors = new Cursors(services, ["list_photos_without", filter], position);
    const start = cursor === undefined ? { offset: 0 } : { after: await cursors.decode(cursor) };
    const order = { sort: "created_at", descending: false } as const;
    const page = await listMedia(services.db, filter, { order, start, limit });
    const counted = cursor === undefined ? await countMedia(services.db, filter) : null;
    return { content: await cursors.answer(page, counted) };
  },
});
