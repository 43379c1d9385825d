import { createRoute, z } from "@hono/zod-openapi";

import type { SigningSecrets } from "../../../core/signing.ts";
import { decodeCursor, encodeCursor } from "../../requests/cursor.ts";
import type { MediaFilter } from "../../../db/lists/filter.ts";
import { countMedia } from "../../../db/lists/count.ts";
import { listMedia, type MediaPosition, type Page } from "../../../db/lists/list.ts";
import { shuffleMedia } from "../../../db/shuffles/shuffle.ts";
import { seedNumber } from "../../../db/shuffles/permutation.ts";
import { validationError } from "../../../core/errors.ts";
import type { Services } from "../../../services.ts";
import { countFitting } from "../../answers/answer-size.ts";
import { requireScope } from "../../middleware/authentication.ts";
import { has } from "../../document-headers.ts";
import { filterFor, listQuery, type ListQuery } from "../../requests/list-query.ts";
import { mediaItemSchema, toMediaItems } from "../../answers/media-item.ts";
import { nextLink, pagingShape } from "../../answers/paging.ts";
import { withProblems } from "../../answers/problem.ts";
import { viewOf } from "../../requests/view-query.ts";
import { createRoutes, keyWith } from "../../routing.ts";
import { signingSecrets } from "../../links/signing-secrets.ts";
import { trashPage } from "../trash/trash-page.ts";

const mediaList = z
  .object({
    items: z.array(mediaItemSchema).openapi({ description: "The media objects of the page." }),
    ...pagingShape("media objects in the list"),
  })
  .openapi("MediaList", { description: "A page of media objects." });

const listRoute = createRoute({
  method: "get",
  path: "/v1/media",
  operationId: "listMedia",
  summary: "List media objects",
  description:
    "Needs the scope `read`. Without parameters the page holds the oldest media objects. With `trashed=true` the " +
    "page holds the media objects in the trash, the latest first.",
  tags: ["Media"],
  security: keyWith("read"),
  middleware: [requireScope("read")] as const,
  request: { query: listQuery },
  responses: withProblems(
    {
      200: {
        description: "A page of media objects.",
        headers: has("Link"),
        content: { "application/json": { schema: mediaList } },
      },
    },
    "invalid_api_key",
    "insufficient_scope",
    "validation_error",
  ),
});

const shufflePosition = z.object({
  size: z.number(),
  hashed: z.object({ hash: z.number(), pk: z.number() }).nullable(),
  index: z.number().nullable(),
  skip: z.number(),
});

/** Where a page ended; which of the two follows from the list that the cursor is bound to. */
const cursorHead = z.union([
  z.object({ seed: z.number(), shuffle: shufflePosition }),
  z.object({
    list: z.object({
      /** `text` for the one that the cursor carries beside this. */
      value: z.union([z.object({ text: z.literal(true) }), z.number(), z.null()]),
      pk: z.number(),
      /** Cursors of older code have none. */
      id: z.string().default(""),
      skip: z.number(),
      lead: z.number().nullable(),
    }),
  }),
]);

type ListHead = Extract<z.infer<typeof cursorHead>, { list: unknown }>["list"];

type CursorContent = { readonly head: z.infer<typeof cursorHead>; readonly text: string };

/** `GET /v1/media`. */
export const mediaListRoutes = createRoutes().openapi(listRoute, async (context) => {
  const query = context.req.valid("query");
  const services = context.get("services");
  if (query.trashed) {
    const page = await trashPage(services, query);
    if (page.next_cursor !== null) context.header("Link", nextLink(context.req.url, page.next_cursor));
    return context.json(withPaging(query, page), 200);
  }
  const filter = filterFor(services, query);
  const secrets = signingSecrets(services);
  const list = describeList(query, filter);
  const after = query.cursor === undefined ? null : await readCursor(secrets, list, query.cursor);
  const [page, counted] = await Promise.all([
    readPage(services, query, filter, after),
    after === null ? countMedia(services.db, filter) : null,
  ]);
  const media = page.items.map((item) => item.media);
  const items = await toMediaItems(services, context.req.url, media, viewOf(query));
  const fitting = countFitting(items);
  const next = fitting < items.length ? page.items[fitting - 1]?.position : page.next;
  const nextCursor = next === null || next === undefined ? null : await encodeCursor(secrets, list, next);
  if (nextCursor !== null) context.header("Link", nextLink(context.req.url, nextCursor));
  const answered = {
    items: items.slice(0, fitting),
    total: counted?.total ?? null,
    total_capped: counted?.capped ?? false,
    next_cursor: nextCursor,
  };
  return context.json(withPaging(query, answered), 200);
});

/** A page with what its query asked for: where it begins, and how many pages there are. */
function withPaging<T extends { readonly total: number | null }>(
  { limit, offset, cursor }: ListQuery,
  page: T,
) {
  return {
    ...page,
    limit,
    offset: cursor === undefined ? (offset ?? 0) : null,
    pages: page.total === null ? null : Math.ceil(page.total / limit),
  };
}

async function readPage(
  services: Services,
  query: ListQuery,
  filter: MediaFilter,
  after: CursorContent | null,
): Promise<Page<CursorContent>> {
  const offset = { offset: query.offset ?? 0 };
  if (query.shuffle) {
    const known = after !== null && "seed" in after.head ? after.head : null;
    const seed = known?.seed ?? (query.seed === undefined ? randomSeed() : seedNumber(query.seed));
    const start = known === null ? offset : { after: known.shuffle };
    const page = await shuffleMedia(services.db, filter, { seed, start, limit: query.limit });
    return withPositions(page, (shuffle) => ({ head: { seed, shuffle }, text: "" }));
  }
  const order = { sort: query.sort ?? "created_at", descending: query.order === "desc" } as const;
  const start =
    after === null || !("list" in after.head) ? offset : { after: positionOf(after.head.list, after.text) };
  const page = await listMedia(services.db, filter, { order, start, limit: query.limit });
  return withPositions(page, contentOf);
}

function withPositions<A, B>(page: Page<A>, change: (position: A) => B): Page<B> {
  return {
    items: page.items.map(({ media, position }) => ({ media, position: change(position) })),
    next: page.next === null ? null : change(page.next),
  };
}

/** A key may be long, and has characters that JSON writes as six: it goes beside the rest. */
function contentOf(position: MediaPosition): CursorContent {
  const { value } = position;
  if (typeof value === "string")
    return { head: { list: { ...position, value: { text: true } } }, text: value };
  return { head: { list: { ...position, value } }, text: "" };
}

function positionOf({ value, ...rest }: ListHead, text: string): MediaPosition {
  return { ...rest, value: typeof value === "object" && value !== null ? text : value };
}

function randomSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}

/** The list that a cursor is bound to: every parameter that decides the records and their order. */
function describeList(query: ListQuery, filter: MediaFilter): string {
  const { sort = "created_at", order = "asc", shuffle, seed } = query;
  return JSON.stringify(["media", shuffle ? ["shuffle", seed ?? null] : [sort, order], filter]);
}

async function readCursor(secrets: SigningSecrets, list: string, cursor: string): Promise<CursorContent> {
  const content = await decodeCursor(secrets, list, cursor, cursorHead);
  if (content !== null) return content;
  throw validationError([{ path: "cursor", message: "is not a cursor of this list with these filters" }]);
}
