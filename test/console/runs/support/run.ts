import type { Run } from "tagline-client";

/** No count of a run but 0. */
const nothing: Run["counts"] = {
  scanned: 0,
  new: 0,
  changed: 0,
  moved: 0,
  unchanged: 0,
  missing: 0,
  ignored: 0,
  ambiguous: 0,
  queued: 0,
  processed: 0,
  failed: 0,
  dropped: 0,
};

/** A run that has ended well after 40 seconds, with what is given. */
export function runWith({
  counts = {},
  ...given
}: Partial<Omit<Run, "counts">> & { readonly counts?: Partial<Run["counts"]> } = {}): Run {
  return {
    id: "0193b3f2-7a11-7c3e-8a55-000000000001",
    kind: "ingest",
    trigger: "api",
    state: "completed",
    providers: { r2: { state: "completed", scanned: 0, error: null } },
    cost: { provider_calls: 1, rows_read: 2000, rows_written: 3, messages: 4, bytes_read: 3_145_728 },
    started_at: new Date(2026, 10, 28, 3, 0, 0).toISOString(),
    finished_at: new Date(2026, 10, 28, 3, 0, 40).toISOString(),
    updated_at: new Date(2026, 10, 28, 3, 0, 40).toISOString(),
    trace_id: "0",
    ...given,
    counts: { ...nothing, ...counts },
  };
}

/** The state of a storage in a run. */
export function providerIn(
  state: Run["providers"][string]["state"],
  error: string | null = null,
): Run["providers"][string] {
  return { state, scanned: 0, error };
}
