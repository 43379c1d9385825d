import type { Database } from "../connection.ts";
import { compareKeys } from "../../core/text/key-order.ts";
import { afterPrefix } from "../prefix-range.ts";
import type { MediaFilter } from "./filter.ts";
import { listMedia } from "./list.ts";
import type { MediaOrder, Place } from "./stretch.ts";

/** The record next to another, in one direction. */
export interface Neighbour {
  /** Null where there is none, or none was found. */
  readonly id: string | null;
  /** True where the search for it was given up, as a page that looks at so many records only. */
  readonly capped: boolean;
}

/** The records before and behind another, in the order of a list or of a search. */
export interface Neighbours {
  readonly previous: Neighbour;
  readonly next: Neighbour;
}

const none: Neighbour = { id: null, capped: false };

/** The neighbours that a record has in a list, or would have where its place is. */
export async function listNeighbours(
  db: Database,
  filter: MediaFilter,
  { order, place }: { readonly order: MediaOrder; readonly place: Place },
): Promise<Neighbours> {
  const [previous, next] = await Promise.all([
    before(db, filter, order, place),
    behind(db, filter, order, place),
  ]);
  return { previous, next };
}

async function behind(
  db: Database,
  filter: MediaFilter,
  order: MediaOrder,
  place: Place,
): Promise<Neighbour & { readonly isDated: boolean }> {
  const start = isBeforeAll(filter, order, place)
    ? { offset: 0 }
    : { after: { ...place, skip: 0, lead: null } };
  return firstOf(await listMedia(db, filter, { order, start, limit: 1 }));
}

/**
 * Whether a place comes before the whole list, by what the filter asks of the value sorted by. A walk takes a place that it
 * goes on from for one of the list: it does not look another time for where the list begins.
 */
function isBeforeAll(filter: MediaFilter, { sort, descending }: MediaOrder, { value }: Place): boolean {
  if (value === null) return false;
  if (sort === "taken_at" && filter.without?.includes("taken_at") === true) return true;
  const { from, to } = boundsOf(filter, sort);
  if (descending) return to !== null && compare(value, to) >= 0;
  return from !== null && compare(value, from) < 0;
}

/** Between which values of a sort key the records of a filter lie, the end excluded; null for an open side. */
function boundsOf(
  { prefix, takenAfter, takenBefore, updatedAfter }: MediaFilter,
  sort: MediaOrder["sort"],
): { readonly from: Value | null; readonly to: Value | null } {
  if (sort === "object_key" && prefix !== undefined) return { from: prefix, to: afterPrefix(prefix) };
  if (sort === "taken_at") return { from: takenAfter ?? null, to: takenBefore ?? null };
  return { from: sort === "updated_at" ? (updatedAfter ?? null) : null, to: null };
}

type Value = NonNullable<Place["value"]>;

function compare(a: Value, b: Value): number {
  return typeof a === "number" && typeof b === "number" ? a - b : compareKeys(String(a), String(b));
}

/**
 * Backwards is the list in the other direction, but for records without the value sorted by: they come last in both. Before
 * the first of them is the last of the others; before the first of the others there is nothing.
 */
async function before(
  db: Database,
  filter: MediaFilter,
  order: MediaOrder,
  place: Place,
): Promise<Neighbour> {
  const backwards = { ...order, descending: !order.descending };
  const found = await behind(db, filter, backwards, place);
  if (order.sort !== "taken_at") return found;
  if (place.value !== null) return found.isDated ? found : { ...none, capped: found.capped };
  if (found.id !== null || found.capped) return found;
  const last = firstOf(await listMedia(db, filter, { order: backwards, start: { offset: 0 }, limit: 1 }));
  return last.isDated ? last : { ...none, capped: last.capped };
}

function firstOf({
  items,
  next,
}: Awaited<ReturnType<typeof listMedia>>): Neighbour & { readonly isDated: boolean } {
  const [first] = items;
  if (first === undefined) return { id: null, capped: next !== null, isDated: false };
  return { id: first.media.id, capped: false, isDated: first.position.value !== null };
}
