import { z } from "@hono/zod-openapi";

import type { ShownFields, ShownMedia } from "../../db/media/record.ts";
import type { InTrash } from "../../db/trash/trashed.ts";
import { readSuggestions } from "../../media/suggestions/read.ts";
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
  const [linksOf, toJson] = await Promise.all([
    itemLinker(services, requestUrl, view.links),
    mediaSerialiser(services, media, view.fields),
  ]);
  return Promise.all(media.map(async (each) => itemOf(toJson(each), each, linksOf)));
}

/** One record likewise. */
export async function toMediaItem(
  services: Services,
  requestUrl: string,
  media: ShownMedia,
  view: MediaView,
): Promise<MediaItemJson> {
  const [item] = await toMediaItems(services, requestUrl, [media], view);
  if (item === undefined) throw new Error("a record has no item");
  return item;
}

async function itemOf(
  item: MediaItemJson,
  media: ShownMedia,
  linksOf: ItemLinker | null,
): Promise<MediaItemJson> {
  return linksOf === null ? item : { ...item, links: await linksOf(media) };
}

/** A record in the trash likewise; no link leads to it, and nothing is suggested for it. */
export function toTrashItem(media: InTrash, fields: FieldTree | null): MediaItemJson {
  const item = picked(toMediaJson(media, null), fields);
  return { ...item, trashed_at: new Date(media.trashedAt).toISOString() };
}

/** A record whole, as it is answered to whoever has just changed it. */
export async function toChangedMedia(services: Services, media: ShownFields): Promise<MediaObjectJson> {
  const { suggester } = services;
  if (suggester === null) return toMediaJson(media, null);
  const toJson = await wholeSerialiser({ suggester, db: services.db.primary() }, [media]);
  return toJson(media);
}

/** Serialises records of these, whole, with what is suggested for them. */
export async function wholeSerialiser(
  { db, suggester }: Pick<Services, "db" | "suggester">,
  media: readonly ShownFields[],
): Promise<(media: ShownFields) => MediaObjectJson> {
  const open = suggester === null ? null : await readSuggestions(db, media);
  return (each) => toMediaJson(each, open?.get(each.id)?.shown ?? null);
}

/** The same with some fields alone; what is suggested is read only where it is among them. */
async function mediaSerialiser(
  services: Services,
  media: readonly ShownFields[],
  fields: FieldTree | null,
): Promise<(media: ShownFields) => MediaObjectJson | PartialMediaJson> {
  const isAsked = fields === null || fields.has("suggestions");
  const toJson = await wholeSerialiser(services, isAsked ? media : []);
  return (each) => picked(toJson(each), fields);
}

function picked(media: MediaObjectJson, fields: FieldTree | null): MediaObjectJson | PartialMediaJson {
  return fields === null ? media : pickFields(media, fields);
}
