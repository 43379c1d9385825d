import type { Database } from "../../db/connection.ts";
import type { ShownMedia } from "../../db/media/record.ts";
import { findMedia } from "../../db/media/reads.ts";
import { readExportPage } from "../../db/transfer/export-page.ts";
import type { StoredRevision } from "../../db/transfer/many-histories.ts";
import { HistoryReader } from "./history-reader.ts";

/** Where an export goes on. */
export interface ExportPosition {
  /** The id of the record whose line came last; empty at the beginning. */
  readonly after: string;
  /**
   * The lowest revision of that record that has been told, where lines with older ones are to come; null where the next
   * record is to come.
   */
  readonly below: number | null;
}

/** The content of a line of an export. */
export type ExportedItem =
  /** A record, with the newest of its revisions first; without any where no history was asked for. */
  | {
      readonly kind: "record";
      readonly media: ShownMedia;
      readonly revisions: readonly StoredRevision[] | null;
    }
  /** Older revisions of the record before it, which had no room in its line. */
  | { readonly kind: "revisions"; readonly id: string; readonly revisions: readonly StoredRevision[] };

/** What an export tells, and how much one invocation does of it. */
export interface ExportOptions {
  readonly history: boolean;
  /** After how many statements of D1 an export ends early; the platform ends an invocation at 1,000. */
  readonly mostStatements: number;
  /** How many records are read at a time. */
  readonly pageRows: number;
}

/** What an export does unless a test asks for less. */
export const usualExport = { mostStatements: 800, pageRows: 1000 } as const;

/** How many bytes of revisions go into one line: the last one may go beyond. */
export const lineBytes = 256 * 1024;

/**
 * Every record in the order of ids, from a position on, read as the consumer asks for it. Returns where the export goes
 * on, if it has used up what one invocation may; null at its end.
 */
export async function* exportItems(
  db: Database,
  start: ExportPosition,
  options: ExportOptions,
): AsyncGenerator<ExportedItem, ExportPosition | null> {
  const isSpent = (): boolean => db.cost.statements >= options.mostStatements;
  let position = start;
  if (start.below !== null) {
    const history = new HistoryReader(db, [{ id: start.after, upTo: start.below - 1 }], isSpent);
    for await (const item of olderLines(history, start.after)) {
      yield item;
      position = positionBehind(item);
    }
    if (history.isCutShort) return position;
  }
  for (let after: string | null = start.after; after !== null;) {
    if (isSpent()) return { after, below: null };
    const page = await readExportPage(db, after, options.pageRows);
    const wanted = page.media.map(({ id, revision }) => ({ id, upTo: revision }));
    const history = options.history ? new HistoryReader(db, wanted, isSpent) : null;
    for (const media of page.media) {
      const revisions = history === null ? null : await history.take(media.id, lineBytes);
      if (history?.isCutShort === true) return position;
      yield { kind: "record", media, revisions };
      position = { after: media.id, below: lowestOf(revisions) };
      if (history === null || position.below === null) continue;
      for await (const item of olderLines(history, media.id)) {
        yield item;
        position = positionBehind(item);
      }
      if (history.isCutShort) return position;
    }
    after = page.next;
    position = { after: after ?? position.after, below: null };
  }
  return null;
}

/** Where an export goes on behind the line of a record, given its id: what of its history the line had no room for. */
export async function positionAfterLine(db: Database, id: string): Promise<ExportPosition> {
  const media = await findMedia(db, id);
  if (media === null) return { after: id, below: null };
  const history = new HistoryReader(db, [{ id, upTo: media.revision }], () => false);
  const told = await history.take(id, lineBytes);
  return { after: id, below: lowestOf(told) };
}

async function* olderLines(history: HistoryReader, id: string): AsyncGenerator<ExportedItem> {
  for (;;) {
    const revisions = await history.take(id, lineBytes);
    if (revisions.length === 0 || history.isCutShort) return;
    yield { kind: "revisions", id, revisions };
  }
}

function positionBehind(item: ExportedItem): ExportPosition {
  if (item.kind === "record") return { after: item.media.id, below: lowestOf(item.revisions) };
  return { after: item.id, below: lowestOf(item.revisions) };
}

/** The first revision has none below it. */
function lowestOf(revisions: readonly StoredRevision[] | null): number | null {
  const lowest = revisions?.at(-1)?.revision ?? null;
  return lowest === 1 ? null : lowest;
}
