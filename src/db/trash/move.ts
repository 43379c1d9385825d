import { getTableColumns, sql, type SQL } from "drizzle-orm";

import { factColumns } from "../media/facts.ts";
import { metadataColumns } from "../media/metadata-columns.ts";
import { toMediaObject, type MediaObject } from "../media/record.ts";
import { mediaObjects, trashedMedia, type MediaState, type TrashedRow } from "../schema.ts";
import { keyText } from "../search/index-text.ts";
import { textVersion } from "../search/unread.ts";

/** A record that stands apart, with its JSON parsed and the time of creation told from its id. */
export type TrashedMedia = Readonly<
  Omit<TrashedRow, "intrinsic" | "objectMetadata"> &
    Pick<MediaObject, "intrinsic" | "objectMetadata" | "createdAt">
>;

/** Parses a row of `trashed_media` as it was selected. */
export function toTrashedMedia(row: TrashedRow): TrashedMedia {
  return toMediaObject(row);
}

/** Why a record is set apart: a person has put it into the trash, or a relink has given its object to another record. */
export type Removal =
  | { readonly kind: "trashed"; readonly at: number; readonly by: string | null }
  | { readonly kind: "merged"; readonly into: string };

const ofRecords = Object.entries(getTableColumns(mediaObjects));
const kept = Object.keys(getTableColumns(trashedMedia));

/** The columns that a record has in both tables, by their names in SQL. */
const sharedColumns = ofRecords.flatMap(([name, column]) => (kept.includes(name) ? [column.name] : []));

/**
 * The statements, for one transaction, that set a record apart if it is as it was read: with the same object at the same
 * place, and the same words. The second answers the id of the record, if it was so.
 */
export function setApart(
  media: Pick<MediaObject, "id" | "pathKey" | "version" | "revision">,
  removal: Removal,
): SQL[] {
  const isTrashed = removal.kind === "trashed";
  return [
    sql`
      INSERT INTO trashed_media (${names(sharedColumns)}, trashed_at, trashed_by, merged_into)
      SELECT ${names(sharedColumns)}, ${isTrashed ? removal.at : null}, ${isTrashed ? removal.by : null},
        ${isTrashed ? null : removal.into}
      FROM media_objects
      WHERE id = ${media.id} AND path_key = ${media.pathKey} AND version = ${media.version}
        AND revision = ${media.revision}`,
    sql`
      DELETE FROM media_objects WHERE id = ${media.id} AND EXISTS (SELECT 1 FROM trashed_media WHERE id = ${media.id})
      RETURNING id`,
  ];
}

/** Where a record comes back to, and with which bytes. */
export interface Comeback {
  readonly provider: string;
  readonly objectKey: string;
  /** Of a record whose key is another's by now: a path where no object can be; see placements.ts. */
  readonly pathKey: string;
  readonly providerRef: string | null;
  readonly version: string;
  readonly contentHash: string | null;
  readonly fileSize: number;
  readonly lastModified: number | null;
  readonly state: MediaState;
  readonly thumbnailVersion: string | null;
  readonly missingSince: number | null;
  readonly now: number;
}

/**
 * The statements, for one transaction, that bring a record back, unless it is not apart any more or another record has its
 * place. The first answers the id of the record, if it has come back: at its place among the results of searches, unless a
 * record that was made since has that.
 */
export function bringBack(media: TrashedMedia, comeback: Comeback): SQL[] {
  // Named one by one: whoever calls may hand in a whole record.
  const { provider, objectKey, pathKey, providerRef, version, contentHash, fileSize, lastModified } =
    comeback;
  const { state, thumbnailVersion, missingSince, now } = comeback;
  const { camera, cameraText } = factColumns({ ...media, contentType: null });
  const words = metadataColumns(media.objectMetadata);
  const values = {
    provider,
    objectKey,
    pathKey,
    providerRef,
    version,
    contentHash,
    fileSize,
    lastModified,
    state,
    thumbnailVersion,
    missingSince,
    foldedKeywords: words.foldedKeywords,
    keywordSpellings: words.keywordSpellings,
    wordsText: words.wordsText,
    fieldsText: words.fieldsText,
    keyText: keyText(objectKey),
    camera,
    cameraText,
    textVersion,
    observedAt: now,
    updatedAt: now,
    change: media.change + 1,
    // What waits to be processed has no error any more.
    ...(state === "pending" ? { errorCode: null, errorDetail: null } : {}),
  };
  const written = ofRecords.flatMap(([name, column]) => {
    const value = new Map<string, string | number | null>(Object.entries(values)).get(name);
    return value === undefined ? [] : [{ column: column.name, value }];
  });
  const replaced = new Set(written.map(({ column }) => column));
  const copied = sharedColumns.filter((column) => column !== mediaObjects.pk.name && !replaced.has(column));
  return [
    sql`
      INSERT INTO media_objects (pk, ${names(copied)}, ${names(written.map(({ column }) => column))})
      SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM media_objects other WHERE other.pk = trashed_media.pk) THEN pk END,
      ${names(copied)}, ${sql.join(
        written.map(({ value }) => sql`${value}`),
        sql`, `,
      )}
      FROM trashed_media WHERE id = ${media.id} AND NOT EXISTS (
        SELECT 1 FROM media_objects there
        WHERE there.provider = ${provider} AND there.path_key = ${pathKey}
      )
      RETURNING id`,
    sql`
      DELETE FROM trashed_media WHERE id = ${media.id} AND EXISTS (SELECT 1 FROM media_objects WHERE id = ${media.id})`,
  ];
}

function names(columns: readonly string[]): SQL {
  return sql.join(
    columns.map((column) => sql.identifier(column)),
    sql`, `,
  );
}
