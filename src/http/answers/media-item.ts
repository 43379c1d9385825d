import { z } from "@hono/zod-openapi";

import type { ShownFields, ShownMedia } from "../../db/media/record.ts";
import type { InTrash } from "../../db/trash/trashed.ts";
import type { Services } from "../../services.ts";
import {
  itemLinker,
  itemLinksSchema,
  type AskedLinks,
  type ItemLinker,
  type ItemLinks,
} from "../links/item-links.ts";
import { mediaObjectSchema, timestamp, toMediaJson, type MediaObjectJson } from "./media-json.ts";
import { partialMediaShape, pickFields, type FieldTree, type PartialMediaJson } from "./partial-media.ts";

/** The names under which the document has the items of a route: whole ones, and those of which some fields are named. */
interface ItemNames {
  readonly whole: string;
  readonly partial: string;
}

/** A media object as a client asked for it, with what a route adds to each. */
export function mediaItemSchemaWith<T extends z.ZodRawShape>(added: T, names: ItemNames) {
  const links = itemLinksSchema.optional();
  // Objects of their own rather than extended ones, which the document would describe by two that both must hold.
  const whole = z.object({ ...mediaObjectSchema.shape, links, ...added }).openapi(names.whole, {
    description: "A media object, with the links that were asked for.",
  });
  const partial = z.object({ ...partialMediaShape, links, ...added }).openapi(names.partial, {
    description:
      "A media object with `fields`: its `id`, the fields that `fields` names, and the links that were asked for.",
  });
  return z.union([whole, partial]).openapi({
    description: "A media object; with `fields` the named fields only.",
  });
}

/** A media object as a client asked for it. */
export const mediaItemSchema = mediaItemSchemaWith(
  {
    trashed_at: timestamp.optional().openapi({
      description:
        "The time at which the media object was put into the trash. Present only with `trashed=true`, whatever `fields` names.",
    }),
  },
  { whole: "MediaListItem", partial: "PartialMediaObject" },
);

/** How a client wants to see media objects. */
export interface MediaView {
  /** Null for all fields. */
  readonly fields: FieldTree | null;
  readonly links: AskedLinks;
}

/** See {@link mediaItemSchema}. */
export type MediaItemJson = (MediaObjectJson | PartialMediaJson) & {
  readonly links?: ItemLinks;
  readonly trashed_at?: string;
};

/** Records as a client asked for them, in their order. */
export async function toMediaItems(
  services: Services,
  requestUrl: string,
  media: readonly ShownMedia[],
  view: MediaView,
): Promise<MediaItemJson[]> {
  const linksOf = await itemLinker(services, requestUrl, view.links);
  return Promise.all(media.map(async (each) => itemOf(each, view, linksOf)));
}

/** One record likewise. */
export async function toMediaItem(
  services: Services,
  requestUrl: string,
  media: ShownMedia,
  view: MediaView,
): Promise<MediaItemJson> {
  return itemOf(media, view, await itemLinker(services, requestUrl, view.links));
}

async function itemOf(
  media: ShownMedia,
  { fields }: MediaView,
  linksOf: ItemLinker | null,
): Promise<MediaItemJson> {
  const item = shown(media, fields);
  return linksOf === null ? item : { ...item, links: await linksOf(media) };
}

/** A record in the trash likewise; no link leads to it. */
export function toTrashItem(media: InTrash, fields: FieldTree | null): MediaItemJson {
  return { ...shown(media, fields), trashed_at: new Date(media.trashedAt).toISOString() };
}

function shown(media: ShownFields, fields: FieldTree | null): MediaObjectJson | PartialMediaJson {
  const whole = toMediaJson(media);
  return fields === null ? whole : pickFields(whole, fields);
}
