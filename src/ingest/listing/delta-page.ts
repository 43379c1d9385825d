import { markGone, type Gone } from "../../db/ingest/gone.ts";
import { knownRowsAt } from "../../db/ingest/known-records.ts";
import { leftBehind } from "../../db/media/reads.ts";
import { pageMark } from "../../db/ingest/new-records.ts";
import { findCursor, markUnlisted, saveCursor } from "../../db/runs/provider-state.ts";
import { adoptSightings, forgetOlderSightings, forgetUnlisted } from "../../db/ingest/sightings.ts";
import { AppError } from "../../core/errors.ts";
import { providerOf } from "../../media/providers.ts";
import type { Services } from "../../services.ts";
import { isDelta, type DeltaEntry, type DeltaProvider, type ObjectInfo } from "../../storage/provider.ts";
import { comparePage, endedOutcome, pageOutcome } from "./compare.ts";
import type { DeltaTask, NamedTask, UnlistedTask } from "../../protocol/messages.ts";
import { begun, neverEnds, progressAfter } from "./standstill.ts";
import { settleTask, type TaskOutcome } from "../../protocol/task-outcome.ts";

/** How often a run lists anew because its position holds no more. */
const mostRounds = 3;

/** For whom a page is handled. */
export interface DeltaWork {
  readonly run: string;
  /** See the coordinator's `begin`. */
  readonly token: number;
  readonly isWanted: () => Promise<boolean>;
}

/** The first task for a provider that tells changes: all there is where `full`, else what is new since the last run. */
export function deltaTask(options: Pick<DeltaTask, "provider" | "full" | "confirmMissing">): NamedTask {
  const first = { cursor: null, page: 0, round: 0, listing: "", scanned: 0, ...begun };
  return named({ kind: "delta", ...options, ...first });
}

/**
 * Handles one page of what a provider tells has changed: compares it with the records, writes the differences and then
 * the position that they lead to. A page may be handled again, after a death or by a later run: what it tells is found
 * to be so already. Null if nobody waits for the page any more by the time that it is read.
 */
export async function deltaPage(
  services: Services,
  { run, token, isWanted }: DeltaWork,
  task: DeltaTask,
): Promise<TaskOutcome | null> {
  const { provider } = task;
  const cursor = task.page > 0 || task.full ? task.cursor : await findCursor(services.db, provider);
  // Without a position everything there is has to be listed.
  const full = task.full || cursor === null;
  const page = await deltaProvider(services, provider).changes(cursor);
  if (!(await isWanted())) return null;
  if (page.kind === "reset") return { counts: {}, next: [startAnew(task, cursor)] };
  const { files: objects, gone } = reduceEntries(page.entries);
  // Pages tell what has become of the same files one after the other: from here on no earlier worker may write.
  if (page.entries.length > 0) await markGone(services.db, { provider, run }, gone);
  // Whoever begins a listing again, after a death too, may find other things there.
  const begins = full && task.page === 0;
  const listing = begins ? String(token) : task.listing;
  if (task.page === 0) await takeOver(services, { provider, run }, full);
  const compared = await comparePage(
    services,
    {
      run,
      provider,
      objects,
      listedAt: null,
      isFull: full,
      mark: pageMark({ run, round: task.round, listing, page: task.page }),
    },
    async () => ({ rows: await knownRowsAt(services.db, provider, objects.map(pathOf)), cutAt: null }),
  );
  // What this page follows has been reported, so that its work is under way; of this one nobody knows yet. The position
  // of a full listing counts when it is known what the listing did not hold.
  if (!full && task.page > 0 && task.cursor !== null)
    await saveCursor(services.db, { provider, cursor: task.cursor, now: Date.now() });
  // What an earlier run was to process and did not, as when it was cancelled, nobody will tell again.
  const left = full || task.page > 0 ? [] : await leftBehind(services.db, provider, run);
  const told = { ...compared, scanned: page.entries.length, waiting: [...compared.waiting, ...left] };
  const name = { provider, name: `${task.round}:${task.page}` };
  const to = page.more ? page.cursor : null;
  const progress = progressAfter(task, { page: task.page, from: cursor, to, isEmpty: told.scanned === 0 });
  if (progress === null) return endedOutcome(told, name, neverEnds);
  const following = {
    ...task,
    ...progress,
    full,
    listing,
    cursor: page.cursor,
    page: task.page + 1,
    scanned: task.scanned + told.scanned,
  };
  const outcome = pageOutcome(told, name, page.more ? named(following) : atEnd(following));
  return { ...outcome, onlyFromLast: begins };
}

function pathOf({ pathKey }: ObjectInfo): string {
  return pathKey;
}

/** Handles the end of a full listing: what it did not hold has vanished, and from here on changes are asked for. */
export async function markUnlistedRecords(
  services: Services,
  run: string,
  task: UnlistedTask,
): Promise<TaskOutcome> {
  const { provider, cursor, round, listing } = task;
  if (task.page === 0) await forgetUnlisted(services.db, { provider, run, round, listing });
  const after = await markUnlisted(services.db, { provider, run, round, listing }, task.after);
  if (after !== null) return { counts: {}, next: [nextUnlisted(task, after)] };
  await saveCursor(services.db, { provider, cursor, now: Date.now() });
  return { counts: {}, next: [settleTask({ ...task, prefix: "", cursor: null })] };
}

function nextUnlisted(task: UnlistedTask, after: string): NamedTask {
  const page = task.page + 1;
  return { id: `unlisted:${task.provider}:${page}`, task: { ...task, after, page } };
}

function deltaProvider(services: Services, name: string): DeltaProvider {
  const provider = providerOf(services, name);
  if (isDelta(provider)) return provider;
  // Its configuration has changed since the run began.
  throw new AppError("storage_unavailable", `The storage provider "${name}" does not tell changes.`);
}

/** A position that holds no more is followed by a full listing; one that cannot even begin is tried again later. */
function startAnew(task: DeltaTask, cursor: string | null): NamedTask {
  if (cursor === null || task.round >= mostRounds)
    throw new AppError(
      "storage_unavailable",
      `The listing of the provider "${task.provider}" was broken off.`,
    );
  return named({ ...task, ...begun, full: true, cursor: null, page: 0, round: task.round + 1, listing: "" });
}

/** What earlier runs have seen counts on only where nobody will tell it again. */
async function takeOver(
  services: Services,
  listing: { readonly provider: string; readonly run: string },
  full: boolean,
): Promise<void> {
  await (full ? forgetOlderSightings(services.db, listing) : adoptSightings(services.db, listing));
}

/** What is there after all entries of a page, and what is gone before that; entries are told in order. */
function reduceEntries(entries: readonly DeltaEntry[]): { files: ObjectInfo[]; gone: Gone[] } {
  const files = new Map<string, ObjectInfo>();
  const gone: Gone[] = [];
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

function named(task: DeltaTask): NamedTask {
  return { id: `delta:${task.provider}:${task.round}:${task.page}`, task };
}

function atEnd(task: DeltaTask): NamedTask {
  const { provider, full, cursor, round, listing, scanned, confirmMissing } = task;
  if (!full || cursor === null) return settleTask({ ...task, prefix: "" });
  const first = { after: "", page: 0, scanned, confirmMissing };
  return {
    id: `unlisted:${provider}`,
    task: { kind: "unlisted", provider, cursor, round, listing, ...first },
  };
}
