import type { ObjectMetadata } from "../../db/media/record.ts";
import type { SoughtRecord } from "../../db/transfer/matching.ts";
import type { BroughtRevision } from "../../db/transfer/take-histories.ts";

/** A line of an import that names a record and has its words. */
export interface RecordLine {
  readonly kind: "record";
  readonly number: number;
  /** In bytes. */
  readonly size: number;
  readonly sought: SoughtRecord;
  readonly words: ObjectMetadata;
  /** Null where the line brings no history. */
  readonly history: LineHistory | null;
}

/** The history that a line brings. */
export interface LineHistory {
  /** The revision of the words. */
  readonly revision: number;
  /** Newest first, without gaps; older ones may come in further lines. */
  readonly revisions: readonly BroughtRevision[];
  /** The words before the oldest of these revisions. */
  readonly before: ObjectMetadata;
}

/** Older revisions of the record of a line before, named by the id that it had there. */
export interface OlderRevisions {
  readonly kind: "revisions";
  readonly id: string;
  readonly revisions: readonly BroughtRevision[];
}

/** A line of an import, read. */
export type ImportLine =
  | RecordLine
  | OlderRevisions
  /** An empty line, a closing line, or the names of columns. */
  | { readonly kind: "nothing" }
  | { readonly kind: "invalid"; readonly number: number; readonly message: string };
