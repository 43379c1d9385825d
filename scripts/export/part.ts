import { createReadStream, existsSync, readFileSync, rmSync } from "node:fs";
import { open, rename, writeFile, type FileHandle } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { z } from "zod";
import { describe, Failure } from "../failure.ts";
import { csvRowReader, parsed, readJsonRow, RowSplitter, type Format, type Row } from "./rows.ts";

/** What an export was asked for; a part of another one is not gone on with. */
export interface Asked {
  readonly url: string;
  readonly format: Format;
  readonly history: boolean;
}

/** How far an export is. */
interface Place {
  /** Of the file, in bytes: everything before is whole. */
  readonly offset: number;
  readonly records: number;
  /** Of the last row before that has one; undefined before the first. */
  readonly id: string | undefined;
}

const askedSchema = z.object({
  url: z.string(),
  format: z.enum(["ndjson", "csv"]),
  history: z.boolean(),
});
const start: Place = { offset: 0, records: 0, id: undefined };
/** What people wrote is for its owner's eyes. */
const mode = 0o600;

/**
 * An export that is not whole yet, `FILE.part`, with what was asked for beside it, `FILE.part.json`. Rows are put behind
 * one another as they come; what a stop has left half written is cut off before the export goes on.
 */
export class Part {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #asked: Asked;
  readonly #read: (row: Buffer) => Row;
  /** Behind the last whole row. */
  #place: Place = start;
  #isEnded = false;

  private constructor(path: string, file: FileHandle, asked: Asked) {
    this.#path = path;
    this.#file = file;
    this.#asked = asked;
    this.#read = asked.format === "csv" ? csvRowReader() : readJsonRow;
  }

  /** The part beside a file: the one that a stop has left, else a new one. */
  static async open(file: string, asked: Asked): Promise<Part> {
    const path = `${file}.part`;
    const other = existsSync(path) ? differenceOf(`${path}.json`, asked) : undefined;
    if (other !== undefined)
      throw new Failure(
        `${path} is what an export with another ${other} has left: remove ${path}, or give another FILE.`,
      );
    if (!existsSync(path)) await writeFile(`${path}.json`, `${JSON.stringify(asked)}\n`, { mode });
    const part = new Part(path, await open(path, existsSync(path) ? "r+" : "wx+", mode), asked);
    await part.#readAll();
    return part;
  }

  get records(): number {
    return this.#place.records;
  }

  /** The id of the last whole row, from which on the export goes on. */
  get lastId(): string | undefined {
    return this.#place.id;
  }

  /** Whether the row that closes the export has come. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Puts whole rows behind the others; gives the cursor of a closing row, `undefined` where none is among them. */
  async append(rows: readonly Buffer[]): Promise<string | null | undefined> {
    const kept: Buffer[] = [];
    const from = this.#place.offset;
    let next: string | null | undefined;
    for (const bytes of rows) {
      const row = this.#read(bytes);
      if (row.kind === "end") next = row.next;
      if (this.#keeps(row)) {
        this.#take(row, bytes.length);
        kept.push(bytes);
      }
    }
    if (kept.length > 0) await this.#write(Buffer.concat(kept), from);
    return next;
  }

  /** Cuts off what is not whole. */
  async settle(): Promise<void> {
    await disk(this.#file.truncate(this.#place.offset));
  }

  /** Gives the file its name, compressed where it ends in `.gz`; the part is gone then. */
  async finish(file: string): Promise<void> {
    await disk(this.#file.sync());
    if (file.endsWith(".gz")) {
      const packed = `${this.#path}.gz`;
      const target = await disk(open(packed, "w", mode));
      await disk(
        pipeline(createReadStream(this.#path), createGzip(), target.createWriteStream({ flush: true })),
      );
      await disk(rename(packed, file));
      rmSync(this.#path);
    } else await disk(rename(this.#path, file));
    rmSync(`${this.#path}.json`, { force: true });
  }

  /** Lets go of the file. */
  async close(): Promise<void> {
    await this.#file.close();
  }

  async #readAll(): Promise<void> {
    const splitter = new RowSplitter(this.#asked.format);
    // A stream of the handle's own would close the handle.
    for await (const chunk of createReadStream(this.#path, { highWaterMark: 1024 * 1024 })) {
      if (!Buffer.isBuffer(chunk)) continue;
      for (const bytes of splitter.push(chunk)) {
        const row = this.#read(bytes);
        // A row that is none ends what can be trusted: a disk that was full, or lost its power, has written it.
        if (row.kind === "broken") return this.settle();
        this.#take(row, bytes.length);
      }
    }
    await this.settle();
  }

  /** Whether a row is kept: names of columns once, and of closing rows that of the end, which tells a whole file. */
  #keeps(row: Row): boolean {
    if (row.kind === "broken")
      throw new Failure("The service sent a row that is no row of an export. Is --url right?");
    if (row.kind === "head") return this.#place.offset === 0;
    return row.kind !== "end" || (row.next === null && this.#asked.format === "ndjson");
  }

  #take(row: Row, length: number): void {
    const { offset, records, id } = this.#place;
    if (row.kind === "end") this.#isEnded = row.next === null;
    this.#place = {
      offset: offset + length,
      records: records + (row.kind === "record" ? 1 : 0),
      id: "id" in row ? row.id : id,
    };
  }

  async #write(bytes: Buffer, offset: number): Promise<void> {
    const { size } = await disk(this.#file.stat());
    if (size !== offset)
      throw new Failure(`Another program is writing ${this.#path}: end it, and begin again.`);
    for (let done = 0; done < bytes.length;) {
      const rest = bytes.length - done;
      done += (await disk(this.#file.write(bytes, done, rest, offset + done))).bytesWritten;
    }
  }
}

/** In what an export that was begun differs from one that is asked for; undefined where it is the same one. */
function differenceOf(path: string, asked: Asked): string | undefined {
  const found = existsSync(path) ? askedSchema.safeParse(parsed(readFileSync(path, "utf8"))).data : undefined;
  if (found === undefined) return "command";
  if (found.url !== asked.url) return `--url (${found.url})`;
  if (found.format !== asked.format) return `--format (${found.format})`;
  return found.history === asked.history ? undefined : `--history (${found.history ? "on" : "off"})`;
}

/** What goes wrong on this side's disk is no reason to ask the service again. */
async function disk<T>(done: Promise<T>): Promise<T> {
  try {
    return await done;
  } catch (error) {
    throw new Failure(describe(error), { cause: error });
  }
}
