import type { Database } from "../../db/connection.ts";
import { addOlderRevisions, type Importing } from "../../db/transfer/take-histories.ts";
import { newMediaId } from "../../core/media-id.ts";
import { walkBack } from "./brought-history.ts";
import type { ImportLine, OlderRevisions, RecordLine } from "./import-line.ts";
import { ImportTally, type ImportReport } from "./import-report.ts";
import { restoreLines, type RestoredLine } from "./restore-lines.ts";
import type { TextLine } from "./text-lines.ts";

/** What is imported, and how. */
export interface ImportOrder {
  readonly lines: AsyncIterable<readonly TextLine[]>;
  readonly read: (line: TextLine) => ImportLine;
  readonly by: string | null;
  readonly dryRun: boolean;
  /** The first line that counts; those before it are passed over. */
  readonly fromLine: number;
  /** After how many statements of D1 no further lines are begun; the platform ends an invocation at 1,000. */
  readonly mostStatements: number;
}

/** The report of an import, and its operation; null where it has changed nothing. */
export interface ImportResult extends ImportReport {
  readonly operationId: string | null;
}

/** After how many statements an import ends early: what a chunk may need is left. */
export const usualMostStatements = 750;

/** How many lines are restored together, and how many bytes of them. */
const chunkLimits = { lines: 1000, bytes: 1024 * 1024 } as const;

/** Restores the words of records from lines, as one operation. A line that does not fit is reported and stops no other. */
export async function importLines(db: Database, order: ImportOrder): Promise<ImportResult> {
  const operation = { id: newMediaId(), kind: "import", reverts: null, details: null } as const;
  const run = new ImportRun(db.primary(), order, { by: order.by, now: Date.now(), operation });
  for await (const lines of order.lines) {
    for (const line of lines) await run.take(line);
  }
  await run.restoreChunk();
  const report = run.tally.report();
  return { ...report, operationId: report.updated > 0 && !order.dryRun ? operation.id : null };
}

/** A record whose newer revisions are there, so that older ones may be added below them. */
interface OpenHistory extends RestoredLine {
  readonly line: RecordLine;
}

class ImportRun {
  readonly tally = new ImportTally();
  readonly #db: Database;
  readonly #order: ImportOrder;
  readonly #importing: Importing;
  #chunk: RecordLine[] = [];
  #bytes = 0;
  #open: OpenHistory | null = null;

  constructor(db: Database, order: ImportOrder, importing: Importing) {
    this.#db = db;
    this.#order = order;
    this.#importing = importing;
  }

  async take(text: TextLine): Promise<void> {
    // What is left is read to its end all the same: a client that still sends may not hear an answer.
    if (this.tally.nextLine !== null) return;
    const line = this.#order.read(text);
    if (text.number < this.#order.fromLine || line.kind === "nothing") return;
    if (line.kind === "revisions") return this.#addOlder(text.number, line);
    if (line.kind === "invalid") {
      this.tally.invalid({ line: line.number, message: line.message });
      return;
    }
    const isFull = this.#chunk.length === chunkLimits.lines || this.#bytes + line.size > chunkLimits.bytes;
    if (isFull) await this.restoreChunk();
    if (this.tally.nextLine !== null) return;
    this.#chunk.push(line);
    this.#bytes += line.size;
    if (this.#db.cost.statements >= this.#order.mostStatements) await this.#stopAt(line.number);
  }

  async restoreChunk(): Promise<void> {
    const chunk = this.#chunk;
    this.#chunk = [];
    this.#bytes = 0;
    const last = chunk.at(-1);
    if (last === undefined) return;
    const importing = this.#order.dryRun ? null : this.#importing;
    const restored = await restoreLines(this.#db, chunk, { tally: this.tally, importing });
    const open = restored.get(last);
    this.#open = open === undefined ? null : { ...open, line: last };
  }

  /** The line stays for another call. */
  async #stopAt(number: number): Promise<void> {
    this.#chunk.pop();
    await this.restoreChunk();
    this.tally.nextLine = number;
  }

  /** Adds revisions right below those of the line before; others belong to no record that took its history. */
  async #addOlder(number: number, { id, revisions }: OlderRevisions): Promise<void> {
    await this.restoreChunk();
    const open = this.#open;
    if (open === null || open.line.sought.id !== id) return;
    if (revisions[0]?.revision !== open.lowest - 1) return;
    if (this.#db.cost.statements >= this.#order.mostStatements) {
      this.tally.nextLine = open.line.number;
      return;
    }
    const words = walkBack(open.words, revisions);
    const lowest = revisions.at(-1)?.revision;
    if (words === null || lowest === undefined) {
      this.tally.invalid({ line: number, message: "revisions: has a patch that does not fit" });
      return;
    }
    if (!this.#order.dryRun) await addOlderRevisions(this.#db, open.mediaId, revisions);
    this.#open = { ...open, words, lowest };
  }
}
