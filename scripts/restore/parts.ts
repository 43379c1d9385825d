import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { readJsonRow, RowSplitter } from "../export/rows.ts";
import { describe, Failure } from "../failure.ts";

/** Lines that are sent in one request. */
export interface SentPart {
  readonly body: Buffer;
  /** The number of the first line in the file, from 1 on. */
  readonly firstLine: number;
  readonly lines: number;
  /** How many bytes of the file have been read so far. */
  readonly bytesRead: number;
}

/** What a file turned out to have, once it was read to its end. */
export interface Reading {
  /** Whether the line came that closes an export. */
  isClosed: boolean;
}

/** The service takes 50 MiB in a request. A part of this size is soon sent again where an answer was lost. */
export const partBytes = 8 * 1024 * 1024;
const gzipMagic = Buffer.from([0x1f, 0x8b]);
const readBytes = 1024 * 1024;

/** The digest of a file, so that a restore is gone on with only for the same file. */
export async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file, { highWaterMark: readBytes }), hash);
  return hash.digest("hex");
}

/**
 * The lines of a file in parts of about {@link partBytes}, from the line `from` on. A record and what belongs to it come
 * in one part; lines that close an export are not sent.
 * @throws {Failure} where the file cannot be read, or is no NDJSON.
 */
export async function* partsOf(file: string, from: number, reading: Reading): AsyncGenerator<SentPart> {
  let body: Buffer[] = [];
  let [bytes, firstLine, number] = [0, from, 0];
  for await (const { line, bytesRead } of linesOf(file)) {
    number += 1;
    const { kind } = readJsonRow(line);
    if (number === 1 && kind === "broken")
      throw new Failure(`${file} is no NDJSON file of an export: a table cannot be put back.`);
    reading.isClosed = kind === "end";
    if (number < from) continue;
    if (kind === "end" || (bytes >= partBytes && kind !== "more")) {
      if (body.length > 0) yield { body: Buffer.concat(body), firstLine, lines: body.length, bytesRead };
      [body, bytes, firstLine] = [[], 0, kind === "end" ? number + 1 : number];
    }
    if (kind === "end") continue;
    body.push(line);
    bytes += line.length;
  }
  if (body.length > 0) {
    const { size } = await sizeOf(file);
    yield { body: Buffer.concat(body), firstLine, lines: body.length, bytesRead: size };
  }
}

async function sizeOf(file: string): Promise<{ size: number }> {
  const handle = await open(file);
  try {
    return await handle.stat();
  } finally {
    await handle.close();
  }
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

/** The lines of a file, each with its line break; the last one gets one where it has none. */
async function* linesOf(file: string): AsyncGenerator<{ line: Buffer; bytesRead: number }> {
  const packed = await isPacked(file);
  const source = createReadStream(file, { highWaterMark: readBytes });
  const splitter = new RowSplitter("ndjson");
  const plain = packed ? source.pipe(createGunzip()) : source;
  source.on("error", (error) => void plain.destroy(error));
  try {
    let isWhole = true;
    for await (const chunk of plain) {
      if (!Buffer.isBuffer(chunk)) continue;
      for (const line of splitter.push(chunk)) yield { line, bytesRead: source.bytesRead };
      isWhole = chunk.at(-1) === 0x0a;
    }
    if (isWhole) return;
    for (const line of splitter.push(Buffer.from("\n"))) yield { line, bytesRead: source.bytesRead };
  } catch (error) {
    throw new Failure(`${file} cannot be read: ${describe(error)}`, { cause: error });
  } finally {
    source.destroy();
  }
}
