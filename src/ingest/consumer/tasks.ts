import { fencedDatabase } from "../../db/fence.ts";
import { createdAtOf } from "../../core/media-id.ts";
import type { Services } from "../../services.ts";
import { meteredProvider, type StorageCost } from "../../storage/metered.ts";
import { declareVanished, purgeProvider } from "../settling/declare.ts";
import { deltaPage } from "../listing/delta-page.ts";
import { markUnlistedRecords } from "../listing/unlisted.ts";
import { letInherit } from "../settling/inherit.ts";
import { listPage } from "../listing/list-page.ts";
import type { IngestMessage } from "../../protocol/messages.ts";
import { placeSightings } from "../settling/place.ts";
import { processChunk } from "./process-chunk.ts";
import type { TaskReport } from "../../protocol/run.ts";
import { scanFacts } from "../scanning/scan-facts.ts";
import { scanSuggestions } from "../scanning/scan-suggestions.ts";
import { scanRecords, scanThumbnails } from "../scanning/scan.ts";
import { settleSidecars } from "../settling/sidecars.ts";
import { pairProvider } from "../settling/pair.ts";
import { purgeTrash } from "../scanning/purge-trash.ts";
import { readUnreadTexts } from "../scanning/read-texts.ts";
import { sweepDeleted } from "../scanning/sweep-deleted.ts";
import type { TaskOutcome } from "../../protocol/task-outcome.ts";

/** A message that carries a task of a run. */
export type TaskMessage = Extract<IngestMessage, { type: "task" }>;

/** Handles a task of a run: does it and reports it. */
export async function runTask(services: Services, message: TaskMessage, attempts: number): Promise<void> {
  await reportTask(services, message, async (own, token) => handleTask(own, message, { attempts, token }));
}

/**
 * Does the `work` of a task and reports its outcome. The coordinator sends the tasks that follow, and only if it accepts
 * the report. A task that nobody waits for any more is skipped.
 */
export async function reportTask(
  services: Services,
  message: TaskMessage,
  work: (services: Services, token: number) => Promise<TaskOutcome | null>,
): Promise<void> {
  const token = await services.coordinator.begin(message.run, message.id);
  if (token === null) {
    services.log.info("task.outdated");
    return;
  }
  const cost: StorageCost = { calls: 0, bytesRead: 0 };
  const providers = new Map(
    [...services.providers].map(([name, each]) => [name, meteredProvider(each, cost)]),
  );
  const { task } = message;
  const db =
    "provider" in task ? fencedDatabase(services.db, { provider: task.provider, token }) : services.db;
  const outcome = await work({ ...services, db, providers }, token);
  if (outcome === null) return;
  const report = reportOf(services, outcome, cost);
  const exclusively = outcome.onlyFromLast === true ? token : null;
  await services.coordinator.complete(message.run, message.id, report, [...outcome.next], exclusively);
}

async function handleTask(
  services: Services,
  message: TaskMessage,
  { attempts, token }: { readonly attempts: number; readonly token: number },
): Promise<TaskOutcome | null> {
  const { run, task } = message;
  const isWanted = async (): Promise<boolean> => services.coordinator.isActive(run, message.id);
  switch (task.kind) {
    case "list":
      return listPage(services, run, task, isWanted);
    case "delta":
      return deltaPage(services, { run, token, isWanted }, task);
    case "unlisted":
      return markUnlistedRecords(services, run, task);
    case "settle":
      return pairProvider(services, run, task);
    case "place":
      return placeSightings(services, run, task);
    case "inherit":
      return letInherit(services, run, task);
    case "declare":
      return declareVanished(services, { id: run, startedAt: createdAtOf(run) }, task);
    case "purge":
      return purgeProvider(services, task);
    case "sidecars":
      return settleSidecars(services, task);
    case "scan":
      return scanRecords(services, task);
    case "scan_thumbnails":
      return scanThumbnails(services, run, task);
    case "scan_facts":
      return scanFacts(services, task);
    case "sweep_deleted":
      return sweepDeleted(services, run, task);
    case "purge_trash":
      return purgeTrash(services, run, task);
    case "read_texts":
      return readUnreadTexts(services, task);
    case "scan_suggestions":
      return scanSuggestions(services, task);
    case "process":
      return processChunk(services, { run, attempts, facts: task.facts, words: task.words }, task.ids);
  }
}

function reportOf(services: Services, outcome: TaskOutcome, cost: StorageCost): TaskReport {
  const { rowsRead, rowsWritten } = services.db.cost;
  return {
    counts: outcome.counts,
    cost: {
      provider_calls: cost.calls,
      bytes_read: cost.bytesRead,
      rows_read: rowsRead,
      rows_written: rowsWritten,
    },
    incomplete: outcome.incomplete === true,
    ...(outcome.provider === undefined ? {} : { provider: outcome.provider }),
  };
}
