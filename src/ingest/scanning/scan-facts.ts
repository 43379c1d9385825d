import { findFactsAfter, hasOldFacts, type FactsRow } from "../../db/media/facts.ts";
import { factsVersion } from "../../metadata/facts/facts.ts";
import type { Services } from "../../services.ts";
import type { NamedTask, ScanFactsTask } from "../../protocol/messages.ts";
import type { TaskOutcome } from "../../protocol/task-outcome.ts";
import { processTasks, scanFactsTask } from "../../protocol/tasks.ts";

/** How many records a page has. */
const pageSize = 500;

/**
 * Handles one page of all records: those whose facts are of an older version of the readers are put to work. Nothing is
 * written, so that a page that is handled again finds the same, until the work itself is done.
 */
export async function scanFacts(services: Services, task: ScanFactsTask): Promise<TaskOutcome> {
  const rows = await findFactsAfter(services.db, task.afterPk, pageSize);
  const old = rows
    .filter((row) => hasOldFacts(row, factsVersion) && services.providers.has(row.provider))
    .map((row) => row.id);
  const work = processTasks({ page: `facts:${task.page}`, ids: old, since: Date.now(), facts: true });
  return { counts: { scanned: rows.length }, next: [...work, ...afterFacts(task, rows)] };
}

/** Passes over a page that could not be handled however often it was tried. */
export async function passOverFacts(services: Services, task: ScanFactsTask): Promise<TaskOutcome> {
  const rows = await findFactsAfter(services.db, task.afterPk, pageSize);
  return { counts: {}, incomplete: true, next: afterFacts(task, rows) };
}

function afterFacts(task: ScanFactsTask, rows: readonly FactsRow[]): NamedTask[] {
  const last = rows.length === pageSize ? rows.at(-1) : undefined;
  return last === undefined ? [] : [scanFactsTask({ afterPk: last.pk, page: task.page + 1 })];
}
