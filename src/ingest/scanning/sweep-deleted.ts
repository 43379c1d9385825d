import {
  deletionsAfter,
  forgetDeletions,
  hasDeletions,
  type RememberedRecord,
} from "../../db/runs/deletions.ts";
import { createdAtOf } from "../../core/media-id.ts";
import type { Services } from "../../services.ts";
import type { NamedTask, SweepDeletedTask } from "../../protocol/messages.ts";
import type { TaskOutcome } from "../../protocol/task-outcome.ts";
import { sweepable } from "./sweepable.ts";
import { sweepDeletedTask } from "../../protocol/tasks.ts";

/** How many deletions a page has: each takes a list, which lasts some tens of milliseconds. */
const pageSize = 100;

/** With so many thumbnails to remove a page is full. */
const maxKeys = 5000;

/** How long a deletion is remembered. A worker that made a thumbnail meanwhile has died, or stored it, long before. */
const rememberedMs = 2 * 24 * 60 * 60_000;

/** The first task of the nightly sweep; none where nothing was deleted lately. */
export async function sweepTasks(services: Services): Promise<NamedTask[]> {
  try {
    if (!(await hasDeletions(services.db))) return [];
  } catch (cause) {
    // A failure here must not keep the night's ingest from starting; the task looks again.
    services.log.warn("deletions.unknown", {}, cause);
  }
  return [sweepDeletedTask({ afterTime: 0, afterId: "", page: 0 })];
}

/**
 * Handles one page of the deletions before the run. A worker that made a thumbnail while its record was deleted, and died
 * before taking the thumbnail back, has left the thumbnail below an id without a record. A deletion is forgotten after
 * two days, but only once its thumbnails were swept, however long that takes. A record that is there again keeps its
 * thumbnails, and one that a relink has hidden the preview that is held for the way back.
 */
export async function sweepDeleted(
  services: Services,
  run: string,
  task: SweepDeletedTask,
): Promise<TaskOutcome> {
  const deletions = await deletionsOf(services, run, task);
  const { keys, swept } = await leftBelow(services, deletions);
  await services.derivatives.removeKeys(keys);
  const oldest = Date.now() - rememberedMs;
  const done = deletions.slice(0, swept);
  await forgetDeletions(
    services.db,
    done.filter(({ deletedAt }) => deletedAt < oldest),
  );
  const isLast = deletions.length < pageSize && swept === deletions.length;
  return { counts: {}, next: isLast ? [] : [taskAfter(task, done.at(-1))] };
}

/** Skips a page whose attempts have all failed; its deletions are kept for the next night. */
export async function passOverDeleted(
  services: Services,
  run: string,
  task: SweepDeletedTask,
): Promise<TaskOutcome> {
  const deletions = await deletionsOf(services, run, task);
  const last = deletions.length < pageSize ? undefined : deletions.at(-1);
  return { counts: {}, incomplete: true, next: last === undefined ? [] : [taskAfter(task, last)] };
}

async function deletionsOf(
  services: Services,
  run: string,
  { afterTime, afterId }: SweepDeletedTask,
): Promise<RememberedRecord[]> {
  const page = { upTo: createdAtOf(run), limit: pageSize };
  return deletionsAfter(services.db, { deletedAt: afterTime, id: afterId }, page);
}

/** The thumbnails that are stored below the ids of deletions, and the number of deletions whose thumbnails are all there. */
async function leftBelow(
  services: Services,
  deletions: readonly RememberedRecord[],
): Promise<{ readonly keys: readonly string[]; readonly swept: number }> {
  const keys: string[] = [];
  for (const [index, { id, isBack }] of deletions.entries()) {
    if (isBack) continue;
    if (keys.length >= maxKeys) return { keys, swept: index };
    const page = await services.derivatives.listOf(id);
    keys.push(...(await sweepable(services, page.objects)).map(({ key }) => key));
    if (!page.complete) return { keys, swept: index };
  }
  return { keys, swept: deletions.length };
}

/** The page after a deletion; the same page once more if no deletion was swept to its end. */
function taskAfter(task: SweepDeletedTask, last: RememberedRecord | undefined): NamedTask {
  const page = task.page + 1;
  const position = last === undefined ? {} : { afterTime: last.deletedAt, afterId: last.id };
  return sweepDeletedTask({ ...task, ...position, page });
}
