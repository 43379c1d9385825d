import { clearSightings } from "../../db/ingest/sightings.ts";
import { countDeclared, declareMissing, purgeUntouched, weighMissing } from "../../db/ingest/vanished.ts";
import type { Services } from "../../services.ts";
import type { DeclareTask, PurgeTask } from "../../protocol/messages.ts";
import type { TaskOutcome } from "../../protocol/task-outcome.ts";
import { sidecarTasks } from "./sidecars.ts";
import { firstPurgeTask, nextDeclareTask, nextPurgeTask } from "../../protocol/tasks.ts";

/** More missing records than this number, and than this part of all records of a provider, look like an outage. */
const outageGuard = { records: 50, part: 0.2 } as const;

/** How far the clocks of two Workers may be apart. */
const skewMs = 10 * 60_000;

/**
 * Handles the records that a complete listing did not hold, once every sighting has its place. The vanished records are
 * declared missing, unless they are so many that an outage is likelier; then they stay marked until their objects turn up
 * or the loss is confirmed. A record whose key now belongs to another record was overwritten, and is declared missing even
 * in an outage. Very many records are declared by several tasks, which follow the decision of the first task.
 */
export async function declareVanished(
  services: Services,
  run: { readonly id: string; readonly startedAt: number },
  task: DeclareTask,
): Promise<TaskOutcome> {
  const { provider, prefix } = task;
  const { vanished, displaced, present } = await weighMissing(services.db, provider, prefix);
  const suspicious = vanished > outageGuard.records && vanished > outageGuard.part * present;
  const decision = task.decision ?? (suspicious && !task.confirmMissing ? "displaced" : "all");
  const onlyDisplaced = decision === "displaced";
  if (displaced > 0 || (vanished > 0 && !onlyDisplaced)) {
    const listing = { provider, prefix, run: run.id, now: Date.now() };
    const isDone = await declareMissing(services.db, { ...listing, onlyDisplaced });
    if (!isDone) return { counts: {}, next: [nextDeclareTask(task, decision)] };
  }
  // The marks are counted, so that a replay after a death counts the same; for that reason the purge is a task of its own.
  const missing = await countDeclared(services.db, { provider, run: run.id, since: run.startedAt - skewMs });
  const next = [firstPurgeTask(task)];
  return onlyDisplaced
    ? {
        counts: { missing: missing + vanished },
        provider: { name: provider, state: "needs_confirmation" },
        next,
      }
    : { counts: { missing }, provider: { name: provider, state: "completed" }, next };
}

/** Handles the removal of missing records that were never processed, and of the rows that the run kept for itself. */
export async function purgeProvider(services: Services, task: PurgeTask): Promise<TaskOutcome> {
  if (!(await purgeUntouched(services.db, task.provider))) return { counts: {}, next: [nextPurgeTask(task)] };
  await clearSightings(services.db, task.provider);
  return { counts: {}, next: await sidecarTasks(services, task.provider) };
}
