import { sql } from "drizzle-orm";

import type { Database } from "../connection.ts";
import { pageColumns, takeFitting, type PageRow } from "../media/rows.ts";
import type { ShownMedia } from "../media/record.ts";
import { behindFolder, endOfFolder, firstChildBehind } from "./folder-path.ts";

/** Where the media of a folder go on: behind the record with this row id at this key, or, with 0, from this key on. */
export interface FolderMediaPosition {
  readonly key: string;
  readonly pk: number;
}

/** Which page of the media of a folder; null for all providers, and for the first page. */
export interface FolderMediaQuery {
  readonly path: string;
  readonly provider: string | undefined;
  readonly from: FolderMediaPosition | null;
  readonly limit: number;
}

/** A record that lies in a folder, and where the list goes on behind it. */
export interface FolderMedium {
  readonly media: ShownMedia;
  readonly position: FolderMediaPosition;
}

/** A page of the media of a folder; `next` is null at the end. */
export interface FolderMediaPage {
  readonly items: readonly FolderMedium[];
  readonly next: FolderMediaPosition | null;
}

/** How many files and sub-folders a page looks at, at the most: D1 counts a row for a file, three for a leap. */
const mostLooks = 3300;

/** The present media directly in a folder, in the order of their keys. */
export async function listFolderMedia(db: Database, query: FolderMediaQuery): Promise<FolderMediaPage> {
  const { limit } = query;
  const { found, end } = await walkFiles(db, query);
  const rows = found.slice(0, limit);
  const { media, taken } = await takeFitting(db, rows);
  const items = rows.slice(0, taken).flatMap((row) => {
    const each = media.get(row.pk);
    return each === undefined ? [] : [{ media: each, position: positionOf(row) }];
  });
  const last = rows[taken - 1];
  if (last !== undefined && taken < found.length) return { items, next: positionOf(last) };
  return { items, next: end };
}

function positionOf({ objectKey, pk }: PageRow): FolderMediaPosition {
  return { key: objectKey, pk };
}

/** An entry that was looked at: a file, or a stretch between two sub-folders that has none. */
interface Looked {
  /** Where the next stretch begins; null behind the last sub-folder. */
  readonly stop: string | null;
  /** The key of the file. */
  readonly lookedKey: string | null;
  readonly lookedPk: number | null;
}

/** An entry with the row of its file, which is null for another provider's. */
type Look = Looked & { readonly [Column in keyof PageRow]: PageRow[Column] | null };

function isShown(look: Look): look is Looked & PageRow {
  return look.pk !== null;
}

/**
 * Walks the keys between the sub-folders, which are leapt over, until there is one file more than the page has room for.
 * `end` is where the walk has stopped looking; null where the folder has ended.
 */
async function walkFiles(
  db: Database,
  query: FolderMediaQuery,
): Promise<{ readonly found: readonly PageRow[]; readonly end: FolderMediaPosition | null }> {
  const { path, from, limit } = query;
  const found: PageRow[] = [];
  let at: FolderMediaPosition = from ?? { key: path, pk: 0 };
  let take = limit + 1;
  for (let looks = mostLooks; looks > 0 && found.length <= limit;) {
    const room = Math.min(take, looks);
    const looked = await lookAtFiles(db, query, at, room);
    const shown = looked.filter(isShown);
    found.push(...shown.map(({ stop: _stop, lookedKey: _key, lookedPk: _pk, ...row }) => row));
    const next = behindLook(looked.at(-1));
    if (looked.length < room || next === null) return { found, end: null };
    at = next;
    looks -= room;
    // Where there are files, no more of them are read than the page may need.
    if (shown.length < room / 4) take *= 4;
  }
  return { found, end: at };
}

/** Where the walk goes on behind the last entry that it has looked at; null behind everything. */
function behindLook(last: Looked | undefined): FolderMediaPosition | null {
  if (last === undefined) return null;
  const { lookedKey, lookedPk, stop } = last;
  if (lookedKey !== null && lookedPk !== null) return { key: lookedKey, pk: lookedPk };
  return stop === null ? null : { key: stop, pk: 0 };
}

/**
 * Looks at the first entries behind a position. One bound on each side of the keys; a key that several providers have
 * begins a stretch at most, so that its row ids are compared there.
 */
async function lookAtFiles(
  db: Database,
  { path, provider }: FolderMediaQuery,
  { key, pk }: FolderMediaPosition,
  limit: number,
): Promise<Look[]> {
  const [columns, shown] =
    provider === undefined
      ? [pageColumns("media_objects", limit), sql``]
      : [
          pageColumns("shown", limit),
          sql`LEFT JOIN media_objects shown
            ON shown.pk = CASE WHEN media_objects.provider = ${provider} THEN media_objects.pk END`,
        ];
  return db.orm.all<Look>(sql`
    WITH RECURSIVE gaps(start, child) AS (
      SELECT ${key}, ${firstChildBehind(path, sql`${key}`)}
      UNION ALL
      SELECT ${behindFolder(sql`child`)}, ${firstChildBehind(path, behindFolder(sql`child`))}
      FROM gaps WHERE child IS NOT NULL
    )
    SELECT ${behindFolder(sql`gaps.child`)} AS stop, media_objects.object_key AS "lookedKey",
      media_objects.pk AS "lookedPk", ${columns}
    FROM gaps LEFT JOIN media_objects INDEXED BY media_objects_by_key
    ON media_objects.is_missing = 0 AND media_objects.object_key >= gaps.start
      AND media_objects.object_key < coalesce(gaps.child, ${endOfFolder(path)})
      AND (media_objects.object_key > ${key} OR media_objects.pk > ${pk})
    ${shown} LIMIT ${limit}`);
}
