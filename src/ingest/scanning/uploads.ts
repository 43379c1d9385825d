import { unfinishedMedia } from "../../db/media/reads.ts";
import type { Services } from "../../services.ts";
import { startDatabaseScan } from "../coordinator/start.ts";

/** How long an upload may wait before it counts as left behind. */
const leftBehindMs = 30_000;

/**
 * Looks for uploads whose message was lost. A run processes these uploads, and a run is certain to end. The coordinator
 * asks again until no upload waits, so that a younger upload, or an upload during a run, is not forgotten.
 */
export async function sweepUploads(services: Services, askedAt: number): Promise<void> {
  const [first] = await unfinishedMedia(services.db.primary(), "pending", "", 1);
  if (first === undefined) await services.coordinator.noUploadsLeft(askedAt);
  else if (Date.now() - first.updatedAt > leftBehindMs) {
    await startDatabaseScan(services, { trigger: "event" });
  }
}
