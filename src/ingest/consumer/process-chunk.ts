import { countClaimed } from "../../db/ingest/inheritance.ts";
import { hasOldFacts } from "../../db/media/facts.ts";
import type { MediaObject } from "../../db/media/record.ts";
import { findManyMedia, findOutcomes, type MediaOutcome } from "../../db/media/reads.ts";
import { recordFailures } from "../../db/runs/run-failures.ts";
import { appErrorOf } from "../../core/errors.ts";
import { comparedHash } from "../../db/copies/pictures.ts";
import { keepCopies } from "../../media/copies/keep-copies.ts";
import { processMedia } from "../../media/processing/process.ts";
import { refreshFacts } from "../../media/processing/refresh-facts.ts";
import { wantWords } from "../../media/suggestions/want.ts";
import { factsVersion } from "../../metadata/facts/facts.ts";
import type { Services } from "../../services.ts";
import type { TaskOutcome } from "../../protocol/task-outcome.ts";

/** The run that a chunk belongs to (null outside of any run) and the number of the attempt. */
export interface ChunkWork {
  readonly run: string | null;
  readonly attempts: number;
  /** Whether old facts are read again, also those of records that were processed. */
  readonly facts: boolean;
  /** Whether records that were processed before take what they lack of their files' words. */
  readonly words?: boolean | undefined;
}

/**
 * Handles a chunk of records. Records that an earlier attempt has processed are skipped. The report is read from the
 * records' final states, so that any number of attempts report the same. A record that cannot be processed now does not
 * stop the other records; the chunk is tried again for this record. If a provider asks to come later, only the records of
 * this provider wait. Last of all the copies of its photos are found, by every attempt that comes so far; an attempt that
 * fails in this leaves the photos as they are. Models are asked about its photos later, whatever becomes of that.
 */
export async function processChunk(
  services: Services,
  work: ChunkWork,
  ids: readonly string[],
): Promise<TaskOutcome> {
  let failure: Error | null = null;
  const resting = new Set<string>();
  const before = await findManyMedia(services.db, ids);
  for (const media of before) {
    const isSettled = media.state !== "pending";
    if (resting.has(media.provider) || (isSettled && !isToBeReadAgain(media, work))) continue;
    try {
      await (isSettled
        ? refreshFacts(services, media)
        : processMedia(services, media, { fillsWords: work.words }));
    } catch (cause) {
      const code = appErrorOf(cause)?.code;
      // The next record would fail in the same way, and would only add to the load.
      if (code === "database_unavailable") throw cause;
      services.log.warn("media.postponed", { media: media.id }, cause);
      if (code === "storage_rate_limited") resting.add(media.provider);
      failure = laterOf(failure, cause);
    }
  }
  if (failure !== null) throw failure;
  const rows = await findOutcomes(services.db, ids);
  // Facts that are read again seldom change a picture. Any other chunk may have died right after its records were settled.
  await keepCopies(services, work.facts ? rows.filter((row) => isOtherThan(before, row)) : rows);
  await wantWords(services, ids);
  return reportRows(services, work, ids, rows);
}

/** Whether a record was processed, and has another picture than before. */
function isOtherThan(before: readonly MediaObject[], row: MediaOutcome): boolean {
  const media = before.find(({ id }) => id === row.id);
  return (
    media?.state !== row.state ||
    media.thumbnailVersion !== row.thumbnailVersion ||
    comparedHash(media) !== comparedHash(row)
  );
}

/** Whether the facts of a record that was processed are to be read again. */
export function isToBeReadAgain(media: MediaObject, { facts }: Pick<ChunkWork, "facts">): boolean {
  return facts && hasOldFacts(media, factsVersion);
}

/** The failure that asks for the longer wait. */
function laterOf(failure: Error | null, cause: unknown): Error {
  const other = cause instanceof Error ? cause : new Error("processing failed", { cause });
  const wait = (error: Error | null): number => appErrorOf(error)?.retryAfterSeconds ?? 0;
  return failure !== null && wait(failure) > wait(other) ? failure : other;
}

/** What has become of the records of a chunk that was given up. Copies of those that are settled are found if they can be. */
export async function reportChunk(
  services: Services,
  work: ChunkWork,
  ids: readonly string[],
): Promise<TaskOutcome> {
  const rows = await findOutcomes(services.db, ids);
  if (!work.facts) await keepCopiesIfPossible(services, rows);
  await wantWords(services, ids);
  return reportRows(services, work, ids, rows);
}

/** A chunk that is given up has no other attempt: its photos are as they are, and only their copies may not be known. */
export async function keepCopiesIfPossible(services: Services, rows: readonly MediaOutcome[]): Promise<void> {
  try {
    await keepCopies(services, rows);
  } catch (cause) {
    services.log.warn("copies.given_up", { records: rows.length }, cause);
  }
}

/** The outcomes of the records of a chunk; failures are stored, so that clients can list the failures of a run. */
async function reportRows(
  services: Services,
  work: ChunkWork,
  ids: readonly string[],
  rows: readonly MediaOutcome[],
): Promise<TaskOutcome> {
  const found = work.facts ? rows.filter((row) => row.factsVersion >= factsVersion) : rows;
  const processed = found.filter(({ state }) => state === "ready" || state === "unsupported").length;
  const failures = found.filter(({ state }) => state === "failed");
  if (work.run !== null && failures.length > 0) {
    await recordFailures(services.db, { run: work.run, attempts: work.attempts }, failures);
  }
  const failed = failures.length;
  // A record that is gone may have been claimed: then an older record has taken its place.
  const moved =
    work.run !== null && rows.length < ids.length ? await countClaimed(services.db, work.run, ids) : 0;
  return { counts: { processed, failed, dropped: ids.length - processed - failed, moved }, next: [] };
}
