import { createRoute, z } from "@hono/zod-openapi";

import { countedKeywords } from "../../../db/collection/counted.ts";
import { foldKeyword } from "../../../db/media/record.ts";
import { withProblems } from "../../answers/problem.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { cursorParameter, mostPerPage } from "../../requests/list-query.ts";
import { wholeNumber } from "../../requests/validation.ts";
import { createRoutes, keyWith } from "../../routing.ts";
import { countNote, listNames, nextNamesCursor } from "./counted-list.ts";

const keywordsQuery = z.strictObject({
  prefix: z.string().min(1).max(64).optional().openapi({
    description: "Only keywords that begin with this text. Case and accents are ignored.",
  }),
  sort: z.enum(["keyword", "count"]).default("keyword").openapi({
    description:
      "`keyword`: in the order of the letters, without case and accents. `count`: the keyword that most media objects have first; keywords with the same count in the order of the letters.",
  }),
  limit: wholeNumber({ min: 1, max: mostPerPage })
    .default(100)
    .openapi({ default: 100, description: `The largest number of items on a page. ${countNote}` }),
  cursor: cursorParameter.optional(),
});

const keywordList = z
  .object({
    items: z
      .array(
        z
          .object({
            keyword: z.string().openapi({ description: "The keyword, in the spelling that was used last." }),
            count: z.int().openapi({
              minimum: 1,
              description: "The number of media objects with the keyword, missing media objects included.",
            }),
          })
          .openapi("KeywordCount", {
            description: "A keyword, and how many media objects have the keyword.",
          }),
      )
      .openapi({ description: "The keywords of the page." }),
    next_cursor: nextNamesCursor,
  })
  .openapi("KeywordList", { description: "A page of keywords." });

const keywordsRoute = createRoute({
  method: "get",
  path: "/v1/keywords",
  operationId: "listKeywords",
  summary: "List the keywords",
  description:
    "Needs the scope `read`. Spellings that differ only in case and accents are one keyword. While counts change, each keyword whose count stays the same comes exactly once in a walk over all pages.",
  tags: ["Finding"],
  security: keyWith("read"),
  middleware: [requireScope("read")] as const,
  request: { query: keywordsQuery },
  responses: withProblems(
    { 200: { description: "A page of keywords.", content: { "application/json": { schema: keywordList } } } },
    "invalid_api_key",
    "insufficient_scope",
    "validation_error",
  ),
});

/** `GET /v1/keywords`. */
export const keywordRoutes = createRoutes().openapi(keywordsRoute, async (context) => {
  const { prefix: text = "", sort, limit, cursor } = context.req.valid("query");
  const prefix = foldKeyword(text);
  const page = await listNames(context.get("services"), {
    table: countedKeywords,
    list: JSON.stringify(["keywords", sort, prefix]),
    byCount: sort === "count",
    prefix,
    limit,
    cursor,
  });
  const items = page.items.map(({ name, count }) => ({ keyword: name, count }));
  return context.json({ items, next_cursor: page.nextCursor }, 200);
});
