import { filterQueryOf, type FilterQuery } from "../address/query.ts";
import type { Finding } from "../address/view.ts";
import type { Listing, PeriodCount } from "./archive.ts";
import type { Section } from "./library.ts";
import { undatedFilters } from "./outline.ts";
import { dayAfter, monthAfter } from "./periods.ts";

/** How deep into a listing the service jumps by `offset`; what is behind is reached from page to page. */
export const deepestOffset = 10_000;

/** How many photos of several months are asked for as one listing. */
const mostTogether = 1_000;

/** How many photos a page has, and how many where pages may have to be walked one by one. */
const pageSizes = { near: 100, walked: 500 } as const;

/** Photos of a stretch that were counted together. */
export interface Part {
  /** The beginning of their time: a month or a day; null without a date, and where nothing is known of their times. */
  readonly period: string | null;
  readonly first: number;
  readonly count: number;
}

/** A part whose time is known. */
interface DatedPart extends Part {
  readonly period: string;
}

/** Parts that follow one another. */
interface Group {
  readonly newest: DatedPart;
  readonly oldest: DatedPart;
  readonly parts: readonly DatedPart[];
}

/** Photos that stand one behind the other, and are read from one listing in pages of one size. */
export interface Stretch {
  /** The place of its first photo among all. */
  readonly first: number;
  readonly count: number;
  readonly listing: Listing;
  readonly pageSize: number;
  /** In their order, without gaps; together they are the stretch. */
  readonly parts: readonly Part[];
  /** Whether photos follow that nobody has counted. Only the last stretch may be open. */
  readonly isOpen: boolean;
}

/** A page of a stretch. */
export interface Page {
  readonly stretch: Stretch;
  /** From 0. */
  readonly number: number;
  /** The place of its first photo among all; it names the page. */
  readonly first: number;
  /** The place behind its last photo; of an open stretch the page may be only as long as is known. */
  readonly end: number;
}

/** The stretches of counted sections. Months follow one another within a stretch as long as they have few photos. */
export function stretchesOf(finding: Finding, sections: readonly Section[], isOpen: boolean): Stretch[] {
  const dated = sections.flatMap(({ period, first, count }) =>
    period === null ? [] : [{ period, first, count }],
  );
  const stretches = groupsOf(dated).map((group) => datedStretch(finding, group, monthAfter));
  const undated = sections.find((section) => section.period === null);
  if (undated !== undefined)
    stretches.push({ ...stretchOf(listingOf(finding, undatedFilters(finding)), [undated]), isOpen });
  return stretches;
}

/**
 * The stretches of a month whose photos have been counted by day. They are as long as the month was laid out, whatever the
 * archive has become meanwhile.
 */
export function stretchesByDay(finding: Finding, month: Stretch, days: readonly PeriodCount[]): Stretch[] {
  const parts: DatedPart[] = [];
  let room = month.count;
  for (const { period, count } of days) {
    const first = month.first + month.count - room;
    parts.push({ period, first, count: Math.min(count, room) });
    room -= Math.min(count, room);
  }
  const last = parts.pop() ?? { period: `${month.parts[0]?.period}-01`, first: month.first, count: 0 };
  const filled = [...parts, { ...last, count: last.count + room }].filter(({ count }) => count > 0);
  return groupsOf(filled).map((group) => datedStretch(finding, group, dayAfter));
}

/** Whether counting a stretch by day makes its depths nearer: a month that no offset reaches the end of. */
export function isSplittable({ parts, count }: Stretch): boolean {
  const [only, ...others] = parts;
  return count > deepestOffset && others.length === 0 && only?.period?.length === "YYYY-MM".length;
}

/** The one stretch of a finding whose photos are not counted by time. */
export function openStretch(finding: Finding, count: number, isOpen: boolean): Stretch {
  const listing = listingOf(finding, filterQueryOf(finding));
  const parts = [{ period: null, first: 0, count }];
  return { first: 0, count, listing, pageSize: pageSizes.near, parts, isOpen };
}

/** The page that a place of a stretch lies in. */
export function pageAt(stretch: Stretch, place: number): Page {
  return pageOf(stretch, Math.floor((place - stretch.first) / stretch.pageSize));
}

/** A page by its number. */
export function pageOf(stretch: Stretch, number: number): Page {
  const first = stretch.first + number * stretch.pageSize;
  const whole = first + stretch.pageSize;
  return {
    stretch,
    number,
    first,
    end: stretch.isOpen ? whole : Math.min(whole, stretch.first + stretch.count),
  };
}

/** Whether the service jumps to the beginning of a page of a stretch. */
export function isReached({ pageSize }: Stretch, number: number): boolean {
  return number * pageSize <= deepestOffset;
}

function groupsOf(parts: readonly DatedPart[]): Group[] {
  const groups: Group[] = [];
  let room = 0;
  for (const part of parts) {
    const group = groups.at(-1);
    if (group !== undefined && part.count <= room) {
      groups[groups.length - 1] = { ...group, oldest: part, parts: [...group.parts, part] };
      room -= part.count;
    } else {
      groups.push({ newest: part, oldest: part, parts: [part] });
      room = mostTogether - part.count;
    }
  }
  return groups;
}

function datedStretch(
  finding: Finding,
  { newest, oldest, parts }: Group,
  behind: (period: string) => string | null,
): Stretch {
  const next = behind(newest.period);
  const bounds = { after: dayOf(oldest.period), before: next === null ? null : dayOf(next) };
  return stretchOf(listingOf(finding, narrowed(filterQueryOf(finding), bounds)), parts);
}

function stretchOf(listing: Listing, parts: readonly Part[]): Stretch {
  const first = Math.min(...parts.map((part) => part.first));
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const stretch = { first, count, listing, pageSize: pageSizes.near, parts, isOpen: false };
  const isWalked = count > deepestOffset && !isSplittable(stretch);
  return isWalked ? { ...stretch, pageSize: pageSizes.walked } : stretch;
}

function listingOf({ q, sort }: Finding, filters: FilterQuery): Listing {
  return { q, sort, filters };
}

/** The filters with a time between these days, and between their own too. */
function narrowed(
  filters: FilterQuery,
  { after, before }: { readonly after: string; readonly before: string | null },
): FilterQuery {
  const { taken_after: ownAfter = after, taken_before: ownBefore = before } = filters;
  const latest = ownAfter > after ? ownAfter : after;
  const earliest = before === null || (ownBefore !== null && ownBefore < before) ? ownBefore : before;
  return { ...filters, taken_after: latest, ...(earliest === null ? {} : { taken_before: earliest }) };
}

function dayOf(period: string): string {
  return `${period}-01`.slice(0, "YYYY-MM-DD".length);
}
