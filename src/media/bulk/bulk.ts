import type { Database } from "../../db/connection.ts";
import { keepOperation } from "../../db/history/kept-operation.ts";
import type { SelectionPosition } from "../../db/selection/selection.ts";
import type { BulkChange, BulkResult } from "./apply.ts";
import { changeAtOnce, type BulkTarget } from "./at-once.ts";
import { changeByIds } from "./by-ids.ts";
import { changeBySelection, mostResults, type SelectionChange } from "./by-selection.ts";

/** What a call of a bulk change asks for. */
export interface BulkCall extends BulkChange {
  readonly target: BulkTarget;
  /** Whether all records are to be changed or none. */
  readonly atomic: boolean;
  /** Where the call before ended; null for the first one, and for ids. */
  readonly after: SelectionPosition | null;
}

/**
 * Makes one change of many records: each for itself, or all or none. The operation is kept even if it has changed nothing,
 * unless it is only looked at. A call that dies has changed some records whole and others not at all; made again, it
 * changes the rest.
 */
export async function bulkChange(db: Database, call: BulkCall): Promise<SelectionChange> {
  const done = await change(db, call);
  if (!call.dryRun && done.updated === 0) await keepOperation(db, call.authorship);
  return done;
}

async function change(db: Database, { target, atomic, after, ...bulk }: BulkCall): Promise<SelectionChange> {
  if (atomic) return counted(await changeAtOnce(db, target, bulk));
  if ("ids" in target) return counted(await changeByIds(db, target.ids, bulk));
  return changeBySelection(db, target.selection, { ...bulk, after });
}

function counted(results: readonly BulkResult[]): SelectionChange {
  return {
    results: results.slice(0, mostResults),
    matched: results.filter(({ status }) => status !== "not_found").length,
    updated: results.filter(({ status }) => status === "updated").length,
    next: null,
  };
}
