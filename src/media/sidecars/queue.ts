import { AppError } from "../../core/errors.ts";
import { markForWriting, writeEveryMs } from "../../db/sidecars/due.ts";
import type { Selection, SelectionPosition } from "../../db/selection/selection.ts";
import type { Services } from "../../services.ts";
import { walkSelection } from "../bulk/by-selection.ts";
import { prepareWriting, wakeWriting, writersOf } from "./wake.ts";

/** What a call has queued, and where the next one goes on; null at the end. */
export interface QueuedSidecars {
  readonly queued: number;
  readonly next: SelectionPosition | null;
}

/**
 * Queues the writing of the sidecars of a selection, from a position on and as far as a call may go: of those records whose
 * providers have sidecars written. Done twice it queues the same. `read_only_provider` where no provider has.
 */
export async function queueSidecars(
  services: Services,
  selection: Selection,
  after: SelectionPosition | null,
): Promise<QueuedSidecars> {
  if (writersOf(services.config).length === 0)
    throw new AppError(
      "read_only_provider",
      "No storage provider has its sidecars written. Set sidecars to write in STORAGE_PROVIDERS.",
    );
  await prepareWriting(services);
  const db = services.db.primary();
  let queued = 0;
  let next = after;
  for await (const page of walkSelection(db, selection, { after, change: { characters: 0 } })) {
    const ids = page.media.map(({ id }) => id);
    queued += await markForWriting(db, ids, Date.now() + writeEveryMs);
    next = page.next;
  }
  await wakeWriting(services);
  return { queued, next };
}
