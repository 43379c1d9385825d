import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import type { ObjectMetadata } from "../media/record.ts";

const touchedRow = z.object({ id: z.string(), bytes: z.number() });

/** A record that an operation has changed, and how many bytes are to be read to take that back. */
export type Touched = Readonly<z.infer<typeof touchedRow>>;

/** Which of the records that an operation has changed are read. */
interface TouchedPage {
  /** Those after this id. */
  readonly after: string;
  readonly limit: number;
  /** Whether those count of which it has decided no more than what was suggested. */
  readonly suggestions: boolean;
}

/** The records that an operation has changed, in the order of ids; also those that are gone by now. */
export async function touchedAfter(
  db: Database,
  operation: string,
  { after, limit, suggestions }: TouchedPage,
): Promise<Touched[]> {
  const decided = suggestions
    ? sql`UNION SELECT id FROM (
        SELECT media_id AS id FROM suggestions INDEXED BY suggestions_by_operation
        WHERE decided_operation = ${operation} AND media_id > ${after} ORDER BY media_id LIMIT ${limit}
      )`
    : sql``;
  const rows = await db.orm.all(sql`
    SELECT touched.id,
      coalesce((SELECT octet_length(m.object_metadata) FROM media_objects m WHERE m.id = touched.id), 0)
      + coalesce((
        SELECT sum(octet_length(r.patch)) FROM media_revisions r INDEXED BY media_revisions_by_operation
        WHERE r.operation_id = ${operation} AND r.media_id = touched.id
      ), 0)
      + coalesce((
        SELECT octet_length(i.patch) FROM imported_histories i
        WHERE i.operation_id = ${operation} AND i.media_id = touched.id
      ), 0) AS bytes
    FROM (
      SELECT id FROM (
        SELECT DISTINCT media_id AS id FROM media_revisions INDEXED BY media_revisions_by_operation
        WHERE operation_id = ${operation} AND media_id > ${after} ORDER BY media_id LIMIT ${limit}
      )
      UNION
      SELECT id FROM (
        SELECT media_id AS id FROM imported_histories
        WHERE operation_id = ${operation} AND media_id > ${after} ORDER BY media_id LIMIT ${limit}
      )
      ${decided}
      ORDER BY id LIMIT ${limit}
    ) touched ORDER BY touched.id`);
  return rows.map((row) => touchedRow.parse(row));
}

const recordRow = z.object({
  id: z.string(),
  revision: z.number(),
  change: z.number(),
  objectMetadata: z
    .string()
    .transform((json): ObjectMetadata => z.record(z.string(), z.unknown()).parse(JSON.parse(json))),
  takenBackBy: z.string().nullable(),
});

const traceRow = z.object({
  id: z.string(),
  revision: z.number().nullable(),
  patch: z.string(),
  wordsHash: z.string().nullable(),
});

/** What an operation has left of itself on a record: the way back from the words of that hash. */
export interface Trace {
  /** The revision that the operation made; null for words that an import brought with their history. */
  readonly revision: number | null;
  /** JSON, see media/history/back-patch.ts. */
  readonly patch: string;
  readonly wordsHash: string | null;
}

/** A record that an operation has changed, as it is now, with the operation's traces, the newest first. */
export interface TracedRecord {
  readonly id: string;
  readonly revision: number;
  readonly change: number;
  readonly objectMetadata: ObjectMetadata;
  /** The revert of this operation that has made the newest revision of the record; null where none has. */
  readonly takenBackBy: string | null;
  readonly traces: readonly Trace[];
}

/** Those of these records that are there, each with what the operation has left on it. */
export async function tracedRecords(
  db: Database,
  operation: string,
  ids: readonly string[],
): Promise<TracedRecord[]> {
  const json = JSON.stringify(ids);
  const [records = [], revisions = [], imported = []] = await db.batch([
    sql`
      SELECT m.id, m.revision, m.change, m.object_metadata AS objectMetadata, (
        SELECT o.id FROM media_revisions r CROSS JOIN operations o ON o.id = r.operation_id
        WHERE r.media_id = m.id AND r.revision = m.revision AND o.reverts = ${operation}
      ) AS takenBackBy
      FROM json_each(${json}) CROSS JOIN media_objects m ON m.id = value`,
    sql`
      SELECT r.media_id AS id, r.revision, r.patch, r.words_hash AS wordsHash
      FROM json_each(${json}) CROSS JOIN media_revisions r INDEXED BY media_revisions_by_operation
        ON r.operation_id = ${operation} AND r.media_id = value
      ORDER BY json_each.key, r.revision DESC`,
    sql`
      SELECT i.media_id AS id, NULL AS revision, i.patch, i.words_hash AS wordsHash
      FROM json_each(${json}) CROSS JOIN imported_histories i
        ON i.operation_id = ${operation} AND i.media_id = value`,
  ]);
  const traces = Map.groupBy(
    [...revisions, ...imported].map((row) => traceRow.parse(row)),
    ({ id }) => id,
  );
  return records.map((row) => {
    const record = recordRow.parse(row);
    return Object.assign(record, { traces: traces.get(record.id) ?? [] });
  });
}
