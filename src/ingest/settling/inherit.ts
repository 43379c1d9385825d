import { familiesOf, inherit, isClear, isUnclear, vanishedBytes } from "../../db/ingest/inheritance.ts";
import { noteFamilies } from "../../db/ingest/unclear-moves.ts";
import { findPendingOf } from "../../db/media/reads.ts";
import { inheritedAfter } from "../../db/ingest/sightings.ts";
import type { Services } from "../../services.ts";
import type { InheritTask } from "../../protocol/messages.ts";
import type { TaskOutcome } from "../../protocol/task-outcome.ts";
import { firstDeclareTask, nextInheritTask, processTasks } from "../../protocol/tasks.ts";

/** How many pages of vanished records a task looks at, and after how many merges it leaves the rest to the next. */
const bounds = { pages: 10, merges: 200 } as const;

/** How many inheritances are counted at a time. */
const countedPage = 1000;

/**
 * Handles vanished records of which an untouched copy is there, once everything else has its place: each takes the
 * place of its copy. When all records have, the stored inheritances are counted and queued where they wait: so a replay
 * counts the same, and no record is declared missing before the inheritances were reported.
 */
export async function letInherit(services: Services, run: string, task: InheritTask): Promise<TaskOutcome> {
  if (task.phase === "count") return countInherited(services, run, task);
  const { unclear, from } = await makeInheritances(services, run, task);
  if (from !== null) return { counts: { ambiguous: unclear }, next: [nextInheritTask({ ...task, from })] };
  const counted = await countInherited(services, run, task);
  return { ...counted, counts: { ...counted.counts, ambiguous: unclear } };
}

/**
 * Makes the inheritances that are clear, on as many pages as a task may; answers how many records could have inherited,
 * but not clearly, and from where to go on.
 */
async function makeInheritances(
  services: Services,
  run: string,
  task: InheritTask,
): Promise<{ readonly unclear: number; readonly from: InheritTask["from"] }> {
  const { provider } = task;
  let { from } = task;
  let [unclear, merges] = [0, 0];
  for (let pages = 0; pages < bounds.pages && merges < bounds.merges; pages++) {
    const { bytes, next } = await vanishedBytes(services.db, task, from);
    const families = await familiesOf(services.db, provider, bytes, "listed");
    const listing = { provider, run, now: Date.now(), outcome: "inherited" } as const;
    const gone = await inherit(services.db, listing, families.filter(isClear));
    for (const id of gone) await services.derivatives.remove(id, null);
    const undecided = families.filter(isUnclear);
    await noteFamilies(services.db, { provider, run }, undecided);
    unclear += undecided.reduce((sum, { vanished }) => sum + vanished, 0);
    merges += gone.length;
    from = next;
    if (from === null) break;
  }
  return { unclear, from };
}

async function countInherited(services: Services, run: string, task: InheritTask): Promise<TaskOutcome> {
  const { provider, page } = task;
  const found = await inheritedAfter(services.db, { provider, run }, task.after, countedPage);
  const pending = await findPendingOf(
    services.db,
    found.map(({ id }) => id),
  );
  const last = found.length === countedPage ? found.at(-1) : undefined;
  const next =
    last === undefined
      ? firstDeclareTask(task)
      : nextInheritTask({ ...task, phase: "count", after: last.path });
  const work = { page: `${provider}:inherited:${page}`, ids: pending, since: Date.now(), facts: false };
  return {
    counts: { moved: found.length },
    next: [...processTasks(work), next],
  };
}
