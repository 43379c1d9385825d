import { markDeleted, type Deletion } from "../../db/ingest/gone.ts";
import { knownRowsAt } from "../../db/ingest/known-records.ts";
import { leftBehind } from "../../db/media/reads.ts";
import { pageMarkOf } from "../../db/ingest/listing-marks.ts";
import { findCursor, saveCursor } from "../../db/runs/provider-state.ts";
import { adoptSightings, forgetOlderSightings } from "../../db/ingest/sightings.ts";
import { AppError } from "../../core/errors.ts";
import { providerOf } from "../../media/providers.ts";
import type { Services } from "../../services.ts";
import { isDelta, type DeltaEntry, type DeltaProvider, type ObjectInfo } from "../../storage/provider.ts";
import { compareChangedSidecars } from "./compare-sidecars.ts";
import { comparePage, endedOutcome, pageOutcome, type ComparedPage } from "./compare.ts";
import type { DeltaTask, NamedTask } from "../../protocol/messages.ts";
import { neverEnds, progressAfter } from "./standstill.ts";
import type { TaskOutcome } from "../../protocol/task-outcome.ts";
import { begun, firstSettleTask, firstUnlistedTask, nextDeltaTask } from "../../protocol/tasks.ts";

/** How often a run lists anew because its position holds no more. */
const mostRounds = 3;

/** For whom a page is handled. */
export interface DeltaWork {
  readonly run: string;
  /** See the coordinator's `begin`. */
  readonly token: number;
  readonly isWanted: () => Promise<boolean>;
}

/** A page of changes as it was read, with what it is to be taken for. */
interface ReadPage {
  /** Where it began; null for the beginning. */
  readonly from: string | null;
  /** Everything there is, since there is no position to go on from, or nobody wants one. */
  readonly full: boolean;
  /** Names the attempt at a full listing. */
  readonly listing: string;
  readonly entries: readonly DeltaEntry[];
  /** Where the next page begins. */
  readonly to: string;
  readonly more: boolean;
}

/**
 * Handles one page of what a provider tells has changed: compares it with the records, writes the differences and then
 * the position that they lead to. The order of the steps is what makes it safe: a page may be handled again, after a
 * death or by a later run, and finds what it tells to be so already. Null if nobody waits for the page any more by the
 * time that it is read.
 */
export async function deltaPage(
  services: Services,
  work: DeltaWork,
  task: DeltaTask,
): Promise<TaskOutcome | null> {
  const from = await positionOf(services, task);
  const answer = await deltaProvider(services, task.provider).changes(from);
  if (!(await work.isWanted())) return null;
  if (answer.kind === "reset") return { counts: {}, next: [startAnew(task, from)] };
  const page = readPage(task, work, { from, entries: answer.entries, to: answer.cursor, more: answer.more });
  const objects = await writeDeletions(services, work, task, page);
  if (task.page === 0) await takeOver(services, { provider: task.provider, run: work.run }, page.full);
  const compared = await compareFiles(services, work, task, { ...page, objects });
  await savePositionBefore(services, task, page);
  return outcomeOf(task, page, await withLeftWork(services, work, task, { compared, page }));
}

/** Where the page begins: where the run is, or where the last run has come to. */
async function positionOf(services: Services, task: DeltaTask): Promise<string | null> {
  return task.page > 0 || task.full ? task.cursor : findCursor(services.db, task.provider);
}

/** Without a position everything there is has to be listed. Whoever begins that again may find other things there. */
function readPage(task: DeltaTask, { token }: DeltaWork, read: Omit<ReadPage, "full" | "listing">): ReadPage {
  const full = task.full || read.from === null;
  return { ...read, full, listing: full && task.page === 0 ? String(token) : task.listing };
}

/**
 * Marks what the page deletes and answers what is there after it. Pages tell what has become of the same files one after
 * the other: from here on no earlier worker may write.
 */
async function writeDeletions(
  services: Services,
  { run }: DeltaWork,
  { provider }: DeltaTask,
  { entries }: ReadPage,
): Promise<readonly ObjectInfo[]> {
  const { files, gone } = reduceEntries(entries);
  if (entries.length > 0) await markDeleted(services.db, { provider, run }, gone);
  return files;
}

