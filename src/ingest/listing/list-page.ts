import { knownRows } from "../../db/ingest/known-records.ts";
import { forgetOlderSightings } from "../../db/ingest/sightings.ts";
import { compareKeys } from "../../core/text/key-order.ts";
import { providerOf } from "../../media/providers.ts";
import type { Services } from "../../services.ts";
import { compareSidecars } from "./compare-sidecars.ts";
import { comparePage, endedOutcome, pageOutcome, type ComparedPage } from "./compare.ts";
import type { ListTask } from "../../protocol/messages.ts";
import { neverEnds, progressAfter } from "./standstill.ts";
import type { TaskOutcome } from "../../protocol/task-outcome.ts";
import { firstSettleTask, nextListTask } from "../../protocol/tasks.ts";

/** How many objects a page has; R2 lists no more at a time. */
const pageSize = 1000;

/**
 * Handles one page of a listing: reads it, compares it with the records in its stretch of keys, writes the differences,
 * and answers the work that follows. After a death in the middle the page is handled again: what the first attempt has
 * written carries this run's mark and is counted and queued as it would have been. Null if nobody waits for the page any
 * more by the time that it is read; then nothing is written.
 */
export async function listPage(
  services: Services,
  run: string,
  task: ListTask,
  isWanted: () => Promise<boolean>,
): Promise<TaskOutcome | null> {
  const provider = providerOf(services, task.provider);
  const listedAt = Date.now();
  const page = await provider.list({ prefix: task.prefix, after: task.after, limit: pageSize });
  // The provider may have taken so long that the run has ended, and another one lists the same objects now.
  if (!(await isWanted())) return null;
  if (task.page === 0) await forgetOlderSightings(services.db, { provider: task.provider, run });
  const { provider: name, prefix, after } = task;
  const { next: upTo } = page;
  // Objects with keys of earlier pages were compared with those pages.
  const objects = page.objects.filter(({ pathKey }) => after === null || compareKeys(pathKey, after) > 0);
  const compared = await comparePage(
    services,
    { run, provider: name, objects, listedAt, isFull: false, pageMark: null },
    async () => knownRows(services.db, { provider: name, prefix, after, upTo }),
  );
  const end = compared.cutAt ?? upTo;
  const stretch = { provider: name, prefix, after, upTo: end };
  await compareSidecars(services, { ...stretch, objects: page.objects, listedAt });
  return outcomeOf(task, compared, end);
}

/** The outcome of the page, and the task that follows: the next page, or the task after the last page. */
function outcomeOf(task: ListTask, compared: ComparedPage, end: string | null): TaskOutcome {
  const { provider, after, page } = task;
  const isBehind = end !== null && after !== null && compareKeys(end, after) < 0;
  // A page that was cut for its records is empty through no fault of the storage.
  const isEmpty = compared.scanned === 0 && compared.cutAt === null;
  const step = { page, from: after, to: isBehind ? after : end, isEmpty };
  const progress = progressAfter(task, step);
  const name = { provider, name: String(page) };
  if (progress === null) return endedOutcome(compared, name, neverEnds);
  const following = {
    ...task,
    ...progress,
    after: step.to,
    page: page + 1,
    scanned: task.scanned + compared.scanned,
  };
  const isLast = step.to === null;
  const next = isLast ? firstSettleTask({ ...following, cursor: null }) : nextListTask(following);
  return pageOutcome(compared, name, next);
}
