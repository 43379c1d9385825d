import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";

import { openDatabase, type Database } from "../../../src/db/connection.ts";
import { isParked } from "../../../src/db/ingest/placements.ts";
import { findMedia } from "../../../src/db/media/reads.ts";
import { trashedMedia } from "../../../src/db/schema.ts";
import {
  bringBack,
  setApart,
  toTrashedMedia,
  type Comeback,
  type TrashedMedia,
} from "../../../src/db/trash/move.ts";
import type { World } from "./world.ts";

/** What of a record in the trash ingest may note. */
export interface TrashedRow {
  readonly id: string;
  readonly key: string;
  readonly version: string;
  readonly metadata: string;
  readonly revision: number;
  readonly change: number;
  readonly foundAt: string | null;
}

function database(): Database {
  return openDatabase(env.DB, "primary");
}

/** All records in the trash, in the order in which they were put there. */
export async function trashRows(): Promise<TrashedRow[]> {
  const { results } = await env.DB.prepare(
    `SELECT id, object_key AS key, version, object_metadata AS metadata, revision, change, found_at AS foundAt
     FROM trashed_media WHERE trashed_at IS NOT NULL ORDER BY rowid`,
  ).all<TrashedRow>();
  return results;
}

/** Puts a record into the trash; false where there is none, or somebody was faster. */
export async function trash(id: string): Promise<boolean> {
  const db = database();
  const media = await findMedia(db, id);
  if (media === null) return false;
  const [, removed = []] = await db.write(setApart(media, { kind: "trashed", at: Date.now(), by: null }));
  return removed.length > 0;
}

/** Brings a record back out of the trash, to its object if that is there, and waiting; false where there is none. */
export async function restore(world: World, id: string): Promise<boolean> {
  const db = database();
  const [row] = await db.orm.select().from(trashedMedia).where(eq(trashedMedia.id, id));
  if (row === undefined) return false;
  const media = toTrashedMedia(row);
  for (const comeback of [await toItsPlace(world, media), aside(media)]) {
    const [back = []] = await db.write(bringBack(media, comeback));
    if (back.length > 0) return true;
  }
  return false;
}

async function toItsPlace(world: World, media: TrashedMedia): Promise<Comeback> {
  const info = await world.services().providers.get(media.provider)?.stat(media.pathKey);
  const isThere = info !== undefined && info !== null && info.version === media.version;
  return isThere ? { ...gone(media), state: "pending", missingSince: null } : gone(media);
}

/** Its key is another record's by now. */
function aside(media: TrashedMedia): Comeback {
  const pathKey = isParked(media) ? media.pathKey : `${media.pathKey}\u{1}${media.id}`;
  return { ...gone(media), pathKey, providerRef: null };
}

function gone(media: TrashedMedia): Comeback {
  const { provider, objectKey, pathKey, providerRef, version, contentHash, fileSize, lastModified } = media;
  const { state, thumbnailVersion } = media;
  const place = { provider, objectKey, pathKey, providerRef, version, contentHash, fileSize, lastModified };
  return { ...place, state, thumbnailVersion, missingSince: Date.now(), now: Date.now() };
}
