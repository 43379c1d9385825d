import { createRoute, z } from "@hono/zod-openapi";

import { keywordsOf, mostKeywords } from "../../../media/bulk/keywords.ts";
import { withProblems } from "../../answers/problem.ts";
import { takes } from "../../document-headers.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { jsonBody } from "../../requests/json-body.ts";
import { checkSelection, selectionShape, targetOf } from "../../requests/selection.ts";
import { noParameters } from "../../requests/validation.ts";
import { createRoutes, keyWith } from "../../routing.ts";

const selectionBody = z
  .strictObject(selectionShape)
  .superRefine(checkSelection)
  .openapi("Selection", { description: "Which media objects are meant: by `ids`, or by `filter`." });

const example = { filter: { prefix: "2024/" } };

const selectedKeyword = z
  .object({
    keyword: z.string().openapi({ description: "The keyword, in the spelling that was used last." }),
    count: z.int().openapi({ description: "The number of selected media objects with the keyword." }),
  })
  .openapi("SelectedKeyword", { description: "A keyword of some of the selected media objects, or of all." });

const selectedKeywords = z
  .object({
    total: z.int().openapi({ description: "The number of selected media objects." }),
    items: z.array(selectedKeyword).openapi({
      description: `The keywords, the most frequent first: at most ${mostKeywords}. A keyword whose \`count\` is \`total\` is on all media objects.`,
    }),
    capped: z.boolean().openapi({
      description:
        "`true`: the service stopped after 10,000 media objects, so that `total` and every `count` may be too low; or there are more keywords.",
    }),
  })
  .openapi("SelectedKeywords", { description: "The keywords of the selected media objects." });

const keywordsRoute = createRoute({
  method: "post",
  path: "/v1/media/keywords",
  operationId: "countSelectedKeywords",
  summary: "Count the keywords of some media objects",
  description:
    "Needs the scope `read`. Tells which keywords all of the selected media objects have, and which some of them. Case and accents do not count. Changes nothing; the request is a POST because of its body.",
  tags: ["Changes"],
  parameters: takes("Content-Digest"),
  security: keyWith("read"),
  middleware: [
    requireScope("read"),
    ...jsonBody({ types: ["application/json"], characters: 128 * 1024 }),
  ] as const,
  request: {
    query: noParameters,
    body: { required: true, content: { "application/json": { schema: selectionBody, example } } },
  },
  responses: withProblems(
    {
      200: {
        description: "The keywords of the selected media objects.",
        content: { "application/json": { schema: selectedKeywords } },
      },
    },
    "invalid_api_key",
    "insufficient_scope",
    "cross_site",
    "malformed_json",
    "payload_too_large",
    "busy",
    "unsupported_media_type",
    "validation_error",
    "digest_mismatch",
  ),
});

/** `POST /v1/media/keywords`. */
export const selectedKeywordRoutes = createRoutes().openapi(keywordsRoute, async (context) => {
  const services = context.get("services");
  const { items, ...counted } = await keywordsOf(services.db, targetOf(services, context.req.valid("json")));
  return context.json({ ...counted, items: [...items] }, 200);
});
