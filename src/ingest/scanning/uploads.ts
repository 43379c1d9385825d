import { unfinishedMedia } from "../../db/media/reads.ts";
import type { Services } from "../../services.ts";
import { startDatabaseScan } from "../coordinator/start.ts";

/** How long an upload may wait before it counts as left behind. */
const leftBehindMs = 30_000;

/**
 * Looks for uploads whose message was lost. Those go to work in a run, which is certain to end. The coordinator goes on
 * asking until it is told that nothing waits, so that whatever is younger, or came while a run was on, is not forgotten.
 */
export async function sweepUploads(services: Services, askedAt: number): Promise<void> {
  const [first] = await unfinishedMedia(services.db.primary(), "pending", 0, 1);
  if (first === undefined) await services.coordinator.noUploadsLeft(askedAt);
  else if (Date.now() - first.updatedAt > leftBehindMs) {
    await startDatabaseScan(services, { trigger: "event" });
  }
}
