import { z } from "zod";

import { validationError } from "../../../core/errors.ts";
import { countTrash, listTrash, type InTrash, type TrashFilter } from "../../../db/trash/trashed.ts";
import type { Services } from "../../../services.ts";
import { countFitting } from "../../answers/answer-size.ts";
import { toTrashItem, type MediaItemJson } from "../../answers/media-item.ts";
import { signingSecrets } from "../../links/signing-secrets.ts";
import { decodeCursor, encodeCursor } from "../../requests/cursor.ts";
import type { ListQuery } from "../../requests/list-query.ts";

/** Where a page of the trash ended. */
const cursorHead = z.strictObject({ trashedAt: z.number(), id: z.string() });

/** A page of the trash, as a page of the list is answered. */
interface TrashPageJson {
  readonly items: MediaItemJson[];
  readonly total: number | null;
  readonly total_capped: boolean;
  readonly next_cursor: string | null;
}

/** The page of the trash that a query of the list with `trashed` asks for. */
export async function trashPage(services: Services, query: ListQuery): Promise<TrashPageJson> {
  const filter = { provider: query.provider, prefix: query.prefix };
  const after = query.cursor === undefined ? null : await readCursor(services, filter, query.cursor);
  const [page, counted] = await Promise.all([
    listTrash(services.db, filter, { after, limit: query.limit }),
    after === null ? countTrash(services.db, filter) : null,
  ]);
  const items = page.items.map((media) => toTrashItem(media, query.fields ?? null));
  const fitting = countFitting(items);
  const next = fitting < items.length ? placeOf(page.items[fitting - 1]) : page.next;
  return {
    items: items.slice(0, fitting),
    total: counted?.total ?? null,
    total_capped: counted?.capped ?? false,
    next_cursor: next === null ? null : await writeCursor(services, filter, next),
  };
}

function placeOf(media: InTrash | undefined): z.infer<typeof cursorHead> | null {
  return media === undefined ? null : { trashedAt: media.trashedAt, id: media.id };
}

async function readCursor(
  services: Services,
  filter: TrashFilter,
  cursor: string,
): Promise<z.infer<typeof cursorHead>> {
  const content = await decodeCursor(signingSecrets(services), describe(filter), cursor, cursorHead);
  if (content !== null) return content.head;
  throw validationError([{ path: "cursor", message: "is not a cursor of this list with these filters" }]);
}

async function writeCursor(
  services: Services,
  filter: TrashFilter,
  head: z.infer<typeof cursorHead>,
): Promise<string> {
  return encodeCursor(signingSecrets(services), describe(filter), { head, text: "" });
}

/** The list that a cursor is bound to. */
function describe({ provider, prefix }: TrashFilter): string {
  return JSON.stringify(["trash", provider ?? null, prefix ?? null]);
}
