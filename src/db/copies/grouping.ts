import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";

/** Groups of more records than this are not put into another one: a transaction has to end. */
const mostMoved = 1000;

const leaderRow = z.object({ id: z.string(), leader: z.string(), leaderPk: z.int() });

/** A record that is in a group, and the oldest record of the group. */
export type Led = Readonly<z.infer<typeof leaderRow>>;

/** The groups of those of these records that are in one. */
export async function leadersOf(db: Database, ids: readonly string[]): Promise<Led[]> {
  if (ids.length === 0) return [];
  const rows = await db.orm.all(sql`
    SELECT led.id, led.leader, m.pk AS "leaderPk" FROM (
      SELECT c.media_id AS id, (
        SELECT min(first.media_id) FROM picture_copies first WHERE first.group_id = c.group_id
      ) AS leader
      FROM json_each(${JSON.stringify(ids)}) CROSS JOIN picture_copies c ON c.media_id = value
    ) led CROSS JOIN media_objects m ON m.id = led.leader`);
  return z.array(leaderRow).parse(rows);
}

/** A record with the picture that was compared. */
export interface ComparedPicture {
  readonly id: string;
  readonly thumbnailVersion: string;
}

/** A record, and those that show the same picture, each of which leads a group or was in none when it was compared. */
export interface SamePictures {
  readonly media: ComparedPicture;
  readonly others: readonly ComparedPicture[];
  /** The id of a new group, for when none of them is in one. */
  readonly newGroup: string;
}

/**
 * Puts a record into the group of the oldest record that shows the same picture, in one transaction: of an older one, or of
 * its own, which takes in the groups that the others lead. Any number of times, and in any order with other records, is as
 * good as once. What was compared counts only where the record still has that picture.
 */
export async function groupSame(db: Database, same: SamePictures): Promise<void> {
  const [oldest] = same.others.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  if (oldest === undefined) return;
  await db.write(oldest.id < same.media.id ? join(same, oldest) : lead(same));
}

/** The record joins the group of an older one, and brings along those that it leads itself. */
function join({ media, newGroup }: SamePictures, older: ComparedPicture): SQL[] {
  const joined = groupOf(sql`${older.id}`);
  // Whether it is already with one that is as old, or older.
  const hasOlder = sql`EXISTS (
    SELECT 1 FROM picture_copies first
    WHERE first.group_id = ${groupOf(sql`${media.id}`)} AND first.media_id <= ${older.id}
  )`;
  return [
    sql`
      INSERT INTO picture_copies (group_id, media_id) SELECT ${newGroup}, ${older.id}
      WHERE ${isAsCompared(older)} AND ${isAsCompared(media)} AND NOT ${hasOlder} ON CONFLICT DO NOTHING`,
    moveGroups(sql`SELECT ${groupOf(sql`${media.id}`)} WHERE ${isLeader(sql`${media.id}`)}`, joined),
    sql`
      INSERT INTO picture_copies (group_id, media_id) SELECT ${joined}, ${media.id}
      WHERE ${joined} IS NOT NULL AND ${isAsCompared(older)} AND ${isAsCompared(media)}
      ON CONFLICT (media_id) DO UPDATE SET group_id = excluded.group_id WHERE NOT ${hasOlder}`,
  ];
}

/** The record leads those that are in no group, and the groups of those that lead one. */
function lead({ media, others, newGroup }: SamePictures): SQL[] {
  const own = groupOf(sql`${media.id}`);
  const compared = JSON.stringify(others);
  const valid = sql`
    json_each(${compared}) CROSS JOIN media_objects m
      ON m.id = value ->> 'id' AND m.thumbnail_version = value ->> 'thumbnailVersion'`;
  return [
    sql`
      INSERT INTO picture_copies (group_id, media_id) SELECT coalesce(${groupOf(sql`m.id`)}, ${newGroup}), ${media.id}
      FROM ${valid}
      WHERE ${isAsCompared(media)} AND (${isLeader(sql`m.id`)} OR ${groupOf(sql`m.id`)} IS NULL)
      ORDER BY ${groupOf(sql`m.id`)} IS NULL, m.id LIMIT 1 ON CONFLICT DO NOTHING`,
    sql`
      INSERT INTO picture_copies (group_id, media_id) SELECT ${own}, m.id FROM ${valid}
      WHERE ${isLeader(sql`${media.id}`)} AND ${isAsCompared(media)} ON CONFLICT DO NOTHING`,
    moveGroups(
      sql`
        SELECT c.group_id FROM ${valid} CROSS JOIN picture_copies c ON c.media_id = m.id
        WHERE ${isLeader(sql`m.id`)} AND ${isLeader(sql`${media.id}`)} AND ${isAsCompared(media)}`,
      own,
    ),
  ];
}

/** Puts the records of some groups into another, as long as they are not very many. */
function moveGroups(from: SQL, to: SQL): SQL {
  return sql`
    UPDATE picture_copies SET group_id = ${to}
    WHERE group_id IN (${from}) AND group_id <> ${to} AND (
      SELECT count(*) FROM (
        SELECT 1 FROM picture_copies others WHERE others.group_id = picture_copies.group_id LIMIT ${mostMoved + 1}
      )
    ) <= ${mostMoved}`;
}

function groupOf(id: SQL): SQL {
  return sql`(SELECT own.group_id FROM picture_copies own WHERE own.media_id = ${id})`;
}

/** Whether a record is in a group and the oldest there. */
function isLeader(id: SQL): SQL {
  return sql`EXISTS (
    SELECT 1 FROM picture_copies led WHERE led.media_id = ${id} AND NOT EXISTS (
      SELECT 1 FROM picture_copies older WHERE older.group_id = led.group_id AND older.media_id < led.media_id
    )
  )`;
}

function isAsCompared({ id, thumbnailVersion }: ComparedPicture): SQL {
  return sql`EXISTS (
    SELECT 1 FROM media_objects compared
    WHERE compared.id = ${id} AND compared.thumbnail_version = ${thumbnailVersion}
  )`;
}
