/**
 * How far one deployment carries: what a photo takes of the database, and what the published limits of the platform come to
 * with what Tagline takes for each photo. One command: `npm run bench:capacity`.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";

import { commandLine } from "../../scripts/command-line.ts";
import { benchCommands } from "../commands.ts";
import { databaseFile } from "../search/fill.ts";
import { migrateDatabase } from "../support/database.ts";
import { startServer, stopServers, type Server } from "../support/server.ts";
import {
  longestStatementMs,
  listingMinutes,
  perSecond,
  photosAnHour,
  photosWithin,
  usablePart,
} from "./estimates.ts";
import { addOperations, addPhotos, addSuggestions, addWords } from "./fill.ts";
import { forEachPhoto, platformLimits, settings } from "./limits.ts";
import { ingestedPhotos } from "./photos.ts";
import { typicalWords } from "./records.ts";
import { bytesOf, type DatabaseBytes } from "./sizes.ts";

commandLine(benchCommands["bench:capacity"]);

const photos = Number(process.env["PHOTOS"] ?? 100_000);

const row = (...cells: readonly (number | string)[]): void =>
  console.log(
    `| ${cells.map((cell) => (typeof cell === "number" ? cell.toLocaleString("en") : cell)).join(" | ")} |`,
  );
const head = (...cells: readonly string[]): void => {
  row(...cells);
  row(...cells.map(() => "---"));
};

/** What is in the database by then, and what is added. */
const stages: readonly (readonly [string, (database: DatabaseSync, rows: number) => void])[] = [
  ["processed, not described", addPhotos],
  [
    `a description of ${typicalWords.descriptionCharacters} characters and ${typicalWords.keywords} keywords, in ${typicalWords.revisions} revisions`,
    addWords,
  ],
  ["and suggestions that wait for a person", addSuggestions],
  ["and a fourth revision, by changes in bulk", addOperations],
];

/** Fills a database stage by stage and prints what a photo takes by then. */
function measureBytes(file: string): DatabaseBytes[] {
  const database = new DatabaseSync(file);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000");
  console.log(`Bytes for each of ${photos.toLocaleString("en")} photos:\n`);
  head(
    "photos",
    "whole",
    "more than before",
    "of it full text",
    "indexes",
    `photos within ${usablePart} of 10 GB`,
    "of 500 MB",
  );
  const measured: DatabaseBytes[] = [];
  let before = bytesOf(database).whole;
  const empty = before;
  for (const [name, add] of stages) {
    add(database, photos);
    const bytes = bytesOf(database);
    const each = (value: number): number => Math.round(value / photos);
    const whole = (bytes.whole - empty) / photos;
    row(
      name,
      each(bytes.whole - empty),
      each(bytes.whole - before),
      each(bytes.fullText),
      each(bytes.indexes),
      photosWithin(platformLimits.databaseBytes, whole),
      photosWithin(platformLimits.freeDatabaseBytes, whole),
    );
    before = bytes.whole;
    measured.push(bytes);
  }
  database.close();
  return measured;
}

/** Prints what a row of the history takes, of a person's own change and of a change in bulk. */
function printHistory([, words, , bulk]: readonly DatabaseBytes[]): void {
  if (words === undefined || bulk === undefined) return;
  console.log("\nBytes for each row of history:\n");
  head("row", "bytes");
  row("revision by one person's change", Math.round(words.revisions / (photos * typicalWords.revisions)));
  row("revision by a change in bulk", Math.round((bulk.revisions - words.revisions) / photos));
  row(
    "operation of 1,000 photos",
    Math.round((bulk.operations - words.operations) / Math.ceil(photos / 1_000)),
  );
}

const cost = z.object({
  statements: z.number(),
  rowsRead: z.number(),
  rowsWritten: z.number(),
  waitedMs: z.number(),
});
const ingestAnswer = z.object({ photos: z.number(), listing: cost, processing: cost });

/** Has Tagline's own code list and process photos, and prints how many statements of D1 it takes for each; gives that number. */
async function measureStatements(server: Server): Promise<number> {
  for (const [name, body] of await ingestedPhotos()) {
    const url = `${server.url}/fill?${new URLSearchParams({ name }).toString()}`;
    await (await fetch(url, { method: "POST", body })).text();
  }
  const answer = ingestAnswer.parse(await (await fetch(`${server.url}/ingest`)).json());
  const each = (value: number): string => (value / answer.photos).toFixed(2);
  console.log(
    `\nStatements of D1 for each of ${answer.photos} photos of a first ingest, with two keywords each:\n`,
  );
  head("work", "statements", "rows read", "rows written", "local ms waited");
  for (const [name, of] of [
    ["listing", answer.listing],
    ["processing, ten at a time", answer.processing],
  ] as const)
    row(name, each(of.statements), each(of.rowsRead), each(of.rowsWritten), each(of.waitedMs));
  return answer.processing.statements / answer.photos;
}

/** Prints what the limits of the platform come to with these counts. */
function printEstimates(statements: number): void {
  const { consumers, perPage, secondsAPage } = settings;
  console.log("\nComputed, of published limits and of the counts of docs/costs.md:\n");
  head("what", `with ${consumers} consumers`, `with ${platformLimits.consumers}`);
  const ofBoth = (value: (concurrency: number) => number): string[] =>
    [consumers, platformLimits.consumers].map((each) =>
      value(each).toLocaleString("en", { maximumFractionDigits: 1 }),
    );
  for (const [kind, cpuMs] of Object.entries(forEachPhoto.cpuMs)) {
    const hourly = (concurrency: number): number => photosAnHour({ cpuMs, concurrency });
    row(`photos an hour, first ingest, ${kind}`, ...ofBoth(hourly));
    row(
      `coordinator calls a second, ${kind}`,
      ...ofBoth((n) => perSecond(hourly(n), forEachPhoto.coordinatorCalls.ingest)),
    );
    row(`messages a second, ${kind}`, ...ofBoth((n) => perSecond(hourly(n), forEachPhoto.messages.ingest)));
    row(`statements a second, ${kind}`, ...ofBoth((n) => perSecond(hourly(n), statements)));
    row(
      `ms that a statement may take, ${kind}`,
      ...ofBoth((n) => longestStatementMs(perSecond(hourly(n), statements))),
    );
  }
  console.log();
  head("photos", "minutes of a re-scan", "coordinator calls of it", "GB of the picture index");
  for (const count of [100_000, 1_000_000, 3_000_000])
    row(
      count,
      listingMinutes(count, { perPage, secondsAPage }).toFixed(1),
      count * forEachPhoto.coordinatorCalls.rescan,
      ((count * forEachPhoto.pictureIndexBytes) / 1e9).toFixed(3),
    );
}

const folder = mkdtempSync(join(tmpdir(), "tagline-bench-"));
const servers: Server[] = [];
try {
  const filled = join(folder, "filled");
  await migrateDatabase(filled);
  printHistory(measureBytes(databaseFile(filled)));
  const ingested = join(folder, "ingested");
  await migrateDatabase(ingested);
  const server = await startServer("bench/capacity/wrangler.toml", ingested, []);
  servers.push(server);
  printEstimates(await measureStatements(server));
} finally {
  stopServers(servers);
  rmSync(folder, { recursive: true, force: true });
}
