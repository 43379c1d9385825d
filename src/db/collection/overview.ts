import { sql } from "drizzle-orm";

import type { Database } from "../connection.ts";
import { readTotals, totalIn, type ProviderTotals } from "../media/totals.ts";
import type { MediaState } from "../schema.ts";

/** How many records are there, and how many are missing. */
export interface Presence {
  readonly present: number;
  readonly missing: number;
}

/** How many of the records that are there lack something; `words` counts those without a description and keywords. */
export interface Lacking {
  readonly description: number;
  readonly keywords: number;
  readonly words: number;
  readonly location: number;
  readonly takenAt: number;
}

/** The whole collection in numbers. */
export interface Overview extends Presence {
  readonly trashed: number;
  /** The records that are there, by state. */
  readonly byState: Readonly<Record<MediaState, number>>;
  readonly without: Lacking;
  /** By name; without those that have no record any more. */
  readonly byProvider: ReadonlyMap<string, Presence>;
}

/** How many records that are there have open suggestions, as triggers count them. */
export async function countSuggestions(db: Database): Promise<number> {
  const [row] = await db.orm.all<{ open: number }>(sql`SELECT open FROM suggestion_totals`);
  return row?.open ?? 0;
}

/** Adds up the counters of the providers: one row is read for each of them, whatever the number of records. */
export async function readOverview(db: Database): Promise<Overview> {
  const rows = await readTotals(db);
  const sum = (of: (row: ProviderTotals) => number): number =>
    rows.reduce((total, row) => total + of(row), 0);
  const present = sum((row) => totalIn(row, undefined).present);
  const presences = rows.map((row) => [row.provider, totalIn(row, undefined)] as const);
  return {
    present,
    missing: sum((row) => totalIn(row, undefined).missing),
    trashed: sum((row) => row.trashed),
    byState: {
      pending: sum((row) => row.pending),
      ready: sum((row) => row.ready),
      failed: sum((row) => row.failed),
      unsupported: sum((row) => row.unsupported),
    },
    without: {
      description: present - sum((row) => row.withDescription),
      keywords: present - sum((row) => row.withKeywords),
      words: present - sum((row) => row.withWords),
      location: present - sum((row) => row.withLocation),
      takenAt: present - sum((row) => row.withTakenAt),
    },
    byProvider: new Map(presences.filter(([, { present: here, missing }]) => here + missing > 0)),
  };
}
