import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import { conditionsOf, type MediaFilter } from "../lists/filter.ts";
import { filterLeads, sortLead, type Lead } from "../lists/leads.ts";
import { probedRows, shortestLead } from "../lists/probe.ts";
import { boundedEntries, lookedAtFrom, recordsOf } from "../lists/stretch.ts";
import type { SearchPlan } from "../search/plan.ts";
import { type dayAxes, mediaDays, mediaObjects, mediaTotals } from "../schema.ts";

/** The time by which records are counted. */
export type TimelineAxis = (typeof dayAxes)[number];

/** How long a period may be. */
export const periodKinds = ["year", "month", "day"] as const;

/** How many characters of a day name the period that it belongs to. */
const nameLengths = { year: 4, month: 7, day: 10 } as const satisfies Record<
  (typeof periodKinds)[number],
  number
>;

/** The periods of a timeline: by which time, and how long each of them is. */
export interface Periods {
  readonly of: TimelineAxis;
  readonly by: (typeof periodKinds)[number];
}

/** How many records belong to a period. */
export interface Period {
  /** `2024`, `2024-07` or `2024-07-14`. */
  readonly period: string;
  readonly count: number;
  /** How many of them are known only to the year. */
  readonly imprecise: number;
}

/** The records by period. */
export interface Timeline {
  /** The newest first. */
  readonly items: readonly Period[];
  readonly undated: number;
  /** True where there may be more, and every count is the least that there is. */
  readonly capped: boolean;
}

/** A timeline with filters looks at no more records. */
export const timelineCap = 100_000;

/** Counts the records of a filter by period. `most` is {@link timelineCap}, and less only in tests. */
export async function readTimeline(
  db: Database,
  filter: MediaFilter,
  periods: Periods,
  most = timelineCap,
): Promise<Timeline> {
  if (isWhole(filter)) return readCounters(db, periods);
  return countFiltered(db, filter, periods, most);
}

/** True where the filter asks for nothing but that the objects are there: such records are counted by triggers. */
function isWhole(filter: MediaFilter): boolean {
  return filter.missing === "false" && conditionsOf(filter).every(({ of }) => of === "presence");
}

async function readCounters(db: Database, { of, by }: Periods): Promise<Timeline> {
  const undated = sql`coalesce(sum(pending + ready + failed + unsupported - with_taken_at), 0)`;
  const [periods = [], [rest] = []] = await db.batch([
    sql`SELECT substr(${mediaDays.day}, 1, ${nameLengths[by]}) AS period, sum(${mediaDays.count}) AS count,
        sum(${mediaDays.imprecise}) AS imprecise
      FROM ${mediaDays} WHERE ${mediaDays.axis} = ${of} GROUP BY 1 ORDER BY 1 DESC`,
    of === "taken_at" ? sql`SELECT ${undated} AS undated FROM ${mediaTotals}` : sql`SELECT 0 AS undated`,
  ]);
  return {
    items: counters.parse(periods),
    undated: z.object({ undated: z.int() }).parse(rest).undated,
    capped: false,
  };
}

const counters = z.array(z.object({ period: z.string(), count: z.int(), imprecise: z.int() }));

/** Which records are looked at to count those that belong to a list. */
interface Looks {
  /** The records, no more than one beyond `most`, under the name of their table: of what {@link dayOf} reads. */
  readonly records: SQL;
  /** What else must hold of each of them. */
  readonly rest: SQL;
  readonly most: number;
}

/** What of a record tells its day, and what tells that only its year is known. */
const dayOf = {
  taken_at: { day: sql`media_objects.best_taken_at`, also: mediaObjects.isTakenInYear },
  created_at: { day: sql`media_objects.created_on`, also: mediaObjects.createdOn },
} as const;

/**
 * Looks at the records of a filter. The stretch that comes to its end within the bounds tells all. Where none does, the
 * newest records are looked at, so that all counts but those of the oldest periods are right.
 */
async function countFiltered(
  db: Database,
  filter: MediaFilter,
  periods: Periods,
  most: number,
): Promise<Timeline> {
  const leads = filterLeads(filter);
  const newestFirst = leads.find((lead) => lead.orders.includes(periods.of)) ?? sortLead(filter, periods.of);
  const shortest = await chooseLead(db, leads, most);
  if (shortest !== null && shortest !== newestFirst) {
    const timeline = await countByLooking(db, looksBy(shortest, periods.of, most), periods);
    if (!timeline.capped) return timeline;
  }
  return countByLooking(db, looksBy(newestFirst, periods.of, most), periods);
}

