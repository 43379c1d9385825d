import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import type { SeenObject } from "../ingest/new-records.ts";
import { slicesOf } from "../json-slices.ts";
import { hasNoPersonsWords } from "../media/words.ts";

/** What of an object tells whether it is a record's in the trash. */
export type TrashIdentity = Pick<
  SeenObject,
  "pathKey" | "providerRef" | "version" | "contentHash" | "fileSize"
>;

const trashedRecord = z.object({
  id: z.string(),
  /** Where its object was when the record was put into the trash. */
  pathKey: z.string(),
  version: z.string(),
  contentHash: z.string().nullable(),
  fileSize: z.number(),
  /** Where an ingest has found its object since, and as which version. */
  foundAt: z.string().nullable(),
  foundVersion: z.string().nullable(),
});

/** A record in the trash, as far as ingest asks for it. */
export type TrashedRecord = Readonly<z.infer<typeof trashedRecord>>;

/** What the trash knows of an object. */
export interface TrashMatch {
  /**
   * The object is where the object of the first record is known to be, or is the same file to their provider. False where
   * only the bytes are the same.
   */
  readonly isOwn: boolean;
  /** Records with the bytes of the object, at most {@link mostAlike}; those come first that were trashed first. */
  readonly records: readonly TrashedRecord[];
}

/** How many records with the same bytes are told of one object. */
const mostAlike = 4;

const matchRow = z.object({
  path: z.string(),
  own: z
    .string()
    .nullable()
    .transform((json) => (json === null ? null : trashedRecord.parse(JSON.parse(json)))),
  isLive: z.number().nullable(),
  alike: z.string().transform((json) => z.array(trashedRecord).parse(JSON.parse(json))),
});

/**
 * What the trash of a provider knows of objects, by their path keys; of most objects it knows nothing. The file of a live
 * record is nobody's in the trash, even where it lies in the place of one. Where the trash is empty no row is read.
 */
export async function trashedAmong(
  db: Database,
  provider: string,
  objects: readonly TrashIdentity[],
): Promise<ReadonlyMap<string, TrashMatch>> {
  const identities = objects.map(({ pathKey, providerRef, version, contentHash, fileSize }) => [
    pathKey,
    contentHash,
    fileSize,
    providerRef,
    version,
  ]);
  const results = await db.batch(slicesOf(identities).map((json) => selectMatches(provider, json)));
  const matches = results.flat().map((row) => matchRow.parse(row));
  return new Map(
    matches.map(({ path, own, isLive, alike }): [string, TrashMatch] => {
      if (own === null || isLive === 1) return [path, { isOwn: false, records: alike }];
      return [path, { isOwn: true, records: [own, ...alike.filter(({ id }) => id !== own.id)] }];
    }),
  );
}

/**
 * Each object is looked up by four indexes of the trash, unless that is empty; live records are asked only where it has the
 * object.
 */
function selectMatches(provider: string, json: string): SQL {
  const hasTrash = sql`EXISTS (SELECT 1 FROM trashed_media WHERE provider = ${provider} AND trashed_at IS NOT NULL)`;
  const own = (key: SQL, version: SQL): SQL => sql`
    SELECT ${recordJson} FROM trashed_media t
    WHERE t.provider = ${provider} AND ${key} AND t.trashed_at IS NOT NULL AND ${sameBytes(version)} LIMIT 1`;
  return sql`
    SELECT path, own, alike, own IS NOT NULL AND EXISTS (
      SELECT 1 FROM media_objects m WHERE m.provider_ref = ref AND m.provider = ${provider}
    ) AS isLive
    FROM (
      SELECT value ->> 0 AS path, value ->> 3 AS ref, coalesce(
        (${own(sql`t.provider_ref = value ->> 3`, sql`t.version`)}),
        (${own(sql`t.path_key = value ->> 0`, sql`t.version`)}),
        (${own(sql`t.found_at = value ->> 0`, sql`t.found_version`)})
      ) AS own, (
        SELECT json_group_array(json(record)) FROM (
          SELECT ${recordJson} AS record FROM trashed_media t
          WHERE t.content_hash = value ->> 1 AND t.trashed_at IS NOT NULL AND t.file_size = value ->> 2
            AND t.provider = ${provider}
          LIMIT ${mostAlike}
        )
      ) AS alike
      FROM json_each(CASE WHEN ${hasTrash} THEN ${json} ELSE '[]' END)
    ) WHERE own IS NOT NULL OR alike <> '[]'`;
}

const recordJson = sql`json_object(
  'id', t.id, 'pathKey', t.path_key, 'version', t.version, 'contentHash', t.content_hash, 'fileSize', t.file_size,
  'foundAt', t.found_at, 'foundVersion', t.found_version
)`;

