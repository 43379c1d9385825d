import { DurableObject } from "cloudflare:workers";

import { readConfig } from "../../config/config.ts";
import { createLogger, type Logger } from "../../core/log.ts";
import { CoordinatorStore, type StoredRun } from "./store.ts";
import type { CoordinatorStatus, StartInput, StartResult } from "../../protocol/coordinator.ts";
import type { IngestMessage, NamedTask } from "../../protocol/messages.ts";
import { newTraceId } from "../../core/trace.ts";
import {
  addCounts,
  breakOff,
  endState,
  newRun,
  noteProvider,
  type Run,
  type TaskReport,
} from "../../protocol/run.ts";

/** How many messages may be on their way at a time, so that resending never floods the queue. */
const maxInFlight = 32;
/** Listings pause while more than so many chunks wait, so that the coordinator's state stays small. */
const maxWaitingChunks = 400;
/** How often the watchdog looks. */
const watchMs = 10_000;
/** A task is sent again when the task and its run have been silent for so long. */
const silenceMs = 30_000;
/** The shorter silence before this instance has heard of a first task: the whole service may have been restarted. */
const firstSilenceMs = 10_000;
/** A run that has not moved for so long, nor announced that it would not, ends as failed. */
const stallMs = 15 * 60_000;
/** A run that does not move ends after so long, whatever it announces. */
const patienceMs = 60 * 60_000;
/** How long a cancelled run waits for reports of the tasks that workers have in hand. */
const cancelMs = 60_000;
/** How long after an upload the records left unprocessed are looked for. */
const sweepDelayMs = 45_000;
/** Announcements of uploads may be so much older than the uploads themselves; see `queueProcessing`. */
const announcementMs = 30_000;

/**
 * The coordinator decides which run may work, stores its progress, and makes sure that the run ends. There is one object
 * for the whole deployment; routes, cron and the queue consumer call it. It hands out tasks, keeps each until it is
 * reported, and sends silent tasks again. It never touches the network, R2 or D1: losing it loses no data.
 *
 * A report for a run that is not the active run changes nothing. The token of a worker fences the writes of the worker.
 */
