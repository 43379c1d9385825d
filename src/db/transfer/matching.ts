import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import { slicesOf } from "../json-slices.ts";
import type { ObjectMetadata } from "../media/record.ts";

/** What a line of an import says of the object whose record it looks for. */
export interface SoughtRecord {
  readonly id: string | null;
  readonly provider: string | null;
  readonly objectKey: string | null;
  readonly contentHash: string | null;
  /** In bytes. */
  readonly fileSize: number | null;
}

/** By what a line of an import was matched with a record. */
export const matchKinds = ["id", "key", "hash"] as const;

/** One of {@link matchKinds}. */
export type MatchKind = (typeof matchKinds)[number];

/** How sure a match is: by the id, by key and bytes, by the bytes alone, by the key of a photo whose bytes were replaced. */
const certainties = [3, 2, 1, 0] as const;

const matchRow = z.object({
  place: z.number(),
  id: z.string(),
  kind: z.enum(matchKinds),
  certainty: z.literal(certainties),
  bytes: z.number(),
});

/** The record that a line belongs to. */
export interface Match {
  /** The place of the line among those that were asked for. */
  readonly place: number;
  readonly id: string;
  readonly kind: MatchKind;
  /** From 3, the id, down to 0, the key alone: of several lines for a record the surest is right. */
  readonly certainty: (typeof certainties)[number];
  /** How many bytes the words of the record have. */
  readonly bytes: number;
}

const noRecord = sql`SELECT 1 FROM trashed_media t WHERE t.id = value ->> 'id'`;

/** A record by its key. The index of keys begins with the presence of the object. */
const byKey = one(sql`
  SELECT pk FROM media_objects INDEXED BY media_objects_by_key
  WHERE is_missing IN (0, 1) AND object_key = value ->> 'objectKey' AND provider = value ->> 'provider'`);

/**
 * Whether the record at the key may have the bytes of the line. That is taken as given of a line that tells no hash, and of
 * a record of the same size whose hash is not known yet or is of another kind (`md5:`, `dropbox:`).
 */
const mayHaveBytesAtKey = sql`
  (value ->> 'contentHash' IS NULL OR EXISTS (
    SELECT 1 FROM media_objects k
    WHERE k.pk = key_pk AND k.file_size = value ->> 'fileSize' AND (
      k.content_hash IS NULL OR k.content_hash = value ->> 'contentHash'
      OR substr(k.content_hash, 1, instr(k.content_hash, ':')) <>
        substr(value ->> 'contentHash', 1, instr(value ->> 'contentHash', ':'))
    )
  ))`;

/**
 * The only record with the bytes of the line; where no record has them, the record at the key, whose bytes were replaced.
 * Null where several have them: the record at the key is another photo.
 */
const byBytes = sql`
  (SELECT CASE count(*) WHEN 0 THEN nullif(key_pk, -1) WHEN 1 THEN min(pk) END FROM (
    SELECT pk FROM media_objects INDEXED BY media_objects_by_hash
    WHERE content_hash = value ->> 'contentHash' AND file_size = value ->> 'fileSize' LIMIT 2
  ))`;

/** The only row that a query finds; null where it finds none, or several. */
function one(query: SQL): SQL {
  return sql`(SELECT CASE count(*) WHEN 1 THEN min(pk) END FROM (${query} LIMIT 2))`;
}

/**
 * The records that lines belong to: by id, else by provider and key where the bytes can be those of the line, else the only
 * one with these bytes, else by provider and key whatever the bytes. After photos have exchanged their keys each line finds
 * its photo, and none the photo that has its key. An id that stands apart (in the trash, or hidden by a relink) belongs to
 * no record: the object at its key is another photo by now.
 */
export async function matchRecords(db: Database, sought: readonly SoughtRecord[]): Promise<Match[]> {
  const matches: Match[] = [];
  for (const json of slicesOf(sought.map((each, place) => ({ ...each, place })))) {
    const rows = await db.orm.all(sql`
      WITH by_id AS MATERIALIZED (
        SELECT value, (SELECT pk FROM media_objects WHERE id = value ->> 'id') AS pk FROM json_each(${json})
      ), by_key AS MATERIALIZED (
        SELECT value, pk, CASE WHEN pk IS NULL AND NOT EXISTS (${noRecord}) THEN coalesce(${byKey}, -1) END AS key_pk
        FROM by_id
      ), by_place AS MATERIALIZED (
        SELECT value, pk, key_pk, CASE WHEN key_pk > 0 THEN ${mayHaveBytesAtKey} ELSE 0 END AS is_there FROM by_key
      ), found AS (
        SELECT value ->> 'place' AS place, pk AS id_pk, key_pk, is_there, CASE
            WHEN pk IS NOT NULL THEN pk
            WHEN is_there THEN key_pk
            WHEN key_pk IS NOT NULL THEN ${byBytes}
          END AS found_pk
        FROM by_place
      )
      SELECT f.place, m.id, octet_length(m.object_metadata) AS bytes,
        CASE m.pk WHEN f.id_pk THEN 'id' WHEN f.key_pk THEN 'key' ELSE 'hash' END AS kind,
        CASE WHEN m.pk = f.id_pk THEN 3 WHEN f.is_there THEN 2 WHEN m.pk = f.key_pk THEN 0 ELSE 1 END AS certainty
      FROM found f CROSS JOIN media_objects m ON m.pk = f.found_pk`);
    matches.push(...rows.map((row) => matchRow.parse(row)));
  }
  return matches.toSorted((a, b) => a.place - b.place);
}

const wordsRow = z.object({
  id: z.string(),
  revision: z.number(),
  change: z.number(),
  objectMetadata: z.string(),
  revisedAt: z.number().nullable(),
  revisedBy: z.string().nullable(),
  revisedIn: z.string().nullable(),
  patchBytes: z.number().nullable(),
});

/** A record with its words, and what is known of its newest revision. */
export interface WordsOfRecord {
  readonly id: string;
  readonly revision: number;
  readonly change: number;
  readonly objectMetadata: ObjectMetadata;
  /** The words as JSON, as they are stored. */
  readonly json: string;
  /** Null where no person has changed the record, or before history was kept. */
  readonly newest: NewestRevision | null;
}

/** What tells a revision from another one of the same number. */
export interface NewestRevision {
  readonly changedAt: number;
  readonly changedBy: string | null;
  readonly operationId: string | null;
  readonly patchBytes: number;
}

const storedWords = z.record(z.string(), z.unknown());

/** The words of the records with these ids that still exist: of as many as memory has room for. */
export async function readWords(db: Database, ids: readonly string[]): Promise<Map<string, WordsOfRecord>> {
  const rows = await db.orm.all(sql`
    SELECT m.id, m.revision, m.change, m.object_metadata AS objectMetadata, r.changed_at AS revisedAt,
      r.changed_by AS revisedBy, r.operation_id AS revisedIn, octet_length(r.patch) AS patchBytes
    FROM json_each(${JSON.stringify(ids)}) CROSS JOIN media_objects m ON m.id = value
    LEFT JOIN media_revisions r ON r.media_id = m.id AND r.revision = m.revision`);
  return new Map(
    rows
      .map((row) => wordsRow.parse(row))
      .map(({ objectMetadata: json, revisedAt, revisedBy, revisedIn, patchBytes, ...row }) => [
        row.id,
        {
          ...row,
          json,
          objectMetadata: storedWords.parse(JSON.parse(json)),
          newest:
            revisedAt === null || patchBytes === null
              ? null
              : { changedAt: revisedAt, changedBy: revisedBy, operationId: revisedIn, patchBytes },
        },
      ]),
  );
}
