import { z } from "@hono/zod-openapi";

import type { ShownMedia } from "../../db/media/record.ts";
import { usualVariant, variantName } from "../../media/thumbnails/variant.ts";
import type { Services } from "../../services.ts";
import type { Variant } from "../../thumbnail/types.ts";
import { linkExpiry, linkLifetime, LinkMaker } from "./signed-links.ts";

/** Which links of each item were asked for: none, one to its usual thumbnail, or one to each thumbnail that was named. */
export type AskedLinks = "none" | "usual" | readonly Variant[];

const expiresAt = z.string().openapi({
  format: "date-time",
  description: "The time at which the links expire.",
});

const usualLinks = z
  .object({
    thumbnail_url: z.string().nullable().openapi({
      format: "uri",
      description:
        "A signed link to the thumbnail of size 512 with the fit `cover`; null if the media object can have no thumbnail.",
    }),
    expires_at: expiresAt,
  })
  .openapi("ItemLinks", { description: "A signed link to the thumbnail of an item, with `links=true`." });

const namedLinks = z
  .object({
    thumbnails: z.record(z.string(), z.string().nullable()).openapi({
      additionalProperties: {
        type: ["string", "null"],
        format: "uri",
        description: "A signed link to this thumbnail; null if the media object can have no thumbnail.",
      },
      description:
        "A signed link for each thumbnail that `links` names, by the same names, such as `512-cover`.",
    }),
    expires_at: expiresAt,
  })
  .openapi("NamedItemLinks", {
    description: "Signed links to the thumbnails of an item that `links` names, such as `links=512-cover`.",
  });

/** The links of an item as clients see them. */
export const itemLinksSchema = z.union([usualLinks, namedLinks]).openapi({
  description: "Signed links to an item. Present only if `links` asks for them.",
});

/** See {@link itemLinksSchema}. */
export type ItemLinks = z.infer<typeof itemLinksSchema>;

type LinkedMedia = Pick<ShownMedia, "id" | "thumbnailVersion">;

/** Makes the links of items, one after the other; all is in their records already, so nothing more is read. */
export type ItemLinker = (media: LinkedMedia) => Promise<ItemLinks>;

/** What makes the links that were asked for; null for none. The signing key is imported once, however many items follow. */
export async function itemLinker(
  services: Services,
  requestUrl: string,
  asked: AskedLinks,
): Promise<ItemLinker | null> {
  if (asked === "none") return null;
  const links = await LinkMaker.open(services, requestUrl, linkExpiry(Date.now(), linkLifetime.default));
  if (asked === "usual")
    return async (media) => ({
      thumbnail_url: await links.thumbnail(media, usualVariant),
      expires_at: links.expiresAt,
    });
  return async (media) => {
    const named = asked.map(async (variant) => {
      return [variantName(variant), await links.thumbnail(media, variant)] as const;
    });
    return { thumbnails: Object.fromEntries(await Promise.all(named)), expires_at: links.expiresAt };
  };
}
