import { findOutcomes } from "../db/media-reads.ts";
import { failPending } from "../db/media-writes.ts";
import type { Services } from "../services.ts";
import type { IngestMessage } from "./messages.ts";
import { reportChunk } from "./process-chunk.ts";
import type { TaskOutcome } from "./task-outcome.ts";
import { reportTask, type TaskMessage } from "./tasks.ts";

/** How often the queue has handed out what comes here: once, and `max_retries` of wrangler.toml. */
const attemptsBefore = 6;

/** Records what could not be done however often it was tried, and reports it, so that its run can go on and end. */
export async function buryMessage(services: Services, message: IngestMessage): Promise<void> {
  services.log.error("message.dead", { type: message.type });
  switch (message.type) {
    case "task":
      return reportTask(services, message, async (metered) => buryTask(metered, message));
    case "process":
      return failChunk(services, message.ids);
    case "sweep":
      return;
  }
}

async function buryTask(services: Services, message: TaskMessage): Promise<TaskOutcome> {
  const { task } = message;
  switch (task.kind) {
    case "process":
      return buryChunk(services, message, task.ids);
    case "list":
    case "delta":
    case "unlisted":
    case "settle":
    case "place":
    case "inherit":
    case "declare":
    case "purge": {
      const error = "The storage provider or the database failed too often.";
      return { counts: {}, provider: { name: task.provider, state: "failed", error }, next: [] };
    }
    case "scan":
    case "scan_thumbnails":
      return { counts: {}, incomplete: true, next: [] };
  }
}

/**
 * A chunk that killed its workers was not worked to its end, so that what lies behind the culprit was never tried: each
 * record that still waits becomes a chunk of its own. Only a chunk of one is certain of its culprit.
 */
async function buryChunk(
  services: Services,
  message: TaskMessage,
  ids: readonly string[],
): Promise<TaskOutcome> {
  const media = await findOutcomes(services.db, ids);
  const waiting = media.filter((each) => each.state === "pending").map((each) => each.id);
  const work = { run: message.run, attempts: attemptsBefore };
  if (ids.length === 1) {
    await failChunk(services, ids);
    return reportChunk(services, work, ids);
  }
  const done = await reportChunk(
    services,
    work,
    ids.filter((id) => !waiting.includes(id)),
  );
  return {
    // They are queued anew, which must not count them twice.
    counts: { ...done.counts, queued: -waiting.length },
    next: waiting.map((id) => ({ id: `${message.id}:${id}`, task: { kind: "process", ids: [id] } })),
  };
}

async function failChunk(services: Services, ids: readonly string[]): Promise<void> {
  const detail = "Processing was tried several times and failed each time; a database scan can try it again.";
  await failPending(services.db, ids, { code: "attempts_exhausted", detail }, Date.now());
}
