import { z } from "zod";

/** The forms in which the service exports. */
export const formats = ["ndjson", "csv"] as const;

/** See {@link formats}. */
export type Format = (typeof formats)[number];

/** What a row of an export is. */
export type Row =
  /** A record; an export goes on after it by its id. */
  | { readonly kind: "record"; readonly id: string }
  /** Older revisions of the record before it; an export goes on after it by its own id. */
  | { readonly kind: "more"; readonly id: string }
  /** The names of the columns. */
  | { readonly kind: "head" }
  /** The row with which the service says that all has been sent, and with which cursor it goes on. */
  | { readonly kind: "end"; readonly next: string | null }
  /** None of these. */
  | { readonly kind: "broken" };

const newline = 0x0a;
const quote = 0x22;
const byteOrderMark = "\ufeff";
const commentMark = "# ";
/** The id of a record, which has no dot, and a revision. */
const ofRevisions = /\.\d+$/;
const broken: Row = { kind: "broken" };

/** Cuts a stream of bytes into whole rows, each with its line break; what is no whole row yet waits for more. */
export class RowSplitter {
  readonly #isCsv: boolean;
  #pieces: Buffer[] = [];
  #isQuoted = false;

  constructor(format: Format) {
    this.#isCsv = format === "csv";
  }

  /** The rows that have become whole with these bytes. */
  push(chunk: Buffer): Buffer[] {
    const rows: Buffer[] = [];
    let from = 0;
    for (let end = this.#rowEnd(chunk, from); end !== -1; end = this.#rowEnd(chunk, from)) {
      rows.push(Buffer.concat([...this.#pieces, chunk.subarray(from, end)]));
      this.#pieces = [];
      from = end;
    }
    if (from < chunk.length) this.#pieces.push(chunk.subarray(from));
    return rows;
  }

  /** Where the row that goes on at `from` ends, behind its line break; -1 where it goes on beyond the bytes. */
  #rowEnd(chunk: Buffer, from: number): number {
    if (!this.#isCsv) return chunk.indexOf(newline, from) + 1 || -1;
    // Within quotes a line break is text (RFC 4180 §2.6); a doubled quote leaves and enters at once.
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (byte === quote) this.#isQuoted = !this.#isQuoted;
      else if (byte === newline && !this.#isQuoted) return at + 1;
    }
    return -1;
  }
}

const endSchema = z.object({ end: z.literal(true), next_cursor: z.string().nullable() });
const recordSchema = z.object({ id: z.string().min(1) });

/** Tells rows of NDJSON apart. */
export function readJsonRow(row: Buffer): Row {
  const value = parsed(row.toString("utf8"));
  const end = endSchema.safeParse(value);
  if (end.success) return { kind: "end", next: end.data.next_cursor };
  const { data } = recordSchema.safeParse(value);
  if (data === undefined) return broken;
  return { kind: ofRevisions.test(data.id) ? "more" : "record", id: data.id };
}

/** Tells rows of CSV apart; the first row has the names of the columns. */
export function csvRowReader(): (row: Buffer) => Row {
  let head: string | undefined;
  let idColumn = -1;
  return (row) => {
    const text = row
      .toString("utf8")
      .replace(byteOrderMark, "")
      .replace(/\r?\n$/u, "");
    if (text.startsWith(commentMark)) {
      const end = endSchema.safeParse(parsed(text.slice(commentMark.length)));
      return end.success ? { kind: "end", next: end.data.next_cursor } : broken;
    }
    if (head === undefined) {
      head = text;
      idColumn = cellsOf(text).indexOf("id");
      return idColumn === -1 ? broken : { kind: "head" };
    }
    // Tables that were put behind one another have the names again.
    if (text === head) return { kind: "head" };
    const id = cellsOf(text)[idColumn] ?? "";
    return id === "" ? broken : { kind: "record", id };
  };
}

/** A value of JSON; undefined for a text that is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The cells of a row of CSV (RFC 4180 §2), without their quotes. */
export function cellsOf(row: string): string[] {
  const cells: string[] = [];
  for (let at = 0; at <= row.length;) {
    const [cell, end] = row[at] === '"' ? quotedCell(row, at + 1) : plainCell(row, at);
    cells.push(cell);
    at = end + 1;
  }
  return cells;
}

function plainCell(row: string, from: number): [string, number] {
  const comma = row.indexOf(",", from);
  const end = comma === -1 ? row.length : comma;
  return [row.slice(from, end), end];
}

function quotedCell(row: string, from: number): [string, number] {
  let cell = "";
  for (let at = from; at < row.length; at += 1) {
    if (row[at] !== '"') cell += row[at] ?? "";
    else if (row[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else return [cell, at + 1];
  }
  return [cell, row.length];
}
