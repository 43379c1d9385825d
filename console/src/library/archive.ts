import type { Tagline } from "tagline-client";
import type { FilterQuery } from "../address/query.ts";
import type { Sort } from "../address/view.ts";
import { photoFields, photoOf, type Photo } from "./photo.ts";

/** How many photos a period has; see `GET /v1/timeline`. */
export interface PeriodCount {
  /** `2024-07`, or `2024-07-14` where days are counted. */
  readonly period: string;
  readonly count: number;
  readonly imprecise: number;
}

/** The photos of a filter by the time they were taken, the newest period first. */
interface Counts {
  readonly items: readonly PeriodCount[];
  readonly undated: number;
  /** Whether there may be more: the oldest period then has too few, and what is older is left out. */
  readonly capped: boolean;
}

/** Which photos in which order; a search, where `q` says something, has an order of its own. */
export interface Listing {
  readonly q: string;
  readonly sort: Sort;
  readonly filters: FilterQuery;
}

/** Where a page begins. */
export type PageStart = { readonly offset: number } | { readonly cursor: string };

/** A page of a listing. It may have fewer photos than were asked for, though more follow. */
export interface ListedPage {
  readonly photos: readonly Photo[];
  /** How many photos the listing has; null where the page begins at a cursor. */
  readonly total: number | null;
  /** Whether `total` is only the least that there is. */
  readonly isTotalCapped: boolean;
  /** Where the next page begins; null at the end. */
  readonly next: string | null;
}

/** What a library asks of the service. Every call throws what `service` throws. */
export interface Archive {
  count(filters: FilterQuery, by: "month" | "day", signal: AbortSignal): Promise<Counts>;
  list(
    listing: Listing,
    page: { readonly start: PageStart; readonly limit: number },
    signal: AbortSignal,
  ): Promise<ListedPage>;
}

/** The archive behind a client. */
export function archiveOf({ api }: Pick<Tagline, "api">): Archive {
  return {
    count: async (filters, by, signal) => {
      const { data } = await api.GET("/v1/timeline", { params: { query: { ...filters, by } }, signal });
      return data;
    },
    list: async ({ q, sort, filters }, { start, limit }, signal) => {
      const query = { ...filters, ...start, limit, fields: photoFields };
      const order = sort === "object_key" ? ("asc" as const) : ("desc" as const);
      const { data } =
        q === ""
          ? await api.GET("/v1/media", { params: { query: { ...query, sort, order } }, signal })
          : await api.GET("/v1/search", { params: { query: { ...query, q } }, signal });
      return {
        photos: data.items.map((item) => photoOf(item)),
        total: data.total,
        isTotalCapped: data.total_capped,
        next: data.next_cursor,
      };
    },
  };
}
