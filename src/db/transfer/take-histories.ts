import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import type { EditingOperation, WrittenEdit } from "../history/edits.ts";
import { slicesOf } from "../json-slices.ts";
import { metadataColumns } from "../media/metadata-columns.ts";
import type { ObjectMetadata } from "../media/record.ts";

/** A revision that an import brings along. */
export interface BroughtRevision {
  readonly revision: number;
  readonly changedAt: number;
  readonly changedBy: string | null;
  readonly operationId: string | null;
  /** JSON: the way back to the words before. */
  readonly patch: string;
  readonly wordsHash: string | null;
}

/** A record whose history an import continues, as the record was read. */
export interface BroughtHistory {
  readonly id: string;
  readonly revision: number;
  readonly change: number;
  /** The words and the revision that the record is to have. */
  readonly metadata: ObjectMetadata;
  readonly newRevision: number;
  /** Those that the record lacks. */
  readonly revisions: readonly BroughtRevision[];
  /** The hash of the words that the record is to have. */
  readonly wordsHash: string;
  /** JSON: leads from the new words back to those that the record had; null where the words stay. */
  readonly wayBack: string | null;
}

/** Who imports, when (milliseconds since the epoch), and as which operation. */
export interface Importing {
  readonly by: string | null;
  readonly now: number;
  readonly operation: EditingOperation;
}

const writtenRow = z.object({ id: z.string(), revision: z.number() });

/**
 * Gives records the words, the revision and the revisions that an import brings, each if its record is still as it was
 * read, and answers those that were written. No revision of the import's own is made; `imported_histories` keeps the way
 * back from the words.
 */
export async function takeHistories(
  db: Database,
  histories: readonly BroughtHistory[],
  importing: Importing,
): Promise<WrittenEdit[]> {
  const written: WrittenEdit[] = [];
  for (const json of slicesOf(histories.map(columnsOf))) {
    // The words last: what comes before them must find the record as it was read, and the trigger must find the rows.
    const results = await db.batch([
      insertRevisions(json),
      insertWaysBack(json, importing),
      countTaken(json, importing),
      updateWords(json, importing),
    ]);
    written.push(...(results.at(-1) ?? []).map((row) => writtenRow.parse(row)));
  }
  return written;
}

/**
 * Adds older revisions below those of a record whose newer ones an import has just brought or found there. Rows that are
 * there already stay.
 */
export async function addOlderRevisions(
  db: Database,
  mediaId: string,
  revisions: readonly BroughtRevision[],
): Promise<void> {
  const above = Math.max(...revisions.map(({ revision }) => revision)) + 1;
  const isContinued = sql`EXISTS (SELECT 1 FROM media_objects WHERE id = ${mediaId})
    AND EXISTS (SELECT 1 FROM media_revisions WHERE media_id = ${mediaId} AND revision = ${above})`;
  await db.batch(
    slicesOf(revisions).map(
      (json) => sql`
        INSERT INTO media_revisions (media_id, revision, changed_at, changed_by, operation_id, patch, words_hash)
        SELECT ${mediaId}, ${revisionColumns("value")} FROM json_each(${json}) WHERE ${isContinued}
        ON CONFLICT DO NOTHING`,
    ),
  );
}

function columnsOf({ metadata, ...history }: BroughtHistory) {
  return { ...history, ...metadataColumns(metadata) };
}

/** Whether the record is as it was read; a history that goes on keeps its number of changes. */
const isAsRead = sql`
  m.id = i.value ->> 'id' AND m.revision = i.value ->> 'revision'
    AND (m.revision > 0 OR m.change = i.value ->> 'change')`;

function revisionColumns(value: "value" | "r.value"): SQL {
  const names = ["revision", "changedAt", "changedBy", "operationId", "patch", "wordsHash"];
  return sql.join(
    names.map((name) => sql`${sql.raw(value)} ->> ${sql.raw(`'${name}'`)}`),
    sql`, `,
  );
}

function insertRevisions(json: string): SQL {
  return sql`
    INSERT INTO media_revisions (media_id, revision, changed_at, changed_by, operation_id, patch, words_hash)
    SELECT m.id, ${revisionColumns("r.value")}
    FROM json_each(${json}) i CROSS JOIN media_objects m ON ${isAsRead}
    CROSS JOIN json_each(i.value, '$.revisions') r WHERE true ON CONFLICT DO NOTHING`;
}

function insertWaysBack(json: string, { operation }: Importing): SQL {
  return sql`
    INSERT INTO imported_histories (operation_id, media_id, patch, words_hash)
    SELECT ${operation.id}, m.id, i.value ->> 'wayBack', i.value ->> 'wordsHash'
    FROM json_each(${json}) i CROSS JOIN media_objects m ON ${isAsRead}
    WHERE i.value ->> 'wayBack' IS NOT NULL ON CONFLICT DO NOTHING`;
}

function countTaken(json: string, { by, now, operation }: Importing): SQL {
  return sql`
    INSERT INTO operations (id, kind, changed_by, changed_at, updated, reverts, details)
    SELECT ${operation.id}, ${operation.kind}, ${by}, ${now}, count(*), ${operation.reverts}, ${operation.details}
    FROM json_each(${json}) i CROSS JOIN media_objects m ON ${isAsRead}
    WHERE true HAVING count(*) > 0
    ON CONFLICT (id) DO UPDATE SET updated = operations.updated + excluded.updated`;
}

/**
 * Words that were restored are no longer those that the file brought, whoever wrote them. The changes rise by as many as
 * the revisions, at least by one: the difference of both is what ingest goes by.
 */
function updateWords(json: string, { now }: Importing): SQL {
  return sql`
    UPDATE media_objects AS m SET
      object_metadata = i.value ->> 'objectMetadata', folded_keywords = i.value ->> 'foldedKeywords',
      keyword_spellings = i.value ->> 'keywordSpellings', words_text = i.value ->> 'wordsText',
      fields_text = i.value ->> 'fieldsText', words_from_file = 0,
      revision = i.value ->> 'newRevision', updated_at = ${now},
      change = m.change + max(1, (i.value ->> 'newRevision') - m.revision)
    FROM json_each(${json}) i WHERE ${isAsRead} RETURNING id, revision`;
}
