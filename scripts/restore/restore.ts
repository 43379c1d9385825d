import { statSync } from "node:fs";
import { Failure } from "../failure.ts";
import { readBody, refusalOf } from "../export/answers.ts";
import { Connection } from "../export/connection.ts";
import { lost } from "../import/lost.ts";
import type { ImportSurroundings } from "../import/import.ts";
import { bytes } from "../import/progress.ts";
import type { Answer } from "../export/transport.ts";
import { projectRoot } from "../wrangler.ts";
import { restoreOptions, type RestoreOptions } from "./options.ts";
import { digestOf, partsOf, type Reading, type SentPart } from "./parts.ts";
import {
  emptyTally,
  importedSchema,
  readTally,
  removeTally,
  tallyLines,
  type Imported,
  type Tally,
  withPart,
  writeTally,
} from "./tally.ts";

/** Sends a file of an export back into a service, says how it went; gives the exit code. */
export async function restoreMedia(surroundings: ImportSurroundings): Promise<number> {
  const { argv, env, say, stop, root = projectRoot } = surroundings;
  const options = restoreOptions(argv, env, root);
  const reading: Reading = { isClosed: false };
  try {
    const tally = await restoreFrom(options, surroundings, reading);
    if (options.dryRun) say("Nothing was changed: this is what the restore would do.");
    for (const line of tallyLines(tally, options.dryRun)) say(line);
    if (!reading.isClosed)
      say(
        `${options.file} does not end with the line that closes an export: if nobody has shortened it on purpose, it is not whole.`,
      );
    return tally.unmatched + tally.invalid > 0 || !reading.isClosed ? 1 : 0;
  } catch (error) {
    if (!stop.aborted) throw error;
    say("Stopped. Run the same command again to continue.");
    return 130;
  }
}

async function restoreFrom(
  options: RestoreOptions,
  { say, progress, stop, clock }: ImportSurroundings,
  reading: Reading,
): Promise<Tally> {
  const { file, url, key, dryRun, history } = options;
  const { size } = statSync(file);
  const of = JSON.stringify([await digestOf(file), url.href, history]);
  const kept = `${file}.restored`;
  const purpose = { name: "a restore", scope: "admin" } as const;
  const connection = new Connection({ url, key, connections: 1, signal: stop, clock, purpose });
  await connection.assertReachable();
  let tally = (dryRun ? undefined : readTally(kept, of)) ?? emptyTally(of);
  if (tally.nextLine > 1) say(`Continuing with line ${tally.nextLine} of ${file}.`);
  progress.begin(dryRun ? "Comparing" : "Restoring", size, bytes);
  let done = 0;
  const show = (note: string): void => progress.update(done, note);
  connection.onPause((ms) => show(`waiting ${Math.ceil(ms / 1_000)} s, as the service asks`));
  try {
    for await (const part of partsOf(file, tally.nextLine, reading)) {
      for (let next: number | null = 1; next !== null;) {
        const { imported, isRepeated } = await sendPart(connection, part, { ...options, stop, next });
        tally = withPart(tally, part, imported, isRepeated);
        if (!dryRun) writeTally(kept, tally);
        if (imported.next_line !== null && imported.next_line <= next)
          throw new Failure("The restore does not get on: the service stops at the same line again.");
        next = imported.next_line;
        show(`${tally.lines} lines`);
      }
      done = part.bytesRead;
      show(`${tally.lines} lines`);
    }
  } finally {
    progress.end();
  }
  if (!dryRun) removeTally(kept);
  return tally;
}

interface Sending extends RestoreOptions {
  readonly stop: AbortSignal;
  /** The first line of the body that counts. */
  readonly next: number;
}

/** Sends a part, or the rest of it; an import that the service has already makes no change when it comes again. */
async function sendPart(
  connection: Connection,
  { format, body, firstLine, lines }: SentPart,
  { dryRun, history, stop, next }: Sending,
): Promise<{ imported: Imported; isRepeated: boolean }> {
  const url = connection.address("v1/import", {
    ...(dryRun ? { dry_run: "true" } : {}),
    ...(history ? { history: "true" } : {}),
    ...(next === 1 ? {} : { from_line: String(next) }),
  });
  const headers = connection.headers({
    "content-type": format === "csv" ? "text/csv" : "application/x-ndjson",
    "content-length": String(body.length),
  });
  let isRepeated = false;
  const attempt = async (): Promise<Answer> => {
    try {
      const sent = await connection.send({ method: "POST", url, headers, body });
      // Who asks to come later has done nothing; whose work failed may have done a part of it.
      if (sent.status >= 500 && sent.retryAfter === undefined) isRepeated = true;
      return sent;
    } catch (error) {
      isRepeated = true;
      throw error;
    }
  };
  const answer = await connection.run(attempt).catch((error: unknown) => {
    throw lost(error, stop);
  });
  if (answer.status === 200)
    return { imported: readBody(importedSchema, answer, "POST /v1/import"), isRepeated };
  const { status, code, detail } = refusalOf(answer);
  const range = lines === 1 ? `line ${firstLine}` : `the lines ${firstLine} to ${firstLine + lines - 1}`;
  throw new Failure(`The service refused ${range}: ${detail} (${status} ${code})`);
}
