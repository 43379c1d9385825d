import { AppError, validationError, type FieldError } from "../../core/errors.ts";
import type { Database } from "../../db/connection.ts";
import { writeAllEdits } from "../../db/history/edits.ts";
import type { Selection } from "../../db/selection/selection.ts";
import {
  judge,
  notFoundResult,
  updated,
  type BulkChange,
  type BulkResult,
  type ChangedMedia,
} from "./apply.ts";
import { readByIds } from "./by-ids.ts";
import { walkSelection } from "./by-selection.ts";
import { charactersOf, type WordsChange } from "./words-change.ts";

/** Which records are changed: those with these ids, or those of a selection. */
export type BulkTarget = { readonly ids: readonly string[] } | { readonly selection: Selection };

/** How many records are changed in one transaction at the most. */
export const mostAtOnce = 500;

/** How many characters their words may have together as JSON, with what comes, so that all of them fit the memory. */
const mostCharacters = 4 * 1024 * 1024;

/** How often all records are tried again on top of somebody else's change. */
const maxAttempts = 8;

/**
 * Changes all records or none. Throws `bulk_failed` with the id of each record that cannot be changed, and
 * `validation_error` where the records are too many, or their words too long.
 */
export async function changeAtOnce(
  db: Database,
  target: BulkTarget,
  { change, authorship, dryRun }: BulkChange,
): Promise<BulkResult[]> {
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const media = await readAll(db, target, change);
    const judged = await judge(db, media, change);
    const changes = [...judged.edits, ...judged.decisions];
    const results = new Map(judged.results.map((result) => [result.id, result]));
    for (const { id, revision } of changes) results.set(id, updated(id, revision));
    const ids = "ids" in target ? target.ids : media.map(({ id }) => id);
    const inOrder = ids.map((id) => results.get(id) ?? notFoundResult(id));
    refuseFailures(inOrder);
    if (dryRun || changes.length === 0) return inOrder;
    const written = await writeAllEdits(db, judged.edits, authorship, judged.decisions);
    if (written !== null) {
      for (const { id, revision } of written) results.set(id, updated(id, revision));
      return ids.map((id) => results.get(id) ?? notFoundResult(id));
    }
  }
  const detail = "Too many requests are changing these media objects at this moment. Try again.";
  throw new AppError("database_unavailable", detail, { retryAfterSeconds: 1 });
}

function refuseFailures(results: readonly BulkResult[]): void {
  const errors = results.flatMap(({ id, status, detail }): FieldError[] =>
    status === "invalid" || status === "not_found" ? [{ path: id, message: detail ?? status }] : [],
  );
  if (errors.length === 0) return;
  const detail = `${errors.length} of ${results.length} media objects cannot be changed, so none was.`;
  throw new AppError("bulk_failed", detail, { errors });
}

async function readAll(db: Database, target: BulkTarget, change: WordsChange): Promise<ChangedMedia[]> {
  const found: ChangedMedia[] = [];
  let [characters, isWhole] = [0, "ids" in target];
  for await (const media of piecesOf(db, target, change)) {
    isWhole ||= media === null;
    for (const each of media ?? []) {
      found.push(each);
      characters += charactersOf(each.objectMetadata, change);
    }
    if (found.length > mostAtOnce) throw refused(`matches more than ${mostAtOnce} media objects`);
    if (characters > mostCharacters)
      throw refused(`takes in object_metadata of more than ${mostCharacters} characters together`);
  }
  if (!isWhole) throw refused("needs a filter that does not have to look at so many media objects");
  return found;
}

/** The records of a target, piece by piece; null behind the last one of a selection. */
async function* piecesOf(
  db: Database,
  target: BulkTarget,
  change: WordsChange,
): AsyncGenerator<readonly ChangedMedia[] | null> {
  if ("ids" in target) {
    yield* readByIds(db, target.ids);
    return;
  }
  for await (const page of walkSelection(db, target.selection, { after: null, change })) {
    yield page.media;
    if (page.next === null) yield null;
  }
}

function refused(message: string): AppError {
  return validationError([{ path: "atomic", message }]);
}
