import { validationError } from "../../core/errors.ts";
import type { Database } from "../../db/connection.ts";
import type { MediaObject } from "../../db/media/record.ts";
import { notFoundResult } from "../bulk/apply.ts";
import { readByIds } from "../bulk/by-ids.ts";
import { outcomeOf, type WordsChange } from "../bulk/words-change.ts";
import {
  fingerprintOf,
  keywordsChangedBy,
  mostKeywordsChanged,
  proposeEdit,
  revisionState,
  type Passed,
  type Proposal,
  type ProposedEdit,
} from "./proposal.ts";

/** How many bytes the words of all records may have together as JSON, before and after the change. */
export const mostWordsBytes = 4 * 1024 * 1024;

/**
 * Looks what a change would do, each record by its own part of it: `changes` has a change by each id, in lower case. Throws
 * `validation_error` where the words are too long together.
 */
export async function proposeWords(
  db: Database,
  changes: ReadonlyMap<string, WordsChange>,
): Promise<Proposal> {
  const found = await readWithin(db, [...changes.keys()]);
  const edits: ProposedEdit[] = [];
  const unchanged: string[] = [];
  const obstacles: Passed[] = [];
  let bytes = 0;
  for (const [id, change] of changes) {
    const media = found.get(id);
    if (media === undefined) {
      obstacles.push({ id, status: "not_found", detail: notFoundResult(id).detail ?? "" });
      continue;
    }
    const outcome = outcomeOf(media.objectMetadata, change);
    if (outcome.kind === "unchanged") unchanged.push(id);
    else if (outcome.kind === "invalid") obstacles.push({ id, status: "invalid", detail: outcome.detail });
    else {
      bytes = added(bytes, media.objectMetadata, outcome.metadata);
      edits.push(await proposeEdit(media, outcome.metadata));
    }
  }
  if (keywordsChangedBy(edits) > mostKeywordsChanged)
    throw tooMuch(`would change more than ${mostKeywordsChanged} keywords together`);
  const fingerprint = await fingerprintOf([...found.values()].map(stateOf));
  return { edits, unchanged, obstacles, skipped: [], fingerprint, reverts: null };
}

/** The records by their ids, as long as their words are not too long to be held. */
async function readWithin(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, MediaObject>> {
  const found = new Map<string, MediaObject>();
  let bytes = 0;
  for await (const media of readByIds(db, ids)) {
    for (const each of media) {
      bytes = added(bytes, each.objectMetadata);
      found.set(each.id, each);
    }
  }
  return found;
}

const encoder = new TextEncoder();

function added(bytes: number, ...words: readonly object[]): number {
  const sum = words.reduce((total, each) => total + encoder.encode(JSON.stringify(each)).length, bytes);
  if (sum <= mostWordsBytes) return sum;
  throw tooMuch(`come to object_metadata of more than ${mostWordsBytes} bytes together`);
}

function tooMuch(what: string): Error {
  return validationError([{ path: "photos", message: `${what}; choose fewer photos` }]);
}

/** A photo that is missing, is back, or has other bytes is not the photo that somebody looked at. */
function stateOf(media: MediaObject): readonly [string, ...(string | number | boolean | null)[]] {
  return [media.id, ...revisionState(media), media.version, media.missingSince !== null];
}
