import { eq, sql, type SQL } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";

import {
  all,
  asksSidecarChange,
  asksSuggestions,
  conditionsOf,
  isContradictory,
  isTakenBounded,
  keywordCondition,
  lackingParts,
  presenceOf,
  sidecarCondition,
  stateRange,
  suggestionsCondition,
  takenRange,
  updatedSince,
  type MediaFilter,
  type SortKey,
} from "./filter.ts";
import { prefixRange, type Range } from "../prefix-range.ts";
import { mediaObjects } from "../schema.ts";
import {
  belongsToSpans,
  lackingSpans,
  sidecarChangeSpans,
  spanOf,
  spanOfIds,
  spansByPresence,
  type Span,
} from "./spans.ts";

/**
 * What leads a query to records: pieces of an index, or a table that has entries of theirs by their ids. SQLite has no
 * statistics to choose by, and its guess would depend on them; so the choice is ours and each query has one plan.
 */
export interface Lead {
  /** What is walked; null for a table of entries. */
  readonly spans: readonly Span[] | null;
  /** The table of entries with `media_id` and `media_pk`, where there are no spans. */
  readonly table: SQL;
  /** What bounds the walk besides, in the order of the index. */
  readonly range: Range;
  /** The list's orders in which the walk comes. */
  readonly orders: readonly SortKey[];
  /** What else the filter asks for: each record that the walk comes by is looked at for this. */
  readonly rest: SQL;
  /**
   * Whether the walk comes by records that do not belong to the list: `never`; `seldom`, so that what is shown is best
   * read at once; or perhaps `always`.
   */
  readonly strays: "never" | "seldom" | "always";
  /** Columns that `rest` may look at and that are computed from the words of each record, which costs time. */
  readonly computed: readonly SQLiteColumn[];
  /** How many rows are read for each record that is looked at, at the most. */
  readonly rowsEach: number;
  /** True where it leads to a few records, whatever is stored: they are sorted and not walked. */
  readonly isShort: boolean;
}

const indexOfSort = {
  created_at: "media_objects_by_created",
  updated_at: "media_objects_by_updated",
  taken_at: "media_objects_by_taken",
  object_key: "media_objects_by_key",
  file_size: "media_objects_by_size",
} as const satisfies Record<SortKey, string>;

const everything: Range = { from: undefined, to: undefined };

type Bounds = Pick<Lead, "spans" | "range" | "orders"> & {
  /** The name of the condition that the walk bounds. */
  readonly of: string | null;
  readonly byPresence: boolean;
  /** Holds of the entries that belong to the lead, where it comes by others. */
  readonly belongs?: SQL;
  readonly table?: SQL;
  /** How many rows an entry takes beside its record's. */
  readonly rowsEntry?: number;
  readonly isShort?: boolean;
};

/** The whole index of a sort, as it is walked where nothing narrows. */
export function sortLead(filter: MediaFilter, sort: SortKey): Lead {
  return leadBy(filter, ofSort(filter, { of: null, sort, range: everything }));
}

/** What may lead by a filter, the one that narrows most in most collections first. */
export function filterLeads(filter: MediaFilter): Lead[] {
  const { keywords, prefix, state, updatedAfter, provider } = filter;
  const short = shortBounds(filter);
  if (short !== null) return [leadBy(filter, short)];
  const bounds: Bounds[] = keywords.map(keywordBounds);
  if (asksSidecarChange(filter))
    bounds.push({
      of: sidecarCondition,
      spans: sidecarChangeSpans(filter),
      range: everything,
      orders: ["created_at"],
      byPresence: true,
    });
  bounds.push(...suggestionBounds(filter));
  if (prefix !== undefined)
    bounds.push(ofSort(filter, { of: "prefix", sort: "object_key", range: prefixRange(prefix) }));
  if (state !== undefined && state !== "ready")
    bounds.push({ ...other("state", "media_objects_unsettled", stateRange(state)), orders: ["created_at"] });
  bounds.push(...lackingBounds(filter));
  if (updatedAfter !== undefined)
    bounds.push(
      ofSort(filter, {
        of: "updated",
        sort: "updated_at",
        range: { from: updatedSince(updatedAfter), to: undefined },
      }),
    );
  if (isTakenBounded(filter))
    bounds.push(ofSort(filter, { of: "taken", sort: "taken_at", range: takenRange(filter) }));
  if (provider !== undefined)
    bounds.push(other("provider", "media_objects_path", eq(mediaObjects.provider, provider)));
  return bounds.map((each) => leadBy(filter, each));
}