/** Counts what a search finds by period: of too many the records that were made last. */
export async function readSearchTimeline(
  db: Database,
  plan: SearchPlan,
  periods: Periods,
  most = timelineCap,
): Promise<Timeline> {
  const looks = Math.floor(most / plan.rowsEach);
  const matches = sql`SELECT rowid AS pk FROM media_search
    WHERE media_search MATCH ${plan.match}${plan.narrowed} ORDER BY rowid DESC LIMIT ${looks + 1}`;
  const records = sql`(${matches}) matched CROSS JOIN media_objects ON ${mediaObjects.pk} = matched.pk`;
  return countByLooking(db, { records, rest: plan.holds, most: looks }, periods);
}

/** The lead whose stretch is likely to come to its end, if there is one. */
async function chooseLead(db: Database, leads: readonly Lead[], most: number): Promise<Lead | null> {
  // Whether the stretch of a single lead ends is seen by counting along it.
  if (leads.length <= 1) return leads[0] ?? null;
  // Few records are found to be few by reading a few, so that more are read only where it must be.
  const found =
    (await shortestLead(db, leads, Math.min(probedRows, most))) ?? (await shortestLead(db, leads, most));
  return found === null ? null : (leads[found] ?? null);
}

function looksBy(lead: Lead, of: TimelineAxis, most: number): Looks {
  // A record and its entry in the table of keywords count as one, and so does each look for another keyword.
  const looks = Math.floor(most / (lead.spans === null ? lead.rowsEach - 1 : lead.rowsEach));
  const columns = [dayOf[of].also];
  const newestFirst = { order: { sort: of, descending: true }, part: "all", after: null } as const;
  const records = lead.orders.includes(of)
    ? lookedAtFrom(lead, boundedEntries(lead, newestFirst, looks + 1, columns))
    : recordsOf(lead, looks + 1, columns);
  return { records, rest: lead.rest, most: looks };
}

/**
 * Counts the records that are looked at, whatever has led to them. The periods of all come as one text of at most 14 bytes
 * each, which is less than the 2 MB that D1 allows: `GROUP BY` would sort them, and D1 counts each row once more for that.
 */
async function countByLooking(
  db: Database,
  { records, rest, most }: Looks,
  { of, by }: Periods,
): Promise<Timeline> {
  const period = sql`substr(${dayOf[of].day}, 1, ${nameLengths[by]})`;
  const marked =
    of === "taken_at"
      ? sql`CASE WHEN media_objects.is_taken_in_year THEN ${period} || '~' ELSE ${period} END`
      : period;
  const [row] = await db.orm.all(sql`
    SELECT json_group_array(CASE WHEN ${rest} THEN ${marked} ELSE '' END) AS looked FROM ${records}`);
  const looked = periodsLookedAt.parse(JSON.parse(lookedAt.parse(row).looked));
  // The one beyond tells that there are more.
  const found = looked.slice(0, most).filter((each) => each !== "");
  return { ...tally(found), capped: looked.length > most };
}

const lookedAt = z.object({ looked: z.string() });
/** The period of each record that was looked at, null for none, and empty for one that does not belong to the list. */
const periodsLookedAt = z.array(z.string().nullable());

/** Counts periods by their names: null for none, with `~` behind one of which no more than the year is known. */
function tally(names: readonly (string | null)[]): Omit<Timeline, "capped"> {
  const found = new Map<string, { count: number; imprecise: number }>();
  let undated = 0;
  for (const name of names) {
    if (name === null) undated += 1;
    else {
      const isImprecise = name.endsWith("~");
      const period = isImprecise ? name.slice(0, -1) : name;
      const { count, imprecise } = found.get(period) ?? { count: 0, imprecise: 0 };
      found.set(period, { count: count + 1, imprecise: imprecise + (isImprecise ? 1 : 0) });
    }
  }
  const items = Array.from(found, ([period, counts]) => ({ period, ...counts }));
  return { items: items.toSorted((a, b) => (a.period < b.period ? 1 : -1)), undated };
}
