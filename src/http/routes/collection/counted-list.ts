import { z } from "@hono/zod-openapi";

import { validationError } from "../../../core/errors.ts";
import { listByCount } from "../../../db/collection/by-count.ts";
import { listByName, type Counted, type CountedTable } from "../../../db/collection/counted.ts";
import type { CountPosition } from "../../../db/collection/tail.ts";
import type { Services } from "../../../services.ts";
import { signingSecrets } from "../../links/signing-secrets.ts";
import { decodeCursor, encodeCursor } from "../../requests/cursor.ts";

/** What both lists of names say about the pages of `sort=count`. */
export const countNote =
  "With `sort=count` the service reads at most 10,000 entries for a page, so a page may hold fewer than `limit` items, or " +
  "none. Only `next_cursor` tells whether a next page exists.";

/** The cursor of the page after this one. */
export const nextNamesCursor = z
  .string()
  .nullable()
  .openapi({ description: "The `cursor` of the next page; null on the last page." });

/** Which names are asked for. */
export interface NamesQuery {
  readonly table: CountedTable;
  /** What a cursor is bound to: names of another kind, sort or prefix have other cursors. */
  readonly list: string;
  readonly byCount: boolean;
  /** Folded; empty for all. */
  readonly prefix: string;
  readonly limit: number;
  readonly cursor: string | undefined;
}

/** A page of names as the routes answer it. */
export interface NamesPage {
  readonly items: readonly Counted[];
  readonly nextCursor: string | null;
}

/** By name the text of the cursor is all; by count a position says how the list goes on, without its text. */
const cursorHead = z.union([
  z.strictObject({ name: z.literal(true) }),
  z.strictObject({
    count: z.int(),
    isBefore: z.boolean(),
    way: z.enum(["whole", "tiers", "pass"]),
    below: z.int().nullable(),
  }),
]);

/** A page of names with their counts, by name or by count. */
export async function listNames(services: Services, query: NamesQuery): Promise<NamesPage> {
  const { table, list, prefix, limit, cursor } = query;
  const secrets = signingSecrets(services);
  const after = cursor === undefined ? null : await decodeCursor(secrets, list, cursor, cursorHead);
  if (cursor !== undefined && after === null)
    throw validationError([{ path: "cursor", message: "is not a cursor of this list with these filters" }]);
  if (!query.byCount) {
    const page = await listByName(services.db, table, { prefix, after: after?.text ?? null }, limit);
    const head = { name: true };
    const nextCursor =
      page.next === null ? null : await encodeCursor(secrets, list, { head, text: page.next });
    return { items: page.items, nextCursor };
  }
  const from = after !== null && "count" in after.head ? positionOf(after.head, after.text) : null;
  const { items, next } = await listByCount(services.db, table, { prefix, from, limit });
  return { items, nextCursor: next === null ? null : await encodeCursor(secrets, list, contentOf(next)) };
}

type CountHead = Extract<z.infer<typeof cursorHead>, { count: unknown }>;

function positionOf({ isBefore, ...head }: CountHead, text: string): CountPosition {
  return { ...head, folded: isBefore ? null : text };
}

function contentOf({ folded, ...rest }: CountPosition): { readonly head: CountHead; readonly text: string } {
  return { head: { ...rest, isBefore: folded === null }, text: folded ?? "" };
}
