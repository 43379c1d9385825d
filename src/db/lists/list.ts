import type { Database } from "../connection.ts";
import { isTakenBounded, type MediaFilter, type SortKey } from "./filter.ts";
import { filterLeads, sortLead } from "./leads.ts";
import type { ShownMedia } from "../media/record.ts";
import { takeFitting, type PageRow } from "../media/rows.ts";
import { walkParts, type Walk } from "./parts.ts";
import { probedRows, shortestLead } from "./probe.ts";
import { placeOf, type MediaOrder, type Part, type Place } from "./stretch.ts";
import { sortStretch } from "./walk.ts";

/** Where a page of a list ended, for the next one to go on. */
export interface MediaPosition extends Place {
  /** How many records of an offset are still to be skipped. */
  readonly skip: number;
  /** Which lead is walked, by its number among those of the filter, −1 for the sort's own; null to choose anew. */
  readonly lead: number | null;
}

/** From where a page is read: after a record, or after so many. */
export type PageStart = { readonly after: MediaPosition } | { readonly offset: number };

/** A record of a page, and where the list goes on behind it. */
export interface Placed<Position> {
  readonly media: ShownMedia;
  readonly position: Position;
}

/**
 * A page of a list. It may hold fewer records than were asked for, since it looks at so many only and has room for so
 * many bytes.
 */
export interface Page<Position> {
  readonly items: readonly Placed<Position>[];
  /** Where the next page begins; null at the end. */
  readonly next: Position | null;
}

/** How many rows a page reads at the most to find its records, as D1 counts them; with an offset twice as many. */
const pageRows = 10_000;

/** Which page of a list: from where, in which order, and how many records at the most. */
export interface PageQuery {
  readonly order: MediaOrder;
  readonly start: PageStart;
  readonly limit: number;
}

/** Reads one page. By position its cost does not grow with its depth. */
export async function listMedia(
  db: Database,
  filter: MediaFilter,
  { order, start, limit }: PageQuery,
): Promise<Page<MediaPosition>> {
  const from = "after" in start ? start.after : { pk: null, skip: start.offset, lead: null };
  const plan = await choosePlan(db, filter, order.sort, from.lead);
  const after = from.pk === null ? null : { value: from.value, pk: from.pk, id: from.id };
  const stretch = { order, after, skip: from.skip, limit: limit + 1 };
  const found =
    plan.way === "sort"
      ? { rows: await sortStretch(db, plan.lead, { ...stretch, part: "all" }), end: null }
      : await walkParts(db, plan, stretch, partsOf(filter, order, after));
  const shown = found.rows.slice(0, limit);
  const { media, taken } = await takeFitting(db, shown);
  const positionOf = (row: PageRow): MediaPosition => {
    return { ...placeOf(row, order.sort), skip: 0, lead: plan.number };
  };
  const items = shown.slice(0, taken).flatMap((row) => {
    const each = media.get(row.pk);
    return each === undefined ? [] : [{ media: each, position: positionOf(row) }];
  });
  const last = shown.at(taken - 1);
  if (last !== undefined && (taken < shown.length || found.rows.length > limit))
    return { items, next: positionOf(last) };
  return { items, next: found.end === null ? null : { ...found.end, lead: plan.number } };
}

interface Plan extends Walk {
  readonly way: "walk" | "sort";
  /** See {@link MediaPosition.lead}. */
  readonly number: number | null;
}

/**
 * Chooses how a page is read: a lead in the list's own order is walked, one with few records is sorted, and where there
 * is neither the index of the sort is walked. A position is one in the list's order, so every way gives the same list.
 */
async function choosePlan(
  db: Database,
  filter: MediaFilter,
  sort: SortKey,
  chosen: number | null,
): Promise<Plan> {
  const leads = filterLeads(filter);
  const walk = (number: number, rows: number): Plan => {
    return { way: "walk", lead: leads[number] ?? sortLead(filter, sort), number, rows };
  };
  const inOrder = leads.findIndex((lead) => lead.orders.includes(sort));
  const [first] = leads;
  if (first?.isShort === true) return { way: "sort", lead: first, number: null, rows: 0 };
  if (chosen !== null) return walk(chosen, pageRows);
  if (leads.length === 0 || (leads.length === 1 && inOrder === 0)) return walk(inOrder, pageRows);
  const shortest = await shortestLead(db, leads);
  const lead = shortest === null ? undefined : leads[shortest];
  if (lead === undefined || shortest === null) return walk(inOrder, pageRows - probedRows);
  if (lead.orders.includes(sort)) return walk(shortest, pageRows - probedRows);
  return { way: "sort", lead, number: null, rows: 0 };
}

/**
 * Records without the sort key come last in both orders. An index sorts them first, so a list by a nullable key is
 * walked in two parts.
 */
function partsOf(filter: MediaFilter, { sort }: MediaOrder, after: Place | null): readonly Part[] {
  if (sort !== "taken_at" || isTakenBounded(filter)) return ["all"];
  if (filter.without?.includes("taken_at") === true) return ["without"];
  if (filter.has?.includes("taken_at") === true) return ["with"];
  return after !== null && after.value === null ? ["without"] : ["with", "without"];
}
