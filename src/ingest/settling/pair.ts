import { saveCursor } from "../../db/runs/provider-state.ts";
import { pairSightings } from "../../db/ingest/pairing.ts";
import { hasVanished } from "../../db/ingest/vanished.ts";
import type { Services } from "../../services.ts";
import type { SettleTask } from "../../protocol/messages.ts";
import type { TaskOutcome } from "../../protocol/task-outcome.ts";
import { firstInheritTask, firstPlaceTask, nextSettleTask } from "../../protocol/tasks.ts";

/**
 * Handles the end of a provider's listing. Now that it is complete it can be told which objects belong to records that
 * were elsewhere: they are put there page by page, then vanished records inherit from their copies, then what is still
 * without an object is declared missing. A listing after which nothing of that is to be done, as nearly all are, ends
 * here. Done twice it answers the same, since nothing but the pairs is written.
 */
export async function pairProvider(services: Services, run: string, task: SettleTask): Promise<TaskOutcome> {
  const { provider, prefix, cursor } = task;
  if (cursor !== null) await saveCursor(services.db, { provider, cursor, now: Date.now() });
  const { sighted, next } = await pairSightings(services.db, { provider, run, prefix }, task.pairing);
  if (next !== null) return { counts: {}, next: [nextSettleTask(task, next)] };
  if (sighted) return { counts: {}, next: [firstPlaceTask(task)] };
  return (await hasVanished(services.db, provider, prefix))
    ? { counts: {}, next: [firstInheritTask(task)] }
    : { counts: {}, provider: { name: provider, state: "completed" }, next: [] };
}
