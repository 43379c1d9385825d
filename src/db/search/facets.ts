import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import { totalCap, type MediaTotal } from "../lists/count.ts";
import { existingPks } from "../media/by-pk.ts";
import { mediaObjects } from "../schema.ts";
import { lookBelow, matchesBelow, ofGroup, walked } from "./matches.ts";
import type { SearchPlan } from "./plan.ts";

/** What of the found records can be counted. */
export const facetNames = ["keywords", "content_type", "camera", "year"] as const;

/** One of {@link facetNames}. */
export type FacetName = (typeof facetNames)[number];

/** How many of the found records have a value. */
export interface FacetValue {
  readonly value: string;
  readonly count: number;
}

/** How many values of a facet are told: those that most records have. */
export const facetValues = 50;

/** The newest records that a search finds, whatever their group: as many as may be counted. */
export interface CountedMatches extends MediaTotal {
  readonly pks: readonly number[];
}

/** So many missing records may be left out of a count by their row ids. */
const mostMissing = 1000;

const totalRow = z.object({ missing: z.int(), matches: z.int(), present: z.int() });

/**
 * How many records a search finds, up to so many that are looked at. Mostly a record only has to be there, and few are
 * missing: then these are left out, and no record is looked at.
 */
export async function totalOf(db: Database, plan: SearchPlan): Promise<MediaTotal> {
  if (!plan.asksPresence) return countMatches(db, plan);
  const [row] = await db.orm.all(sql`
    WITH gone(pk) AS MATERIALIZED (
      SELECT pk FROM media_objects INDEXED BY media_objects_by_created WHERE is_missing = 1 LIMIT ${mostMissing + 1}
    )
    SELECT (SELECT count(*) FROM gone) AS missing, count(*) AS matches,
      count(*) FILTER (WHERE walked.rowid NOT IN (SELECT pk FROM gone)) AS present
    FROM (${walked(plan.match, plan, { below: null, count: totalCap + 1 })}) walked`);
  const { missing, matches, present } = totalRow.parse(row);
  if (missing > mostMissing) return countMatches(db, plan);
  return { total: Math.min(present, totalCap), capped: matches > totalCap };
}

/** Counts what a search finds, and tells which records, up to so many that are looked at. */
export async function countMatches(db: Database, plan: SearchPlan): Promise<CountedMatches> {
  const most = Math.floor(totalCap / plan.rowsEach);
  const looked = await lookBelow(db, plan.match, plan, { below: null, count: most + 1 });
  const capped = looked.matches > most;
  const pks = capped ? looked.pks.filter((pk) => pk !== looked.last) : looked.pks;
  return { pks, total: pks.length, capped };
}

/** How many records that only suggestions find are counted: each is looked for by itself. */
const mostSuggested = 1000;

/** How many records a search finds by words that are only suggested. */
export async function countSuggested(db: Database, plan: SearchPlan): Promise<MediaTotal> {
  const group = plan.groups.find(({ index }) => index === "suggestion_search");
  if (group === undefined) return { total: 0, capped: false };
  const stretch = { below: null, count: mostSuggested + 1 };
  const matches = await matchesBelow(db, group.match, { ...plan, ...group }, stretch);
  const only = await ofGroup(db, group, plan, matches.slice(0, mostSuggested));
  const there = await existingPks(db, only, group.holds);
  return { total: there.length, capped: matches.length > mostSuggested };
}

const found = z.object({ value: z.string(), count: z.int() });

/** Where the values of a facet stand. */
interface Values {
  /** What is joined to each record, for values that are not in its row. */
  readonly joined?: SQL;
  /** Null for none. Spellings of one value are the same here. */
  readonly value: SQL;
  /** The spelling that was used last, by the value; the same as in the lists of names. */
  readonly spelling?: SQL;
}

const valuesOf = {
  keywords: {
    joined: sql` CROSS JOIN json_each(${mediaObjects.foldedKeywords}) keyword`,
    value: sql`keyword.value`,
    spelling: sql`(SELECT keyword FROM keywords WHERE folded = counted.value)`,
  },
  content_type: { value: sql`${mediaObjects.contentType}` },
  camera: {
    value: sql`lower(${mediaObjects.camera})`,
    spelling: sql`(SELECT camera FROM cameras WHERE folded = counted.value)`,
  },
  year: { value: sql`substr(${mediaObjects.bestTakenAt}, 1, 4)` },
} as const satisfies Record<FacetName, Values>;

/** The values of a facet among records, the commonest first, and of those that are as common in their order. */
export async function facetOf(db: Database, name: FacetName, pks: readonly number[]): Promise<FacetValue[]> {
  const rows = sql`json_each(${JSON.stringify(pks)}) wanted
    CROSS JOIN media_objects ON ${mediaObjects.pk} = wanted.value`;
  const { joined = sql``, value, spelling = sql`NULL` }: Values = valuesOf[name];
  const answered = await db.orm.all(sql`
    SELECT coalesce(${spelling}, counted.value) AS value, counted.count AS count FROM (
      SELECT ${value} AS value, count(*) AS count FROM ${rows}${joined}
      WHERE ${value} IS NOT NULL GROUP BY 1 ORDER BY count DESC, value LIMIT ${facetValues}
    ) counted ORDER BY counted.count DESC, counted.value`);
  return answered.map((row) => found.parse(row));
}
