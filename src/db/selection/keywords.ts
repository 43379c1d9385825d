import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import { totalCap } from "../lists/count.ts";
import { isOneOf } from "../lists/filter.ts";
import { filterLeads, sortLead, type Lead } from "../lists/leads.ts";
import { shortestLead } from "../lists/probe.ts";
import { recordsOf } from "../lists/stretch.ts";
import { parseRowIds } from "../media/by-pk.ts";
import { mediaObjects } from "../schema.ts";
import { countMatches } from "../search/facets.ts";
import { planSearch } from "../search/plan.ts";
import type { Selection } from "./selection.ts";

/** Records by their row ids. */
export interface SelectedPks {
  readonly pks: readonly number[];
  /** True where there may be more of them. */
  readonly capped: boolean;
}

/** The records with these ids that there are. */
export async function pksOfIds(db: Database, ids: readonly string[]): Promise<SelectedPks> {
  const [row] = await db.orm.all<{ pks: string }>(sql`
    SELECT json_group_array(${mediaObjects.pk}) AS pks FROM media_objects WHERE ${isOneOf(ids)}`);
  return { pks: parseRowIds(row?.pks), capped: false };
}

const lookedAt = z.object({ looked: z.int(), pks: z.string() });

/** The records of a selection, of which no more than 10,000 are looked at. */
export async function pksOfSelection(db: Database, { filter, query }: Selection): Promise<SelectedPks> {
  if (query.terms.length > 0) return countMatches(db, planSearch(query, filter));
  const leads = filterLeads(filter);
  const lead =
    leads[leads.length > 1 ? ((await shortestLead(db, leads)) ?? 0) : 0] ?? sortLead(filter, "created_at");
  const looks = looksOf(lead);
  const [row] = await db.orm.all(sql`
    SELECT count(*) AS looked, json_group_array(media_objects.pk) FILTER (WHERE ${lead.rest}) AS pks
    FROM ${recordsOf(lead, looks + 1)}`);
  const { looked, pks } = lookedAt.parse(row);
  return { pks: parseRowIds(pks).slice(0, looks), capped: looked > looks };
}

/** A record and its entry in the table of keywords count as one. */
function looksOf(lead: Lead): number {
  return Math.floor(totalCap / (lead.spans === null ? lead.rowsEach - 1 : lead.rowsEach));
}

const keywordRow = z.object({ keyword: z.string(), count: z.int() });

/** A keyword and how many records have it. */
export type KeywordCount = Readonly<z.infer<typeof keywordRow>>;

/** The keywords that most of these records have, in the spelling that was used last; case and accents do not count. */
export async function keywordsAmong(
  db: Database,
  pks: readonly number[],
  limit: number,
): Promise<KeywordCount[]> {
  const rows = await db.orm.all(sql`
    SELECT coalesce((SELECT keyword FROM keywords WHERE folded = counted.value), counted.value) AS keyword,
      counted.count AS count
    FROM (
      SELECT keyword.value AS value, count(*) AS count FROM json_each(${JSON.stringify(pks)}) wanted
      CROSS JOIN media_objects ON ${mediaObjects.pk} = wanted.value
      CROSS JOIN json_each(${mediaObjects.foldedKeywords}) keyword
      GROUP BY 1 ORDER BY count DESC, value LIMIT ${limit}
    ) counted ORDER BY counted.count DESC, counted.value`);
  return rows.map((row) => keywordRow.parse(row));
}
