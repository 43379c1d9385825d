import { getTableColumns, sql, type SQL } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";

import type { Database } from "../connection.ts";
import { toMediaObject, type ShownMedia, type StoredMedia } from "./record.ts";
import { mediaObjects } from "../schema.ts";

/** The most that an answer with MediaObjects holds, in bytes. */
export const maxAnswerBytes = 4 * 1024 * 1024;

const {
  foldedKeywords: _folded,
  keywordSpellings: _spellings,
  keywordText: _keywords,
  customText: _custom,
  wordsText: _wordsText,
  fieldsText: _fieldsText,
  keyText: _keyText,
  cameraText: _cameraText,
  camera: _camera,
  textVersion: _textVersion,
  writtenLatitude: _writtenLatitude,
  writtenLongitude: _writtenLongitude,
  isMissing: _missing,
  writtenTakenAt: _written,
  isTakenInYear: _inYear,
  bestLatitude: _latitude,
  bestLongitude: _longitude,
  known: _known,
  lackingWords: _lackingWords,
  lacksLocation: _lacksLocation,
  createdOn: _createdOn,
  ...ofRecords
} = getTableColumns(mediaObjects);

/** The columns of whole records: all but what serves search and indexes alone. */
export const recordColumns = ofRecords;

const {
  objectMetadata: _words,
  intrinsic: _facts,
  pathKey: _path,
  providerRef: _ref,
  version: _version,
  portableHash: _hash,
  wordsFromFile: _fromFile,
  runId: _run,
  runChange: _change,
  vanishedRun: _vanished,
  listedRun: _listed,
  factsVersion: _read,
  observedAt: _observed,
  sidecarRead: _sidecarRead,
  pictureHash: _pictureHash,
  pictureInnerHash: _pictureInnerHash,
  pictureQuality: _pictureQuality,
  ...small
} = recordColumns;

type ShownColumn = Exclude<keyof ShownMedia, "createdAt">;

/** A row of a page as it is selected: what is large comes only where there is room for it. */
export interface PageRow extends Pick<StoredMedia, Exclude<ShownColumn, "objectMetadata" | "intrinsic">> {
  readonly objectMetadata: string | null;
  readonly intrinsic: string | null;
  /** How many bytes its texts have. */
  readonly bytes: number;
}

/** Columns as a hand-written query selects them, so that it answers rows named as the schema names them. */
export function selected(columns: Readonly<Record<string, SQLiteColumn>>): SQL {
  const named = Object.entries(columns).map(([name, column]) => sql`${column} AS ${sql.identifier(name)}`);
  return sql.join(named, sql`, `);
}

/** How large the words and facts of a row may be to come with a page of so many rows at once, in bytes. */
function shareOf(rows: number): number {
  return Math.floor(maxAnswerBytes / Math.max(1, rows));
}

/**
 * What a page of at most so many rows selects from the table of this name: only what is shown, and of that no words
 * larger than their share of an answer, so that D1 never hands over much more than an answer may hold. With infinitely
 * many rows no words come at all.
 */
export function pageColumns(table: "media_objects" | "shown", rows: number): SQL {
  const of = (column: string): SQL => sql`${sql.identifier(table)}.${sql.identifier(column)}`;
  const large = sql`octet_length(${of("object_metadata")}) + octet_length(${of("intrinsic")})`;
  const hasRoom = sql`${large} <= ${sql.raw(String(shareOf(rows)))}`;
  const columns = Object.entries(small).map(
    ([name, column]) => sql`${of(column.name)} AS ${sql.identifier(name)}`,
  );
  return sql.join(
    [
      ...columns,
      sql`CASE WHEN ${hasRoom} THEN ${of("object_metadata")} END AS "objectMetadata"`,
      sql`CASE WHEN ${hasRoom} THEN ${of("intrinsic")} END AS "intrinsic"`,
      sql`${large} + octet_length(${of("object_key")}) AS "bytes"`,
    ],
    sql`, `,
  );
}

/** How many columns {@link pageColumns} has. */
export const pageWidth = Object.keys(small).length + 3;

/** The first records of a page, as many as an answer has room for. */
export interface FittingRecords {
  /** By row id; without those that were deleted meanwhile. */
  readonly media: ReadonlyMap<number, ShownMedia>;
  /** How many of the rows were taken: at least one, where there is one. */
  readonly taken: number;
}

/** Takes as many rows as an answer has room for, and reads the words that have stayed behind. */
export async function takeFitting(db: Database, rows: readonly PageRow[]): Promise<FittingRecords> {
  let bytes = 0;
  const beyond = rows.findIndex((row) => (bytes += row.bytes) > maxAnswerBytes);
  const taken = beyond === -1 ? rows.length : Math.max(1, beyond);
  const fitting = rows.slice(0, taken);
  const large = fitting.filter((row) => row.objectMetadata === null).map((row) => row.pk);
  const media = [...fitting, ...(await readLarge(db, large))].flatMap(showWhole);
  return { media: new Map(media.map((each) => [each.pk, each])), taken };
}

function showWhole({ bytes: _bytes, objectMetadata, intrinsic, ...row }: PageRow): ShownMedia[] {
  if (objectMetadata === null || intrinsic === null) return [];
  return [toMediaObject({ ...row, objectMetadata, intrinsic })];
}

/** The rows with these row ids, each with its words however large they are; the caller knows how large. */
async function readLarge(db: Database, pks: readonly number[]): Promise<PageRow[]> {
  if (pks.length === 0) return [];
  return db.orm.all<PageRow>(sql`
    SELECT ${pageColumns("media_objects", 1)} FROM json_each(${JSON.stringify(pks)}) wanted
    CROSS JOIN media_objects ON ${mediaObjects.pk} = wanted.value`);
}
