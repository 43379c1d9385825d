import type { NamedTask } from "./messages.ts";
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
