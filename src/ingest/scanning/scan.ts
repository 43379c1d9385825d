import { compareKeys } from "../../core/text/key-order.ts";
import type { Database } from "../../db/connection.ts";
import { findMediaAfter, unfinishedMedia } from "../../db/media/reads.ts";
import { reopenThumbnails, retryFailed } from "../../db/runs/scan.ts";
import { previewVariant, variantName } from "../../media/thumbnails/variant.ts";
import { hasPreview } from "../../media/thumbnails/version.ts";
import type { Services } from "../../services.ts";
import type { NamedTask, ScanTask, ScanThumbnailsTask } from "../../protocol/messages.ts";
import { storedStretch, type Stretch } from "./stored-stretch.ts";
import { sweepable } from "./sweepable.ts";
import type { TaskOutcome } from "../../protocol/task-outcome.ts";
import { processTasks, scanFactsTask, scanTask, scanThumbnailsTask } from "../../protocol/tasks.ts";

/** How many records a page of a scan has. */
const pageSize = 500;

/** Handles one page of records that wait or, if asked, have failed: the records are queued again. */
export async function scanRecords(services: Services, task: ScanTask): Promise<TaskOutcome> {
  const rows = await recordsOf(services.db, task);
  const failed = rows.filter((row) => row.state === "failed").map((row) => row.id);
  if (failed.length > 0) await retryFailed(services.db, failed, Date.now());
  const work = processTasks({
    page: `scan:${task.page}`,
    ids: rows.map((row) => row.id),
    since: Date.now(),
    facts: false,
  });
  return { counts: { scanned: rows.length }, next: [...work, ...afterRecords(task, rows)] };
}

/** Skips a page whose attempts have all failed, so that the records behind the page are still scanned. */
export async function passOverRecords(services: Services, task: ScanTask): Promise<TaskOutcome> {
  return { counts: {}, incomplete: true, next: afterRecords(task, await recordsOf(services.db, task)) };
}

type WaitingRecords = Awaited<ReturnType<typeof unfinishedMedia>>;

async function recordsOf(db: Database, task: ScanTask): Promise<WaitingRecords> {
  const pending = await unfinishedMedia(db, "pending", task.afterId, pageSize);
  if (!task.retryFailed) return pending;
  const failed = await unfinishedMedia(db, "failed", task.afterId, pageSize);
  return [...pending, ...failed].toSorted((a, b) => compareKeys(a.id, b.id)).slice(0, pageSize);
}

/** Previews come after all records that wait, so that no record is queued for both reasons. */
function afterRecords(task: ScanTask, rows: WaitingRecords): NamedTask[] {
  const last = rows.length === pageSize ? rows.at(-1) : undefined;
  if (last !== undefined) return [scanTask({ ...task, afterId: last.id, page: task.page + 1 })];
  if (!task.thumbnails) return afterThumbnailPages(task);
  return [scanThumbnailsTask({ afterId: "", afterKey: "", page: 0, facts: task.facts })];
}

type KnownRecords = Awaited<ReturnType<typeof findMediaAfter>>;

/**
 * Handles one page of records and the stored thumbnails in the same stretch. A record that lacks its preview is queued, and
 * so is one whose version is of a time before previews: until it is processed its old thumbnails are shown. A thumbnail that
 * belongs to no record or to an old version is swept. The page in whose stretch the preview of a record would lie judges the
 * record, wherever its other variants are. Where facts are asked for too, what is processed here takes what it lacks of its
 * file's words at the same time: no original is read twice. A record of a provider that is not configured is left as it is,
 * since nobody could read its original. The last page has the index of pictures built anew.
 */
