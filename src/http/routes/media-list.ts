import { createRoute, z } from "@hono/zod-openapi";

import type { SigningSecrets } from "../../signing.ts";
import { decodeCursor, encodeCursor } from "../../db/cursor.ts";
import type { MediaFilter } from "../../db/media-filter.ts";
import { countMedia, listMedia, type MediaPosition } from "../../db/media-list.ts";
import { shuffleMedia, type ShufflePosition } from "../../db/media-shuffle.ts";
import type { MediaObject } from "../../db/media-object.ts";
import { seedNumber } from "../../db/permutation.ts";
import { validationError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { requireScope } from "../authentication.ts";
import { ingestVariant } from "../../media/thumbnail-variant.ts";
import { filterOf, listQuery, type ListQuery } from "../list-query.ts";
import { mediaObjectSchema, toMediaJson } from "../media-json.ts";
import { problems } from "../problem.ts";
import { createRoutes, keyWith } from "../routing.ts";
import { linkExpiry, linkLifetime, LinkMaker } from "../signed-links.ts";
import { signingSecrets } from "../signing-secrets.ts";

const itemLinks = z
  .object({
    thumbnail_url: z.string().nullable().openapi({
      format: "uri",
      description: "A signed link to the 512 cover thumbnail; null where there can be none.",
    }),
    expires_at: z.string().openapi({ format: "date-time" }),
  })
  .openapi("ItemLinks");

const listItem = mediaObjectSchema
  .extend({ links: itemLinks.optional().openapi({ description: "With `links=true` only." }) })
  .openapi("MediaListItem");

type ListItem = z.infer<typeof listItem>;

const mediaList = z
  .object({
    items: z.array(listItem),
    total: z.int().nullable(),
    total_capped: z.boolean(),
    limit: z.int(),
    offset: z.int().nullable(),
    pages: z.int().nullable(),
    next_cursor: z.string().nullable(),
  })
  .openapi("MediaList");

const listRoute = createRoute({
  method: "get",
  path: "/v1/media",
  summary: "List media objects",
  tags: ["Media"],
  security: keyWith("read"),
  middleware: [requireScope("read")] as const,
  request: { query: listQuery },
  responses: {
    200: {
      description: "A page; `Link` with `rel=next` leads to the following one.",
      content: { "application/json": { schema: mediaList } },
    },
    ...problems("invalid_api_key", "insufficient_scope", "validation_error"),
  },
});

/** Where a page ended; which of the two follows from the list that the cursor is bound to. */
const cursorPosition = z.object({
  seed: z.number().optional(),
  list: z.object({ value: z.union([z.string(), z.number(), z.null()]), pk: z.number() }).optional(),
  shuffle: z
    .union([
      z.object({ size: z.number(), index: z.number() }),
      z.object({ hash: z.number(), pk: z.number() }),
    ])
    .optional(),
});

type CursorPosition = z.infer<typeof cursorPosition>;

/** `GET /v1/media`. */
export const mediaListRoutes = createRoutes().openapi(listRoute, async (context) => {
  const query = context.req.valid("query");
  const services = context.get("services");
  const filter = filterOf(query);
  const secrets = signingSecrets(services);
  const list = describeList(query, filter);
  const after = query.cursor === undefined ? null : await readCursor(secrets, list, query.cursor);
  const page = await readPage(services, query, filter, after);
  const counted = after === null ? await countMedia(services.db, filter) : null;
  const nextCursor = page.next === null ? null : await encodeCursor(secrets, list, page.next);
  if (nextCursor !== null) context.header("Link", `<${nextUrl(context.req.url, nextCursor)}>; rel="next"`);
  const items = query.links
    ? await linkedItems(services, context.req.url, page.items)
    : page.items.map(toMediaJson);
  return context.json(
    {
      items,
      total: counted?.total ?? null,
      total_capped: counted?.capped ?? false,
      limit: query.limit,
      offset: after === null ? (query.offset ?? 0) : null,
      pages: counted === null ? null : Math.ceil(counted.total / query.limit),
      next_cursor: nextCursor,
    },
    200,
  );
});

/** Records with a link to the thumbnail of each: all is in the rows already, so nothing more is read. */
async function linkedItems(
  services: Services,
  requestUrl: string,
  items: readonly MediaObject[],
): Promise<ListItem[]> {
  const expiresAt = linkExpiry(Date.now(), linkLifetime.default);
  const links = await LinkMaker.open(services, requestUrl, expiresAt);
  return Promise.all(
    items.map(async (media) => ({
      ...toMediaJson(media),
      links: { thumbnail_url: await links.thumbnail(media, ingestVariant), expires_at: links.expiresAt },
    })),
  );
}

interface Page {
  readonly items: readonly MediaObject[];
  readonly next: CursorPosition | null;
}

async function readPage(
  services: Services,
  query: ListQuery,
  filter: MediaFilter,
  after: CursorPosition | null,
): Promise<Page> {
  const offset = { offset: query.offset ?? 0 };
  if (query.shuffle) {
    const seed = after?.seed ?? (query.seed === undefined ? randomSeed() : seedNumber(query.seed));
    const start: ShufflePosition | undefined = after?.shuffle;
    const from = start === undefined ? offset : { after: start };
    const page = await shuffleMedia(services.db, filter, seed, from, query.limit);
    return { items: page.items, next: page.next === null ? null : { seed, shuffle: page.next } };
  }
  const order = { sort: query.sort ?? "created_at", descending: query.order === "desc" } as const;
  const start: MediaPosition | undefined = after?.list;
  const from = start === undefined ? offset : { after: start };
  const page = await listMedia(services.db, filter, order, from, query.limit);
  return { items: page.items, next: page.next === null ? null : { list: page.next } };
}

function randomSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}

/** What a cursor is bound to: everything that decides which records come, and in which order. */
function describeList(query: ListQuery, filter: MediaFilter): string {
  const { sort = "created_at", order = "asc", shuffle, seed } = query;
  return JSON.stringify(["media", shuffle ? ["shuffle", seed ?? null] : [sort, order], filter]);
}

async function readCursor(secrets: SigningSecrets, list: string, cursor: string): Promise<CursorPosition> {
  const position = await decodeCursor(secrets, list, cursor, cursorPosition);
  if (position !== null) return position;
  throw validationError([{ path: "cursor", message: "is no cursor of this list with these filters" }]);
}

function nextUrl(url: string, cursor: string): string {
  const next = new URL(url);
  next.searchParams.delete("offset");
  next.searchParams.set("cursor", cursor);
  return `${next.pathname}${next.search}`;
}
