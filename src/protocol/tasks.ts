import type {
  DeclareTask,
  DeltaTask,
  InheritTask,
  ListTask,
  NamedTask,
  PlaceTask,
  ProcessTask,
  PurgeTask,
  PurgeTrashTask,
  ReadTextsTask,
  ScanFactsTask,
  ScanSuggestionsTask,
  ScanTask,
  ScanThumbnailsTask,
  SettleTask,
  SidecarsTask,
  SweepDeletedTask,
  UnlistedTask,
} from "./messages.ts";

/*
 * Every task of a run, and the whole chain. A task that is reported twice counts once, and a page that is handled again
 * leads to the same tasks: both hang on the ids, which are built here and nowhere else. P is the name of a provider, N
 * the number of a page, R how often a listing of changes has begun anew.
 *
 *   an ingest, for each provider                                    a database scan
 *
 *   list:P:N ──────────────┐                                        scan:N
 *   delta:P:R:N ── or ─────┤ (nothing moved or vanished: the end)     │ if thumbnails are asked for
 *        │ full listing    │                                        scan_thumbnails:N
 *     unlisted:P, :P:N ────┤                                          │ if facts are asked for
 *                          ▼                                        scan_facts:N
 *                settle:P, settle:P:N
 *                          │ objects wait for their records         the nightly run, if records were deleted
 *                      place:P:N
 *                          ▼                                        sweep_deleted:N
 *               inherit:P, inherit:P:N                             a nightly run or a scan, after an upgrade
 *                          ▼                                        read_texts:N
 *               declare:P, declare:P:N                             the nightly run, if the trash holds what is to go
 *                          ▼                                        purge_trash:N
 *                 purge:P, purge:P:N                               a scan, if suggestions are asked for
 *                          ▼ sidecars are new, other or gone         scan_suggestions:N
 *                     sidecars:P:N (also at the end of a chain that ends before)
 *
 * Beside what follows it, each page that finds records to process leads to chunks of them: process:PAGE:0, 1, … (PAGE
 * is "P:N" of a list, "P:R:N" of a delta, "P:placed:N", "P:inherited:N", "scan:N", "thumbnails:N" or "facts:N"). A chunk
 * that killed its workers is taken apart into process:PAGE:CHUNK:ID, one record each.
 */

/** The options that a whole ingest of a provider shares. */
type ListingOptions = Pick<ListTask, "provider" | "prefix" | "confirmMissing">;

/** How the progress of a listing begins; ingest/listing/standstill.ts goes on with it. */
export const begun = { standing: 0, anchor: null } as const;

/** The first page of a listing of all keys below a prefix. */
export function firstListTask({ provider, prefix, confirmMissing }: ListingOptions): NamedTask {
  return nextListTask({
    kind: "list",
    provider,
    prefix,
    confirmMissing,
    after: null,
    page: 0,
    scanned: 0,
    ...begun,
  });
}

/** A page of a listing, which the task describes. */
export function nextListTask(task: ListTask): NamedTask {
  return { id: `list:${task.provider}:${task.page}`, task };
}

/** The first page of what a provider tells has changed: of everything where `full`, else since the last run. */
export function firstDeltaTask(options: Pick<DeltaTask, "provider" | "full" | "confirmMissing">): NamedTask {
  const { provider, full, confirmMissing } = options;
  const first = { cursor: null, page: 0, round: 0, listing: "", scanned: 0, ...begun };
  return nextDeltaTask({ kind: "delta", provider, full, confirmMissing, ...first });
}

/** A page of changes, which the task describes. */
export function nextDeltaTask(task: DeltaTask): NamedTask {
  return { id: `delta:${task.provider}:${task.round}:${task.page}`, task };
}

/** What follows the last page of a full listing of changes that goes on from `cursor`. */
export function firstUnlistedTask(task: Omit<DeltaTask, "cursor">, cursor: string): NamedTask {
  const { provider, round, listing, scanned, confirmMissing } = task;
  return {
    id: `unlisted:${provider}`,
    task: { kind: "unlisted", provider, cursor, round, listing, after: "", page: 0, scanned, confirmMissing },
  };
}

/** The records after a path key that a full listing of changes may not have held. */
export function nextUnlistedTask(task: UnlistedTask, after: string): NamedTask {
  const page = task.page + 1;
  return { id: `unlisted:${task.provider}:${page}`, task: { ...task, after, page } };
}

/** What follows when a provider's listing is complete. */
export function firstSettleTask(
  task: Pick<SettleTask, "provider" | "prefix" | "cursor" | "confirmMissing" | "scanned">,
): NamedTask {
  const { provider, prefix, cursor, confirmMissing, scanned } = task;
  const first = { pairing: null, page: 0 };
  return {
    id: `settle:${provider}`,
    task: { kind: "settle", provider, prefix, cursor, confirmMissing, scanned, ...first },
  };
}

/** The sightings from a position on that are not paired yet; the cursor of changes is set down by then. */
export function nextSettleTask(task: SettleTask, pairing: SettleTask["pairing"]): NamedTask {
  const page = task.page + 1;
  return { id: `settle:${task.provider}:${page}`, task: { ...task, cursor: null, pairing, page } };
}

/** What follows when all sightings are paired: each gets its place. */
export function firstPlaceTask({ provider, prefix, confirmMissing }: ListingOptions): NamedTask {
  return {
    id: `place:${provider}:0`,
    task: { kind: "place", provider, prefix, confirmMissing, after: null, page: 0 },
  };
}

