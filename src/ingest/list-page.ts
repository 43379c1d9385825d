import { knownRows } from "../db/ingest-rows.ts";
import { forgetOlderSightings } from "../db/sightings.ts";
import { providerOf } from "../media/providers.ts";
import type { Services } from "../services.ts";
import { comparePage, pageOutcome } from "./compare.ts";
import type { ListTask, NamedTask } from "./messages.ts";
import type { TaskOutcome } from "./task-outcome.ts";

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
  const { objects, next: upTo } = page;
  const compared = await comparePage(
    services,
    { run, provider: name, objects, listedAt, gone: [], isFull: false, mark: null },
    async () => knownRows(services.db, { provider: name, prefix, after, upTo }),
  );
  const scanned = objects.length;
  const next = following(task, upTo, task.scanned + scanned);
  return pageOutcome(compared, { provider: name, name: String(task.page), scanned, next });
}

/** The next page, or after the last one what is only known when the listing is complete. */
function following(task: ListTask, next: string | null, scanned: number): NamedTask {
  if (next !== null) {
    const page = task.page + 1;
    return { id: `list:${task.provider}:${page}`, task: { ...task, after: next, page, scanned } };
  }
  const { provider, prefix, confirmMissing } = task;
  return {
    id: `settle:${provider}`,
    task: { kind: "settle", provider, prefix, cursor: null, confirmMissing, scanned },
  };
}
