import { Failure } from "../failure.ts";
import type { Run } from "./answers.ts";
import type { Api } from "./api.ts";
import { count, type Progress } from "./progress.ts";
import type { Clock } from "./clock.ts";

/** What waiting for the service's work needs. */
export interface Ingesting {
  api: Api;
  prefix: string;
  progress: Progress;
  clock: Clock;
  signal: AbortSignal;
}

const lookEveryMs = 1_000;
// The service itself puts lost work back within a minute.
const stillMs = 90_000;
const mostScans = 2;

async function waitForRun({ api, clock, signal, progress }: Ingesting, id: string): Promise<Run> {
  for (;;) {
    const { run, last_run: last } = await api.status();
    if (run?.id !== id) {
      const ended = last?.id === id ? last : await api.run(id);
      if (!ended)
        throw new Failure("The service no longer keeps the run of the ingest. Run the import again.");
      return ended;
    }
    const { queued, processed, failed } = run.counts;
    progress.update(processed + failed, run.state, queued);
    await clock.sleep(lookEveryMs, signal);
  }
}

/** Starts an ingest of its own, after the one that may be running, which may have passed our files by. */
async function runIngest(ingesting: Ingesting): Promise<Run> {
  const { api, prefix } = ingesting;
  for (;;) {
    const { status, run } = await api.startIngest(prefix);
    const ended = await waitForRun(ingesting, run.id);
    if (status === "started") return ended;
  }
}

/**
 * Waits until nothing below the prefix is pending. What an upload queued is not part of the run; where nothing moves
 * any more, a database scan puts it back to work. Gives how many are still pending in the end.
 */
export async function waitUntilProcessed({
  api,
  prefix,
  progress,
  clock,
  signal,
}: Ingesting): Promise<number> {
  let first: number | undefined;
  let [fewest, movedAt, scans] = [Number.POSITIVE_INFINITY, clock.now(), 0];
  for (;;) {
    const pending = await api.countPending(prefix);
    if (pending === 0) return 0;
    if (first === undefined) progress.begin("Processing", pending, count);
    first ??= pending;
    progress.update(Math.max(first - pending, 0), `${pending} to go`);
    if (pending < fewest) [fewest, movedAt] = [pending, clock.now()];
    else if (clock.now() - movedAt >= stillMs) {
      if (scans === mostScans) return pending;
      scans += 1;
      await api.startScan();
      movedAt = clock.now();
    }
    await clock.sleep(lookEveryMs, signal);
  }
}

/** Ingests below the prefix and stays until everything there is processed; gives the run and what is still pending. */
export async function ingestAndWait(ingesting: Ingesting): Promise<{ run: Run; pending: number }> {
  const { progress, signal } = ingesting;
  try {
    progress.begin("Ingesting", 0, count);
    const run = await runIngest(ingesting);
    progress.end();
    return { run, pending: await waitUntilProcessed(ingesting) };
  } catch (error) {
    if (signal.aborted || error instanceof Failure) throw error;
    throw new Failure(
      "The service was lost while it was processing; run the import again to see how it ended.",
      {
        cause: error,
      },
    );
  } finally {
    progress.end();
  }
}
