import { findPendingAt } from "../../db/media/reads.ts";
import { writePlacements, sightingsAfter, type SettlingSighting } from "../../db/ingest/placements.ts";
import { AppError } from "../../core/errors.ts";
import type { Services } from "../../services.ts";
import type { PlaceTask } from "../../protocol/messages.ts";
import { decideSightings } from "./decide.ts";
import { heedTrash } from "./heed-trash.ts";
import type { TaskOutcome } from "../../protocol/task-outcome.ts";
import { firstInheritTask, nextPlaceTask, processTasks } from "../../protocol/tasks.ts";

/** The most sightings that a task places. */
const pageSize = 500;

/** How often sightings are decided again when somebody else writes the same records at the same moment. */
const maxDecisions = 5;

/**
 * Handles a page of sightings after their listing is complete: records move to where their objects are now, others get
 * the new bytes at their key, and an object that belongs to no record becomes a record. A page that is handled twice
 * counts and queues the same records.
 */
export async function placeSightings(services: Services, run: string, task: PlaceTask): Promise<TaskOutcome> {
  const settled = await placePage(services, run, task);
  const paths = settled.map(({ pathKey }) => pathKey);
  const pending = await findPendingAt(services.db, task.provider, paths);
  const count = (outcome: SettlingSighting["outcome"]): number =>
    settled.filter((each) => each.outcome === outcome).length;
  const last = settled.length === pageSize ? settled.at(-1) : undefined;
  return {
    counts: {
      new: count("new"),
      changed: count("changed"),
      moved: count("moved"),
      ignored: count("ignored"),
      unchanged: count("outdated") + count("refreshed") + count("trashed"),
      ambiguous: settled.filter(({ isAmbiguous }) => isAmbiguous).length,
    },
    next: [
      ...processTasks({
        page: `${task.provider}:placed:${task.page}`,
        ids: pending,
        since: Date.now(),
        facts: false,
      }),
      last === undefined ? firstInheritTask(task) : nextPlaceTask(task, last.pathKey),
    ],
  };
}

/** Decides and writes until each sighting has its outcome. */
async function placePage(services: Services, run: string, task: PlaceTask): Promise<SettlingSighting[]> {
  const { provider } = task;
  for (let attempt = 0; attempt < maxDecisions; attempt++) {
    const page = await sightingsAfter(services.db, { provider, run }, task.after, pageSize);
    if (page.every(({ outcome }) => outcome !== null)) return page;
    const decisions = await heedTrash(services, provider, decideSightings(page));
    await writePlacements(services.db, { provider, run, now: Date.now(), ...decisions });
  }
  throw new AppError("database_unavailable", "The records are changing at this moment. Try again.", {
    retryAfterSeconds: 1,
  });
}
