import { familiesOf, inherit, isClear, isUnclear, vanishedBytes } from "../db/inheritance.ts";
import { findPendingOf } from "../db/media-reads.ts";
import { summariseSightings } from "../db/sightings.ts";
import type { Services } from "../services.ts";
import type { InheritTask, NamedTask } from "./messages.ts";
import { processTasks, type TaskOutcome } from "./task-outcome.ts";

/**
 * Handles vanished records of which an untouched copy is there, once everything else has its place: each takes the
 * place of its copy. Counts and work are read from what is kept of it, and nothing is declared missing before this is
 * reported, so that a replay says the same.
 */
export async function letInherit(services: Services, run: string, task: InheritTask): Promise<TaskOutcome> {
  const { provider, prefix, confirmMissing } = task;
  const unclear = await inheritAll(services, run, task);
  const { inherited, ambiguous } = await summariseSightings(services.db, { provider, run });
  const pending = await findPendingOf(services.db, inherited);
  const declare: NamedTask = {
    id: `declare:${provider}`,
    task: { kind: "declare", provider, prefix, confirmMissing },
  };
  return {
    counts: { moved: inherited.length, ambiguous: ambiguous + unclear },
    next: [...processTasks(`${provider}:inherited`, pending), declare],
  };
}

/** Makes the inheritances that are clear; answers how many records could have inherited, but not clearly. */
async function inheritAll(services: Services, run: string, task: InheritTask): Promise<number> {
  const { provider } = task;
  let unclear = 0;
  for (let after: string | null = ""; after !== null;) {
    const { bytes, next } = await vanishedBytes(services.db, task, after);
    const families = await familiesOf(services.db, provider, bytes, "listed");
    const listing = { provider, run, now: Date.now(), outcome: "inherited" } as const;
    const gone = await inherit(services.db, listing, families.filter(isClear));
    for (const id of gone) await services.derivatives.remove(id, null);
    unclear += families.filter(isUnclear).reduce((sum, { vanished }) => sum + vanished, 0);
    after = next;
  }
  return unclear;
}
