import { z } from "@hono/zod-openapi";

import type { CoordinatorStatus } from "../../protocol/coordinator.ts";
import { providerRunStates, runKinds, runStates, runTriggers } from "../../protocol/run.ts";
import { nullable } from "./media-json.ts";

const count = (description: string) => z.int().openapi({ minimum: 0, description });
const time = (description: string) => z.string().openapi({ format: "date-time", description });

const providerSchema = z
  .object({
    state: z.enum(providerRunStates).openapi({
      description:
        "The state of the listing of this storage provider. `needs_confirmation`: very many objects have vanished, and the run has declared no media object missing.",
    }),
    scanned: count("Objects of this storage provider that were listed."),
    error: z.string().nullable().openapi({
      description:
        "The reason why the listing of this storage provider failed; null if the listing did not fail.",
    }),
  })
  .openapi("RunProvider", { description: "A storage provider of a run." });

const countsSchema = z
  .object({
    scanned: count("Objects that an ingest has listed, or media objects that a scan has looked at."),
    new: count("Objects that had no media object before."),
    changed: count("Objects with other bytes than before."),
    moved: count("Objects that were found again under another key."),
    unchanged: count("Objects that have not changed."),
    missing: count("Media objects whose object is missing."),
    ignored: count("Objects that are not images."),
    ambiguous: count(
      "Moves that several objects could explain. The run did not guess and moved no media object.",
    ),
    queued: count("Media objects that were queued for processing."),
    processed: count("Queued media objects that were processed."),
    failed: count("Queued media objects that could not be processed."),
    dropped: count("Queued media objects that were dropped when the run was cancelled."),
  })
  .openapi("RunCounts", {
    description:
      "The counts of a run. After the run has ended, `queued` = `processed` + `failed` + `dropped`.",
  });

const costSchema = z
  .object({
    provider_calls: count("Calls to storage providers."),
    rows_read: count("Rows that the database read."),
    rows_written: count("Rows that the database wrote."),
    messages: count("Messages that went through the queue."),
    bytes_read: count("Bytes that were read from the storage."),
  })
  .openapi("RunCost", { description: "The cost of a run." });

/** A run as it is answered. */
export const runSchema = z
  .object({
    id: z.string().openapi({ format: "uuid", description: "The id of the run." }),
    kind: z.enum(runKinds).openapi({
      description:
        "The kind of the run. `ingest`: the run lists the storage. `database_scan`: the run looks at the media objects in the database.",
    }),
    trigger: z.enum(runTriggers).openapi({ description: "The cause that started the run." }),
    state: z
      .enum(runStates)
      .openapi({ description: "The state of the run. `scanning` and `processing`: the run is still on." }),
    providers: z
      .record(z.string(), providerSchema)
      .openapi({ description: "The storage providers of the run, by their names." }),
    counts: countsSchema,
    cost: costSchema,
    started_at: time("The time at which the run started."),
    finished_at: z.string().nullable().openapi({
      format: "date-time",
      description: "The time at which the run ended; null while the run is on.",
    }),
    updated_at: time("The time of the last progress of the run."),
    trace_id: z.string().openapi({ description: "The trace of the run, for the log (W3C Trace Context)." }),
  })
  .openapi("Run", { description: "An ingest, or a scan of the database." });

/** Whether something runs, and what. */
export const statusSchema = z
  .object({
    state: z.enum(["idle", "running", "cancelling"]).openapi({
      description:
        "`running`: a run is on. `cancelling`: a run was cancelled and is ending. `idle`: no run is on.",
    }),
    run: nullable(runSchema, "The run that is on; null if no run is on."),
    last_run: nullable(runSchema, "The last run that ended; null if no run has ended."),
  })
  .openapi("IngestStatus", { description: "The run that is on and the last run that ended." });

/** What of the coordinator's answer a client sees. */
export function statusJson({ state, run, last_run }: CoordinatorStatus): z.infer<typeof statusSchema> {
  return { state, run, last_run };
}
