import { isMediaId } from "../../core/media-id.ts";
import type { Database } from "../../db/connection.ts";
import { findManyMedia } from "../../db/media/reads.ts";
import type { MediaObject } from "../../db/media/record.ts";
import { applyToEach, notFoundResult, type BulkChange, type BulkResult } from "./apply.ts";

/** How many records are read and written at a time: with the longest words these are 3 MB. */
const chunk = 50;

/**
 * D1 takes 1,000 statements of an invocation, of which 50 records with the longest words take 150 at the most. So many are
 * asked only where hundreds of words are of 64 KiB and full of signs that JSON escapes.
 */
const mostStatements = 700;

/** Changes the records with these ids, each for itself, and says of every id in its order what became of it. */
export async function changeByIds(
  db: Database,
  ids: readonly string[],
  bulk: BulkChange,
): Promise<BulkResult[]> {
  const results: BulkResult[] = [];
  for (let start = 0; start < ids.length; start += chunk) {
    const asked = ids.slice(start, start + chunk);
    if (db.cost.statements > mostStatements) {
      results.push(...ids.slice(start).map(beyondCall));
      break;
    }
    const media = await findKnown(db, asked);
    const read = async (lost: readonly string[]) => findManyMedia(db, lost);
    const applied = await applyToEach(db, media, { ...bulk, read, gone: notFoundResult });
    const byId = new Map(applied.map((result) => [result.id, result]));
    results.push(...asked.map((id) => byId.get(id) ?? notFoundResult(id)));
  }
  return results;
}

function beyondCall(id: string): BulkResult {
  const detail = "The object_metadata before was too long for one request. Send this id again.";
  return { id, status: "invalid", revision: null, detail };
}

/** The records with these ids in pieces, so that their words can be measured before more are read. */
export async function* readByIds(db: Database, ids: readonly string[]): AsyncGenerator<MediaObject[]> {
  for (let start = 0; start < ids.length; start += chunk)
    yield findKnown(db, ids.slice(start, start + chunk));
}

/** A text that is not an id is the id of no record. */
async function findKnown(db: Database, ids: readonly string[]): Promise<MediaObject[]> {
  const known = ids.filter(isMediaId);
  return known.length === 0 ? [] : findManyMedia(db, known);
}
