import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { cellsOf, csvRowReader, type Format, readJsonRow, type Row, RowSplitter } from "../export/rows.ts";
import { describe, Failure } from "../failure.ts";

/** Lines that are sent in one request. */
export interface SentPart {
  readonly format: Format;
  readonly body: Buffer;
  /** The number of the first line in the file, from 1 on. */
  readonly firstLine: number;
  /** How many lines of the file it has. */
  readonly lines: number;
  /** How many lines stand before them in the body: the names of a table's columns. */
  readonly headLines: number;
  /** How many bytes of the file have been read so far. */
  readonly bytesRead: number;
}

/** What a file turned out to have, once it was read to its end. */
export interface Reading {
  /** Whether the file ended as an export does, as far as that can be told: a table has no line that closes it. */
  isClosed: boolean;
}

/** The service takes 50 MiB in a request. A part of this size is soon sent again where an answer was lost. */
export const partBytes = 8 * 1024 * 1024;
const gzipMagic = Buffer.from([0x1f, 0x8b]);
const readBytes = 1024 * 1024;
const [newline, brace] = [0x0a, 0x7b];

/** The digest of a file, so that a restore is gone on with only for the same file. */
export async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file, { highWaterMark: readBytes }), hash);
  return hash.digest("hex");
}

/** Puts lines together until there are enough of them for a request. */
class Collector {
  readonly #format: Format;
  readonly #head: Buffer | undefined;
  #rows: Buffer[] = [];
  #bytes = 0;
  #lines = 0;
  #firstLine = 1;

  constructor(format: Format, head: Buffer | undefined) {
    this.#format = format;
    this.#head = head;
  }

  get isFull(): boolean {
    return this.#bytes >= partBytes;
  }

  add({ row, number, lines }: NumberedRow): void {
    if (this.#rows.length === 0) this.#firstLine = number;
    this.#rows.push(row);
    this.#bytes += row.length;
    this.#lines = number + lines - this.#firstLine;
  }

  /** What has been put together, if anything; the next part begins empty. */
  take(bytesRead: number): SentPart[] {
    if (this.#rows.length === 0) return [];
    const head = this.#head === undefined ? [] : [this.#head];
    const part = {
      format: this.#format,
      body: Buffer.concat([...head, ...this.#rows]),
      firstLine: this.#firstLine,
      lines: this.#lines,
      headLines: head.reduce((sum, row) => sum + linesIn(row), 0),
      bytesRead,
    };
    [this.#rows, this.#bytes] = [[], 0];
    return [part];
  }
}

/**
 * The lines of a file in parts of about {@link partBytes}, from the line `from` on. A record and what belongs to it come
 * in one part, and the names of a table's columns come before each; lines that close an export are not sent.
 * @throws {Failure} where the file cannot be read, or is no export.
 */
export async function* partsOf(file: string, from: number, reading: Reading): AsyncGenerator<SentPart> {
  let collector: Collector | undefined;
  let read: (row: Buffer) => Row = readJsonRow;
  for await (const row of rowsOf(file)) {
    if (collector === undefined) {
      if (row.format === "csv") read = csvRowReader();
      collector = new Collector(row.format, row.format === "csv" ? headOf(file, row.row) : undefined);
    }
    const { kind } = read(row.row);
    reading.isClosed = row.format === "csv" || kind === "end";
    if (row.number < from) continue;
    if (kind === "end" || (collector.isFull && kind !== "more")) yield* collector.take(row.bytesRead);
    if (kind !== "end" && (kind !== "head" || row.number > 1)) collector.add(row);
  }
  yield* collector?.take((await stat(file)).size) ?? [];
}

/** The first row of a table, which has to have the names of its columns. */
function headOf(file: string, row: Buffer): Buffer {
  const names = cellsOf(row.toString("utf8").replace("\ufeff", "").trimEnd());
  if (["id", "object_key", "content_hash"].some((name) => names.includes(name))) return row;
  throw new Failure(
    `${file} is no export: neither does it have a JSON object in its first line, nor the names of an export's columns.`,
  );
}

function linesIn(row: Buffer): number {
  let lines = 0;
  for (let at = row.indexOf(newline); at !== -1; at = row.indexOf(newline, at + 1)) lines += 1;
  return lines;
}

async function isPacked(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(gzipMagic.length), 0, gzipMagic.length, 0);
    return bytesRead === gzipMagic.length && buffer.equals(gzipMagic);
  } finally {
    await handle.close();
  }
}

/** A row of a file, with the number of its first line. */
interface NumberedRow {
  readonly format: Format;
  readonly row: Buffer;
  readonly number: number;
  readonly lines: number;
  readonly bytesRead: number;
}

/** The rows of a file, each with its line break; the last one gets one where it has none. */
async function* rowsOf(file: string): AsyncGenerator<NumberedRow> {
  const packed = await isPacked(file);
  const source = createReadStream(file, { highWaterMark: readBytes });
  const plain = packed ? source.pipe(createGunzip()) : source;
  source.on("error", (error) => void plain.destroy(error));
  let number = 1;
  const numbered = (format: Format, row: Buffer): NumberedRow => {
    const lines = linesIn(row);
    number += lines;
    return { format, row, number: number - lines, lines, bytesRead: source.bytesRead };
  };
  try {
    let format: Format | undefined;
    let splitter = new RowSplitter("ndjson");
    let isWhole = true;
    for await (const chunk of plain) {
      if (!Buffer.isBuffer(chunk)) continue;
      if (format === undefined) {
        format = chunk[0] === brace ? "ndjson" : "csv";
        splitter = new RowSplitter(format);
      }
      for (const row of splitter.push(chunk)) yield numbered(format, row);
      isWhole = chunk.at(-1) === newline;
    }
    if (isWhole || format === undefined) return;
    for (const row of splitter.push(Buffer.from("\n"))) yield numbered(format, row);
  } catch (error) {
    throw error instanceof Failure
      ? error
      : new Failure(`${file} cannot be read: ${describe(error)}`, { cause: error });
  } finally {
    source.destroy();
  }
}
