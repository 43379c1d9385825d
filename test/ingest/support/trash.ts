import { env } from "cloudflare:workers";

import { openDatabase } from "../../../src/db/connection.ts";
import { findMedia } from "../../../src/db/media/reads.ts";
import { setApart } from "../../../src/db/trash/move.ts";
import type { World } from "./world.ts";

/** What of a record in the trash ingest may note. */
export interface TrashedRow {
  readonly id: string;
  readonly key: string;
  readonly path: string;
  readonly version: string;
  readonly metadata: string;
  readonly revision: number;
  readonly change: number;
  readonly foundAt: string | null;
}

/** All records in the trash, in the order in which they were put there. */
export async function trashRows(): Promise<TrashedRow[]> {
  const { results } = await env.DB.prepare(
    `SELECT id, object_key AS key, path_key AS path, version, object_metadata AS metadata, revision, change,
       found_at AS foundAt
     FROM trashed_media WHERE trashed_at IS NOT NULL ORDER BY rowid`,
  ).all<TrashedRow>();
  return results;
}

/** A person deletes a record; false where there is none. */
export async function trash(world: World, id: string): Promise<boolean> {
  return answered(await world.api(`/v1/media/${id}`, { method: "DELETE" }), 204);
}

/** A person takes a record out of the trash; false where it is not in there. */
export async function restore(world: World, id: string): Promise<boolean> {
  return answered(await world.api(`/v1/media/${id}/restore`, { method: "POST" }), 200);
}

async function answered(response: Response, status: number): Promise<boolean> {
  await response.body?.cancel();
  if (![status, 404].includes(response.status)) throw new Error(`the trash answered ${response.status}`);
  return response.status === status;
}

/**
 * Puts a record of a storage that can only be read into the trash. Nobody may delete it while its object is there; one
 * whose object was missing, and is back, stands there the same. False where there is no such record.
 */
export async function setInTrash(id: string): Promise<boolean> {
  const db = openDatabase(env.DB, "primary");
  const media = await findMedia(db, id);
  if (media === null) return false;
  const [, removed = []] = await db.write(setApart(media, { kind: "trashed", at: Date.now(), by: null }));
  return removed.length > 0;
}
