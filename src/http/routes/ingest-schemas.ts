import { z } from "@hono/zod-openapi";

import type { CoordinatorStatus } from "../../ingest/coordinator.ts";
import { run as runShape } from "../../ingest/run.ts";

/** A run as it is answered. */
export const runSchema = runShape.openapi("Run");

/** Whether something runs, and what. */
export const statusSchema = z
  .object({
    state: z.enum(["idle", "running", "cancelling"]),
    run: runSchema.nullable(),
    last_run: runSchema.nullable(),
  })
  .openapi("IngestStatus");

/** What of the coordinator's answer a client sees. */
export function statusJson({ state, run, last_run }: CoordinatorStatus): z.infer<typeof statusSchema> {
  return { state, run, last_run };
}