export async function scanThumbnails(
  services: Services,
  run: string,
  task: ScanThumbnailsTask,
): Promise<TaskOutcome> {
  const rows = await findMediaAfter(services.db, task.afterId, pageSize);
  const after = startOf(task);
  const stretch = await storedStretch(services.derivatives, after, endOf(rows));
  const orphans = await sweepable(services, orphansOf(stretch, rows));
  await services.derivatives.removeKeys(orphans.map(({ key }) => key));
  const judged = rows.filter((row) => isWithin(ownKey(row), after, stretch.end));
  const stored = new Set(stretch.objects.map(({ key }) => key));
  const lacking = judged
    .filter((row) => services.providers.has(row.provider) && lacksPreview(row, stored))
    .map((row) => row.id);
  if (lacking.length > 0) await reopenThumbnails(services.db, lacking, { run, now: Date.now() });
  // A record that an earlier attempt at this page has reopened lacks nothing any more, but still is this page's work.
  const reopened = judged
    .filter((row) => row.runId === run && row.runChange === "reopened")
    .map((row) => row.id);
  const work = processTasks({
    page: `thumbnails:${task.page}`,
    ids: [...lacking, ...reopened],
    since: Date.now(),
    facts: false,
    words: task.facts,
  });
  if (stretch.end === null) await services.pictures.rebuild();
  return {
    counts: { scanned: judged.length },
    next: [...work, ...afterThumbnails(task, rows, stretch.end)],
  };
}

/** Skips the records of a page whose attempts have all failed. */
export async function passOverThumbnails(services: Services, task: ScanThumbnailsTask): Promise<TaskOutcome> {
  const rows = await findMediaAfter(services.db, task.afterId, pageSize);
  const end = endOf(rows);
  return { counts: {}, incomplete: true, next: afterThumbnails(task, rows, end) };
}

/** All keys of a record begin with its id and a slash; a tilde comes after every such key. */
function behind(id: string): string {
  return `${id}~`;
}

function startOf({ afterId, afterKey }: ScanThumbnailsTask): string {
  if (afterKey !== "") return afterKey;
  return afterId === "" ? "" : behind(afterId);
}

/** Behind the last record of a page; null where no more follow. */
function endOf(rows: KnownRecords): string | null {
  const last = rows.length === pageSize ? rows.at(-1) : undefined;
  return last === undefined ? null : behind(last.id);
}

function isWithin(key: string, after: string, end: string | null): boolean {
  return key > after && (end === null || key <= end);
}

/** The storage key of the preview that a record must have. */
function ownKey(row: KnownRecords[number]): string {
  return `${row.id}/${row.thumbnailVersion ?? ""}/${variantName(previewVariant)}.jpg`;
}

/** A preview under a version of an older generation was made on first use: the record lacks what comes with a preview. */
function lacksPreview(row: KnownRecords[number], stored: ReadonlySet<string>): boolean {
  if (row.state !== "ready" || row.missingSince !== null) return false;
  return !hasPreview(row.thumbnailVersion ?? "") || !stored.has(ownKey(row));
}

/**
 * The task behind a stretch: the next page, or the task after the last page. The records before the end of the stretch
 * are finished, except for a record whose thumbnails the end cuts in two.
 */
function afterThumbnails(task: ScanThumbnailsTask, rows: KnownRecords, end: string | null): NamedTask[] {
  if (end === null) return afterThumbnailPages(task);
  const page = task.page + 1;
  const done = rows.findLast((row) => behind(row.id) <= end)?.id ?? task.afterId;
  const position = { afterId: done, afterKey: behind(done) === end ? "" : end, page };
  return [scanThumbnailsTask({ ...task, ...position })];
}

/** Facts come last: a record that was queued for another reason waits by then, or its facts are new. */
function afterThumbnailPages({ facts }: Pick<ScanTask, "facts">): NamedTask[] {
  return facts ? [scanFactsTask({ afterPk: 0, page: 0 })] : [];
}

/** A thumbnail may be stored just before its record is settled, so young ones are never taken for orphans. */
const orphanAgeMs = 60 * 60_000;

function orphansOf({ objects }: Stretch, rows: KnownRecords): Stretch["objects"] {
  const versions = new Map(rows.map((row) => [row.id, row.thumbnailVersion]));
  const oldest = Date.now() - orphanAgeMs;
  return objects.filter(({ key, storedAt }) => {
    const [id = "", version = ""] = key.split("/");
    return versions.get(id) !== version && storedAt < oldest;
  });
}