/** The sightings after a path key. */
export function nextPlaceTask(task: PlaceTask, after: string): NamedTask {
  const page = task.page + 1;
  return { id: `place:${task.provider}:${page}`, task: { ...task, after, page } };
}

/** What follows when every sighting of a provider has its place. */
export function firstInheritTask({ provider, prefix, confirmMissing }: ListingOptions): NamedTask {
  const first = { phase: "make", from: null, after: "", page: 0 } as const;
  return { id: `inherit:${provider}`, task: { kind: "inherit", provider, prefix, confirmMissing, ...first } };
}

/** The inheritances from a position on, which the task describes; it is the page after the task's. */
export function nextInheritTask(task: InheritTask): NamedTask {
  const page = task.page + 1;
  return { id: `inherit:${task.provider}:${page}`, task: { ...task, page } };
}

/** What follows when every inheritance is made and counted. */
export function firstDeclareTask({ provider, prefix, confirmMissing }: ListingOptions): NamedTask {
  const first = { decision: null, page: 0 };
  return { id: `declare:${provider}`, task: { kind: "declare", provider, prefix, confirmMissing, ...first } };
}

/** What is left to be declared, by the decision of the first of these tasks. */
export function nextDeclareTask(task: DeclareTask, decision: DeclareTask["decision"]): NamedTask {
  const page = task.page + 1;
  return { id: `declare:${task.provider}:${page}`, task: { ...task, decision, page } };
}

/** What follows when everything is declared that is to be. */
export function firstPurgeTask({ provider }: Pick<PurgeTask, "provider">): NamedTask {
  return { id: `purge:${provider}`, task: { kind: "purge", provider, page: 0 } };
}

/** What is left to be purged. */
export function nextPurgeTask(task: PurgeTask): NamedTask {
  const page = task.page + 1;
  return { id: `purge:${task.provider}:${page}`, task: { ...task, page } };
}

/** What follows the last task of a provider, if sidecars are unread. */
export function firstSidecarsTask(provider: string): NamedTask {
  return {
    id: `sidecars:${provider}:0`,
    task: { kind: "sidecars", provider, after: "", within: null, page: 0 },
  };
}

/** The unread sidecars, and photos beside them, after those that were handled. */
export function nextSidecarsTask(
  task: SidecarsTask,
  { after, within }: Pick<SidecarsTask, "after" | "within">,
): NamedTask {
  const page = task.page + 1;
  return { id: `sidecars:${task.provider}:${page}`, task: { ...task, after, within, page } };
}

/** The page of a database scan's waiting records, by its number and by the record before it. */
export function scanTask(task: Omit<ScanTask, "kind">): NamedTask {
  return { id: `scan:${task.page}`, task: { ...task, kind: "scan" } };
}

/** The page of a scan of thumbnails. */
export function scanThumbnailsTask(task: Omit<ScanThumbnailsTask, "kind">): NamedTask {
  return { id: `scan_thumbnails:${task.page}`, task: { ...task, kind: "scan_thumbnails" } };
}

/** The page of a scan for old facts. */
export function scanFactsTask(task: Omit<ScanFactsTask, "kind">): NamedTask {
  return { id: `scan_facts:${task.page}`, task: { ...task, kind: "scan_facts" } };
}

/** The page of records that are read for full text. */
export function readTextsTask(task: Omit<ReadTextsTask, "kind">): NamedTask {
  return { id: `read_texts:${task.page}`, task: { ...task, kind: "read_texts" } };
}

/** The page of records about which models are asked. */
export function scanSuggestionsTask(task: Omit<ScanSuggestionsTask, "kind">): NamedTask {
  return { id: `scan_suggestions:${task.page}`, task: { ...task, kind: "scan_suggestions" } };
}

/** The page of a sweep below the ids of deleted records. */
export function sweepDeletedTask(task: Omit<SweepDeletedTask, "kind">): NamedTask {
  return { id: `sweep_deleted:${task.page}`, task: { ...task, kind: "sweep_deleted" } };
}

/** The page of what goes from the trash for good. */
export function purgeTrashTask(task: Omit<PurgeTrashTask, "kind">): NamedTask {
  return { id: `purge_trash:${task.page}`, task: { ...task, kind: "purge_trash" } };
}

/** How many records a message of work names: few enough to be done well within a consumer's time. */
const chunkSize = 10;

/** Which page's records are to be processed; see the drawing above. */
export interface ChunkedPage extends Pick<ProcessTask, "ids" | "facts" | "words"> {
  readonly page: string;
  /** When they were seen to wait, in milliseconds since the epoch. */
  readonly since: number;
}

/**
 * Cuts ids into tasks of work; the same ids of the same page give tasks of the same names, however often it is handled.
 * With `facts` they are records that are settled, whose facts are old; with `words` they take words of their files.
 */
export function processTasks({ page, ids, since, facts, words }: ChunkedPage): NamedTask[] {
  const tasks: NamedTask[] = [];
  for (let start = 0; start < ids.length; start += chunkSize) {
    tasks.push({
      id: `process:${page}:${start / chunkSize}`,
      task: { kind: "process", ids: ids.slice(start, start + chunkSize), since, facts, words },
    });
  }
  return tasks;
}

/** One task for each record of a chunk that killed its workers. */
export function singleTasks(
  chunkId: string,
  { ids, since, facts, words }: Omit<ChunkedPage, "page" | "ids"> & { readonly ids: readonly string[] },
): NamedTask[] {
  return ids.map((id) => ({
    id: `${chunkId}:${id}`,
    task: { kind: "process", ids: [id], since, facts, words },
  }));
}
