import { findFactsAfter, hasOldFacts, type FactsRow } from "../../db/media/facts.ts";
import { factsVersion } from "../../metadata/facts/facts.ts";
import type { Services } from "../../services.ts";
import type { NamedTask, ScanFactsTask } from "../../protocol/messages.ts";
import type { TaskOutcome } from "../../protocol/task-outcome.ts";
import { processTasks, scanFactsTask } from "../../protocol/tasks.ts";

/** The most records of a page. */
const pageSize = 500;

/**
 * Handles one page of all records: records whose facts are of an older version of the readers are queued. The page writes
 * nothing, so that a second attempt finds the same records until they were processed.
 */
export async function scanFacts(services: Services, task: ScanFactsTask): Promise<TaskOutcome> {
  const rows = await findFactsAfter(services.db, task.afterPk, pageSize);
  const old = rows
    .filter((row) => hasOldFacts(row, factsVersion) && services.providers.has(row.provider))
    .map((row) => row.id);
  const work = processTasks({ page: `facts:${task.page}`, ids: old, since: Date.now(), facts: true });
  return { counts: { scanned: rows.length }, next: [...work, ...afterFacts(task, rows)] };
}

/** Skips a page whose attempts have all failed. */
export async function passOverFacts(services: Services, task: ScanFactsTask): Promise<TaskOutcome> {
  const rows = await findFactsAfter(services.db, task.afterPk, pageSize);
  return { counts: {}, incomplete: true, next: afterFacts(task, rows) };
}

function afterFacts(task: ScanFactsTask, rows: readonly FactsRow[]): NamedTask[] {
  const last = rows.length === pageSize ? rows.at(-1) : undefined;
  return last === undefined ? [] : [scanFactsTask({ afterPk: last.pk, page: task.page + 1 })];
}
