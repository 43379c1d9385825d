import { z } from "@hono/zod-openapi";

import { isMediaId } from "../../core/media-id.ts";
import type { MediaFilter } from "../../db/lists/filter.ts";
import { knownThings, type Box } from "../../db/lists/known.ts";

/** The most ids that a list is asked for. */
export const mostIds = 200;

/**
 * How long an object key or the beginning of one may be in a query, in characters: as long as a path of Dropbox, since
 * storage may hold longer keys than an upload may have.
 */
export const longestKey = 4096;

/** The most values of `has` or `without` that are read; more than there are things says nothing new. */
const mostThings = 20;

const things = z
  .union(
    [z.enum(knownThings), z.array(z.enum(knownThings)).max(mostThings)],
    `must be one of ${knownThings.join(", ")}; at most ${mostThings} values`,
  )
  .transform((given) => {
    const all = new Set([given].flat());
    return knownThings.filter((thing) => all.has(thing));
  });

const thing = { type: "string" as const, enum: [...knownThings] };
const ofThings = { type: "array" as const, items: thing, maxItems: mostThings };

const idText = z.string().max(64);

/** An id that is none is the id of no record. */
const ids = z
  .union([idText, z.array(idText).max(mostIds)], `must be at most ${mostIds} ids of at most 64 characters`)
  .transform((given) => {
    const valid = [given].flat().filter(isMediaId);
    return [...new Set(valid.map((id) => id.toLowerCase()))].toSorted();
  });

const boxForm = "must be SOUTH,WEST,NORTH,EAST in degrees, such as 47.2,5.9,55.1,15.1";
const decimal = /^-?\d+(?:\.\d+)?(?:[eE][-+]?\d{1,3})?$/;

const box = z
  .string()
  .max(200, boxForm)
  .transform((text, context): Box => {
    const refuse = (message: string): Box => {
      context.addIssue({ code: "custom", message });
      return z.NEVER;
    };
    const parts = text.split(",");
    const [south, west, north, east, ...more] = parts.map(Number);
    if (south === undefined || west === undefined || north === undefined || east === undefined)
      return refuse(boxForm);
    if (more.length > 0 || !parts.every((part) => decimal.test(part))) return refuse(boxForm);
    if (![south, north].every((degrees) => Math.abs(degrees) <= 90))
      return refuse("has a latitude that is not between -90 and 90");
    if (![west, east].every((degrees) => Math.abs(degrees) <= 180))
      return refuse("has a longitude that is not between -180 and 180");
    if (south > north) return refuse("has a south that is greater than its north");
    return { south, west, north, east };
  });

/** The filters that find what has or lacks something, lies somewhere, or is named outright. */
export const findingQuery = {
  id: ids.optional().openapi({
    type: "array",
    items: { type: "string", maxLength: 64 },
    maxItems: mostIds,
    description:
      "Only the media object with this id. With several `id` parameters the list has all of them; ids of no media object are left out. The ids do not decide the order.",
  }),
  object_key: z.string().min(1).max(longestKey).optional().openapi({
    description:
      "Only media objects with exactly this object key. Several storage providers may have the same object key.",
  }),
  has: things.optional().openapi({
    ...ofThings,
    description:
      "Only media objects of which this is known: a description, at least one keyword, a place (`place`) or a time (`taken`). `sidecar_change` finds media objects whose `sidecar` has `changed`, `suggestions` those with suggestions. With several `has` parameters all of them must be known.",
  }),
  without: things.optional().openapi({
    ...ofThings,
    description:
      "Only media objects of which this is not known. With several `without` parameters none of them may be known.",
  }),
  within: box.optional().openapi({
    type: "string",
    description:
      "Only media objects whose place (`place`) lies in this box: SOUTH,WEST,NORTH,EAST in degrees, such as `47.2,5.9,55.1,15.1`. The edges belong to the box. If WEST is greater than EAST, the box goes over the 180th meridian.",
  }),
};

type FindingQuery = z.output<z.ZodObject<typeof findingQuery>>;

/** The part of a filter that these parameters ask for. */
export function findingFilterOf(
  query: FindingQuery,
): Pick<MediaFilter, "ids" | "objectKey" | "has" | "without" | "within"> {
  return {
    ids: query.id,
    objectKey: query.object_key,
    has: query.has,
    without: query.without,
    within: query.within,
  };
}
