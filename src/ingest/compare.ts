import {
  applyDifferences,
  knownElsewhere,
  type Identity,
  type KnownRow,
  type TouchedRow,
} from "../db/ingest-rows.ts";
import { AppError } from "../errors.ts";
import type { Services } from "../services.ts";
import type { ObjectInfo } from "../storage/provider.ts";
import { classifyPage, type Classification, type ListedPage } from "./classify.ts";
import type { NamedTask } from "./messages.ts";
import { processTasks, type TaskOutcome } from "./task-outcome.ts";

/** How often a page is compared again when somebody else writes the same records at the same moment. */
const maxComparisons = 5;

/** What a page came to. */
export interface ComparedPage extends Pick<Classification, "counts" | "waiting"> {
  /** What this run has found new or returned on this page, by this attempt or by others. */
  readonly touched: readonly TouchedRow[];
}

/**
 * Compares a page with the records that `readRows` reads, and writes until everything is written that was to be. When
 * two workers have the same page, each writes a part; both look again, see the other's part by the run's mark, and so
 * report the same.
 */
export async function comparePage(
  services: Services,
  page: Omit<ListedPage, "rows" | "knownElsewhere" | "now">,
  readRows: () => Promise<KnownRow[]>,
): Promise<ComparedPage> {
  for (let attempt = 0; attempt < maxComparisons; attempt++) {
    const rows = await readRows();
    const onRecord = new Set(rows.map((row) => row.pathKey));
    const unknown = page.objects.filter((object) => !onRecord.has(object.pathKey)).map(identityOf);
    const elsewhere = await knownElsewhere(services.db, page.provider, unknown);
    const result = classifyPage({ ...page, rows, knownElsewhere: elsewhere, now: Date.now() });
    const { added, returned, sighted } = result.differences;
    const written = await applyDifferences(services.db, result.differences);
    if (written.touched.length === added.length + returned.length && written.sighted === sighted.length) {
      const { counts, waiting, touchedBefore } = result;
      return { counts, waiting, touched: [...touchedBefore, ...written.touched] };
    }
  }
  throw new AppError("database_unavailable", "The records are changing; try again.", {
    retryAfterSeconds: 1,
  });
}

function identityOf({ pathKey, providerRef, contentHash, sizeBytes }: ObjectInfo): Identity {
  return { pathKey, providerRef, contentHash, fileSize: sizeBytes };
}

/** Reports a page of a provider: what it came to, the work for it, and what follows. */
export function pageOutcome(
  { counts, touched, waiting }: ComparedPage,
  page: {
    readonly provider: string;
    readonly name: string;
    readonly scanned: number;
    readonly next: NamedTask;
  },
): TaskOutcome {
  const pending = touched.filter((row) => row.state === "pending").map((row) => row.id);
  const countOf = (change: TouchedRow["runChange"]): number =>
    touched.filter((row) => row.runChange === change).length;
  return {
    counts: { ...counts, scanned: page.scanned, new: countOf("new"), changed: countOf("returned") },
    provider: { name: page.provider, state: "scanning", scanned: page.scanned },
    next: [...processTasks(`${page.provider}:${page.name}`, [...pending, ...waiting]), page.next],
  };
}