/** Compares the files of the page with the records, and writes the differences. */
async function compareFiles(
  services: Services,
  { run }: DeltaWork,
  { provider, round, page }: DeltaTask,
  { objects, full, listing }: ReadPage & { readonly objects: readonly ObjectInfo[] },
): Promise<ComparedPage> {
  const pageMark = pageMarkOf({ run, round, attempt: listing, page });
  await compareChangedSidecars(services, { provider, objects, isFull: full, pageMark });
  return comparePage(
    services,
    { run, provider, objects, listedAt: null, isFull: full, pageMark },
    async () => ({
      rows: await knownRowsAt(
        services.db,
        provider,
        objects.map(({ pathKey }) => pathKey),
      ),
      cutAt: null,
    }),
  );
}

/**
 * The page before was reported, so that its work is under way; this page was not reported yet. The position of a full
 * listing counts once the records that the listing did not hold are known.
 */
async function savePositionBefore(services: Services, task: DeltaTask, { full }: ReadPage): Promise<void> {
  const { provider, page, cursor } = task;
  if (full || page === 0 || cursor === null) return;
  await saveCursor(services.db, { provider, cursor, now: Date.now() });
}

/** With what an earlier run was to process and did not, as when it was cancelled: nobody will tell that again. */
async function withLeftWork(
  services: Services,
  { run }: DeltaWork,
  task: DeltaTask,
  { compared, page }: { readonly compared: ComparedPage; readonly page: ReadPage },
): Promise<ComparedPage> {
  const left = page.full || task.page > 0 ? [] : await leftBehind(services.db, task.provider, run);
  return { ...compared, scanned: page.entries.length, waiting: [...compared.waiting, ...left] };
}

/** The outcome of the page, and the task that follows: the next page, or the task after the last page. */
function outcomeOf(task: DeltaTask, page: ReadPage, told: ComparedPage): TaskOutcome {
  const { from, full, listing, more } = page;
  const name = { provider: task.provider, name: `${task.round}:${task.page}` };
  const step = { page: task.page, from, to: more ? page.to : null, isEmpty: told.scanned === 0 };
  const progress = progressAfter(task, step);
  if (progress === null) return endedOutcome(told, name, neverEnds);
  const following = {
    ...task,
    ...progress,
    full,
    listing,
    cursor: page.to,
    page: task.page + 1,
    scanned: task.scanned + told.scanned,
  };
  const outcome = pageOutcome(told, name, more ? nextDeltaTask(following) : atEnd(following));
  return { ...outcome, onlyFromLast: full && task.page === 0 };
}

function deltaProvider(services: Services, name: string): DeltaProvider {
  const provider = providerOf(services, name);
  if (isDelta(provider)) return provider;
  // The configuration of the provider has changed since the run began.
  throw new AppError("storage_unavailable", `The storage provider "${name}" does not tell changes.`);
}

/** A position that holds no more is followed by a full listing; one that cannot even begin is tried again later. */
function startAnew(task: DeltaTask, cursor: string | null): NamedTask {
  if (cursor === null || task.round >= mostRounds)
    throw new AppError(
      "storage_unavailable",
      `The listing of the storage provider "${task.provider}" was interrupted.`,
    );
  return nextDeltaTask({
    ...task,
    ...begun,
    full: true,
    cursor: null,
    page: 0,
    round: task.round + 1,
    listing: "",
  });
}

/** An object that an earlier run has seen still counts only if no later page tells the object again. */
async function takeOver(
  services: Services,
  listing: { readonly provider: string; readonly run: string },
  full: boolean,
): Promise<void> {
  await (full ? forgetOlderSightings(services.db, listing) : adoptSightings(services.db, listing));
}

/** The files that exist after all entries of a page, and the deletions before; entries are told in order. */
function reduceEntries(entries: readonly DeltaEntry[]): { files: ObjectInfo[]; gone: Deletion[] } {
  const files = new Map<string, ObjectInfo>();
  const gone: Deletion[] = [];
  for (const entry of entries) {
    if (entry.kind === "file") {
      gone.push({ path: entry.info.pathKey, what: "children" });
      files.delete(entry.info.pathKey);
      files.set(entry.info.pathKey, entry.info);
    } else if (entry.kind === "folder") {
      gone.push({ path: entry.pathKey, what: "file" });
      files.delete(entry.pathKey);
    } else {
      gone.push({ path: entry.pathKey, what: "both" });
      const below = `${entry.pathKey}/`;
      for (const path of files.keys())
        if (path === entry.pathKey || path.startsWith(below)) files.delete(path);
    }
  }
  return { files: [...files.values()], gone };
}

function atEnd(task: DeltaTask): NamedTask {
  const { full, cursor } = task;
  return full && cursor !== null ? firstUnlistedTask(task, cursor) : firstSettleTask({ ...task, prefix: "" });
}
