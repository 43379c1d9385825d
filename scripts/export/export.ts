import { existsSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { Readable } from "node:stream";
import { z } from "zod";
import { Failure } from "../failure.ts";
import { lost } from "../import/lost.ts";
import type { ImportSurroundings } from "../import/import.ts";
import { count } from "../import/progress.ts";
import { projectRoot } from "../wrangler.ts";
import { Connection, refused, type Query } from "./connection.ts";
import { exportOptions, type ExportOptions } from "./options.ts";
import { Part } from "./part.ts";
import { RowSplitter } from "./rows.ts";
import { openAnswer, readAnswer, type Answer } from "./transport.ts";

const overviewSchema = z.object({ total: z.number(), missing: z.number() });

/** An export under way. */
interface Exporting {
  readonly connection: Connection;
  readonly options: ExportOptions;
  readonly part: Part;
  readonly stop: AbortSignal;
  /** Shows how far it is. */
  readonly show: (note?: string) => void;
}

/** An answer that was written to the part: with the cursor to go on with, or `undefined` where it broke off. */
interface Streamed extends Answer {
  readonly next?: string | null | undefined;
}

/** Writes everything that a service has into a file, says how it went; gives the exit code. */
export async function exportMedia(surroundings: ImportSurroundings): Promise<number> {
  const { argv, env, say, stop, root = projectRoot } = surroundings;
  const options = exportOptions(argv, env, root);
  const { file } = options;
  try {
    assertFree(options);
    const records = await exportInto(options, surroundings);
    say(`Wrote ${records === 1 ? "1 media object" : `${records} media objects`} to ${file}.`);
    return 0;
  } catch (error) {
    if (!stop.aborted) throw error;
    say(`Stopped. What has come is in ${file}.part. Run the same command again to continue.`);
    return 130;
  }
}

function assertFree({ file, force }: ExportOptions): void {
  if (!force && existsSync(file))
    throw new Failure(`${file} exists already: give another FILE, or replace the file with --force.`);
}

async function exportInto(options: ExportOptions, surroundings: ImportSurroundings): Promise<number> {
  const { progress, say, stop, clock } = surroundings;
  const { file, url, key, format, history } = options;
  const purpose = { name: "an export", scope: "read" } as const;
  const connection = new Connection({ url, key, connections: 1, signal: stop, clock, purpose });
  await connection.assertReachable();
  const overview = await connection.ask(overviewSchema, { method: "GET", path: "v1/overview" });
  const part = await Part.open(file, { url: url.href, format, history });
  const begun = part.records;
  if (begun > 0) say(`Continuing ${file}.part, which has ${begun} media objects already.`);
  progress.begin("Exporting", overview.total + overview.missing, count);
  const show = (note = "media objects"): void => progress.update(part.records, note);
  connection.onPause((ms) => show(`waiting ${Math.ceil(ms / 1_000)} s, as the service asks`));
  try {
    if (!part.isEnded) await readToEnd({ connection, options, part, stop, show });
    assertFree(options);
    await part.finish(file);
    return part.records;
  } finally {
    progress.end();
    await part.close();
  }
}

/** Asks again, from where the part ends, until the service has said that there is no more. */
async function readToEnd(exporting: Exporting): Promise<void> {
  const { connection, part, stop } = exporting;
  let cursor = part.lastId;
  for (;;) {
    const answer = await connection
      .run(
        () => readOnce(exporting, cursor),
        (error) => error instanceof Failure,
      )
      .catch((error: unknown) => {
        throw lost(error, stop);
      });
    if (answer.status !== 200) throw refused("GET /v1/export", answer);
    if (answer.next === null) return;
    if (answer.next !== undefined && answer.next === cursor)
      throw new Failure("The export does not get on: the service gives the same cursor again.");
    cursor = answer.next ?? part.lastId;
  }
}

/**
 * One request. Where it breaks off behind at least one record, the export has got on, and goes on with the next request
 * at once; where it brought none, it fails, and is tried again later.
 */
async function readOnce(exporting: Exporting, cursor: string | undefined): Promise<Streamed> {
  const { connection, options, part, stop } = exporting;
  const { format, history } = options;
  const query: Query = {
    format,
    ...(history ? { history: "true" } : {}),
    ...(cursor === undefined ? {} : { cursor }),
  };
  const url = connection.address("v1/export", query);
  const headers = connection.headers({ accept: "*/*", "accept-encoding": "gzip" });
  const { response, close } = await openAnswer({ method: "GET", url, headers, signal: stop });
  if (response.statusCode !== 200) return readAnswer(response);
  const before = part.lastId;
  let next: string | null | undefined;
  try {
    next = await writeRows(response, exporting);
  } catch (error) {
    if (stop.aborted || error instanceof Failure) throw error;
    await part.settle();
    if (part.lastId === before) throw error;
  } finally {
    close();
  }
  return { status: 200, retryAfter: undefined, body: "", next };
}

/** Writes the rows of an answer as they come; gives the cursor of its closing row, without which it is not whole. */
async function writeRows(
  response: Readable & { readonly headers: NodeJS.Dict<string | string[]> },
  { options, part, show }: Exporting,
): Promise<string | null> {
  const splitter = new RowSplitter(options.format);
  let next: string | null | undefined;
  const write = async (source: AsyncIterable<unknown>): Promise<void> => {
    for await (const chunk of source) {
      if (next === undefined && Buffer.isBuffer(chunk)) next = await part.append(splitter.push(chunk));
      show();
    }
  };
  const isPacked = response.headers["content-encoding"] === "gzip";
  try {
    await (isPacked ? pipeline(response, createGunzip(), write) : pipeline(response, write));
  } catch (error) {
    // What breaks off behind the closing row was whole.
    if (next === undefined) throw error;
  }
  if (next === undefined) throw new Error("The export broke off before its end.");
  return next;
}
