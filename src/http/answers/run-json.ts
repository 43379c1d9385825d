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
        "How far the listing of this provider is. `needs_confirmation`: so much has vanished that nothing was declared missing.",
    }),
    scanned: count("How many objects of this provider were listed."),
    error: z.string().nullable().openapi({ description: "Why the listing of this provider failed." }),
  })
  .openapi("RunProvider", { description: "A storage provider within a run." });

const countsSchema = z
  .object({
    scanned: count("Objects that were listed, or records that were walked."),
    new: count("Objects that had no record."),
    changed: count("Objects with other bytes than before."),
    moved: count("Objects that were found again under another key."),
    unchanged: count("Objects that are as they were."),
    missing: count("Records whose object is gone."),
    ignored: count("Objects that are not images."),
    ambiguous: count("Moves that several objects could explain, so that none was taken."),
    queued: count("Records that were queued for processing."),
    processed: count("Queued records that were processed."),
    failed: count("Queued records that could not be processed."),
    dropped: count("Queued records that were dropped when the run was cancelled."),
  })
  .openapi("RunCounts", {
    description: "What a run did, in objects. At its end `queued` = `processed` + `failed` + `dropped`.",
  });

const costSchema = z
  .object({
    provider_calls: count("Calls to storage providers."),
    rows_read: count("Rows that the database read."),
    rows_written: count("Rows that the database wrote."),
    messages: count("Messages that went through the queue."),
    bytes_read: count("Bytes that were read from the storage."),
  })
  .openapi("RunCost", { description: "What a run cost." });

/** A run as it is answered. */
export const runSchema = z
  .object({
    id: z.string().openapi({ format: "uuid", description: "The id of the run." }),
    kind: z
      .enum(runKinds)
      .openapi({ description: "What the run walks: the storage (`ingest`) or the records." }),
    trigger: z.enum(runTriggers).openapi({ description: "What started the run." }),
    state: z
      .enum(runStates)
      .openapi({ description: "How far the run is. `scanning` and `processing`: the run is still on." }),
    providers: z
      .record(z.string(), providerSchema)
      .openapi({ description: "The storage providers of the run, by their names." }),
    counts: countsSchema,
    cost: costSchema,
    started_at: time("When the run started."),
    finished_at: z
      .string()
      .nullable()
      .openapi({ format: "date-time", description: "When the run ended; null while it is on." }),
    updated_at: time("When the run last got on."),
    trace_id: z.string().openapi({ description: "The trace of the run, for the log (W3C Trace Context)." }),
  })
  .openapi("Run", { description: "An ingest, or a scan of the database." });

/** Whether something runs, and what. */
export const statusSchema = z
  .object({
    state: z.enum(["idle", "running", "cancelling"]).openapi({ description: "Whether a run is on." }),
    run: nullable(runSchema, "The run that is on; null where none is."),
    last_run: nullable(runSchema, "The last run that ended; null where none has."),
  })
  .openapi("IngestStatus", { description: "The run that is on, and the last run that ended." });

/** What of the coordinator's answer a client sees. */
export function statusJson({ state, run, last_run }: CoordinatorStatus): z.infer<typeof statusSchema> {
  return { state, run, last_run };
}
