import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import { slicesOf } from "../json-slices.ts";
import { metadataColumns } from "../media/metadata-columns.ts";
import { findMedia } from "../media/reads.ts";
import type { MediaObject, ObjectMetadata } from "../media/record.ts";
import type { OperationKind } from "../schema.ts";
import {
  decide,
  isDecided,
  loneStatements,
  type Decision,
  type LoneDecision,
} from "../suggestions/decisions.ts";

/** A change by a person of the words of a record, as the record was read. */
export interface Edit {
  readonly id: string;
  /** The revision and the change of the record that the edit was made from. */
  readonly revision: number;
  readonly change: number;
  readonly metadata: ObjectMetadata;
  /** JSON: leads from `metadata` back to the words that the record had. */
  readonly patch: string;
  /** The hash of `metadata`, for an edit that belongs to an operation; else null. */
  readonly wordsHash: string | null;
  /** What the person decides on the record's suggestions with it; both are written, or neither is. */
  readonly decision: Decision | null;
}

/** The operation that edits belong to. */
export interface EditingOperation {
  readonly id: string;
  readonly kind: OperationKind;
  /** The operation that this one takes back; null for any but a revert. */
  readonly reverts: string | null;
  /** JSON, as the column has it. */
  readonly details: string | null;
}

/** Who makes edits, when (milliseconds since the epoch), and as part of what. */
export interface Authorship {
  readonly by: string | null;
  readonly now: number;
  readonly operation: EditingOperation | null;
}

const writtenRow = z.object({ id: z.string(), revision: z.number() });

/** A record that an edit was written to, and its revision since. */
export type WrittenEdit = Readonly<z.infer<typeof writtenRow>>;

/**
 * Writes edits with their revisions, each if its record still has the words that the edit was made from, and answers those
 * that were written. All edits that go into one statement are written in one transaction with what the operation counts.
 */
export async function writeEdits(
  db: Database,
  edits: readonly Edit[],
  authorship: Authorship,
): Promise<WrittenEdit[]> {
  const written: WrittenEdit[] = [];
  for (const json of slicesOf(edits.map(editColumns))) {
    written.push(...writtenIn(await db.batch(editStatements(json, authorship, decidesAny(edits)))));
  }
  return written;
}

/** Writes decisions that change no words, likewise, and answers the records that they were written of. */
export async function writeDecisions(
  db: Database,
  decisions: readonly LoneDecision[],
  authorship: Authorship,
): Promise<WrittenEdit[]> {
  const written: WrittenEdit[] = [];
  for (const json of slicesOf(decisions))
    written.push(...writtenIn(await db.batch(loneStatements(json, authorship))));
  return written;
}

/** The records that the statements of a transaction have answered. */
function writtenIn(results: readonly Record<string, unknown>[][]): WrittenEdit[] {
  return results.flat().map((row) => writtenRow.parse(row));
}

function decidesAny(edits: readonly Edit[]): boolean {
  return edits.some(({ decision }) => decision !== null);
}

/** Writes the edit of a single record and answers the record as it is since; null if somebody was faster. */
export async function writeEdit(
  db: Database,
  edit: Edit,
  authorship: Authorship,
): Promise<MediaObject | null> {
  const written = await writeEdits(db, [edit], authorship);
  return written.length === 0 ? null : findMedia(db, edit.id);
}

/**
 * Writes all edits and lone decisions or none: null if any of the records has other words by now, or is gone. They go into
 * one transaction, so they must be few.
 */
export async function writeAllEdits(
  db: Database,
  edits: readonly Edit[],
  authorship: Authorship & { readonly operation: EditingOperation },
  decisions: readonly LoneDecision[] = [],
): Promise<WrittenEdit[] | null> {
  const decides = decidesAny(edits);
  const statements = [
    ...slicesOf(edits.map(editColumns)).flatMap((json) => editStatements(json, authorship, decides)),
    ...slicesOf(decisions).flatMap((json) => loneStatements(json, authorship)),
  ];
  try {
    return writtenIn(
      await db.batch([
        ...statements,
        mustHaveWritten(authorship.operation.id, edits.length + decisions.length),
      ]),
    );
  } catch (cause) {
    if (isIncomplete(cause)) return null;
    throw cause;
  }
}

/**
 * The statements of a slice: the decisions on suggestions, where there are any, the revisions, the words (which answer the
 * records), and the operation's count.
 */
export function editStatements(json: string, authorship: Authorship, decides = false): SQL[] {
  const { operation } = authorship;
  const holds = decides ? sql`${isAsRead} AND ${isDecided}` : isAsRead;
  return [
    ...(decides ? [decide(json, authorship)] : []),
    insertRevisions(json, authorship, holds),
    updateWords(json, authorship, holds),
    ...(operation === null ? [] : [countWritten(json, authorship, operation)]),
  ];
}

/** An edit as the statements take it. */
export function editColumns({ metadata, ...edit }: Edit) {
  return { ...edit, ...metadataColumns(metadata) };
}

/** Whether the record is as it was when the edit was made from it: below the first revision a file's words may come. */
const isAsRead = sql`
  media_objects.id = value ->> 'id' AND media_objects.revision = value ->> 'revision'
    AND (media_objects.revision > 0 OR media_objects.change = value ->> 'change')`;

/** First, so that the trigger for code without history finds the rows. */
function insertRevisions(json: string, { by, now, operation }: Authorship, holds: SQL): SQL {
  return sql`
    INSERT INTO media_revisions (media_id, revision, changed_at, changed_by, operation_id, patch, words_hash)
    SELECT media_objects.id, media_objects.revision + 1, ${now}, ${by}, ${operation?.id ?? null},
      value ->> 'patch', value ->> 'wordsHash'
    FROM json_each(${json}) CROSS JOIN media_objects ON ${holds}`;
}

function updateWords(json: string, { now }: Authorship, holds: SQL): SQL {
  return sql`
    UPDATE media_objects SET
      object_metadata = value ->> 'objectMetadata', folded_keywords = value ->> 'foldedKeywords',
      keyword_spellings = value ->> 'keywordSpellings', words_text = value ->> 'wordsText',
      fields_text = value ->> 'fieldsText',
      revision = media_objects.revision + 1, change = media_objects.change + 1, updated_at = ${now}
    FROM json_each(${json}) WHERE ${holds} RETURNING media_objects.id, media_objects.revision`;
}

function countWritten(json: string, { by, now }: Authorship, operation: EditingOperation): SQL {
  return sql`
    INSERT INTO operations (id, kind, changed_by, changed_at, updated, reverts, details)
    SELECT ${operation.id}, ${operation.kind}, ${by}, ${now}, count(r.revision), ${operation.reverts}, ${operation.details}
    FROM json_each(${json}) CROSS JOIN media_revisions r
      ON r.media_id = value ->> 'id' AND r.revision = (value ->> 'revision') + 1 AND r.operation_id = ${operation.id}
    WHERE true
    ON CONFLICT (id) DO UPDATE SET updated = operations.updated + excluded.updated`;
}

/** Fails where an operation that was made in this transaction has changed another number of records. */
function mustHaveWritten(operationId: string, count: number): SQL {
  return sql`
    UPDATE operations SET updated = CASE WHEN updated = ${count} THEN updated END WHERE id = ${operationId}`;
}

/** Whether a transaction was rolled back since not all that it was to change was as it was read. */
export function isIncomplete(cause: unknown): boolean {
  return cause instanceof Error && cause.message.includes("NOT NULL constraint failed: operations.updated");
}
