import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import { parseRowIds } from "../media/by-pk.ts";

/** A record whose object may have moved, and the records that may have it, by their row ids. */
export interface UnclearMove {
  readonly id: string;
  readonly pk: number;
  readonly candidates: readonly number[];
}

/** What of a run's unclear moves one look has found. */
export interface UnclearPage {
  readonly found: readonly UnclearMove[];
  /** The record to go on behind; null at the end. */
  readonly next: string | null;
}

/** How many candidates a record is shown with, and among how many records of the same bytes they are looked for. */
const candidates = { shown: 20, looked: 1000 } as const;

/** How many noted records are looked at with one statement, and for a page: most may be decided by now. */
const looks = { atATime: 200, most: 2000 } as const;

const unclearRow = z.object({
  id: z.string(),
  pk: z.number().nullable(),
  candidates: z.string().nullable().transform(parseRowIds),
});

/**
 * The records of which a run could not tell where their objects are and which still have none, after an id and in the
 * order of ids, each with the records that the run has made of the same bytes; the youngest first. Those without are left
 * out.
 */
export async function unclearAfter(
  db: Database,
  run: string,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<UnclearPage> {
  const found: UnclearMove[] = [];
  let at = after;
  for (let looked = 0; looked < looks.most; looked += looks.atATime) {
    const rows = (await noted(db, run, at)).map((row) => unclearRow.parse(row));
    for (const { id, pk, candidates: of } of rows) {
      if (found.length === limit) return { found, next: at };
      at = id;
      if (pk !== null && of.length > 0) found.push({ id, pk, candidates: of });
    }
    if (rows.length < looks.atATime) return { found, next: null };
  }
  return { found, next: at };
}

async function noted(db: Database, run: string, after: string): Promise<unknown[]> {
  return db.orm.all(sql`
    SELECT u.media_id AS id, m.pk, (
      SELECT json_group_array(pk) FROM (
        SELECT c.pk FROM (
          SELECT pk, id, file_size, provider, run_id, run_change, missing_since, vanished_run
          FROM media_objects INDEXED BY media_objects_by_hash
          WHERE content_hash = m.content_hash ORDER BY pk DESC LIMIT ${candidates.looked}
        ) c
        WHERE c.file_size = m.file_size AND c.provider = m.provider AND c.run_id = ${run}
          AND c.run_change IN ('new', 'changed') AND c.missing_since IS NULL AND c.vanished_run IS NULL
        LIMIT ${candidates.shown}
      )
    ) AS candidates
    FROM (
      SELECT media_id FROM unclear_moves WHERE run_id = ${run} AND media_id > ${after}
      ORDER BY media_id LIMIT ${looks.atATime}
    ) u
    LEFT JOIN media_objects m ON m.id = u.media_id AND (m.missing_since IS NOT NULL OR m.vanished_run IS NOT NULL)
    ORDER BY u.media_id`);
}
