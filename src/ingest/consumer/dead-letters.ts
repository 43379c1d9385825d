import { findManyMedia, findOutcomes } from "../../db/media/reads.ts";
import { failPending } from "../../db/media/writes.ts";
import { wantWords } from "../../media/suggestions/want.ts";
import type { Services } from "../../services.ts";
import { mostAttempts } from "../../protocol/attempts.ts";
import type { IngestMessage, ProcessTask } from "../../protocol/messages.ts";
import { isToBeReadAgain, keepCopiesIfPossible, reportChunk } from "./process-chunk.ts";
import { passOverFacts } from "../scanning/scan-facts.ts";
import { passOverSuggestions } from "../scanning/scan-suggestions.ts";
import { passOverRecords, passOverThumbnails } from "../scanning/scan.ts";
import { passOverTrash } from "../scanning/purge-trash.ts";
import { passOverSidecars } from "../settling/sidecars.ts";
import { passOverTexts } from "../scanning/read-texts.ts";
import { passOverDeleted } from "../scanning/sweep-deleted.ts";
import type { TaskOutcome } from "../../protocol/task-outcome.ts";
import { singleTasks } from "../../protocol/tasks.ts";
import { reportTask, type TaskMessage } from "./tasks.ts";

/** A message that names records which were uploaded, or queued again, outside of any run. */
type UploadsMessage = Extract<IngestMessage, { type: "process" }>;

/** The error of a record whose attempts have all failed. */
const exhausted = {
  code: "attempts_exhausted",
  detail:
    "Every attempt to process the media object has failed. A database scan can process the media object again.",
} as const;

/** Records a message whose attempts have all failed, and reports its task, so that its run can go on and end. */
export async function recordDeadLetter(services: Services, message: IngestMessage): Promise<void> {
  services.log.error("message.dead", { type: message.type });
  switch (message.type) {
    case "task":
      return reportTask(services, message, async (metered) => deadLetterTask(metered, message));
    case "process":
      return deadLetterUploads(services, message);
    case "sidecars":
      // Whoever changes words next, or the next ingest, sends another.
      return;
    case "suggest":
      // Likewise whoever processes photos next, or the next night.
      return;
    case "sweep":
      // The coordinator goes on asking until it is answered.
      return;
  }
}

async function deadLetterTask(services: Services, message: TaskMessage): Promise<TaskOutcome> {
  const { task } = message;
  switch (task.kind) {
    case "process":
      return deadLetterChunk(services, message, task);
    case "list":
    case "delta":
    case "unlisted":
    case "settle":
    case "place":
    case "inherit":
    case "declare":
    case "purge": {
      const error =
        "The storage provider or the database failed too often; the log tells the cause under the id of the run.";
      return { counts: {}, provider: { name: task.provider, state: "failed", error }, next: [] };
    }
    case "sidecars":
      return passOverSidecars(services, task);
    case "scan":
      return passOverRecords(services, task);
    case "scan_thumbnails":
      return passOverThumbnails(services, task);
    case "scan_facts":
      return passOverFacts(services, task);
    case "sweep_deleted":
      return passOverDeleted(services, message.run, task);
    case "purge_trash":
      return passOverTrash(services, message.run, task);
    case "read_texts":
      return passOverTexts(services, task);
    case "scan_suggestions":
      return passOverSuggestions(services, task);
  }
}

/** Records that were to be processed together. */
type Chunk = Pick<ProcessTask, "ids" | "since" | "facts" | "words">;

/**
 * Uploads whose message is dead go on one by one. Should we die between sending and the end, they are sent twice, which
 * does no harm; should the queue refuse, the dead letter comes again.
 */
async function deadLetterUploads(services: Services, message: UploadsMessage): Promise<void> {
  const single = { type: "process", since: Date.now(), traceId: message.traceId } as const;
  const ids = await takeApart(services, { ...message, facts: false });
  const settled = message.ids.filter((id) => !ids.includes(id));
  await keepCopiesIfPossible(services, await findOutcomes(services.db, settled));
  await wantWords(services, settled);
  // A message names a hundred records at most, which is what a batch takes (Queues limits).
  if (ids.length > 0) await services.queue.sendBatch(ids.map((id) => ({ body: { ...single, ids: [id] } })));
}

async function deadLetterChunk(services: Services, message: TaskMessage, chunk: Chunk): Promise<TaskOutcome> {
  const since = Date.now();
  const left = await takeApart(services, chunk);
  const work = { run: message.run, attempts: mostAttempts, facts: chunk.facts };
  const done = await reportChunk(
    services,
    work,
    chunk.ids.filter((id) => !left.includes(id)),
  );
  return {
    // The records are queued anew, and must not be counted twice.
    counts: { ...done.counts, queued: 0 - left.length },
    // Facts that could not be read again stay old; without this line nobody would learn of it.
    incomplete: chunk.facts && (done.counts.dropped ?? 0) > 0,
    next: singleTasks(message.id, { ids: left, since, facts: chunk.facts, words: chunk.words }),
  };
}

/**
 * A chunk that killed its workers was never finished, so that the records behind the culprit were never tried. Answers
 * the records that still wait: each is to be tried by itself. Only a chunk of one record names its culprit for certain,
 * and only if the record still has the bytes that were tried: then the record fails. A record that was processed before
 * keeps its state and its old facts.
 */
async function takeApart(
  services: Services,
  { ids, since = Infinity, facts }: Chunk,
): Promise<readonly string[]> {
  const media = await findManyMedia(services.db, ids);
  const waiting = media.filter((each) => each.state === "pending" || isToBeReadAgain(each, { facts }));
  const untried = waiting.filter((each) => ids.length > 1 || each.observedAt > since);
  for (const culprit of waiting.filter((each) => !untried.includes(each))) {
    await failPending(services.db, culprit, exhausted, Date.now());
  }
  return untried.map((each) => each.id);
}
