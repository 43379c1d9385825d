import { z } from "zod";

import { validationError } from "../../core/errors.ts";
import type { Page } from "../../db/lists/list.ts";
import type { Services } from "../../services.ts";
import { signingSecrets } from "../links/signing-secrets.ts";
import { decodeCursor, encodeCursor, maxCursorLength } from "../requests/cursor.ts";
import { fittingAnswer } from "./bounded.ts";
import { photoSchema, toPhoto } from "./photo.ts";

/** How many photos a page for an agent holds at the most. */
export const mostPhotos = 50;

/** The arguments by which every list is paged. */
export const pageInput = {
  limit: z.int().min(1).max(mostPhotos).default(20).describe("The largest number of photos in the answer."),
  cursor: z
    .string()
    .min(1)
    .max(maxCursorLength)
    .optional()
    .describe("The `next_cursor` of the page before. Repeat all other arguments unchanged."),
} as const;

/** What every list answers. */
export const pageOutput = z.strictObject({
  photos: z.array(photoSchema).describe("The photos of the page."),
  total: z.int().nullable().describe("The number of photos found, on the first page; otherwise null."),
  total_capped: z.boolean().describe("True if there may be more photos than `total` says."),
  next_cursor: z
    .string()
    .nullable()
    .describe(
      "The `cursor` of the next page; null on the last page. A page may hold fewer photos than `limit`, or none.",
    ),
});

/** A page as {@link pageOutput} says. */
export type PhotoPage = z.infer<typeof pageOutput>;

/** How many records there are, where that was counted. */
interface Counted {
  readonly total: number;
  readonly capped: boolean;
}

/** The cursors of one list: `list` names everything that decides which photos come, and in which order. */
export class Cursors<Position> {
  readonly #services: Services;
  readonly #list: string;
  readonly #position: z.ZodType<Position>;

  constructor(services: Services, list: readonly unknown[], position: z.ZodType<Position>) {
    this.#services = services;
    this.#list = JSON.stringify(["mcp", ...list]);
    this.#position = position;
  }

  /** The position that a cursor has; 422 for a cursor of another list. */
  async decode(cursor: string): Promise<Position> {
    const secrets = signingSecrets(this.#services);
    const content = await decodeCursor(secrets, this.#list, cursor, this.#position);
    if (content !== null) return content.head;
    throw validationError([{ path: "cursor", message: "is not a cursor of this list with these arguments" }]);
  }

  /** The answer with the photos of a page that have room, going on behind the last of them. */
  async answer(page: Page<Position>, counted: Counted | null): Promise<PhotoPage> {
    const all = page.items.map(({ media }) => toPhoto(media));
    const photos = fittingAnswer(all);
    const next = photos.length < all.length ? page.items[photos.length - 1]?.position : page.next;
    return {
      photos,
      total: counted?.total ?? null,
      total_capped: counted?.capped ?? false,
      next_cursor: next === null || next === undefined ? null : await this.#encode(next),
    };
  }

  async #encode(head: Position): Promise<string> {
    return encodeCursor(signingSecrets(this.#services), this.#list, { head, text: "" });
  }
}
