import { and, eq, getTableColumns, inArray, sql, type SQL } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import type { MediaObject } from "../media/record.ts";
import { sidecars, type SidecarRow } from "../schema.ts";
import { sidecarPathsOf } from "./names.ts";

/** Where the object of a record is. */
type Placed = Pick<MediaObject, "provider" | "pathKey">;

/**
 * The sidecar of a photo: `NAME.EXT.xmp`, else `NAME.xmp`; null where neither lies beside it. One whose words are those of a
 * record in the trash, which was in this very place, is spent until that comes back.
 */
export async function sidecarOf(db: Database, { provider, pathKey }: Placed): Promise<SidecarRow | null> {
  const paths = sidecarPathsOf(pathKey);
  const isOfTrash = sql`EXISTS (
    SELECT 1 FROM trashed_media t
    WHERE t.provider = ${provider} AND t.path_key = ${pathKey} AND t.trashed_at IS NOT NULL
      AND t.sidecar_read ->> 'path' = ${sidecars.pathKey} AND t.sidecar_read ->> 'version' = ${sidecars.version}
      AND t.sidecar_read ->> 'hash' IS NOT NULL
  )`;
  const spentVersion = sql<
    string | null
  >`CASE WHEN ${isOfTrash} THEN ${sidecars.version} ELSE ${sidecars.spentVersion} END`;
  const rows = await db.orm
    .select({ ...getTableColumns(sidecars), spentVersion })
    .from(sidecars)
    .where(and(eq(sidecars.provider, provider), eq(sidecars.isGone, 0), inArray(sidecars.pathKey, paths)));
  return rows.toSorted((a, b) => paths.indexOf(a.pathKey) - paths.indexOf(b.pathKey))[0] ?? null;
}

/**
 * Holds while the sidecar of a photo is the one that was found, in that version; null for none. The order is that of
 * {@link sidecarPathsOf}.
 */
export function isStillSidecarOf({ provider, pathKey }: Placed, found: SidecarRow | null): SQL {
  return sql`(
    SELECT s.path_key || char(0) || s.version FROM sidecars s
    WHERE s.provider = ${provider} AND ${inArray(sql`s.path_key`, sidecarPathsOf(pathKey))} AND s.is_gone = 0
    ORDER BY length(s.path_key) DESC, s.path_key DESC LIMIT 1
  ) IS ${found === null ? null : sql`${found.pathKey} || char(0) || ${found.version}`}`;
}

/** How many sidecars are looked through at a time, and how many photos beside them are handled. */
const bounds = { sidecars: 500, photos: 50 } as const;

const unreadRow = z.object({ path: z.string(), version: z.string(), isGone: z.number() });

/** A sidecar of which the photos beside it do not know yet. */
export type UnreadSidecar = Readonly<z.infer<typeof unreadRow>>;

const photoRow = z.object({ path: z.string(), id: z.string() });

/** Unread sidecars, and the photos that are to learn of them. */
export interface UnreadPage {
  /** Those all of whose photos are among these, or which concern none. */
  readonly rows: readonly UnreadSidecar[];
  /** The ids of the photos, each with the path key of the sidecar. */
  readonly photos: readonly Readonly<z.infer<typeof photoRow>>[];
  /** Where to go on; null at the end. */
  readonly next: UnreadPlace | null;
}

/** Where a page of unread sidecars begins. */
export interface UnreadPlace {
  /** The path key of the last sidecar all of whose photos were handled. */
  readonly after: string;
  /** The sidecar of whose photos only some were handled, and the last of these; null where there is none. */
  readonly within: Readonly<z.infer<typeof photoRow>> | null;
}

/** Whether a provider has unread sidecars. */
export async function hasUnread(db: Database, provider: string): Promise<boolean> {
  const rows = await db.orm.all(
    sql`SELECT 1 FROM sidecars INDEXED BY sidecars_unread WHERE provider = ${provider} AND is_unread > 0 LIMIT 1`,
  );
  return rows.length > 0;
}

