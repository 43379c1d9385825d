import { knownElsewhere, type KnownStretch } from "../../db/ingest/known-records.ts";
import {
  applyDifferences,
  type PageDifferences,
  type WrittenDifferences,
  type WrittenRow,
} from "../../db/ingest/page-differences.ts";
import { trashedAmong, type TrashIdentity } from "../../db/trash/known.ts";
import { AppError } from "../../core/errors.ts";
import { isSidecarKey } from "../../core/media-type.ts";
import { compareKeys } from "../../core/text/key-order.ts";
import type { Services } from "../../services.ts";
import type { ObjectInfo } from "../../storage/provider.ts";
import { classifyPage, type Classification, type ListedPage } from "./classify.ts";
import type { NamedTask } from "../../protocol/messages.ts";
import type { TaskOutcome } from "../../protocol/task-outcome.ts";
import { processTasks } from "../../protocol/tasks.ts";

/** How often a page is compared again when somebody else writes the same records at the same moment. */
const maxComparisons = 5;

/** The outcome of a page. */
export interface ComparedPage extends Pick<Classification, "counts" | "waiting"> {
  /** The records that this run has found new or returned on this page, in this attempt or in others. */
  readonly touched: readonly WrittenRow[];
  /** How many of the page's objects were compared: those up to where its records were cut. */
  readonly scanned: number;
  /** The path key at which the page was cut, because there were too many records; null where it was not. */
  readonly cutAt: string | null;
}

/**
 * Compares a page with the records that `readRecords` reads, and writes until everything is written that was to be. When
 * two workers have the same page, each writes a part; both look again, see the other's part by the run's mark, and so
 * report the same. A page with too many records ends where they were cut; what lies behind is the next page's.
 */
export async function comparePage(
  services: Services,
  page: Omit<ListedPage, "rows" | "knownElsewhere" | "trashed" | "now">,
  readRecords: () => Promise<KnownStretch>,
): Promise<ComparedPage> {
  for (let attempt = 0; attempt < maxComparisons; attempt++) {
    const { rows, cutAt } = await readRecords();
    const objects = page.objects.filter(({ pathKey }) => cutAt === null || compareKeys(pathKey, cutAt) <= 0);
    const onRecord = new Set(rows.map((row) => row.pathKey));
    const unknown = objects
      .filter(({ pathKey, objectKey }) => !onRecord.has(pathKey) && !isSidecarKey(objectKey))
      .map(identityOf);
    const elsewhere = await knownElsewhere(services.db, page.provider, unknown);
    // Last of what is read: whatever was put into the trash since the records were read is told by it.
    const trashed = await trashedAmong(services.db, page.provider, unknown);
    const compared = { ...page, objects, rows, knownElsewhere: elsewhere, trashed, now: Date.now() };
    const result = classifyPage(compared);
    const written = await applyDifferences(services.db, result.differences);
    if (isWritten(result.differences, written)) {
      const { counts, waiting, writtenBefore } = result;
      const touched = [...writtenBefore, ...written.touched];
      return { counts, waiting, touched, scanned: objects.length, cutAt };
    }
  }
  throw new AppError("database_unavailable", "The records are changing at this moment. Try again.", {
    retryAfterSeconds: 1,
  });
}

/** Whether all was written that others could have been faster with. */
function isWritten(
  { added, returned, sighted, strays }: PageDifferences,
  { touched, ...written }: WrittenDifferences,
): boolean {
  return (
    touched.length === added.length + returned.length &&
    written.sighted === sighted.length &&
    written.strays === strays.length
  );
}

function identityOf({ pathKey, providerRef, version, contentHash, sizeBytes }: ObjectInfo): TrashIdentity {
  return { pathKey, providerRef, version, contentHash, fileSize: sizeBytes };
}

/** A page of a provider; its name is part of the ids of the tasks that follow. */
interface PageName {
  readonly provider: string;
  readonly name: string;
}

/** Reports a page of a provider: its outcome, the records to process, and the task that follows. */
export function pageOutcome(compared: ComparedPage, page: PageName, next: NamedTask): TaskOutcome {
  return outcomeWith(compared, page, { state: "scanning", next: [next] });
}

/** Reports the page at which a provider's listing is given up: its outcome, the records to process, and the reason. */
export function endedOutcome(compared: ComparedPage, page: PageName, error: string): TaskOutcome {
  return outcomeWith(compared, page, { state: "failed", error, next: [] });
}

function outcomeWith(
  { counts, touched, waiting, scanned }: ComparedPage,
  { provider, name }: PageName,
  {
    next,
    ...state
  }: { readonly state: "scanning" | "failed"; readonly error?: string; readonly next: NamedTask[] },
): TaskOutcome {
  const pending = touched.filter((row) => row.state === "pending").map((row) => row.id);
  const ids = [...new Set([...pending, ...waiting])];
  const countOf = (change: WrittenRow["runChange"]): number =>
    touched.filter((row) => row.runChange === change).length;
  return {
    counts: { ...counts, scanned, new: countOf("new"), changed: countOf("returned") },
    provider: { name: provider, scanned, ...state },
    next: [...processTasks({ page: `${provider}:${name}`, ids, since: Date.now(), facts: false }), ...next],
  };
}
