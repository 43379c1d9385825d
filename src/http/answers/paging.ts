import { z } from "@hono/zod-openapi";

import { pageNote } from "../requests/list-query.ts";

/** What an answer tells of its page beside the items: of a list, or of a search. `all` names what is counted. */
export function pagingShape(all: string) {
  return {
    total: z
      .int()
      .nullable()
      .openapi({ description: `The number of ${all}; null with \`cursor\`.` }),
    total_capped: z.boolean().openapi({
      description: `\`true\`: the service stopped counting, and there are more ${all} than \`total\`.`,
    }),
    limit: z.int().openapi({ description: "The `limit` that the service applied." }),
    offset: z
      .int()
      .nullable()
      .openapi({ description: "The `offset` that the service applied; null with `cursor`." }),
    pages: z.int().nullable().openapi({
      description: "The number of pages: `total` divided by `limit`, rounded up; null with `cursor`.",
    }),
    next_cursor: z
      .string()
      .nullable()
      .openapi({ description: `The \`cursor\` of the next page; null on the last page. ${pageNote}` }),
  };
}

/** Where the next page is, as a `Link` header has it (RFC 8288): the same address with the cursor in place of an offset. */
export function nextLink(requestUrl: string, cursor: string): string {
  const next = new URL(requestUrl);
  next.searchParams.delete("offset");
  next.searchParams.set("cursor", cursor);
  return `<${next.pathname}${next.search}>; rel="next"`;
}
