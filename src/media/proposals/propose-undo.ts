import { AppError } from "../../core/errors.ts";
import { findOperation } from "../../db/history/operations.ts";
import { touchedAfter, tracedRecords, type TracedRecord } from "../../db/history/traces.ts";
import { groupsBySize } from "../../db/json-slices.ts";
import { hasDecided } from "../../db/suggestions/open.ts";
import type { Services } from "../../services.ts";
import { unknownOperation } from "../failures.ts";
import { ownTraces, wordsBefore } from "../operations/take-back.ts";
import {
  fingerprintOf,
  keywordsChangedBy,
  mostKeywordsChanged,
  mostProposed,
  proposeEdit,
  revisionState,
  type Passed,
  type Proposal,
  type ProposedEdit,
  type SeenState,
} from "./proposal.ts";
import { mostWordsBytes } from "./propose-words.ts";

/** How many bytes of records and traces are read at a time. */
const bytesAtATime = 1_000_000;

/** How many bytes are read together: twice what a proposal may write, so that whatever was proposed can be taken back. */
const mostBytes = 2 * mostWordsBytes;

/**
 * Looks what it would do to take an operation back. Records that have other words than the operation left are skipped, and
 * so are those that are gone. Throws `resource_not_found` for an operation that there is not, and
 * `merge_conflict` for one that takes more than one transaction, or has decided on suggestions.
 */
export async function proposeUndo({ db, suggester }: Services, id: string): Promise<Proposal> {
  const operation = await findOperation(db, id);
  if (operation === null) throw unknownOperation();
  if (operation.details !== null) throw tooMuch(id, "has moved an object from one record to another");
  if (suggester !== null && (await hasDecided(db, id))) throw tooMuch(id, "has decided on suggestions");
  const touched = await touchedAfter(db, id, { after: "", limit: mostProposed + 1, suggestions: false });
  if (touched.length > mostProposed) throw tooMuch(id, `has changed more than ${mostProposed} photos`);
  if (touched.reduce((sum, { bytes }) => sum + bytes, 0) > mostBytes)
    throw tooMuch(id, "has changed words that are too long together");
  const edits: ProposedEdit[] = [];
  const unchanged: string[] = [];
  const skipped: Passed[] = [];
  const states: SeenState[] = [];
  for (const group of groupsBySize(touched, bytesAtATime, ({ bytes }) => bytes)) {
    const ids = group.map((each) => each.id);
    const found = new Map((await tracedRecords(db, id, ids)).map((record) => [record.id, record]));
    for (const each of ids) {
      const record = found.get(each);
      states.push(record === undefined ? [each] : [each, ...revisionState(record)]);
      const proposed = record === undefined ? null : await editOf(record);
      if (proposed === null) skipped.push(leftAlone(each));
      else if (proposed === "done") unchanged.push(each);
      else edits.push(proposed);
    }
  }
  if (keywordsChangedBy(edits) > mostKeywordsChanged)
    throw tooMuch(id, `has changed more than ${mostKeywordsChanged} keywords`);
  const fingerprint = await fingerprintOf(states);
  return { edits, unchanged, obstacles: [], skipped, fingerprint, reverts: id };
}

/** The edit that takes back what the operation has done to a record; null where the record has other words by now. */
async function editOf(record: TracedRecord): Promise<ProposedEdit | "done" | null> {
  if (record.takenBackBy !== null || ownTraces(record.traces).length === 0) return "done";
  const words = await wordsBefore(record.objectMetadata, record.traces);
  if (words === null) return null;
  const isSame = JSON.stringify(words) === JSON.stringify(record.objectMetadata);
  return isSame ? "done" : proposeEdit(record, words);
}

function leftAlone(id: string): Passed {
  const detail = "The photo has other words than the operation left, or the photo was deleted.";
  return { id, status: "skipped", detail };
}

function tooMuch(id: string, why: string): AppError {
  const detail = `The operation ${why}. A person takes it back with POST /v1/operations/${id}/revert.`;
  return new AppError("merge_conflict", detail);
}
