import { findMediaAfter, unsettledMedia } from "../db/media-reads.ts";
import { reopenThumbnails, retryFailed } from "../db/scan-rows.ts";
import { variantName, ingestVariant } from "../media/thumbnail-variant.ts";
import type { Services } from "../services.ts";
import type { NamedTask, ScanTask, ScanThumbnailsTask } from "./messages.ts";
import { processTasks, type TaskOutcome } from "./task-outcome.ts";

/** How many records a page of a scan has. */
const pageSize = 500;

/** Handles one page of records that wait or, if asked, have failed: they are put back to work. */
export async function scanRecords(services: Services, task: ScanTask): Promise<TaskOutcome> {
  const states = task.retryFailed ? (["pending", "failed"] as const) : (["pending"] as const);
  const rows = await unsettledMedia(services.db, states, task.afterPk, pageSize);
  const failed = rows.filter((row) => row.state === "failed").map((row) => row.id);
  if (failed.length > 0) await retryFailed(services.db, failed, Date.now());
  const work = processTasks(
    `scan:${task.page}`,
    rows.map((row) => row.id),
  );
  const last = rows.length === pageSize ? rows.at(-1) : undefined;
  return { counts: { scanned: rows.length }, next: [...work, ...afterRecords(task, last?.pk ?? null)] };
}

/** Thumbnails come after all records that wait, so that no record is put to work for both reasons. */
function afterRecords(task: ScanTask, lastPk: number | null): NamedTask[] {
  if (lastPk !== null) {
    const page = task.page + 1;
    return [{ id: `scan:${page}`, task: { ...task, afterPk: lastPk, page } }];
  }
  if (!task.thumbnails) return [];
  return [{ id: "scan_thumbnails:0", task: { kind: "scan_thumbnails", afterId: "", page: 0 } }];
}

/**
 * Handles one page of records and the stored thumbnails in the same stretch of ids: a record that lacks its own is put
 * back to work, a thumbnail that belongs to no record or to an old version is swept.
 */
export async function scanThumbnails(
  services: Services,
  run: string,
  task: ScanThumbnailsTask,
): Promise<TaskOutcome> {
  const rows = await findMediaAfter(services.db, task.afterId, pageSize);
  const last = rows.length === pageSize ? rows.at(-1) : undefined;
  const { stored, orphans } = await storedBetween(services, task.afterId, last?.id ?? null, rows);
  await services.derivatives.removeKeys(orphans);
  const lacking = rows
    .filter((row) => row.state === "ready" && row.missingSince === null)
    .filter((row) => !stored.has(`${row.id}/${row.thumbnailVersion}/${variantName(ingestVariant)}.jpg`))
    .map((row) => row.id);
  if (lacking.length > 0) await reopenThumbnails(services.db, lacking, { run, now: Date.now() });
  // What an earlier attempt at this page has reopened is not lacking any more, but is this page's work all the same.
  const reopened = rows
    .filter((row) => row.runId === run && row.runChange === "reopened")
    .map((row) => row.id);
  const page = task.page + 1;
  const following: NamedTask[] =
    last === undefined
      ? []
      : [{ id: `scan_thumbnails:${page}`, task: { kind: "scan_thumbnails", afterId: last.id, page } }];
  const work = processTasks(`thumbnails:${task.page}`, [...lacking, ...reopened]);
  return { counts: { scanned: rows.length }, next: [...work, ...following] };
}

/** A thumbnail may be stored just before its record is settled, so young ones are never taken for orphans. */
const orphanAgeMs = 60 * 60_000;

async function storedBetween(
  services: Services,
  afterId: string,
  upToId: string | null,
  rows: readonly { readonly id: string; readonly thumbnailVersion: string | null }[],
): Promise<{ stored: ReadonlySet<string>; orphans: string[] }> {
  const versions = new Map(rows.map((row) => [row.id, row.thumbnailVersion]));
  const stored = new Set<string>();
  const orphans: string[] = [];
  // All keys of the last record seen before begin with its id and a slash; a tilde comes after every such key.
  let position = afterId === "" ? "" : `${afterId}~`;
  for (;;) {
    const page = await services.derivatives.list(position, 1000);
    for (const { key, storedAt } of page.objects) {
      const [id = "", version = ""] = key.split("/");
      if (upToId !== null && id > upToId) return { stored, orphans };
      stored.add(key);
      if (versions.get(id) !== version && Date.now() - storedAt > orphanAgeMs) orphans.push(key);
    }
    position = page.objects.at(-1)?.key ?? position;
    if (page.complete) return { stored, orphans };
  }
}
