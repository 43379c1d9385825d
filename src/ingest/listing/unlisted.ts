import { markUnlisted, saveCursor } from "../../db/runs/provider-state.ts";
import { markUnlistedSidecars } from "../../db/sidecars/listed.ts";
import { forgetUnlisted } from "../../db/ingest/sightings.ts";
import type { UnlistedTask } from "../../protocol/messages.ts";
import type { TaskOutcome } from "../../protocol/task-outcome.ts";
import { firstSettleTask, nextUnlistedTask } from "../../protocol/tasks.ts";
import type { Services } from "../../services.ts";

/** Handles the end of a full listing: records that it did not hold have vanished; later runs ask for changes. */
export async function markUnlistedRecords(
  services: Services,
  run: string,
  task: UnlistedTask,
): Promise<TaskOutcome> {
  const { provider, cursor, round, listing: attempt } = task;
  if (task.page === 0) await forgetUnlisted(services.db, { provider, run, round, attempt });
  const after = await markUnlisted(services.db, { provider, run, round, attempt }, task.after);
  if (after !== null) return { counts: {}, next: [nextUnlistedTask(task, after)] };
  await markUnlistedSidecars(services.db, { provider, run, round, attempt });
  await saveCursor(services.db, { provider, cursor, now: Date.now() });
  return { counts: {}, next: [firstSettleTask({ ...task, prefix: "", cursor: null })] };
}
