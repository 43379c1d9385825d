import { saveCursor } from "../../db/runs/provider-state.ts";
import { pairSightings } from "../../db/ingest/sightings.ts";
import { hasVanished } from "../../db/ingest/vanished.ts";
import type { Services } from "../../services.ts";
import type { NamedTask, SettleTask } from "../../protocol/messages.ts";
import { inheritTask, type TaskOutcome } from "../../protocol/task-outcome.ts";

/**
 * Handles the end of a provider's listing. Now that it is complete it can be told which objects belong to records that
 * were elsewhere: they are put there page by page, then vanished records inherit from their copies, then what is still
 * without an object is declared missing. A listing after which nothing of that is to be done, as nearly all are, ends
 * here. Done twice it answers the same, since nothing but the pairs is written.
 */
export async function settleProvider(
  services: Services,
  run: string,
  task: SettleTask,
): Promise<TaskOutcome> {
  const { provider, prefix, cursor, confirmMissing } = task;
  if (cursor !== null) await saveCursor(services.db, { provider, cursor, now: Date.now() });
  const { sighted, next } = await pairSightings(services.db, { provider, run, prefix }, task.pairing);
  if (next !== null) return { counts: {}, next: [nextPairing(task, next)] };
  if (sighted) {
    const place: NamedTask = {
      id: `place:${provider}:0`,
      task: { kind: "place", provider, prefix, confirmMissing, after: null, page: 0 },
    };
    return { counts: {}, next: [place] };
  }
  return (await hasVanished(services.db, provider, prefix))
    ? { counts: {}, next: [inheritTask(task)] }
    : { counts: {}, provider: { name: provider, state: "completed" }, next: [] };
}

function nextPairing(task: SettleTask, pairing: SettleTask["pairing"]): NamedTask {
  const page = task.page + 1;
  return { id: `settle:${task.provider}:${page}`, task: { ...task, cursor: null, pairing, page } };
}
