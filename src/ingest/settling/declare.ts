import { clearSightings } from "../../db/ingest/sightings.ts";
import { countDeclared, declareMissing, purgeUntouched, weighMissing } from "../../db/ingest/vanished.ts";
import type { Services } from "../../services.ts";
import type { DeclareTask, PurgeTask } from "../../protocol/messages.ts";
import type { TaskOutcome } from "../../protocol/task-outcome.ts";
import { firstPurgeTask, nextDeclareTask, nextPurgeTask } from "../../protocol/tasks.ts";

/** More than so many missing records, and more than such a part of a provider's, look like an outage. */
const outageGuard = { records: 50, part: 0.2 } as const;

/** How far the clocks of two Workers may be apart. */
const skewMs = 10 * 60_000;

/**
 * Handles what a complete listing did not hold, once everything else has its place: it is declared missing, unless it is
 * so much that an outage is likelier. What was marked stays marked until it turns up or is confirmed. Whose place another
 * record has taken was overwritten, in an outage or not. Very many are declared by several tasks, as the first has decided.
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
  // Counted by the marks, so that a replay after a death says the same; the purge is a task of its own for that reason.
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

/** Handles the removal of records that nobody has seen and whose objects are gone, and of what the run kept in mind. */
export async function purgeProvider(services: Services, task: PurgeTask): Promise<TaskOutcome> {
  if (!(await purgeUntouched(services.db, task.provider))) return { counts: {}, next: [nextPurgeTask(task)] };
  await clearSightings(services.db, task.provider);
  return { counts: {}, next: [] };
}
