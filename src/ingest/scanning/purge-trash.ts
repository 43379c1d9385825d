import { createdAtOf } from "../../core/media-id.ts";
import { appErrorOf } from "../../core/errors.ts";
import { hasTrashUpTo, trashUpTo, type TrashedObject } from "../../db/trash/purge.ts";
import { purgeExpired } from "../../media/trash/purge.ts";
import type { NamedTask, PurgeTrashTask } from "../../protocol/messages.ts";
import type { TaskOutcome } from "../../protocol/task-outcome.ts";
import { purgeTrashTask } from "../../protocol/tasks.ts";
import type { Services } from "../../services.ts";

/** How many records a page has: each takes some queries and up to three calls of its storage. */
const pageSize = 50;

const dayMs = 24 * 60 * 60_000;

/** The first task of the nightly purge; none where nothing in the trash is old enough. */
export async function purgeTrashTasks(services: Services): Promise<NamedTask[]> {
  try {
    if (!(await hasTrashUpTo(services.db, expiredAt(services, Date.now())))) return [];
  } catch (cause) {
    // A failure here must not keep the night's ingest from starting; the task looks again.
    services.log.warn("trash.unknown", {}, cause);
  }
  return [purgeTrashTask({ afterTime: 0, afterId: "", page: 0, resting: [] })];
}

/** What was put into the trash up to this time is to go, at a time. */
function expiredAt({ config }: Services, now: number): number {
  return now - config.trashDays * dayMs;
}

/**
 * Handles one page of what had been in the trash for long enough when the run began, the oldest first. A storage that fails
 * keeps none of another's records from going; for its own the page is tried again, which finds only those that are left.
 */
export async function purgeTrash(
  services: Services,
  run: string,
  task: PurgeTrashTask,
): Promise<TaskOutcome> {
  const page = await pageOf(services, run, task);
  const failures = new Map<string, Error>();
  for (const media of page) {
    if (task.resting.includes(media.provider) || failures.has(media.provider)) continue;
    try {
      await purgeExpired(services, media);
    } catch (cause) {
      // The next record would fail in the same way, whatever its storage.
      if (appErrorOf(cause)?.code === "database_unavailable") throw cause;
      services.log.warn("trash.postponed", { media: media.id, provider: media.provider }, cause);
      failures.set(media.provider, cause instanceof Error ? cause : new Error("no purge", { cause }));
    }
  }
  for (const failure of failures.values()) throw failure;
  return { counts: {}, next: afterPage(task, page, task.resting) };
}

/**
 * Skips a page whose attempts have all failed. What it has left is left to the next night, and so are the other records of
 * the providers that it is of: their storage would fail again, page after page.
 */
export async function passOverTrash(
  services: Services,
  run: string,
  task: PurgeTrashTask,
): Promise<TaskOutcome> {
  const page = await pageOf(services, run, task);
  // One that was found elsewhere stays in the trash, however well its storage answers.
  const left = page.filter(({ foundAt }) => foundAt === null).map(({ provider }) => provider);
  const resting = [...new Set([...task.resting, ...left])];
  return { counts: {}, incomplete: true, next: afterPage(task, page, resting) };
}

async function pageOf(
  services: Services,
  run: string,
  { afterTime, afterId }: PurgeTrashTask,
): Promise<TrashedObject[]> {
  const upTo = expiredAt(services, createdAtOf(run));
  return trashUpTo(services.db, { trashedAt: afterTime, id: afterId }, { upTo, limit: pageSize });
}

function afterPage(
  task: PurgeTrashTask,
  page: readonly TrashedObject[],
  resting: readonly string[],
): NamedTask[] {
  const last = page.length < pageSize ? undefined : page.at(-1);
  if (last === undefined) return [];
  const position = { afterTime: last.trashedAt, afterId: last.id, page: task.page + 1 };
  return [purgeTrashTask({ ...position, resting: [...resting] })];
}
