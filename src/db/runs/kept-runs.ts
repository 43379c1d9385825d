import { stringify, v7 } from "uuid";

/**
 * How long rows of a run are kept beside the records: longer than a hundred nightly runs, which is what the coordinator
 * remembers.
 */
const keptMs = 180 * 24 * 60 * 60_000;

/** The smallest id of a run whose rows are still kept: that of one that started so long ago. */
export function firstKeptRun(now: number): string {
  return stringify(v7({ msecs: now - keptMs, random: new Uint8Array(16), seq: 0 }, new Uint8Array(16)));
}
