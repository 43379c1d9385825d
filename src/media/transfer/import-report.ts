import type { MatchKind } from "../../db/transfer/matching.ts";

/** What is wrong with a line. */
export interface LineError {
  readonly line: number;
  readonly message: string;
}

/** What became of a line. */
export type LineOutcome = "updated" | "unchanged";

/** What an import has come to. */
export interface ImportReport {
  /** Lines with words, those that do not fit among them. */
  readonly lines: number;
  readonly matched: Readonly<Record<MatchKind, number>>;
  readonly updated: number;
  readonly unchanged: number;
  readonly unmatched: number;
  readonly invalid: number;
  /** In the order of lines: the first of those that do not fit, and where there is room of those without a record. */
  readonly errors: readonly LineError[];
  /** The first line that was left, since one invocation may do no more; null where all were done. */
  readonly nextLine: number | null;
}

/** How many errors a report has at the most. */
const mostErrors = 500;

/** Counts what becomes of lines. */
export class ImportTally {
  nextLine: number | null = null;
  #lines = 0;
  readonly #matched = { id: 0, key: 0, hash: 0 };
  readonly #counts = { updated: 0, unchanged: 0, unmatched: 0, invalid: 0 };
  readonly #invalid: LineError[] = [];
  readonly #unmatched: LineError[] = [];

  matched(kind: MatchKind, outcome: LineOutcome): void {
    this.#lines += 1;
    this.#matched[kind] += 1;
    this.#counts[outcome] += 1;
  }

  unmatched(line: number): void {
    this.#lines += 1;
    this.#counts.unmatched += 1;
    if (this.#unmatched.length < mostErrors)
      this.#unmatched.push({ line, message: "belongs to no media object, or to several" });
  }

  invalid(error: LineError): void {
    this.#lines += 1;
    this.#counts.invalid += 1;
    if (this.#invalid.length < mostErrors) this.#invalid.push(error);
  }

  report(): ImportReport {
    const errors = [...this.#invalid, ...this.#unmatched].slice(0, mostErrors);
    return {
      lines: this.#lines,
      matched: this.#matched,
      ...this.#counts,
      errors: errors.toSorted((a, b) => a.line - b.line),
      nextLine: this.nextLine,
    };
  }
}
