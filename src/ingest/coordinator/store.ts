import { z } from "zod";

import type { StartInput } from "../../protocol/coordinator.ts";
import { namedTask, type NamedTask } from "../../protocol/messages.ts";
import { run as runSchema, runKinds, runTriggers, type Run } from "../../protocol/run.ts";

/** The number of ended runs that are kept. */
const keptRuns = 100;

const startInput = z.object({
  id: z.string(),
  kind: z.enum(runKinds),
  trigger: z.enum(runTriggers),
  traceId: z.string(),
  providers: z.array(z.string()),
  tasks: z.array(namedTask),
});

const followerRow = z.object({
  input: z.string().transform((text): StartInput => startInput.parse(JSON.parse(text))),
});

/** A run as the coordinator remembers it: what everybody may see, and what only the watchdog needs. */
export interface StoredRun {
  readonly run: Run;
  /** Whether the run was cancelled: no more tasks are handed out, but tasks that a worker has in hand may still report. */
  readonly cancelling: boolean;
  /** Whether a page of records could not be scanned. */
  readonly incomplete: boolean;
  /** The time of the last reported task. Milliseconds since the epoch, as all times here. */
  readonly movedAt: number;
  /** The time until which the run has announced to be silent. */
  readonly awaitedUntil: number;
  /** Rises with every change, so that a watcher can tell whether there is anything new. */
  readonly version: number;
}

const storedRow = z
  .object({
    record: z.string().transform((text) => runSchema.parse(JSON.parse(text))),
    cancelling: z.int(),
    incomplete: z.int(),
    moved_at: z.number(),
    awaited_until: z.number(),
    version: z.int(),
  })
  .transform((row): StoredRun => ({
    run: row.record,
    cancelling: row.cancelling !== 0,
    incomplete: row.incomplete !== 0,
    movedAt: row.moved_at,
    awaitedUntil: row.awaited_until,
    version: row.version,
  }));

const columns = "record, cancelling, incomplete, moved_at, awaited_until, version";

/**
 * The coordinator's memory: the runs, the tasks of the active one that have not been reported, and when to look for
 * uploads that were left behind. Every method is synchronous, so that nothing can come between a read and its write.
 *
 * The column `begun` of a task holds the token of the last worker that took the task up. The token is negative if this
 * worker is silent or has put the task off; `begun` is 0 before any worker took the task up.
 *
 * Tasks are few (those in flight, and the chunks that wait), so they are scanned rather than indexed: a row read costs a thousandth of a
 * row written.
 */
