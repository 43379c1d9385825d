import type { Run } from "../import/answers.ts";
import type { Api } from "../import/api.ts";
import { count, type Progress } from "../import/progress.ts";
import type { Clock } from "../import/clock.ts";

const lookEveryMs = 1_000;

/** What following a run needs. */
export interface Following {
  api: Api;
  progress: Progress;
  clock: Clock;
  signal: AbortSignal;
}

/** Shows how a run gets on until it has ended; undefined if the service has forgotten it. */
export async function followRun(following: Following, id: string): Promise<Run | undefined> {
  const { api, progress, clock, signal } = following;
  const startedAt = clock.now();
  let stage = "";
  try {
    for (;;) {
      const { run, last_run: last } = await api.status();
      if (run?.id !== id) return last?.id === id ? last : await api.run(id);
      const { queued, processed, failed, dropped, scanned } = run.counts;
      const done = processed + failed + dropped;
      if (run.state !== stage) {
        progress.end();
        stage = run.state;
        // What is queued grows as long as the listing goes on.
        progress.begin(
          stage === "scanning" ? "Listing" : "Processing",
          stage === "scanning" ? 0 : queued,
          count,
        );
      }
      const pace = paceOf(done, queued, clock.now() - startedAt);
      progress.update(stage === "scanning" ? scanned : done, `${done} of ${queued} done, ${pace}`);
      await clock.sleep(lookEveryMs, signal);
    }
  } finally {
    progress.end();
  }
}

/** How fast it goes, and how long it takes if it goes on like this. */
export function paceOf(done: number, queued: number, elapsedMs: number): string {
  if (done === 0 || elapsedMs <= 0) return "0.0/s";
  const perSecond = (1_000 * done) / elapsedMs;
  const left = Math.ceil((queued - done) / perSecond);
  const text = left < 120 ? `${left} s` : `${Math.ceil(left / 60)} min`;
  return `${perSecond.toFixed(1)}/s, about ${text} left`;
}
