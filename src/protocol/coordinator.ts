import type { NamedTask } from "./messages.ts";
import type { Run, RunStart, TaskReport } from "./run.ts";

/** How a run is to begin. */
export interface StartInput extends RunStart {
  readonly tasks: readonly NamedTask[];
}

/** Whether this call started a run, or which one was running. */
export interface StartResult {
  readonly status: "started" | "already_running";
  readonly run: Run;
}

/** What `GET /v1/ingest/status` shows. */
export interface CoordinatorStatus {
  readonly state: "idle" | "running" | "cancelling";
  readonly run: Run | null;
  readonly last_run: Run | null;
  /** Names this state: another id, another state. */
  readonly stateId: string;
}

/**
 * What routes, cron and the queue's consumer ask of the coordinator: the Durable Object of ingest/coordinator, as it is
 * called by RPC. Answers are values; a call that throws was not carried out, or nobody knows whether it was.
 */
export interface Coordinator {
  /** Starts a run unless one is active. */
  start(input: StartInput): Promise<StartResult>;
  /** Starts a run, or lets one follow the active one; however many ask for that meanwhile, one run follows. */
  startOrFollow(input: StartInput): Promise<StartResult>;
  /** Takes up a task: the worker's token, or null if the task need not be done. */
  begin(runId: string, taskId: string): Promise<number | null>;
  /** Whether a task is still to be done, for a worker that is about to write what it has found. */
  isActive(runId: string, taskId: string): Promise<boolean>;
  /** Reports a task as done; false if the report is not accepted, and what the task leads to must not be sent. */
  complete(
    runId: string,
    taskId: string,
    report: TaskReport,
    next: readonly NamedTask[],
    token?: number | null,
  ): Promise<boolean>;
  /** Announces that a task is tried again at `untilMs` (since the epoch). */
  postpone(runId: string, taskId: string, untilMs: number): Promise<void>;
  /** Asks the active run to end. */
  cancel(): Promise<CoordinatorStatus>;
  /** Uploads are on their way to the queue: look later whether any was left behind. */
  expectUploads(): Promise<void>;
  /** Nothing was left behind at `lookedAt`, in milliseconds since the epoch. */
  noUploadsLeft(lookedAt: number): Promise<void>;
  /** The active run and the last one. */
  status(): Promise<CoordinatorStatus>;
  /** One run, ended or not; null if it is not remembered. */
  run(id: string): Promise<Run | null>;
  /** Runs from the newest, after the one with `beforeId`. */
  runs(limit: number, beforeId: string | null): Promise<Run[]>;
}
