import { z } from "@hono/zod-openapi";

import { thumbnailVariants, type Variant } from "../../thumbnail/types.ts";
import { variantName } from "../../media/thumbnails/variant.ts";
import { isMediaField, type FieldTree } from "../answers/partial-media.ts";
import type { MediaView } from "../answers/media-item.ts";
import type { AskedLinks } from "../links/item-links.ts";
import { flag } from "./validation.ts";

/** The most thumbnails of each item that links lead to. */
const mostLinks = 4;

/** The longest list of fields, in characters. */
const longestFields = 4096;

/** How much of a wrong name is said back, in characters. */
const longestShown = 64;

const variants: ReadonlyMap<string, Variant> = new Map(
  thumbnailVariants.map((variant) => [variantName(variant), variant]),
);

const linksForm = `must be true, false, or at most ${mostLinks} of SIZE-FIT, such as 512-cover,1024-contain; 2048 goes with contain only`;
const variantPattern = `(${[...variants.keys()].join("|")})`;

const links = z
  .string()
  .transform((text, context): AskedLinks => {
    if (text === "false") return "none";
    if (text === "true") return "usual";
    const names = text.split(",", mostLinks + 1);
    const named = [...new Set(names)].map((name) => variants.get(name) ?? null);
    const known = named.filter((variant) => variant !== null);
    if (names.length <= mostLinks && known.length === named.length) return known;
    context.addIssue({ code: "custom", message: linksForm });
    return z.NEVER;
  })
  .prefault("false");

const fields = z
  .string()
  .max(longestFields, `must have at most ${longestFields} characters`)
  .transform((text, context): FieldTree => {
    const paths = [...new Set(text.split(","))].map((name) => ({ name, path: name.split(".") }));
    const unknown = paths.find(({ path }) => !isMediaField(path));
    if (unknown === undefined) return treeOf(paths.map(({ path }) => path));
    const start = Array.from(unknown.name).slice(0, longestShown).join("");
    context.addIssue({ code: "custom", message: `names ${start}, which no media object has` });
    return z.NEVER;
  });

/** Of a field that is named whole and by parts the whole is answered. */
function treeOf(paths: readonly (readonly string[])[]): FieldTree {
  const byFirst = new Map<string, (readonly string[])[]>();
  for (const [first, ...rest] of paths) {
    if (first !== undefined) byFirst.set(first, [...(byFirst.get(first) ?? []), rest]);
  }
  return new Map(
    [...byFirst].map(([name, rests]) => [
      name,
      rests.some((rest) => rest.length === 0) ? null : treeOf(rests),
    ]),
  );
}

/** How media objects are shown, as query parameters of every route that answers with them. */
export const viewQuery = {
  links: links.openapi({
    type: "string",
    default: "false",
    pattern: `^(true|false|${variantPattern}(,${variantPattern}){0,${mostLinks - 1}})$`,
    description:
      "`true`: adds `links` with a signed link to the thumbnail of size 512 with the fit `cover`. A list of up to " +
      `${mostLinks} thumbnails as SIZE-FIT, such as \`512-cover,1024-contain\`: adds \`links\` with a signed link to each of ` +
      "these thumbnails. The size 2048 goes with `contain` only. The links expire after a day.",
  }),
  fields: fields.optional().openapi({
    type: "string",
    maxLength: longestFields,
    description:
      "The fields to answer with, such as `object_key,intrinsic.width,object_metadata.description`: names separated by " +
      "commas, with dots before inner fields. The answer leaves out all other fields except `id`, the `links` that were " +
      "asked for, and the `highlight` of a search. Names below `object_metadata` may be any. Without `fields` the answer has all fields.",
  }),
};

/** The query of a single media object, which may be in the trash. */
export const itemQuery = z
  .strictObject({
    trashed: flag().openapi({
      description:
        "`true`: only a media object in the trash. `trashed=true` cannot be combined with `links`, because no link leads to the trash.",
    }),
    ...viewQuery,
  })
  .superRefine((query, context) => {
    if (query.trashed && query.links !== "none")
      context.addIssue({ code: "custom", path: ["links"], message: "cannot be combined with trashed=true" });
  });

/** How a query wants to see media objects. */
export function viewOf(query: z.output<z.ZodObject<typeof viewQuery>>): MediaView {
  return { fields: query.fields ?? null, links: query.links };
}
