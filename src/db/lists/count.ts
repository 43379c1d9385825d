import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import type { MediaFilter } from "./filter.ts";
import { bitsOf, type CountedThing, type KnownThing } from "./known.ts";
import { filterLeads, sortLead, type Lead } from "./leads.ts";
import { recordsOf } from "./stretch.ts";
import { readTotals, totalIn, type ProviderTotals } from "../media/totals.ts";

/** A count looks at no more records, so that a list never reads the whole table to say how long it is. */
export const totalCap = 10_000;

/** How many records a list has. */
export interface MediaTotal {
  readonly total: number;
  /** True where there may be more. */
  readonly capped: boolean;
}

/** How many records a list has, at least. */
export async function countMedia(db: Database, filter: MediaFilter): Promise<MediaTotal> {
  if (isCounted(filter)) return { total: await countFromCounters(db, filter), capped: false };
  const leads = filterLeads(filter);
  if (leads.length === 0) leads.push(sortLead(filter, "created_at"));
  // Whichever lead comes to its end tells the whole; so each gets its share.
  const looks = leads.map((lead) => looksOf(lead, leads.length));
  const rows = await db.batch(
    leads.map((lead, index) => {
      const looked = recordsOf(lead, (looks[index] ?? 0) + 1);
      return sql`SELECT count(*) AS looked, count(*) FILTER (WHERE ${lead.rest}) AS matched FROM ${looked}`;
    }),
  );
  const counts = rows.flat().map((row, index): MediaTotal => {
    const { looked, matched } = counted.parse(row);
    const most = looks[index] ?? 0;
    return { total: Math.min(matched, most), capped: looked > most };
  });
  return counts.find(({ capped }) => !capped) ?? { total: greatest(counts), capped: true };
}

const counted = z.object({ looked: z.int(), matched: z.int() });

/** A record and its entry in the table of keywords count as one. */
function looksOf(lead: Lead, leads: number): number {
  const rowsEach = lead.spans === null ? lead.rowsEach - 1 : lead.rowsEach;
  return Math.floor(totalCap / (rowsEach * leads));
}

function greatest(counts: readonly MediaTotal[]): number {
  return Math.max(...counts.map(({ total }) => total));
}

/** Provider, state, presence, and what is known are counted by triggers; the rest has to be counted by looking. */
export function isCounted(filter: MediaFilter): boolean {
  const { provider: _provider, state: _state, missing: _missing, keywords, has, without, ...others } = filter;
  if (keywords.length > 0 || Object.values(others).some((value) => value !== undefined)) return false;
  return (has === undefined && without === undefined) || knownCounter(filter) !== null;
}

type Counter = (row: ProviderTotals) => number;

const withOne = {
  description: "withDescription",
  keywords: "withKeywords",
  location: "withLocation",
  taken_at: "withTakenAt",
} as const satisfies Record<CountedThing, keyof ProviderTotals>;

function isUncounted(thing: KnownThing): thing is Exclude<KnownThing, CountedThing> {
  return thing === "sidecar_change" || thing === "suggestions";
}

/** How many records of a provider that are there have or lack what a filter says; null where no counter tells. */
function knownCounter({ has, without, state, missing }: MediaFilter): Counter | null {
  if (state !== undefined || missing !== "false") return null;
  if (has !== undefined && without !== undefined) return null;
  const [first, ...more] = has ?? without ?? [];
  if (first === undefined || isUncounted(first) || more.some(isUncounted)) return null;
  if (more.length === 0) {
    const column = withOne[first];
    return has === undefined ? (row) => totalIn(row, undefined).present - row[column] : (row) => row[column];
  }
  const isWords = without !== undefined && bitsOf(without) === bitsOf(["description", "keywords"]);
  return isWords ? (row) => totalIn(row, undefined).present - row.withWords : null;
}

async function countFromCounters(db: Database, filter: MediaFilter): Promise<number> {
  const { provider, state, missing } = filter;
  const totals = (await readTotals(db)).filter((row) => provider === undefined || row.provider === provider);
  const ofKnown = knownCounter(filter);
  const ofPresence: Counter = (row) => {
    const { present, missing: gone } = totalIn(row, state);
    return (missing === "true" ? 0 : present) + (missing === "false" ? 0 : gone);
  };
  return totals.map(ofKnown ?? ofPresence).reduce((sum, count) => sum + count, 0);
}
