import { countClaimed } from "../../db/ingest/inheritance.ts";
import { hasOldFacts } from "../../db/media/facts.ts";
import type { MediaObject } from "../../db/media/record.ts";
import { findManyMedia, findOutcomes } from "../../db/media/reads.ts";
import { recordFailures } from "../../db/runs/run-failures.ts";
import { appErrorOf } from "../../core/errors.ts";
import { processMedia } from "../../media/processing/process.ts";
import { refreshFacts } from "../../media/processing/refresh-facts.ts";
import { factsVersion } from "../../metadata/facts/facts.ts";
import type { Services } from "../../services.ts";
import type { TaskOutcome } from "../../protocol/task-outcome.ts";

/** For whom a chunk is worked, null outside of any run, and for how many times. */
export interface ChunkWork {
  readonly run: string | null;
  readonly attempts: number;
  /** Also of settled records the facts are read again, where they are old. */
  readonly facts: boolean;
}

/**
 * Handles a chunk of records. Those that are done already, as when the chunk is handled again, are passed over. The
 * report is read from the records' final states, so that any number of attempts report the same. A record that cannot be
 * processed now stops no other; the chunk is tried again for it. Where a provider asks to come later its records wait,
 * and those of others do not.
 */
export async function processChunk(
  services: Services,
  work: ChunkWork,
  ids: readonly string[],
): Promise<TaskOutcome> {
  let failure: Error | null = null;
  const resting = new Set<string>();
  for (const media of await findManyMedia(services.db, ids)) {
    const isSettled = media.state !== "pending";
    if (resting.has(media.provider) || (isSettled && !isToBeReadAgain(media, work))) continue;
    try {
      await (isSettled ? refreshFacts(services, media) : processMedia(services, media));
    } catch (cause) {
      const code = appErrorOf(cause)?.code;
      // The next record would meet that as well, so that going on would only make it worse.
      if (code === "database_unavailable") throw cause;
      services.log.warn("media.postponed", { media: media.id }, cause);
      if (code === "storage_rate_limited") resting.add(media.provider);
      failure = laterOf(failure, cause);
    }
  }
  if (failure !== null) throw failure;
  return reportChunk(services, work, ids);
}

/** Whether a settled record is one whose facts are to be read again. */
export function isToBeReadAgain(media: MediaObject, { facts }: Pick<ChunkWork, "facts">): boolean {
  return facts && hasOldFacts(media, factsVersion);
}

/** The failure that asks for the longer wait. */
function laterOf(failure: Error | null, cause: unknown): Error {
  const other = cause instanceof Error ? cause : new Error("processing failed", { cause });
  const wait = (error: Error | null): number => appErrorOf(error)?.retryAfterSeconds ?? 0;
  return failure !== null && wait(failure) > wait(other) ? failure : other;
}

/** What became of the records of a chunk; failures are written down for whoever asks later what failed. */
export async function reportChunk(
  services: Services,
  work: ChunkWork,
  ids: readonly string[],
): Promise<TaskOutcome> {
  const rows = await findOutcomes(services.db, ids);
  const found = work.facts ? rows.filter((row) => row.factsVersion >= factsVersion) : rows;
  const processed = found.filter(({ state }) => state === "ready" || state === "unsupported").length;
  const failures = found.filter(({ state }) => state === "failed");
  if (work.run !== null && failures.length > 0) {
    await recordFailures(services.db, { run: work.run, attempts: work.attempts }, failures);
  }
  const failed = failures.length;
  // Whose record is gone may have turned out to be an older one's, which then is at its place.
  const moved =
    work.run !== null && rows.length < ids.length ? await countClaimed(services.db, work.run, ids) : 0;
  return { counts: { processed, failed, dropped: ids.length - processed - failed, moved }, next: [] };
}
