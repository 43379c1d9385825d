import { findIdsAfter } from "../../db/suggestions/want.ts";
import { wantWordsAgain } from "../../media/suggestions/want.ts";
import type { Services } from "../../services.ts";
import type { NamedTask, ScanSuggestionsTask } from "../../protocol/messages.ts";
import type { TaskOutcome } from "../../protocol/task-outcome.ts";
import { scanSuggestionsTask } from "../../protocol/tasks.ts";

/** The most records of a page. */
const pageSize = 500;

/** The first task that has models asked about records that lack words; none where there is no model. */
export function scanSuggestionsTasks({ suggester }: Services): NamedTask[] {
  return suggester === null ? [] : [scanSuggestionsTask({ afterPk: 0, page: 0 })];
}

/** Handles one page of all records: models are asked about those that lack words. A second attempt marks the same. */
export async function scanSuggestions(services: Services, task: ScanSuggestionsTask): Promise<TaskOutcome> {
  const rows = await findIdsAfter(services.db, task.afterPk, pageSize);
  await wantWordsAgain(
    services,
    rows.map(({ id }) => id),
  );
  return { counts: { scanned: rows.length }, next: afterPage(task, rows) };
}

/** Skips a page whose attempts have all failed. */
export async function passOverSuggestions(
  services: Services,
  task: ScanSuggestionsTask,
): Promise<TaskOutcome> {
  const rows = await findIdsAfter(services.db, task.afterPk, pageSize);
  return { counts: {}, incomplete: true, next: afterPage(task, rows) };
}

function afterPage(task: ScanSuggestionsTask, rows: Awaited<ReturnType<typeof findIdsAfter>>): NamedTask[] {
  const last = rows.length === pageSize ? rows.at(-1) : undefined;
  return last === undefined ? [] : [scanSuggestionsTask({ afterPk: last.pk, page: task.page + 1 })];
}
