import { eq, sql, type SQL } from "drizzle-orm";

import type { Database } from "../connection.ts";
import {
  all,
  conditionsOf,
  isTakenBounded,
  keywordCondition,
  presenceOf,
  stateRange,
  takenRange,
  updatedSince,
  type MediaFilter,
  type SortKey,
} from "./filter.ts";
import { prefixRange, within, type Range } from "../prefix-range.ts";
import { mediaObjects } from "../schema.ts";

/**
 * What leads a query to records: a stretch of an index, or of the table of keywords. SQLite has no statistics to choose
 * by, and its guess would depend on them; so the choice is ours and each query has one plan.
 */
export interface Lead {
  /** The index of `media_objects` that is walked; null for the table of keywords. */
  readonly index: string | null;
  /** What bounds the stretch, without the presence of the object. */
  readonly range: Range;
  /** The presences whose stretches are walked, of an index that begins with them; null for any other. */
  readonly presences: readonly (0 | 1)[] | null;
  /** The list's order in which the walk comes; null for none. */
  readonly order: SortKey | null;
  /** What else the filter asks for: each record that the walk comes by is looked at for this. */
  readonly rest: SQL;
  /** False where every record that the walk comes by belongs to the list. */
  readonly looks: boolean;
  /** How many rows are read for each record that is looked at, at the most. */
  readonly rowsEach: number;
}

const indexOfSort = {
  created_at: "media_objects_by_created",
  updated_at: "media_objects_by_updated",
  taken_at: "media_objects_by_taken",
  object_key: "media_objects_by_key",
  file_size: "media_objects_by_size",
} as const satisfies Record<SortKey, string>;

const everything: Range = { from: undefined, to: undefined };

type Bounds = Pick<Lead, "index" | "range" | "order"> & {
  /** The name of the condition that the stretch bounds. */
  readonly of: string | null;
  readonly byPresence: boolean;
};

/** The whole index of a sort, as it is walked where nothing narrows. */
export function sortLead(filter: MediaFilter, sort: SortKey): Lead {
  const bounds = { of: null, index: indexOfSort[sort], range: everything, order: sort, byPresence: true };
  return leadBy(filter, bounds);
}

/** What may lead by a filter, the one that narrows most in most collections first. */
export function filterLeads(filter: MediaFilter): Lead[] {
  const { keywords, prefix, state, updatedAfter, provider } = filter;
  const ofSort = (of: string, order: SortKey, range: Range): Bounds => {
    return { of, index: indexOfSort[order], range, order, byPresence: true };
  };
  const other = (of: string, index: string, value: SQL): Bounds => {
    return { of, index, range: { from: value, to: undefined }, order: null, byPresence: false };
  };
  const bounds: Bounds[] = keywords.map(keywordBounds);
  if (prefix !== undefined) bounds.push(ofSort("prefix", "object_key", prefixRange(prefix)));
  if (state !== undefined && state !== "ready")
    bounds.push(other("state", "media_objects_unsettled", stateRange(state)));
  if (updatedAfter !== undefined)
    bounds.push(ofSort("updated", "updated_at", { from: updatedSince(updatedAfter), to: undefined }));
  if (isTakenBounded(filter)) bounds.push(ofSort("taken", "taken_at", takenRange(filter)));
  if (provider !== undefined)
    bounds.push(other("provider", "media_objects_path", eq(mediaObjects.provider, provider)));
  return bounds.map((each) => leadBy(filter, each));
}

function keywordBounds(folded: string): Bounds {
  return {
    of: keywordCondition(folded),
    index: null,
    range: { from: sql`media_keywords.folded = ${folded}`, to: undefined },
    order: "created_at",
    byPresence: false,
  };
}

function leadBy(filter: MediaFilter, { of, byPresence, ...bounds }: Bounds): Lead {
  const rest = conditionsOf(filter).filter(
    (each) => each.of !== of && !(byPresence && each.of === "presence"),
  );
  const keywords = filter.keywords.filter((each) => keywordCondition(each) !== of).length;
  return {
    ...bounds,
    presences: byPresence ? presenceOf(filter) : null,
    rest: all(rest.map((each) => each.holds)),
    // A keyword's entry tells nothing of its record, so that has to be looked at in any case.
    looks: rest.length > 0 || bounds.index === null,
    rowsEach: (bounds.index === null ? 2 : 1) + keywords,
  };
}

/** The stretch of a lead as a condition, for queries that need no order. */
export function boundsOf(lead: Lead): SQL {
  if (lead.presences === null) return within(lead.range);
  const presences = sql.join(
    lead.presences.map((each) => sql`${each}`),
    sql`, `,
  );
  return sql`${mediaObjects.isMissing} IN (${presences}) AND ${within(lead.range)}`;
}

/** The table that a lead walks, by its index. */
export function tableOf(lead: Lead): SQL {
  if (lead.index === null) return sql`media_keywords`;
  return sql`media_objects INDEXED BY ${sql.identifier(lead.index)}`;
}

/** How many rows are read to see which lead narrows most. */
export const probedRows = 3000;

/** The lead with the shortest stretch, if there is one of which reading so many rows finds the end. */
export async function shortestLead(
  db: Database,
  leads: readonly Lead[],
  rows = probedRows,
): Promise<number | null> {
  if (leads.length === 0) return null;
  const most = Math.floor(rows / leads.length);
  const counts = leads.map((lead, index) => {
    const entries = sql`SELECT 1 FROM ${tableOf(lead)} WHERE ${boundsOf(lead)} LIMIT ${most + 1}`;
    return sql`(SELECT count(*) FROM (${entries})) AS ${sql.identifier(`n${index}`)}`;
  });
  const [row] = await db.orm.all<Record<string, number>>(sql`SELECT ${sql.join(counts, sql`, `)}`);
  const found = leads.map((_, index) => row?.[`n${index}`] ?? 0);
  const least = Math.min(...found);
  return least > most ? null : found.indexOf(least);
}