/** A few records that are named outright; nobody's where a filter contradicts itself. */
function shortBounds(filter: MediaFilter): Bounds | null {
  const { objectKey } = filter;
  const ids = isContradictory(filter) ? [] : filter.ids;
  if (ids !== undefined)
    return {
      of: "ids",
      spans: [spanOfIds(ids)],
      range: everything,
      orders: [],
      byPresence: false,
      isShort: true,
    };
  if (objectKey === undefined) return null;
  const range = { from: eq(mediaObjects.objectKey, objectKey), to: undefined };
  return { ...ofSort(filter, { of: "object key", sort: "object_key", range }), isShort: true };
}

function ofSort(
  filter: MediaFilter,
  { of, sort, range }: { readonly of: string | null; readonly sort: SortKey; readonly range: Range },
): Bounds {
  return { of, spans: spansByPresence(indexOfSort[sort], filter), range, orders: [sort], byPresence: true };
}

function other(of: string, index: string, holds: SQL): Bounds {
  return { of, spans: [spanOf(index, holds)], range: everything, orders: [], byPresence: false };
}

function lackingBounds(filter: MediaFilter): Bounds[] {
  return lackingParts.flatMap((of): Bounds[] => {
    const spans = lackingSpans(of, filter);
    if (spans.length === 0) return [];
    // What has no time comes by its creation in that order too.
    const orders =
      of === "lacks taken_at" ? (["created_at", "taken_at"] as const) : (["created_at"] as const);
    const bounds = { of, spans, range: everything, orders, byPresence: true };
    return [
      spans.some((span) => span.onlyFresh) ? { ...bounds, belongs: belongsToSpans(of, filter) } : bounds,
    ];
  });
}

function keywordBounds(folded: string): Bounds {
  return {
    of: keywordCondition(folded),
    spans: null,
    range: { from: sql`media_keywords.folded = ${folded}`, to: undefined },
    orders: ["created_at"],
    byPresence: false,
  };
}

/** By their index, which has one presence after the other: both together would have to be sorted. */
function suggestionBounds(filter: MediaFilter): Bounds[] {
  const [missing, ...both] = presenceOf(filter);
  if (!asksSuggestions(filter) || missing === undefined || both.length > 0) return [];
  const open = sql`suggestions.state = 'open' AND suggestions.is_missing = ${sql.raw(String(missing))}`;
  return [
    {
      of: suggestionsCondition,
      spans: null,
      table: sql`suggestions INDEXED BY suggestions_open`,
      // What is in the trash has no row id.
      range: { from: sql`${open} AND suggestions.media_pk IS NOT NULL`, to: undefined },
      orders: ["created_at"],
      byPresence: true,
      rowsEntry: 2,
    },
  ];
}

function leadBy(
  filter: MediaFilter,
  { of, byPresence, belongs, isShort = false, table = sql`media_keywords`, rowsEntry = 1, ...bounds }: Bounds,
): Lead {
  const rest = conditionsOf(filter)
    .filter((each) => each.of !== of && !(byPresence && each.of === "presence"))
    .map((each) => each.holds);
  const keywords = filter.keywords.filter((each) => keywordCondition(each) !== of).length;
  const isSuggested = [...(filter.has ?? []), ...(filter.without ?? [])].includes("suggestions");
  const elsewhere = keywords + (isSuggested && of !== suggestionsCondition ? 1 : 0);
  return {
    ...bounds,
    table,
    rest: all(belongs === undefined ? rest : [belongs, ...rest]),
    // A keyword's entry tells nothing of its record, so that has to be looked at in any case.
    strays: rest.length > 0 || bounds.spans === null ? "always" : belongs === undefined ? "never" : "seldom",
    computed: computedFor(filter),
    rowsEach: (bounds.spans === null ? 1 + rowsEntry : 1) + elsewhere,
    isShort,
  };
}

function computedFor({ has, without, within }: MediaFilter): SQLiteColumn[] {
  const { known, width, bestLatitude, bestLongitude, sidecarChanged } = mediaObjects;
  const asksOfSidecar = [...(has ?? []), ...(without ?? [])].includes("sidecar_change");
  return [
    ...(has === undefined && without === undefined ? [] : [known, width]),
    ...(asksOfSidecar ? [sidecarChanged] : []),
    ...(within === undefined ? [] : [bestLatitude, bestLongitude]),
  ];
}
