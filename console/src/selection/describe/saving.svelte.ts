import { TaglineError } from "tagline-client";
import { changes } from "../../service/changes.ts";
import { kindOf, type FailureKind } from "../../service/failure.ts";
import { patientService } from "../../service/patient.ts";
import { service } from "../../service/service.ts";
import { session } from "../../service/session.svelte.ts";
import { undo } from "../../undo/undo.svelte.ts";
import { targetSize, type Target } from "../target.ts";
import { BulkRun, type Tally } from "./bulk.ts";
import { changeOf, type Wording } from "./wording.ts";

/** More photos than these are changed only after somebody has seen what will change. */
const mostUnasked = 50;

/**
 * How far saving has come:
 * - `editing`: not begun.
 * - `checking`, `changing`: calls are being made.
 * - `asking`: whether to change what was found.
 * - `stopped`: between two calls, by a person or, with a `failure`, by itself.
 * - `done`: at the end.
 */
export type Phase =
  | { readonly kind: "editing" }
  | { readonly kind: "checking" | "asking" | "changing" | "done"; readonly tally: Tally }
  | {
      readonly kind: "stopped";
      readonly tally: Tally;
      readonly isDry: boolean;
      readonly failure: FailureKind | null;
      /** What the service says of it, where it refuses the change; null otherwise. */
      readonly detail: string | null;
    };

type Order = ConstructorParameters<typeof BulkRun>[0];

const ask: Order["ask"] = async (body) => (await patientService.api.POST("/v1/media/bulk", { body })).data;

const operations: Order["operations"] = async () =>
  (await service.api.GET("/v1/operations", { params: { query: { limit: 100 } } })).data.items;

/** Saves the words of many photos, and lets a person look and stop on the way. */
export class Saving {
  #phase = $state.raw<Phase>({ kind: "editing" });
  #run: BulkRun | null = null;
  #isDry = false;
  #begin: ((isDry: boolean, previous: BulkRun | null) => BulkRun) | null = null;
  #isStopping = false;
  #isTold = false;
  #isLeft = false;

  get phase(): Phase {
    return this.#phase;
  }

  /** Whether calls are being made. */
  get isBusy(): boolean {
    return this.#phase.kind === "checking" || this.#phase.kind === "changing";
  }

  /** Saves what was chosen; for many photos it looks first. Nothing happens where nothing was chosen. */
  async save(target: Target, wording: Wording): Promise<void> {
    const change = changeOf(wording);
    if (change === null || this.isBusy) return;
    this.#isTold = false;
    this.#begin = (isDry, previous) => {
      const by = session.caller?.name ?? null;
      return new BulkRun({ target, change, isDry, by, ask, operations }, previous);
    };
    await this.#start(targetSize(target) > mostUnasked);
  }

  /** Changes what was looked at. */
  async confirm(): Promise<void> {
    if (this.#phase.kind === "asking") await this.#start(false);
  }

  /** Leads back to the form. */
  back(): void {
    void this.#tell();
    this.#phase = { kind: "editing" };
  }

  /** Stops after the call that is on its way. */
  stop(): void {
    this.#isStopping = true;
  }

  /** Goes on where it was stopped. */
  async goOn(): Promise<void> {
    if (this.#phase.kind === "stopped") await this.#proceed();
  }

  /** Nobody looks any more: stops, and tells of what was changed, also by the call that is on its way. */
  leave(): void {
    this.#isStopping = true;
    this.#isLeft = true;
    if (!this.isBusy) void this.#tell();
  }

  /** Tells of what was changed and how it is taken back, once; nothing is told of a look. */
  async #tell(): Promise<void> {
    const run = this.#run;
    if (run === null || this.#isDry || this.#isTold) return;
    this.#isTold = true;
    await recovered(run);
    const { operationIds, updated } = run.tally;
    const [operationId, ...more] = operationIds;
    if (operationId !== undefined) undo.done({ kind: "operation", operationId, updated, more });
    if (run.mayHaveChanged) changes.tell({ kind: "many" });
  }

  async #start(isDry: boolean): Promise<void> {
    this.#run = this.#begin?.(isDry, this.#run) ?? null;
    this.#isDry = isDry;
    await this.#proceed();
  }

  async #proceed(): Promise<void> {
    const run = this.#run;
    if (run === null) return;
    this.#isStopping = false;
    const isDry = this.#isDry;
    const [busy, end] = isDry ? (["checking", "asking"] as const) : (["changing", "done"] as const);
    while (!run.isDone) {
      this.#phase = { kind: busy, tally: run.tally };
      let failure: FailureKind | null = null;
      let detail: string | null = null;
      try {
        await run.step();
      } catch (error) {
        failure = kindOf(error) ?? "broken";
        if (failure === "refused" && error instanceof TaglineError) detail = error.detail;
      }
      if (failure !== null || (this.#isStopping && !run.isDone)) {
        this.#phase = { kind: "stopped", tally: run.tally, isDry, failure, detail };
        if (this.#isLeft) void this.#tell();
        return;
      }
    }
    await recovered(run);
    this.#phase = { kind: end, tally: run.tally };
    if (end === "done") await this.#tell();
  }
}

/** Takes in what calls have done whose answers were lost, where the service can be asked. */
async function recovered(run: BulkRun): Promise<void> {
  try {
    await run.recover();
  } catch {
    // Then the list of the last changes has it, and its way back.
  }
}
