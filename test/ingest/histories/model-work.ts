import type { Model, ModelRecord } from "./model.ts";
import type { Objects } from "./objects.ts";

/** What a run sees and how it ends. */
export interface Listing {
  /** What the storage shows, in the order of its keys; less than it holds in an outage. */
  readonly shown: Objects;
  readonly prefix: string;
  readonly pageSize: number;
  /** The page at which it fails for good; null where it comes to its end. */
  readonly failsAt: number | null;
  readonly confirm: boolean;
}

/** What a run is to count. */
export interface ModelCounts {
  scanned: number;
  ignored: number;
  new: number;
  changed: number;
  moved: number;
  unchanged: number;
  missing: number;
  ambiguous: number;
  queued: number;
}

/** What a run comes to. */
export interface ModelRun {
  readonly counts: ModelCounts;
  readonly state: "completed" | "completed_with_errors" | "needs_confirmation" | "failed";
  /** Records that have another place than before. */
  readonly moved: readonly ModelRecord[];
  /** Records whose bytes are looked at; all others are left alone. */
  readonly processed: readonly ModelRecord[];
  /** Records that were put to work, but whose places others took: either came first. */
  readonly overtaken: readonly ModelRecord[];
}

/** A run under way. */
export interface Work {
  readonly model: Model;
  /** What the storage holds, whatever it shows. */
  readonly objects: Objects;
  /** What records outside the trash had when the run began. */
  readonly live: ReadonlySet<number>;
  readonly counts: ModelCounts;
  readonly moved: ModelRecord[];
  /** What has to be looked at. */
  readonly waiting: Set<ModelRecord>;
}

/** An object with the bytes of its record, or not: false. */
export function recognise(work: Work, record: ModelRecord, content: number): boolean {
  if (record.content !== content) return false;
  record.isMarked = false;
  if (record.isMissing) {
    record.isMissing = false;
    record.changes += 1;
    work.counts.changed += 1;
  } else work.counts.unchanged += 1;
  if (record.state === "pending") work.waiting.add(record);
  return true;
}

/** A new record. */
export function takeIn(work: Work, key: string, content: number): void {
  work.waiting.add(work.model.create(key, content));
  work.counts.new += 1;
}

/** Counts of a run that has just begun. */
export function none(): ModelCounts {
  return {
    scanned: 0,
    ignored: 0,
    new: 0,
    changed: 0,
    moved: 0,
    unchanged: 0,
    missing: 0,
    ambiguous: 0,
    queued: 0,
  };
}
