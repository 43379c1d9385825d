import type { Database } from "../../db/connection.ts";
import {
  readSelection,
  type Selection,
  type SelectionPage,
  type SelectionPosition,
} from "../../db/selection/selection.ts";
import type { ShownMedia } from "../../db/media/record.ts";
import { applyToEach, type BulkChange, type BulkResult } from "./apply.ts";
import { charactersOf, type WordsChange } from "./words-change.ts";

/** What a call has done to the records of a selection. */
export interface SelectionChange {
  /** Of the records that the call came by, in their order: the first {@link mostResults}. */
  readonly results: readonly BulkResult[];
  readonly matched: number;
  readonly updated: number;
  /** Where the next call goes on; null at the end. */
  readonly next: SelectionPosition | null;
}

/** How many results a call tells. */
export const mostResults = 500;

/** How many records a call comes by at the most. */
export const mostMatched = 10_000;

/** How many records are read and written at a time: a keyword of each is some 6,000 rows, which D1 takes in one go. */
const pageSize = 250;

/** How many characters a change may bring to the records of a page together. */
const pageCharacters = 4 * 1024 * 1024;

/**
 * When a call ends early: D1 takes 1,000 statements of an invocation, of which the longest words may make a page take 130;
 * full text takes its time for long words; what a filter leaves out costs as well; and nobody waits much longer than 20
 * seconds. Words of 1,600 characters each do not end a call.
 */
const bounds = {
  statements: 600,
  characters: 16 * 1024 * 1024,
  rowsLooked: 60_000,
  milliseconds: 20_000,
} as const;

/** From where a selection is walked (null for its beginning), and how much is to be brought to each of its records. */
export interface SelectionWalk {
  readonly after: SelectionPosition | null;
  readonly change: Pick<WordsChange, "characters">;
}

/** Walks a selection, as far as a call may go; each page as it is asked for. */
export async function* walkSelection(
  db: Database,
  selection: Selection,
  { after, change }: SelectionWalk,
): AsyncGenerator<SelectionPage> {
  const most = Math.max(1, Math.min(pageSize, Math.floor(pageCharacters / Math.max(1, change.characters))));
  const begun = Date.now();
  let [at, matched, looked, characters] = [after, 0, 0, 0];
  for (;;) {
    const before = db.cost.rowsRead;
    const limit = Math.min(most, mostMatched - matched);
    const page = await readSelection(db, selection, { after: at, limit });
    looked += db.cost.rowsRead - before;
    matched += page.media.length;
    for (const { objectMetadata } of page.media) characters += charactersOf(objectMetadata, change);
    yield page;
    const isSpent =
      matched >= mostMatched ||
      looked >= bounds.rowsLooked ||
      characters >= bounds.characters ||
      db.cost.statements >= bounds.statements ||
      Date.now() - begun >= bounds.milliseconds;
    if (page.next === null || isSpent) return;
    at = page.next;
  }
}

/** Changes the records of a selection, each for itself, from a position on and as far as a call may go. */
export async function changeBySelection(
  db: Database,
  selection: Selection,
  { after, ...bulk }: BulkChange & { readonly after: SelectionPosition | null },
): Promise<SelectionChange> {
  const results: BulkResult[] = [];
  let [matched, updated, next] = [0, 0, after];
  const read = async (lost: readonly string[]) => readAmong(db, selection, lost);
  for await (const page of walkSelection(db, selection, { after, change: bulk.change })) {
    const applied = await applyToEach(db, page.media, { ...bulk, read, gone: leftSelection });
    results.push(...applied.slice(0, mostResults - results.length));
    matched += applied.length;
    updated += applied.filter(({ status }) => status === "updated").length;
    next = page.next;
  }
  return { results, matched, updated, next };
}

/** Those of these records that still belong to a selection. */
async function readAmong(
  db: Database,
  { query, filter }: Selection,
  lost: readonly string[],
): Promise<readonly ShownMedia[]> {
  const among = { query, filter: { ...filter, ids: lost.toSorted() } };
  const found: ShownMedia[] = [];
  for (let at: SelectionPosition | null = null; ;) {
    const page = await readSelection(db, among, { after: at, limit: lost.length });
    found.push(...page.media);
    if (page.next === null) return found;
    at = page.next;
  }
}

function leftSelection(id: string): BulkResult {
  const detail = "Somebody has changed the media object meanwhile, and the filter does not match any more.";
  return { id, status: "unchanged", revision: null, detail };
}
