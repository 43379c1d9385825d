import type { Database } from "./connection.ts";
import type { MediaFilter, SortKey } from "./media-filter.ts";
import { filterLeads, probedRows, shortestLead, sortLead, type Lead } from "./media-leads.ts";
import type { ShownMedia } from "./media-object.ts";
import { takeFitting, type PageRow } from "./media-rows.ts";
import {
  glanceAtStretch,
  placeOf,
  readStretch,
  searchStretch,
  sortStretch,
  walkStretch,
  type MediaOrder,
  type Part,
  type Place,
  type Stretch,
  type Walked,
} from "./media-walk.ts";

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

/** Reads one page. By position its cost does not grow with its depth. */
export async function listMedia(
  db: Database,
  filter: MediaFilter,
  order: MediaOrder,
  start: PageStart,
  limit: number,
): Promise<Page<MediaPosition>> {
  const from = "after" in start ? start.after : { value: null, pk: null, skip: start.offset, lead: null };
  const plan = await choosePlan(db, filter, order.sort, from.lead);
  const after = from.pk === null ? null : { value: from.value, pk: from.pk };
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

interface Plan {
  readonly way: "walk" | "sort";
  readonly lead: Lead;
  /** See {@link MediaPosition.lead}. */
  readonly number: number | null;
  /** How many rows the walk may read. */
  readonly rows: number;
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
  const inOrder = leads.findIndex((lead) => lead.order === sort);
  if (chosen !== null) return walk(chosen, pageRows);
  if (leads.length === 0 || (leads.length === 1 && inOrder === 0)) return walk(inOrder, pageRows);
  const shortest = await shortestLead(db, leads);
  const lead = shortest === null ? undefined : leads[shortest];
  if (lead === undefined || shortest === null) return walk(inOrder, pageRows - probedRows);
  if (lead.order === sort) return walk(shortest, pageRows - probedRows);
  return { way: "sort", lead, number: null, rows: 0 };
}

/**
 * Records without the sort key come last in both orders. An index sorts them first, so a list by a nullable key is
 * walked in two parts.
 */
function partsOf(filter: MediaFilter, { sort }: MediaOrder, after: Place | null): readonly Part[] {
  const undatedAreOut = filter.takenAfter !== undefined || filter.takenBefore !== undefined;
  if (sort !== "taken_at" || undatedAreOut) return ["all"];
  return after !== null && after.value === null ? ["without"] : ["with", "without"];
}

interface Found {
  /** Up to as many as were asked for. */
  readonly rows: PageRow[];
  /** Where the walk ended before the list did; null where it did not. */
  readonly end: (Place & { readonly skip: number }) | null;
}

async function walkParts(
  db: Database,
  plan: Plan,
  whole: Omit<Stretch, "part">,
  parts: readonly Part[],
): Promise<Found> {
  const rows: PageRow[] = [];
  const { lead } = plan;
  let looks = looksOf(plan, parts.length * glancedLooks(whole.limit));
  let { skip, after } = whole;
  for (const part of parts) {
    const stretch = { ...whole, part, after, skip, limit: whole.limit - rows.length };
    if (!lead.looks) {
      const read = await readStretch(db, lead, stretch);
      rows.push(...read);
      skip = read.length > 0 || part !== "with" ? 0 : (await skipAhead(db, lead, stretch)).skip;
    } else {
      const ahead = await skipAhead(db, lead, stretch);
      ({ skip } = ahead);
      if (ahead.way === "ended") return { rows, end: { ...ahead.after, skip } };
      if (ahead.way === "found") {
        const walked = await findInStretch(db, lead, { ...stretch, after: ahead.after }, looks);
        rows.push(...walked.rows);
        if (walked.end === null) break;
        const { looked, last } = walked.end;
        if (looked === looks && last !== null) return { rows, end: { ...last, skip } };
        looks = Math.max(1, looks - looked);
      }
    }
    if (rows.length >= whole.limit) break;
    after = null;
  }
  return { rows, end: null };
}

/** However much each record costs, a page gets on by so many. */
const leastLooks = 100;

/** At how many records a walk looks; at each of them twice where it ends early, and at those of its first glances before. */
function looksOf({ rows, lead }: Plan, glanced: number): number {
  return Math.max(leastLooks, Math.floor((rows / lead.rowsEach - glanced) / 2));
}

/** A page looks at first at somewhat more records than it shows. */
function glancedLooks(limit: number): number {
  return 2 * limit + 100;
}

async function findInStretch(db: Database, lead: Lead, stretch: Stretch, looks: number): Promise<Walked> {
  const glanced = Math.min(looks, glancedLooks(stretch.limit));
  const { rows, exhausted } = await glanceAtStretch(db, lead, stretch, glanced);
  if (rows.length >= stretch.limit) return { rows, end: null };
  if (exhausted) return { rows, end: { looked: glanced - 1, matched: rows.length, last: null } };
  return walkStretch(db, lead, stretch, looks);
}

/** How many records are looked at to skip an offset. */
const skippedLooks = 10_000;

/** How many at first: offsets are mostly small. */
const firstLooks = 1000;

type Ahead =
  /** Where the page begins. */
  | { readonly way: "found"; readonly after: Place | null; readonly skip: 0 }
  /** The part of the list is shorter than the offset. */
  | { readonly way: "exhausted"; readonly skip: number }
  /** Too much was looked at. */
  | { readonly way: "ended"; readonly after: Place; readonly skip: number };

/** Skips the records of an offset, by looking at more and more. */
async function skipAhead(db: Database, lead: Lead, stretch: Stretch): Promise<Ahead> {
  const most = Math.floor(skippedLooks / Math.max(1, lead.rowsEach - 1));
  let { after, skip } = stretch;
  let looked = 0;
  while (skip > 0) {
    const looks = Math.min(most - looked, Math.max(firstLooks, skip, 2 * looked));
    const end = await searchStretch(db, lead, { ...stretch, after, skip }, looks);
    looked += end.looked;
    if (end.last === null) return { way: "exhausted", skip };
    if (end.matched >= skip) return { way: "found", after: end.last, skip: 0 };
    skip -= end.matched;
    if (end.looked < looks) return { way: "exhausted", skip };
    if (looked >= most) return { way: "ended", after: end.last, skip };
    after = end.last;
  }
  return { way: "found", after, skip: 0 };
}