/** The content hash decides where both know one; else only the same version in the same place is surely the same bytes. */
function sameBytes(version: SQL): SQL {
  return sql`CASE WHEN t.content_hash IS NULL OR value ->> 1 IS NULL THEN ${version} = value ->> 4
    ELSE t.content_hash = value ->> 1 AND t.file_size = value ->> 2 END`;
}

/** The same of an object in a place where the object of a record was, as this version. */
export function sameBytesAs(
  { contentHash, fileSize }: Pick<TrashedRecord, "contentHash" | "fileSize">,
  version: string | null,
  object: { readonly version: string; readonly contentHash: string | null; readonly sizeBytes: number },
): boolean {
  if (contentHash === null || object.contentHash === null) return version === object.version;
  return contentHash === object.contentHash && fileSize === object.sizeBytes;
}

/**
 * Whether the object of a value of JSON is none that the trash has in this very place: what is said where a record is made,
 * so that a photo that was trashed a moment ago does not come back.
 */
export function isNotTrashed(provider: string): SQL {
  return sql`NOT EXISTS (
    SELECT 1 FROM trashed_media t
    WHERE t.provider = ${provider} AND t.path_key = value ->> 'pathKey' AND t.trashed_at IS NOT NULL
      AND CASE WHEN t.content_hash IS NULL OR value ->> 'contentHash' IS NULL THEN t.version = value ->> 'version'
        ELSE t.content_hash = value ->> 'contentHash' AND t.file_size = value ->> 'fileSize' END
  )`;
}

/** That the object of a record in the trash is elsewhere. */
export interface Finding {
  readonly record: Pick<TrashedRecord, "id" | "foundAt">;
  readonly pathKey: string;
  readonly version: string;
}

/** Findings as {@link noteFound} takes them. */
export function findingSlices(findings: readonly Finding[]): string[] {
  return slicesOf(
    findings.map(({ record, pathKey, version }) => ({
      id: record.id,
      was: record.foundAt,
      pathKey,
      version,
    })),
  );
}

/**
 * Notes where objects of records in the trash are, if a condition holds and nothing else was noted meanwhile; answers the
 * records' ids.
 */
export function noteFound(json: string, holds = sql`true`): SQL {
  return sql`
    UPDATE trashed_media SET found_at = value ->> 'pathKey', found_version = value ->> 'version' FROM json_each(${json})
    WHERE trashed_media.id = value ->> 'id' AND trashed_at IS NOT NULL AND found_at IS value ->> 'was' AND ${holds}
    RETURNING id`;
}

/** Whether an id that SQL names is a record's in the trash. */
export function isInTrash(id: SQL): SQL {
  return sql`EXISTS (SELECT 1 FROM trashed_media WHERE id = ${id} AND trashed_at IS NOT NULL)`;
}

/** A record that is to go, since its object turns out to be that of a record in the trash. */
export interface Comer {
  readonly id: string;
  readonly provider: string;
  readonly pathKey: string;
  readonly version: string;
}

const others = z.object({ there: z.number().transform(Boolean), gone: z.number().transform(Boolean) });

/** Whether another record outside the trash has these bytes: one whose object is there, and one that is missing. */
export async function othersWith(
  db: Database,
  { id, provider }: Pick<Comer, "id" | "provider">,
  bytes: { readonly hash: string; readonly size: number },
): Promise<Readonly<z.infer<typeof others>>> {
  const records = sql`media_objects WHERE content_hash = ${bytes.hash} AND file_size = ${bytes.size}
    AND provider = ${provider} AND id <> ${id}`;
  const [row] = await db.orm.all(sql`
    SELECT EXISTS (SELECT 1 FROM ${records} AND missing_since IS NULL) AS there,
      EXISTS (SELECT 1 FROM ${records} AND missing_since IS NOT NULL) AS gone`);
  return others.parse(row);
}

/**
 * Removes a record that an ingest has made of the object of a record in the trash, and notes where that is, unless `note` is
 * null; false where the record has come to something else meanwhile, or to a person's words.
 */
export async function removeComer(
  db: Database,
  { id, pathKey, version }: Comer,
  record: TrashedRecord,
  note: Pick<Finding, "pathKey" | "version"> | null,
): Promise<boolean> {
  const isGone = sql`NOT EXISTS (SELECT 1 FROM media_objects WHERE id = ${id})`;
  const findings = note === null ? [] : findingSlices([{ record, ...note }]);
  const [removed = []] = await db.write([
    sql`
      DELETE FROM media_objects WHERE pk IN (
        SELECT m.pk FROM media_objects m
        WHERE m.id = ${id} AND m.path_key = ${pathKey} AND m.version = ${version} AND m.state = 'pending'
          AND m.run_change = 'new' AND ${hasNoPersonsWords} AND ${isInTrash(sql`${record.id}`)}
      ) RETURNING id`,
    ...findings.map((json) => noteFound(json, isGone)),
  ]);
  return removed.length > 0;
}
