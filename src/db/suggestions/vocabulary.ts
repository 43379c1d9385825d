import { sql, type SQL } from "drizzle-orm";

import type { Candidate } from "./record.ts";
import type { AskedMedia } from "./due.ts";
import { listByCount } from "../collection/by-count.ts";
import { countedKeywords } from "../collection/counted.ts";
import { endOfFolder } from "../collection/folder-path.ts";
import type { Database } from "../connection.ts";

/** A keyword as it may be suggested. */
export type VocabularyWord = Omit<Candidate, "score">;

/** How many keywords a picture is asked about. */
const mostWords = 60;

/** How many records of each kind have a say in what is likely, and how much: copies, neighbours in time, in the folder. */
const near = { each: 10, copy: 8, time: 2, folder: 1 } as const;

/** The keywords that most records have. */
export async function frequentWords(db: Database): Promise<VocabularyWord[]> {
  const { items } = await listByCount(db, countedKeywords, { prefix: "", from: null, limit: mostWords });
  return items.map(({ folded, name }) => ({ folded, keyword: name }));
}

/**
 * The keywords of the archive that are likeliest for a record: first those of records with the same picture, of the time
 * before and after it and of its folder, then those that most records have.
 */
export async function vocabularyOf(
  db: Database,
  media: AskedMedia,
  frequent: readonly VocabularyWord[],
): Promise<VocabularyWord[]> {
  const words = await db.orm.all<VocabularyWord>(sql`
    WITH near (pk, weight) AS (${sql.join(nearTo(media), sql` UNION ALL `)})
    SELECT said.folded AS folded, keywords.keyword AS keyword FROM (
      SELECT k.value AS folded, sum(near.weight) AS weight
      FROM near CROSS JOIN media_objects m ON m.pk = near.pk CROSS JOIN json_each(m.folded_keywords) k
      GROUP BY k.value ORDER BY weight DESC, folded LIMIT ${mostWords}
    ) said CROSS JOIN keywords ON keywords.folded = said.folded ORDER BY said.weight DESC, said.folded`);
  const known = new Set(words.map(({ folded }) => folded));
  return [...words, ...frequent.filter(({ folded }) => !known.has(folded))].slice(0, mostWords);
}

/** Row ids of the nearest records of each kind, and how much they say. */
function nearTo({ id, pk, objectKey, bestTakenAt }: AskedMedia): SQL[] {
  const folder = objectKey.slice(0, objectKey.lastIndexOf("/") + 1);
  const beside = (index: SQL, bounds: SQL, order: SQL): SQL =>
    sql`SELECT pk FROM media_objects INDEXED BY ${index} WHERE is_missing = 0 AND ${bounds} AND pk <> ${pk}
      ORDER BY ${order} LIMIT ${near.each}`;
  const byTime = sql`media_objects_by_taken`;
  const byKey = sql`media_objects_by_key`;
  const ways: (readonly [number, SQL])[] = [
    [
      near.copy,
      sql`SELECT m.pk FROM picture_copies own CROSS JOIN picture_copies other ON other.group_id = own.group_id
        CROSS JOIN media_objects m ON m.id = other.media_id
        WHERE own.media_id = ${id} AND other.media_id <> own.media_id LIMIT ${near.each}`,
    ],
    [near.time, beside(byTime, sql`best_taken_at <= ${bestTakenAt}`, sql`best_taken_at DESC`)],
    [near.time, beside(byTime, sql`best_taken_at >= ${bestTakenAt}`, sql`best_taken_at`)],
    [
      near.folder,
      beside(byKey, sql`object_key <= ${objectKey} AND object_key >= ${folder}`, sql`object_key DESC`),
    ],
    [
      near.folder,
      beside(byKey, sql`object_key >= ${objectKey} AND object_key < ${endOfFolder(folder)}`, sql`object_key`),
    ],
  ];
  return ways.map(([weight, rows]) => sql`SELECT pk, ${weight} FROM (${rows})`);
}
