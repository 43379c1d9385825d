import type { Run } from "tagline-client";

/** A run that waits for somebody to say whether photos are gone. */
export interface Asking {
  readonly run: Run;
  /** The storages that it asks about. */
  readonly providers: readonly string[];
}

/**
 * What waits for an answer: the newest run with a storage that asks, as long as that storage was not listed later. Null for
 * nothing. The runs are the newest first.
 */
export function askingOf(runs: readonly Run[]): Asking | null {
  const ingests = runs.filter(({ kind, finished_at: finished }) => kind === "ingest" && finished !== null);
  const isLatest = (run: Run, name: string): boolean =>
    ingests.find(({ providers }) => Object.hasOwn(providers, name)) === run;
  for (const run of ingests) {
    const providers = Object.entries(run.providers)
      .filter(([name, { state }]) => state === "needs_confirmation" && isLatest(run, name))
      .map(([name]) => name);
    if (providers.length > 0) return { run, providers };
  }
  return null;
}
