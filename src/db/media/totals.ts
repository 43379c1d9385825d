import type { Database } from "../connection.ts";
import { mediaStates, mediaTotals, type MediaState } from "../schema.ts";

/** The counters of a provider, as triggers keep them. */
export type ProviderTotals = typeof mediaTotals.$inferSelect;

/** The counters of all providers that ever had a record: one row each. */
export async function readTotals(db: Database): Promise<ProviderTotals[]> {
  return db.orm.select().from(mediaTotals);
}

const missingColumn = {
  pending: "missingPending",
  ready: "missingReady",
  failed: "missingFailed",
  unsupported: "missingUnsupported",
} as const satisfies Record<MediaState, keyof ProviderTotals>;

/** How many records of a provider are there and how many are missing, in one state or in all. */
export function totalIn(
  row: ProviderTotals,
  state: MediaState | undefined,
): { readonly present: number; readonly missing: number } {
  const states: readonly MediaState[] = state === undefined ? mediaStates : [state];
  return {
    present: states.reduce((sum, each) => sum + row[each], 0),
    missing: states.reduce((sum, each) => sum + row[missingColumn[each]], 0),
  };
}
