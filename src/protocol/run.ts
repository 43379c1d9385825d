import { z } from "zod";

/** What a run walks: the storage, or the records. */
export const runKinds = ["ingest", "database_scan"] as const;
/** What started a run. */
export const runTriggers = ["api", "cron", "webhook", "event"] as const;
/** Where a run is; the last five are ends. */
export const runStates = [
  "scanning",
  "processing",
  "completed",
  "completed_with_errors",
  "needs_confirmation",
  "failed",
  "cancelled",
] as const;
/** Where a provider's listing is within a run. */
export const providerRunStates = ["scanning", "completed", "needs_confirmation", "failed"] as const;

const count = z.int().nonnegative().default(0);

/** What a run did, in objects. At the end `queued` = `processed` + `failed` + `dropped`. */
export const runCounts = z.object({
  scanned: count,
  new: count,
  changed: count,
  moved: count,
  unchanged: count,
  missing: count,
  ignored: count,
  ambiguous: count,
  queued: count,
  processed: count,
  failed: count,
  dropped: count,
});

/** See {@link runCounts}. */
export type RunCounts = z.infer<typeof runCounts>;

/** What a run cost: calls, D1 rows, queue messages, and bytes read from storage. */
export const runCost = z.object({
  provider_calls: count,
  rows_read: count,
  rows_written: count,
  messages: count,
  bytes_read: count,
});

/** See {@link runCost}. */
export type RunCost = z.infer<typeof runCost>;

/** A provider within a run. */
export const runProvider = z.object({
  state: z.enum(providerRunStates),
  scanned: count,
  error: z.string().nullable(),
});

/** A run as the contract shows it. Times are ISO 8601. */
export const run = z.object({
  id: z.string(),
  kind: z.enum(runKinds),
  trigger: z.enum(runTriggers),
  state: z.enum(runStates),
  providers: z.record(z.string(), runProvider),
  counts: runCounts,
  cost: runCost,
  started_at: z.string(),
  finished_at: z.string().nullable(),
  updated_at: z.string(),
  trace_id: z.string(),
});

/** See {@link run}. */
export type Run = z.infer<typeof run>;

/** What is known of a run when it starts. */
export interface RunStart {
  readonly id: string;
  readonly kind: Run["kind"];
  readonly trigger: Run["trigger"];
  readonly traceId: string;
  readonly providers: readonly string[];
}

/** The record of a run that starts now. */
export function newRun(input: RunStart, now: number): Run {
  const at = new Date(now).toISOString();
  return {
    id: input.id,
    kind: input.kind,
    trigger: input.trigger,
    state: "scanning",
    providers: Object.fromEntries(
      input.providers.map((name) => [name, { state: "scanning", scanned: 0, error: null }]),
    ),
    counts: runCounts.parse({}),
    cost: runCost.parse({}),
    started_at: at,
    finished_at: null,
    updated_at: at,
    trace_id: input.traceId,
  };
}

/** Takes over what a task learned of its provider. */
export function noteProvider(run: Run, note: TaskReport["provider"]): void {
  const provider = note === undefined ? undefined : run.providers[note.name];
  if (note === undefined || provider === undefined) return;
  provider.state = note.state;
  provider.scanned += note.scanned ?? 0;
  provider.error = note.error ?? provider.error;
}

/** Says of the providers that a run has not come to the end of why it has not. */
export function breakOff(run: Run, error: string): void {
  for (const provider of Object.values(run.providers))
    if (provider.state === "scanning") Object.assign(provider, { state: "failed", error });
}

/** How a run ends whose tasks are all reported; `incomplete` where some could not be done. */
export function endState(run: Run, incomplete: boolean): Run["state"] {
  const states = Object.values(run.providers).map((provider) => provider.state);
  if (states.length > 0 && states.every((state) => state === "failed")) return "failed";
  if (states.includes("needs_confirmation")) return "needs_confirmation";
  return incomplete || states.includes("failed") || run.counts.failed > 0
    ? "completed_with_errors"
    : "completed";
}

/** How a task of a run ended. */
export interface TaskReport {
  readonly counts: Partial<RunCounts>;
  readonly cost: Partial<RunCost>;
  /** What the task learned of its provider. */
  readonly provider?: {
    readonly name: string;
    readonly state: z.infer<typeof runProvider>["state"];
    readonly scanned?: number;
    readonly error?: string;
  };
  /** Part of what the task was to look at could not be looked at. */
  readonly incomplete?: boolean;
}

/** Counters of `a` and `b` together. */
export function addCounts<T extends Record<string, number>>(a: T, b: Partial<T>): T {
  const sum = { ...a };
  for (const [name, value] of Object.entries<number | undefined>(b))
    Object.assign(sum, { [name]: (a[name] ?? 0) + (value ?? 0) });
  return sum;
}
