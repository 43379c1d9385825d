import type { Database } from "../../db/connection.ts";
import {
  newestBelow,
  readManyRevisions,
  type RevisionSpan,
  type StoredRevision,
} from "../../db/transfer/many-histories.ts";

/** How many revisions one statement reads at the most, and how many bytes of patches. */
const stretch = { revisions: 1000, bytes: 1024 * 1024 } as const;

/**
 * How many bytes a revision takes of a line beside its patch and the name of who made it, at the most: very many small
 * changes would make a line that is too long for an import.
 */
const besidePatch = 250;

/** Reads the revisions of records one after the other, many at a time, and holds no more than one stretch of them. */
export class HistoryReader {
  readonly #db: Database;
  readonly #isSpent: () => boolean;
  /** What has not been read yet, in the order in which it is asked for. */
  readonly #spans: RevisionSpan[];
  #next = 0;
  #rows: readonly StoredRevision[] = [];
  #at = 0;
  #isCutShort = false;

  /**
   * Reads for these records, whose revisions are asked for in the same order, up to the revision of each: a change that
   * comes while the export runs is none of it. Nothing more is read once `isSpent` says so.
   */
  constructor(
    db: Database,
    records: readonly { readonly id: string; readonly upTo: number }[],
    isSpent: () => boolean,
  ) {
    this.#db = db;
    this.#isSpent = isSpent;
    this.#spans = records.filter(({ upTo }) => upTo > 0).map(({ id, upTo }) => ({ id, from: 1, upTo }));
  }

  /** Whether the reader was spent before it could answer: what {@link take} answered last does not count. */
  get isCutShort(): boolean {
    return this.#isCutShort;
  }

  /** The next revisions of a record, newest first, until they take `bytes` bytes of a line; empty at its end. */
  async take(id: string, bytes: number): Promise<StoredRevision[]> {
    const taken: StoredRevision[] = [];
    for (let room = bytes; room > 0;) {
      const row = await this.#peek(id);
      if (row?.id !== id) break;
      taken.push(row);
      room -= besidePatch + (row.changedBy?.length ?? 0) + row.patch.length;
      this.#at += 1;
    }
    return taken;
  }

  /** The next row, if what is known of the record's revisions does not end before it. */
  async #peek(id: string): Promise<StoredRevision | null> {
    while (this.#at === this.#rows.length && this.#isWanted(id)) {
      if (this.#isSpent()) {
        this.#isCutShort = true;
        return null;
      }
      await this.#readOn();
    }
    return this.#rows[this.#at] ?? null;
  }

  /** Whether the record has revisions that have not been read: the spans before its own have been asked for already. */
  #isWanted(id: string): boolean {
    return this.#spans.slice(this.#next, this.#next + 1).some((span) => span.id === id);
  }

  async #readOn(): Promise<void> {
    const spans = this.#upcoming();
    const { revisions, isWhole } = await readManyRevisions(this.#db, spans, stretch.bytes);
    this.#rows = revisions;
    this.#at = 0;
    const last = revisions.at(-1);
    if (isWhole || last === undefined) {
      this.#pass(spans, spans.length);
      return this.#leap(spans.at(-1), last);
    }
    const broken = spans.findIndex(({ id }) => id === last.id);
    this.#pass(spans.with(broken, { id: last.id, from: last.revision, upTo: last.revision }), broken + 1);
  }

  /**
   * Where nothing was kept at the lower end of a stretch that is only a part of its record's span, the span goes on from
   * what is kept below: a history need not reach down to its first revision, however high the numbers are.
   */
  async #leap(read: RevisionSpan | undefined, last: StoredRevision | undefined): Promise<void> {
    const rest = this.#spans[this.#next];
    if (read === undefined || rest === undefined || rest.id !== read.id) return;
    if (last?.id === read.id && last.revision === read.from) return;
    const newest = await newestBelow(this.#db, read.id, read.from);
    if (newest === null) this.#next += 1;
    else this.#spans[this.#next] = { ...rest, upTo: newest };
  }

  /** The next spans that together have as many revisions as a statement reads; of a longer one its newer part. */
  #upcoming(): RevisionSpan[] {
    const chosen: RevisionSpan[] = [];
    let room: number = stretch.revisions;
    for (let index = this.#next; index < this.#spans.length && room > 0; index++) {
      const span = this.#spans[index];
      if (span === undefined) break;
      const from = Math.max(span.from, span.upTo - room + 1);
      chosen.push({ ...span, from });
      room -= span.upTo - from + 1;
    }
    return chosen;
  }

  /** Leaves the first `count` of the spans that were read behind, down to the lowest revision that each of them names. */
  #pass(read: readonly RevisionSpan[], count: number): void {
    const last = read[count - 1];
    this.#next += count;
    const whole = this.#spans[this.#next - 1];
    if (last === undefined || whole === undefined || last.from <= whole.from) return;
    this.#next -= 1;
    this.#spans[this.#next] = { ...whole, upTo: last.from - 1 };
  }
}
