import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import { compareKeys } from "../../core/text/key-order.ts";
import { compareNaturally } from "../../core/text/natural-order.ts";
import { behindFolder, firstChildBehind, nameOf } from "./folder-path.ts";

/** A folder right below another one, and how many media lie anywhere in it. */
export interface SubFolder {
  readonly name: string;
  readonly path: string;
  readonly count: number;
  /** True where there may be more. */
  readonly capped: boolean;
}

/**
 * Where a list of sub-folders goes on. Names are sorted in chunks: those from `first` on (null: from the first one), up to
 * `end` (null: to the last one) in the order of bytes.
 */
export interface FolderPosition {
  readonly first: string | null;
  readonly end: string | null;
  /** The last name that was dealt with; null to begin with the chunk. */
  readonly after: string | null;
}

/** A page of sub-folders; `next` is null at the end. */
export interface SubFolderPage {
  readonly folders: readonly SubFolder[];
  readonly next: FolderPosition | null;
}

/** Which page of sub-folders: of which folder, and whose media count; undefined for all. */
export interface SubFolderQuery {
  readonly path: string;
  readonly provider: string | undefined;
  readonly from: FolderPosition | null;
}

/** How many sub-folders a page holds; each is counted, so that they are few. */
export const foldersPerPage = 100;

/** A count stops at so many media. */
const folderCountCap = 1000;

/** How many names are sorted together. */
const namesPerChunk = 9000;

/** How many more names a chunk may come to have between two of its pages. */
const newNames = 900;

/** How many folders a page counts, also if all are empty. */
const mostCounted = 1000;

/** The next sub-folders in natural order, without those that hold no media any more. */
export async function listSubFolders(db: Database, query: SubFolderQuery): Promise<SubFolderPage> {
  const { path, from } = query;
  const { first, end, after } = from ?? { first: null, end: null, after: null };
  const chunk = await readChunk(db, path, { first, end, isBegun: after !== null });
  const names = chunk.names
    .filter((name) => after === null || compareNaturally(name, after) > 0)
    .toSorted(compareNaturally);
  const { folders, dealtWith } = await countUntilFull(db, query, names);
  if (dealtWith < names.length)
    return { folders, next: { first, end: chunk.end, after: names[dealtWith - 1] ?? null } };
  if (chunk.end === null) return { folders, next: null };
  return { folders, next: { first: chunk.end, end: null, after: null } };
}

interface Chunk {
  readonly names: readonly string[];
  /** The name that the next chunk begins with; null for the last chunk. */
  readonly end: string | null;
}

const named = z.array(z.object({ name: z.string() }));

/**
 * The names of sub-folders in the order of bytes, by leaping from one to the next: a row for each of them, however many
 * files and folders they hold. Where a chunk ends is decided once, so that new folders shift nothing into another one.
 */
async function readChunk(
  db: Database,
  path: string,
  { first, end, isBegun }: { first: string | null; end: string | null; isBegun: boolean },
): Promise<Chunk> {
  const start = first === null ? firstChildBehind(path, sql`${path}`) : sql`${`${path}${first}/`}`;
  const most = isBegun ? namesPerChunk + newNames : namesPerChunk;
  const rows = await db.orm.all(sql`
    WITH RECURSIVE children(child) AS (
      SELECT ${start}
      UNION ALL
      SELECT ${firstChildBehind(path, behindFolder(sql`child`))} FROM children WHERE child IS NOT NULL
    )
    SELECT ${nameOf(path, sql`child`)} AS name
    FROM children WHERE child IS NOT NULL LIMIT ${most + 1}`);
  const names = named.parse(rows).map(({ name }) => name);
  const beyond = end === null ? -1 : names.findIndex((name) => compareKeys(`${name}/`, `${end}/`) >= 0);
  if (beyond !== -1) return { names: names.slice(0, beyond), end };
  return { names: names.slice(0, most), end: names[most] ?? null };
}

/** Counts folders in this order until a page is full; those without media are left out. */
async function countUntilFull(
  db: Database,
  { path, provider }: SubFolderQuery,
  names: readonly string[],
): Promise<{ readonly folders: readonly SubFolder[]; readonly dealtWith: number }> {
  const folders: SubFolder[] = [];
  let dealtWith = 0;
  while (dealtWith < Math.min(names.length, mostCounted) && folders.length < foldersPerPage) {
    const some = names.slice(dealtWith, dealtWith + foldersPerPage - folders.length);
    const paths = some.map((name) => `${path}${name}/`);
    const counts = await countMediaBelow(db, paths, provider);
    folders.push(
      ...some.flatMap((name, index) => {
        const counted = { count: 0, capped: false, ...counts[index] };
        return counted.count === 0 && !counted.capped ? [] : [{ name, path: paths[index] ?? "", ...counted }];
      }),
    );
    dealtWith += some.length;
  }
  return { folders, dealtWith };
}

interface FolderCount {
  readonly count: number;
  readonly capped: boolean;
}

const countedRow = z.object({ counts: z.string() });
const countsOfFolder = z.tuple([z.int(), z.int()]);

/** How many media lie anywhere in each folder, as a range of keys each: few more than the cap are looked at. */
async function countMediaBelow(
  db: Database,
  paths: readonly string[],
  provider: string | undefined,
): Promise<FolderCount[]> {
  const matches = provider === undefined ? sql`true` : sql`provider = ${provider}`;
  // A scalar query for each, since a join would walk the whole range; both counts as one value, or it would run twice.
  const rows = await db.orm.all(sql`
    SELECT (
      SELECT json_array(count(*), count(*) FILTER (WHERE matches)) FROM (
        SELECT ${matches} AS matches FROM media_objects INDEXED BY media_objects_by_key
        WHERE is_missing = 0 AND object_key >= wanted.value AND object_key < ${behindFolder(sql`wanted.value`)}
        LIMIT ${folderCountCap + 1})) AS counts
    FROM json_each(${JSON.stringify(paths)}) wanted`);
  return rows.map((row) => {
    const [looked, matched] = countsOfFolder.parse(JSON.parse(countedRow.parse(row).counts));
    return { count: Math.min(matched, folderCountCap), capped: looked > folderCountCap };
  });
}
