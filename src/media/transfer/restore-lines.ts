import { AppError } from "../../core/errors.ts";
import type { Database } from "../../db/connection.ts";
import { writeEdits, type Edit } from "../../db/history/edits.ts";
import type { ObjectMetadata } from "../../db/media/record.ts";
import { matchRecords, readWords, type Match, type WordsOfRecord } from "../../db/transfer/matching.ts";
import { takeHistories, type BroughtHistory, type Importing } from "../../db/transfer/take-histories.ts";
import { makeBackPatch } from "../history/back-patch.ts";
import { makeEdit } from "../history/edit.ts";
import { hashOfWords } from "../history/words-hash.ts";
import { fitOfHistory } from "./brought-history.ts";
import type { RecordLine } from "./import-line.ts";
import type { ImportTally } from "./import-report.ts";

/** Where the outcomes of lines are counted, and who writes: null for a look that changes nothing. */
export interface Restoring {
  readonly tally: ImportTally;
  readonly importing: Importing | null;
}

/** A line whose history is its record's by now: words and lowest revision that it tells. */
export interface RestoredLine {
  readonly mediaId: string;
  /** The words before the lowest revision. */
  readonly words: ObjectMetadata;
  readonly lowest: number;
}

/** How many records are written together, and how many bytes of their words are read. */
const groupLimits = { records: 250, bytes: 2 * 1024 * 1024 } as const;

/** How often words are restored again after somebody else was faster; more only happens to a record under siege. */
const maxAttempts = 20;

interface MatchedLine extends Match {
  readonly line: RecordLine;
}

/**
 * Restores the words of some lines and answers the lines whose history is now that of their record. Of several lines for
 * a record the surest counts, and of equally sure ones the last. A less sure one is another photo's, such as one that was
 * deleted and whose key or copy this record has: it belongs to no media object.
 */
export async function restoreLines(
  db: Database,
  lines: readonly RecordLine[],
  restoring: Restoring,
): Promise<Map<RecordLine, RestoredLine>> {
  const matches = await matchRecords(
    db,
    lines.map(({ sought }) => sought),
  );
  const matched = new Map(matches.map((match) => [match.place, match]));
  const last = new Map<string, MatchedLine>();
  for (const [place, line] of lines.entries()) {
    const match = matched.get(place);
    if (match === undefined) {
      restoring.tally.unmatched(line.number);
      continue;
    }
    const earlier = last.get(match.id);
    if (earlier !== undefined && match.certainty < earlier.certainty) {
      restoring.tally.unmatched(line.number);
      continue;
    }
    if (earlier !== undefined && match.certainty > earlier.certainty)
      restoring.tally.unmatched(earlier.line.number);
    else if (earlier !== undefined) restoring.tally.matched(earlier.kind, "unchanged");
    last.set(match.id, { ...match, line });
  }
  const restored = new Map<RecordLine, RestoredLine>();
  for (const group of groupsOf([...last.values()])) {
    for (const [line, each] of await restoreGroup(db, group, restoring)) restored.set(line, each);
  }
  return restored;
}

/** Groups of lines whose records are read and written together. */
function groupsOf(lines: readonly MatchedLine[]): MatchedLine[][] {
  const groups: MatchedLine[][] = [];
  let bytes = 0;
  for (const line of lines) {
    const group = groups.at(-1);
    if (
      group === undefined ||
      group.length === groupLimits.records ||
      bytes + line.bytes > groupLimits.bytes
    ) {
      groups.push([line]);
      bytes = line.bytes;
    } else {
      group.push(line);
      bytes += line.bytes;
    }
  }
  return groups;
}

async function restoreGroup(
  db: Database,
  group: readonly MatchedLine[],
  { tally, importing }: Restoring,
): Promise<Map<RecordLine, RestoredLine>> {
  const restored = new Map<RecordLine, RestoredLine>();
  let pending = group;
  for (let attempt = 0; attempt < maxAttempts && pending.length > 0; attempt++) {
    const records = await readWords(
      db,
      pending.map(({ id }) => id),
    );
    const plan = await planOf(pending, records);
    const written = importing === null ? null : await writePlan(db, plan, importing);
    for (const line of pending) {
      if (!records.has(line.id)) tally.unmatched(line.line.number);
      else if (!plan.changed.has(line.id)) tally.matched(line.kind, "unchanged");
      else if (written === null || written.has(line.id)) tally.matched(line.kind, "updated");
    }
    pending = written === null ? [] : pending.filter(({ id }) => plan.changed.has(id) && !written.has(id));
    const left = new Set(pending.map(({ line }) => line));
    for (const { line, history } of plan.restored) if (!left.has(line)) restored.set(line, history);
  }
  if (pending.length === 0) return restored;
  const detail =
    "Too many requests are changing the media objects at this moment. Send the import again: it goes on where it stopped.";
  throw new AppError("database_unavailable", detail, { retryAfterSeconds: 1 });
}

/** What is to be written of a group. */
interface Plan {
  readonly edits: Edit[];
  readonly histories: BroughtHistory[];
  /** The records that one of both changes. */
  readonly changed: Set<string>;
  readonly restored: { readonly line: RecordLine; readonly history: RestoredLine }[];
}

async function planOf(
  lines: readonly MatchedLine[],
  records: ReadonlyMap<string, WordsOfRecord>,
): Promise<Plan> {
  const plan: Plan = { edits: [], histories: [], changed: new Set(), restored: [] };
  for (const { id, line } of lines) {
    const record = records.get(id);
    if (record !== undefined) await addToPlan(plan, record, line);
  }
  return plan;
}

async function addToPlan(plan: Plan, record: WordsOfRecord, line: RecordLine): Promise<void> {
  const { words, history } = line;
  const fit = history === null ? null : fitOfHistory(record, words, history);
  const isSame = JSON.stringify(words) === record.json;
  if (history !== null && fit !== null && fit.kind !== "other") {
    const told = oldestOf(record.id, line);
    if (told !== null) plan.restored.push({ line, history: told });
    if (fit.kind === "same") return;
    plan.histories.push({
      id: record.id,
      revision: record.revision,
      change: record.change,
      metadata: words,
      newRevision: history.revision,
      revisions: fit.missing,
      wordsHash: await hashOfWords(words),
      wayBack: isSame ? null : JSON.stringify(makeBackPatch(record.objectMetadata, words)),
    });
    plan.changed.add(record.id);
  } else if (!isSame) {
    plan.edits.push(await makeEdit(record, words, "to operation"));
    plan.changed.add(record.id);
  }
}

/** What a further line of the history goes on from; the patches of a line have been walked when it was read. */
function oldestOf(mediaId: string, { history }: RecordLine): RestoredLine | null {
  const lowest = history?.revisions.at(-1)?.revision;
  if (history === null || lowest === undefined) return null;
  return { mediaId, words: history.before, lowest };
}

/** Writes a plan and answers the records that were written. */
async function writePlan(db: Database, plan: Plan, importing: Importing): Promise<Set<string>> {
  const taken = plan.histories.length === 0 ? [] : await takeHistories(db, plan.histories, importing);
  const edited = plan.edits.length === 0 ? [] : await writeEdits(db, plan.edits, importing);
  return new Set([...taken, ...edited].map(({ id }) => id));
}