export class CoordinatorStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(`
      CREATE TABLE IF NOT EXISTS ingest_runs (
        seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, active INTEGER NOT NULL DEFAULT 1,
        cancelling INTEGER NOT NULL DEFAULT 0, incomplete INTEGER NOT NULL DEFAULT 0, moved_at INTEGER NOT NULL,
        awaited_until INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL DEFAULT 1, record TEXT NOT NULL
      );
      CREATE TABLE IF NOT EXISTS ingest_tasks (
        seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, size INTEGER NOT NULL, task TEXT NOT NULL,
        sent_at INTEGER, begun INTEGER NOT NULL DEFAULT 0
      );
      CREATE TABLE IF NOT EXISTS upload_sweep (at INTEGER NOT NULL, expected_at INTEGER NOT NULL);
      CREATE TABLE IF NOT EXISTS follower (input TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS last_token (token INTEGER NOT NULL);
    `);
  }

  /** The run that has not ended. */
  active(): StoredRun | null {
    return this.#run("active = 1");
  }

  /** The newest run that has ended. */
  last(): StoredRun | null {
    return this.#run("active = 0 ORDER BY seq DESC LIMIT 1");
  }

  find(id: string): StoredRun | null {
    return this.#run("id = ?", id);
  }

  /** Runs from the newest, before the run `beforeId` if given; no runs if the run `beforeId` is forgotten, with all before. */
  newest(limit: number, beforeId: string | null): Run[] {
    const before = beforeId === null ? "" : "AND seq < (SELECT seq FROM ingest_runs WHERE id = ?)";
    return this.#sql
      .exec(
        `SELECT ${columns} FROM ingest_runs WHERE true ${before} ORDER BY seq DESC LIMIT ?`,
        ...(beforeId === null ? [] : [beforeId]),
        limit,
      )
      .toArray()
      .map((row) => storedRow.parse(row).run);
  }

  begin(run: Run, now: number): void {
    const record = JSON.stringify(run);
    this.#sql.exec("INSERT INTO ingest_runs (id, moved_at, record) VALUES (?, ?, ?)", run.id, now, record);
  }

  /** Writes the active run back. */
  save(run: Run): void {
    this.#change(run.id, "record = ?", JSON.stringify(run));
  }

  /** The run has moved. */
  moved(id: string, now: number): void {
    this.#change(id, "moved_at = max(moved_at, ?)", now);
  }

  /** The run will not be whole: part of the records could not be scanned. */
  markIncomplete(id: string): void {
    this.#change(id, "incomplete = 1");
  }

  /** The run was asked to end. */
  markCancelling(id: string, now: number): void {
    this.#change(id, "cancelling = 1, moved_at = max(moved_at, ?)", now);
  }

  /** Ends a run: whatever was still to do is forgotten, and the oldest runs with it. */
  end(run: Run): void {
    this.#change(run.id, "active = 0, record = ?", JSON.stringify(run));
    this.#sql.exec("DELETE FROM ingest_tasks");
    this.#sql.exec(
      "DELETE FROM ingest_runs WHERE seq <= (SELECT max(seq) FROM ingest_runs) - ?",
      keptRuns + 1,
    );
  }

  /** The run that is to follow the active one. */
  follower(): StartInput | null {
    const [row] = this.#sql.exec("SELECT input FROM follower").toArray();
    return row === undefined ? null : followerRow.parse(row).input;
  }

  /** Sets the run that is to follow the active run; null for no run. */
  setFollower(input: StartInput | null): void {
    this.#sql.exec("DELETE FROM follower");
    if (input !== null) this.#sql.exec("INSERT INTO follower (input) VALUES (?)", JSON.stringify(input));
  }

  addTasks(tasks: readonly NamedTask[]): void {
    for (const { id, task } of tasks) {
      this.#sql.exec(
        "INSERT OR IGNORE INTO ingest_tasks (id, kind, size, task) VALUES (?, ?, ?, ?)",
        id,
        task.kind,
        task.kind === "process" ? task.ids.length : 0,
        JSON.stringify(task),
      );
    }
  }

  /** Takes a task off the list; false if it is not there, as when it was reported before. */
  takeTask(id: string): boolean {
    return this.#sql.exec("DELETE FROM ingest_tasks WHERE id = ? RETURNING id", id).toArray().length > 0;
  }

  hasTask(id: string): boolean {
    return this.#sql.exec("SELECT 1 FROM ingest_tasks WHERE id = ?", id).toArray().length > 0;
  }

  /**
   * A worker has taken a task up: from now on it may be silent for as long as a worker needs. Answers its token, or null
   * if there is no such task. Work on records takes none of its own, since it is not fenced.
   */
  beginTask(id: string, now: number): number | null {
    const [task] = this.#sql
      .exec<{ kind: string }>("SELECT kind FROM ingest_tasks WHERE id = ?", id)
      .toArray();
    if (task === undefined) return null;
    const token = task.kind === "process" ? 0 : this.#nextToken(now);
    this.#sql.exec(
      "UPDATE ingest_tasks SET sent_at = ?, begun = ? WHERE id = ?",
      now,
      Math.max(1, token),
      id,
    );
    return token;
  }

  /** Greater than every one before. It rises with the clock as well, should this object ever begin anew beside old data. */
  #nextToken(now: number): number {
    const [row] = this.#sql.exec<{ token: number }>("SELECT token FROM last_token").toArray();
    const token = Math.max((row?.token ?? 0) + 1, now);
    this.#sql.exec(
      row === undefined ? "INSERT INTO last_token (token) VALUES (?)" : "UPDATE last_token SET token = ?",
      token,
    );
    return token;
  }

  /** Whether another worker has taken a task up after the worker with this token. */
  isOvertaken(id: string, token: number): boolean {
    return (
      this.#sql.exec("SELECT 1 FROM ingest_tasks WHERE id = ? AND abs(begun) > ?", id, token).toArray()
        .length > 0
    );
  }

  /** How many tasks there are: chunks of records to process, and everything else. */
  countTasks(): { readonly chunks: number; readonly others: number; readonly inFlight: number } {
    return z.object({ chunks: z.int(), others: z.int(), inFlight: z.int() }).parse(
      this.#sql
        .exec(
          `SELECT count(*) FILTER (WHERE kind = 'process') AS chunks, count(*) FILTER (WHERE kind <> 'process') AS others,
             count(sent_at) AS inFlight FROM ingest_tasks`,
        )
        .one(),
    );
  }

  /** Marks up to `limit` tasks as sent and answers them: listings first, so that work never runs out. */
  takeUnsent(limit: number, listings: boolean, now: number): NamedTask[] {
    const rows = this.#sql
      .exec<{ id: string; task: string }>(
        `SELECT id, task FROM ingest_tasks WHERE sent_at IS NULL AND (? OR kind = 'process')
         ORDER BY kind = 'process', seq LIMIT ?`,
        listings ? 1 : 0,
        limit,
      )
      .toArray();
    for (const row of rows) this.#sql.exec("UPDATE ingest_tasks SET sent_at = ? WHERE id = ?", now, row.id);
    return rows.map((row) => parseTask(row.id, row.task));
  }

  /** Marks these tasks as not sent, except for tasks that a worker has in hand. */
  unsend(ids: readonly string[]): void {
    for (const id of ids) {
      this.#sql.exec("UPDATE ingest_tasks SET sent_at = NULL WHERE id = ? AND begun <= 0", id);
    }
  }

  /** Tasks that were sent, or begun, before `before` and are silent since count as not sent; answers how many. */
  unsendSilent(before: number): number {
    return this.#sql
      .exec(
        "UPDATE ingest_tasks SET sent_at = NULL, begun = -abs(begun) WHERE sent_at < ? RETURNING id",
        before,
      )
      .toArray().length;
  }

  /** Notes that a task is tried again at a time, and is silent until then. */
  postpone(runId: string, taskId: string, until: number): void {
    this.#sql.exec("UPDATE ingest_tasks SET sent_at = ?, begun = -abs(begun) WHERE id = ?", until, taskId);
    this.#change(runId, "awaited_until = max(awaited_until, ?)", until);
  }

  /** Forgets the tasks that no worker has in hand, and all listings. */
  dropWaiting(): void {
    this.#sql.exec("DELETE FROM ingest_tasks WHERE begun <= 0 OR kind <> 'process'");
  }

  /** The number of records that the remaining tasks name. */
  recordsLeft(): number {
    return this.#sql.exec<{ n: number }>("SELECT coalesce(sum(size), 0) AS n FROM ingest_tasks").one().n;
  }

  /** When to look for uploads that were left behind, and when one was last announced. */
  sweep(): { readonly at: number; readonly expectedAt: number } | null {
    const [row] = this.#sql
      .exec<{ at: number; expected_at: number }>("SELECT at, expected_at FROM upload_sweep LIMIT 1")
      .toArray();
    return row === undefined ? null : { at: row.at, expectedAt: row.expected_at };
  }

  setSweep(sweep: { readonly at: number; readonly expectedAt: number } | null): void {
    this.#sql.exec("DELETE FROM upload_sweep");
    if (sweep === null) return;
    this.#sql.exec("INSERT INTO upload_sweep (at, expected_at) VALUES (?, ?)", sweep.at, sweep.expectedAt);
  }

  #change(id: string, assignments: string, ...values: (string | number)[]): void {
    this.#sql.exec(
      `UPDATE ingest_runs SET version = version + 1, ${assignments} WHERE id = ?`,
      ...values,
      id,
    );
  }

  #run(condition: string, ...values: string[]): StoredRun | null {
    const [row] = this.#sql
      .exec(`SELECT ${columns} FROM ingest_runs WHERE ${condition}`, ...values)
      .toArray();
    return row === undefined ? null : storedRow.parse(row);
  }
}

function parseTask(id: string, task: string): NamedTask {
  const parsed: unknown = JSON.parse(task);
  return namedTask.parse({ id, task: parsed });
}
