import { saveCursor } from "../../db/runs/provider-state.ts";
import { pairSightings } from "../../db/ingest/pairing.ts";
import { hasVanished } from "../../db/ingest/vanished.ts";
import type { Services } from "../../services.ts";
import type { SettleTask } from "../../protocol/messages.ts";
import type { TaskOutcome } from "../../protocol/task-outcome.ts";
import { sidecarTasks } from "./sidecars.ts";
import { firstInheritTask, firstPlaceTask, nextSettleTask } from "../../protocol/tasks.ts";

/**
 * Handles the end of a provider's listing. Only a complete listing tells which objects belong to records from other
 * keys. The tasks that follow place these objects page by page, then let vanished records inherit from their copies, then
 * declare records without an object missing. Nearly every listing needs none of these tasks and ends here. A task that
 * is handled twice answers the same, because it writes nothing but the pairs.
 */
export async function pairProvider(services: Services, run: string, task: SettleTask): Promise<TaskOutcome> {
  const { provider, prefix, cursor } = task;
  if (cursor !== null) await saveCursor(services.db, { provider, cursor, now: Date.now() });
  const { sighted, next } = await pairSightings(services.db, { provider, run, prefix }, task.pairing);
  if (next !== null) return { counts: {}, next: [nextSettleTask(task, next)] };
  if (sighted) return { counts: {}, next: [firstPlaceTask(task)] };
  return (await hasVanished(services.db, provider, prefix))
    ? { counts: {}, next: [firstInheritTask(task)] }
    : {
        counts: {},
        provider: { name: provider, state: "completed" },
        next: await sidecarTasks(services, provider),
      };
}
