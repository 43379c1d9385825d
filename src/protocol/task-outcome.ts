import type { InheritTask, NamedTask, SettleTask } from "./messages.ts";
import type { TaskReport } from "./run.ts";

/** What handling a task came to: what is reported of it, and the tasks that follow. */
export interface TaskOutcome {
  readonly counts: TaskReport["counts"];
  readonly provider?: NonNullable<TaskReport["provider"]>;
  readonly next: readonly NamedTask[];
  /** Part of what the task was to look at could not be looked at. */
  readonly incomplete?: boolean;
  /** Counts only if nobody has taken the task up since: what follows goes on from what the last one has written. */
  readonly onlyFromLast?: boolean;
}

/** How many records a message of work names: few enough to be done well within a consumer's time. */
const chunkSize = 10;

/**
 * Cuts ids into tasks of work; the same ids of the same page give tasks of the same names, however often it is handled.
 * With `facts` they are records that are settled, whose facts are old.
 */
export function processTasks(page: string, ids: readonly string[], facts = false): NamedTask[] {
  const tasks: NamedTask[] = [];
  const since = Date.now();
  for (let start = 0; start < ids.length; start += chunkSize) {
    tasks.push({
      id: `process:${page}:${start / chunkSize}`,
      task: { kind: "process", ids: ids.slice(start, start + chunkSize), since, facts },
    });
  }
  return tasks;
}

/** What follows when a provider's listing is complete. */
export function settleTask(
  task: Pick<SettleTask, "provider" | "prefix" | "cursor" | "confirmMissing" | "scanned">,
): NamedTask {
  const { provider, prefix, cursor, confirmMissing, scanned } = task;
  const first = { pairing: null, page: 0 };
  return {
    id: `settle:${provider}`,
    task: { kind: "settle", provider, prefix, cursor, confirmMissing, scanned, ...first },
  };
}

/** What follows when every sighting of a provider has its place. */
export function inheritTask(task: Pick<InheritTask, "provider" | "prefix" | "confirmMissing">): NamedTask {
  const { provider, prefix, confirmMissing } = task;
  const first = { phase: "make", from: null, after: "", page: 0 } as const;
  return { id: `inherit:${provider}`, task: { kind: "inherit", provider, prefix, confirmMissing, ...first } };
}