/**
 * Reads unread sidecars from a place on, in the order of path keys. A fresh record is left out: it reads its sidecar when it is processed. So is a
 * photo that knows of the version already, so that a page that is handled again comes by what is left.
 */
export async function unreadSidecars(
  db: Database,
  provider: string,
  { after, within }: UnreadPlace,
): Promise<UnreadPage> {
  const unread = sql`
    SELECT path_key AS path, version, is_gone, substr(path_key, 1, length(path_key) - 4) AS base
    FROM sidecars INDEXED BY sidecars_unread
    WHERE provider = ${provider} AND is_unread > 0 AND path_key > ${after} ORDER BY path_key LIMIT ${bounds.sidecars}`;
  const isConcerned = sql`
    NOT (m.state = 'pending' AND m.width IS NULL) AND CASE WHEN s.is_gone
      THEN m.sidecar_key IS NOT NULL AND m.sidecar_read ->> 'path' = s.path
      ELSE m.sidecar_key IS NULL OR m.sidecar_read ->> 'path' <> s.path OR m.sidecar_read ->> 'version' <> s.version
    END`;
  const isLeft = within === null ? sql`true` : sql`(path <> ${within.path} OR id > ${within.id})`;
  const [sidecarRows = [], photoRows = []] = await db.batch([
    sql`SELECT path, version, is_gone AS "isGone" FROM (${unread})`,
    sql`
      SELECT path, id FROM (
        SELECT s.path, m.id FROM (${unread}) s CROSS JOIN media_objects m
          ON m.provider = ${provider} AND m.path_key = s.base
        WHERE ${isConcerned}
        UNION ALL
        SELECT s.path, m.id FROM (${unread}) s CROSS JOIN media_objects m
          ON m.provider = ${provider} AND m.path_key > s.base || '.' AND m.path_key < s.base || '/'
        WHERE ${isConcerned} AND instr(substr(m.path_key, length(s.base) + 2), '.') = 0
          AND instr(substr(m.path_key, length(s.base) + 2), '/') = 0 AND NOT EXISTS (
            SELECT 1 FROM sidecars own WHERE own.provider = ${provider} AND own.is_gone = 0
              AND own.path_key IN (m.path_key || '.xmp', m.path_key || '.XMP')
          )
      ) WHERE ${isLeft} ORDER BY path, id LIMIT ${bounds.photos + 1}`,
  ]);
  const rows = sidecarRows.map((row) => unreadRow.parse(row));
  const found = photoRows.map((row) => photoRow.parse(row));
  const photos = found.slice(0, bounds.photos);
  const [beyond] = found.slice(bounds.photos);
  if (beyond === undefined) {
    const last = rows.length === bounds.sidecars ? rows.at(-1) : undefined;
    return { rows, photos, next: last === undefined ? null : { after: last.path, within: null } };
  }
  // Of the sidecar of the first photo that has no room the photos are not all among these.
  const cut = rows.findIndex(({ path }) => path === beyond.path);
  const whole = rows.slice(0, Math.max(0, cut));
  const last = photos.findLast(({ path }) => path === beyond.path) ?? null;
  return { rows: whole, photos, next: { after: whole.at(-1)?.path ?? after, within: last } };
}

/** Sets down that the photos beside these sidecars know of them; those that are gone are forgotten. */
export async function markRead(
  db: Database,
  provider: string,
  rows: readonly UnreadSidecar[],
): Promise<void> {
  if (rows.length === 0) return;
  const json = JSON.stringify(rows);
  const isSame = sql`
    provider = ${provider} AND (path_key, version, is_gone) IN (
      SELECT value ->> 'path', value ->> 'version', value ->> 'isGone' FROM json_each(${json})
    )`;
  await db.write([
    sql`DELETE FROM sidecars WHERE ${isSame} AND is_gone = 1 AND spent_version IS NULL`,
    sql`UPDATE sidecars SET is_unread = 0 WHERE ${isSame} AND is_unread = 1`,
  ]);
}
