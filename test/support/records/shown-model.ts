import type { SortKey } from "../../../src/db/lists/filter.ts";
import type { Box, KnownThing } from "../../../src/db/lists/known.ts";
import type { MediaPage } from "../http/answers.ts";
import { compareBytes } from "./list-model.ts";

/** A media object as clients see it. */
export type ShownItem = MediaPage["items"][number];

/** Whether something is known of a media object, by what its answer says. */
export const isKnown: Readonly<Record<KnownThing, (item: ShownItem) => boolean>> = {
  description: (item) => (item.object_metadata["description"] ?? "") !== "",
  keywords: (item) => [item.object_metadata["keywords"] ?? []].flat().length > 0,
  location: (item) => item.place !== null,
  taken_at: (item) => item.taken !== null,
  sidecar_change: (item) => item.sidecar?.changed === true,
  suggestions: (item) => item.suggestions !== null,
};

/** Whether a place lies in a box: by how far east of its western edge it is, on a globe. */
export function liesInBox({ place }: ShownItem, { south, west, north, east }: Box): boolean {
  if (place === null || place.latitude < south || place.latitude > north) return false;
  const width = east >= west ? east - west : east - west + 360;
  const eastwards = (((place.longitude - west) % 360) + 360) % 360;
  return eastwards <= width;
}

const sortValue: Readonly<Record<SortKey, (item: ShownItem) => string | number | null>> = {
  created_at: (item) => item.id,
  updated_at: (item) => item.updated_at,
  taken_at: (item) => item.taken?.at ?? null,
  object_key: (item) => item.object_key,
  file_size: (item) => item.file_size,
};

/** Sorts media objects that come in the order of their creation as the list does: without the key last, then by creation. */
export function sortedItems(items: readonly ShownItem[], sort: SortKey, order: "asc" | "desc"): ShownItem[] {
  const sign = order === "asc" ? 1 : -1;
  return items.toSorted((a, b) => {
    const [left, right] = [sortValue[sort](a), sortValue[sort](b)];
    if ((left === null) !== (right === null)) return left === null ? 1 : -1;
    const byValue =
      typeof left === "number" && typeof right === "number"
        ? left - right
        : compareBytes(String(left), String(right));
    return sign * (byValue || compareBytes(a.id, b.id));
  });
}