export class IngestCoordinator extends DurableObject<Env> {
  readonly #store: CoordinatorStore;
  readonly #log: Logger;
  /** Whether this instance started the run, or has heard of a task of the run; the only state that is not stored. */
  #hasHeard = false;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    this.#store = new CoordinatorStore(state.storage.sql);
    this.#log = createLogger(readConfig({ ...env }).logLevel, { component: "coordinator" });
  }

  /** Starts a run unless one is active. */
  async start(input: StartInput): Promise<StartResult> {
    const active = this.#store.active();
    if (active !== null) return { status: "already_running", run: active.run };
    const run = this.#begin(input);
    await this.#push();
    return { status: "started", run: this.#store.find(run.id)?.run ?? run };
  }

  /**
   * Starts a run, or lets a run follow the active run, which may have listed an object before the object changed. However
   * many runs are asked for meanwhile, only one run follows, with the providers of all.
   */
  async startOrFollow(input: StartInput): Promise<StartResult> {
    const result = await this.start(input);
    if (result.status === "already_running") this.#store.setFollower(joined(this.#store.follower(), input));
    return result;
  }

  /**
   * Reports a task as done, with the tasks that follow. False if the report is not accepted: the run is not active any
   * more, or the task was reported before, or a later worker than the one with the token has taken the task up. Then the
   * tasks that follow must not be sent.
   */
  // oxlint-disable-next-line max-params -- Workers and objects of two versions call one another while a deploy goes on.
  async complete(
    runId: string,
    taskId: string,
    report: TaskReport,
    next: readonly NamedTask[],
    token: number | null = null,
  ): Promise<boolean> {
    this.#hasHeard = true;
    const active = this.#activeRun(runId);
    if (active === null || (token !== null && this.#store.isOvertaken(taskId, token))) return false;
    if (!this.#store.takeTask(taskId)) return false;
    const { run } = active;
    const now = Date.now();
    run.counts = addCounts(run.counts, report.counts);
    run.cost = addCounts(run.cost, report.cost);
    noteProvider(run, report.provider);
    if (report.incomplete === true) this.#store.markIncomplete(runId);
    this.#addTasks(run, next);
    if (active.cancelling) this.#dropWaiting(run);
    this.#store.moved(runId, now);
    this.#advance(run, now);
    await this.#push();
    return true;
  }

  /**
   * A worker takes up a task. Answers null if the task was reported before, was dropped, or belongs to a run that has
   * ended; else the token of the worker, which is greater than the token of any worker before. Two workers may hold the
   * same task; the first report counts, and the earlier worker cannot overwrite what the later worker has written
   * (fence.ts).
   */
  begin(runId: string, taskId: string): number | null {
    this.#hasHeard = true;
    return this.#activeRun(runId) === null ? null : this.#store.beginTask(taskId, Date.now());
  }

  /** Whether a task is still to be done, for a worker that is about to write its findings. */
  isActive(runId: string, taskId: string): boolean {
    return this.#activeRun(runId) !== null && this.#store.hasTask(taskId);
  }

  /** A task announces that it is tried again at `untilMs` (since the epoch); until then its silence is no alarm. */
  async postpone(runId: string, taskId: string, untilMs: number): Promise<void> {
    const active = this.#activeRun(runId);
    if (active === null || !this.#store.hasTask(taskId)) return;
    this.#store.postpone(runId, taskId, untilMs);
    if (!active.cancelling) return;
    this.#dropWaiting(active.run);
    this.#advance(active.run, Date.now());
    await this.#push();
  }

  /**
   * Asks the active run to end: what nobody is working on is dropped at once, what is being worked on may still be
   * reported, for a while.
   */
  async cancel(): Promise<CoordinatorStatus> {
    const active = this.#store.active();
    if (active !== null && !active.cancelling) {
      const now = Date.now();
      this.#store.markCancelling(active.run.id, now);
      this.#dropWaiting(active.run);
      this.#advance(active.run, now);
      this.#log.info("run.cancelled", { run: active.run.id });
      await this.#push();
    }
    return this.status();
  }

  /** Uploads are on their way to the queue: look later whether any was left behind. */
  async expectUploads(): Promise<void> {
    const now = Date.now();
    const at = this.#store.sweep()?.at ?? now + sweepDelayMs;
    this.#store.setSweep({ at, expectedAt: now });
    await this.#rearm();
  }

  /** Nothing was left behind at `lookedAt`; uploads that were announced since, or just before, are looked for again. */
  noUploadsLeft(lookedAt: number): void {
    const sweep = this.#store.sweep();
    if (sweep !== null && sweep.expectedAt < lookedAt - announcementMs) this.#store.setSweep(null);
  }

  status(): CoordinatorStatus {
    const active = this.#store.active();
    const last = this.#store.last();
    const running = active?.cancelling === true ? "cancelling" : "running";
    return {
      state: active === null ? "idle" : running,
      run: active?.run ?? null,
      last_run: last?.run ?? null,
      stateId: stateIdOf(active ?? last),
    };
  }

  /** A run, ended or not; null if the run is not kept. */
  run(id: string): Run | null {
    return this.#store.find(id)?.run ?? null;
  }

  /** Runs from the newest, after the run with `beforeId`. */
  runs(limit: number, beforeId: string | null): Run[] {
    return this.#store.newest(limit, beforeId);
  }

  /** The watchdog: fails a run that is stuck, and sends silent tasks again. Safe to run at any time and to repeat. */
  override async alarm(): Promise<void> {
    try {
      const now = Date.now();
      this.#endIfStuck(now);
      this.#resendSilent(now);
      await this.#sweep(now);
      await this.#push();
    } finally {
      await this.#rearm();
    }
  }

  #activeRun(id: string): StoredRun | null {
    const active = this.#store.active();
    return active?.run.id === id ? active : null;
  }

  #begin(input: StartInput): Run {
    this.#hasHeard = true;
    const now = Date.now();
    const run = newRun(input, now);
    this.#store.begin(run, now);
    this.#addTasks(run, input.tasks);
    this.#advance(run, now);
    this.#log.info("run.started", { run: run.id, kind: run.kind, trigger: run.trigger, trace: run.trace_id });
    return run;
  }

  #addTasks(run: Run, tasks: readonly NamedTask[]): void {
    this.#store.addTasks(tasks);
    for (const { task } of tasks) if (task.kind === "process") run.counts.queued += task.ids.length;
  }

  #dropWaiting(run: Run): void {
    const before = this.#store.recordsLeft();
    this.#store.dropWaiting();
    run.counts.dropped += before - this.#store.recordsLeft();
  }

  /** Brings the run's state up to date with its tasks, and ends it when none is left. */
  #advance(run: Run, now: number): void {
    run.updated_at = new Date(now).toISOString();
    const { chunks, others } = this.#store.countTasks();
    if (others > 0) run.state = "scanning";
    else if (chunks > 0) run.state = "processing";
    else return this.#end(run, null, now);
    this.#store.save(run);
  }

  #end(run: Run, state: Run["state"] | null, now: number): void {
    const stored = this.#store.find(run.id);
    const own = stored?.cancelling === true ? "cancelled" : endState(run, stored?.incomplete ?? false);
    run.state = state ?? own;
    if (run.state === "cancelled") breakOff(run, "The run was cancelled before it had come to the end.");
    else if (run.state === "failed") breakOff(run, "The run made no progress for too long.");
    run.finished_at = new Date(now).toISOString();
    run.updated_at = run.finished_at;
    this.#store.end(run);
    this.#log.info("run.ended", { run: run.id, state: run.state, ...run.counts });
    const follower = this.#store.follower();
    if (follower === null) return;
    this.#store.setFollower(null);
    this.#begin(follower);
  }

  #endIfStuck(now: number): void {
    const active = this.#store.active();
    if (active === null) return;
    const { run, cancelling, movedAt, awaitedUntil } = active;
    const stalled = now - Math.max(movedAt, awaitedUntil) >= stallMs || now - movedAt >= patienceMs;
    const ends = cancelling ? now - movedAt >= cancelMs : stalled;
    if (!ends) return;
    const { queued, processed, failed, dropped } = run.counts;
    run.counts.dropped += queued - processed - failed - dropped;
    this.#end(run, cancelling ? "cancelled" : "failed", now);
  }

  /**
   * While other tasks are reported, a silent task may only be waiting its turn in the queue; so only the silence of the
   * whole run counts. A cancelled run has nothing to send.
   */
  #resendSilent(now: number): void {
    const active = this.#store.active();
    const enough = this.#hasHeard ? silenceMs : firstSilenceMs;
    if (active === null || active.cancelling || now - active.movedAt < enough) return;
    const resent = this.#store.unsendSilent(now - enough);
    if (resent > 0) this.#log.warn("run.resent", { run: active.run.id, tasks: resent });
  }

  /** Has uploads looked for, and goes on asking until the answer is that nothing was left behind. */
  async #sweep(now: number): Promise<void> {
    const sweep = this.#store.sweep();
    if (sweep === null || sweep.at > now) return;
    this.#store.setSweep({ ...sweep, at: now + sweepDelayMs });
    const message: IngestMessage = { type: "sweep", traceId: newTraceId(), askedAt: now };
    try {
      await this.env.INGEST_QUEUE.send(message);
    } catch (cause) {
      this.#log.warn("sweep.send_failed", {}, cause);
    }
  }

  /** Sends waiting tasks, as far as `maxInFlight` allows. The next alarm sends the tasks that cannot be sent now. */
  async #push(): Promise<void> {
    const active = this.#store.active();
    if (active !== null) {
      const { chunks, inFlight } = this.#store.countTasks();
      const room = maxInFlight - inFlight;
      const tasks = room > 0 ? this.#store.takeUnsent(room, chunks < maxWaitingChunks, Date.now()) : [];
      if (tasks.length > 0) await this.#send(active.run, tasks);
    }
    await this.#rearm();
  }

  async #send(run: Run, tasks: readonly NamedTask[]): Promise<void> {
    // A task is counted before it is sent: until the queue has answered, other calls are handled, and the run may end.
    run.cost.messages += tasks.length;
    this.#store.save(run);
    try {
      await this.env.INGEST_QUEUE.sendBatch(
        tasks.map(({ id, task }) => ({
          body: { type: "task", run: run.id, id, traceId: run.trace_id, task } satisfies IngestMessage,
        })),
      );
    } catch (cause) {
      this.#log.warn("run.send_failed", { run: run.id, tasks: tasks.length }, cause);
      // The tasks of another run may bear the same names.
      if (this.#activeRun(run.id) !== null) this.#store.unsend(tasks.map((task) => task.id));
    }
  }

  /**
   * Asks for the next alarm, unless an alarm is due before. Without a run and without expected uploads there is no alarm,
   * so that an idle service costs nothing.
   */
  async #rearm(): Promise<void> {
    const now = Date.now();
    const watchAt = this.#store.active() === null ? null : now + watchMs;
    const wanted = [this.#store.sweep()?.at ?? null, watchAt].filter((at) => at !== null);
    if (wanted.length === 0) return;
    const next = Math.min(...wanted);
    const set = await this.ctx.storage.getAlarm();
    if (set === null || set > next) await this.ctx.storage.setAlarm(next);
  }
}

/** The earlier run, with the providers and tasks that the later run asks for besides. */
function joined(earlier: StartInput | null, later: StartInput): StartInput {
  if (earlier === null) return later;
  const known = new Set(earlier.tasks.map(({ id }) => id));
  return {
    ...earlier,
    providers: [...new Set([...earlier.providers, ...later.providers])],
    tasks: [...earlier.tasks, ...later.tasks.filter(({ id }) => !known.has(id))],
  };
}

function stateIdOf(stored: StoredRun | null): string {
  return stored === null ? "0" : `${stored.run.id}.${stored.version}`;
}
