import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";

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

/** How many files and sub-folders a page looks at, at the most: one to a row that is read, and one to a leap. */
const mostLooks = 5000;

/** The present media directly in a folder, in the order of their keys. */
export async function listFolderMedia(db: Database, query: FolderMediaQuery): Promise<FolderMediaPage> {
  const { limit } = query;
  const { found, end } = await walkFiles(db, query);
  const pks = found.slice(0, limit).map(({ pk }) => pk);
  const rows = await readRows(db, pks);
  const { media, taken } = await takeFitting(db, rows);
  const items = rows.slice(0, taken).flatMap((row) => {
    const each = media.get(row.pk);
    return each === undefined ? [] : [{ media: each, position: { key: row.objectKey, pk: row.pk } }];
  });
  const last = taken < rows.length ? rows[taken - 1] : undefined;
  if (last !== undefined) return { items, next: { key: last.objectKey, pk: last.pk } };
  return { items, next: found.length > limit ? (found[limit - 1] ?? null) : end };
}

/** An entry that was looked at: a file, or with a null `pk` a stretch between two sub-folders without any. */
const looked = z.object({
  /** Where the next stretch begins; null behind the last sub-folder. */
  stop: z.string().nullable(),
  key: z.string().nullable(),
  pk: z.int().nullable(),
  provider: z.string().nullable(),
});

type Look = z.infer<typeof looked>;

/**
 * Walks the keys between the sub-folders, which are leapt over, until there is one file more than the page has room for.
 * `end` is where the walk has stopped looking; null where the folder has ended.
 */
async function walkFiles(
  db: Database,
  { path, provider, from, limit }: FolderMediaQuery,
): Promise<{ readonly found: readonly FolderMediaPosition[]; readonly end: FolderMediaPosition | null }> {
  const found: FolderMediaPosition[] = [];
  let at: FolderMediaPosition = from ?? { key: path, pk: 0 };
  let looks = mostLooks;
  for (let take = limit + 1; looks > 0; take *= 4) {
    const room = Math.min(take, looks);
    const entries = await lookAtFiles(db, path, at, room);
    looks -= entries.length;
    for (const { key, pk, provider: holder } of entries) {
      const isWanted = provider === undefined || holder === provider;
      if (key !== null && pk !== null && isWanted) found.push({ key, pk });
    }
    const next = behindLook(entries.at(-1));
    if (entries.length < room || next === null) return { found, end: null };
    if (found.length > limit) break;
    at = next;
  }
  return { found, end: at };
}

/** Where the walk goes on behind the last entry that it has looked at; null behind everything. */
function behindLook(last: Look | undefined): FolderMediaPosition | null {
  if (last === undefined) return null;
  const { key, pk, stop } = last;
  if (key !== null && pk !== null) return { key, pk };
  return stop === null ? null : { key: stop, pk: 0 };
}

async function lookAtFiles(
  db: Database,
  path: string,
  { key, pk }: FolderMediaPosition,
  limit: number,
): Promise<Look[]> {
  const rows = await db.orm.all(sql`
    WITH RECURSIVE gaps(start, child) AS (
      SELECT ${key}, ${firstChildBehind(path, sql`${key}`)}
      UNION ALL
      SELECT ${behindFolder(sql`child`)}, ${firstChildBehind(path, behindFolder(sql`child`))}
      FROM gaps WHERE child IS NOT NULL
    )
    SELECT ${behindFolder(sql`gaps.child`)} AS stop, file.object_key AS key, file.pk AS pk, file.provider AS provider
    FROM gaps LEFT JOIN media_objects file INDEXED BY media_objects_by_key
    ON file.is_missing = 0 AND file.object_key >= gaps.start
      AND file.object_key < coalesce(gaps.child, ${endOfFolder(path)})
      AND (file.object_key > ${key} OR file.pk > ${pk})
    LIMIT ${limit}`);
  return z.array(looked).parse(rows);
}

/** The rows of a page, in the order of these row ids, without those that were deleted meanwhile. */
async function readRows(db: Database, pks: readonly number[]): Promise<PageRow[]> {
  if (pks.length === 0) return [];
  const wanted: SQL = sql`json_each(${JSON.stringify(pks)}) wanted`;
  return db.orm.all<PageRow>(sql`
    SELECT ${pageColumns("media_objects", pks.length)} FROM ${wanted}
    CROSS JOIN media_objects ON media_objects.pk = wanted.value ORDER BY wanted.key`);
}
