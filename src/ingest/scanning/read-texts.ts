import { hasUnread, lastUnread, readTexts } from "../../db/search/unread.ts";
import type { Services } from "../../services.ts";
import type { NamedTask, ReadTextsTask } from "../../protocol/messages.ts";
import type { TaskOutcome } from "../../protocol/task-outcome.ts";
import { readTextsTask } from "../../protocol/tasks.ts";

/** How many records one statement reads: each may have 64 KiB of words, and some times that of tokens. */
const recordsAtOnce = 25;

/** How many times a page reads so many. */
const timesAPage = 20;

/** The first task that reads records of older code for full text; none where full text holds every record. */
export async function readTextsTasks(services: Services): Promise<NamedTask[]> {
  try {
    if (!(await hasUnread(services.db))) return [];
  } catch (cause) {
    // A failure here must not keep the run from starting; the task looks again.
    services.log.warn("texts.unknown", {}, cause);
  }
  return [readTextsTask({ afterPk: 0, page: 0 })];
}

/** Handles one page of records that full text does not hold. A second attempt finds those that the first left. */
export async function readUnreadTexts(services: Services, task: ReadTextsTask): Promise<TaskOutcome> {
  let { afterPk } = task;
  for (let time = 0; time < timesAPage; time++) {
    const { lastPk, read } = await readTexts(services.db, afterPk, recordsAtOnce);
    if (lastPk === null || read < recordsAtOnce) return { counts: {}, next: [] };
    afterPk = lastPk;
  }
  return { counts: {}, next: [readTextsTask({ afterPk, page: task.page + 1 })] };
}

/**
 * Goes on after a page whose attempts have all failed. What it has read is read, so that the first records that are left
 * are those of the statement that failed; they are looked for again another night.
 */
export async function passOverTexts(services: Services, task: ReadTextsTask): Promise<TaskOutcome> {
  const lastPk = await lastUnread(services.db, task.afterPk, recordsAtOnce);
  const next = lastPk === null ? [] : [readTextsTask({ afterPk: lastPk, page: task.page + 1 })];
  return { counts: {}, incomplete: true, next };
}
