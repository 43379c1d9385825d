/**
 * What it takes to find something among a million records, beside ten thousand, and beside the bare query of full text.
 * One command: `npm run bench:search`.
 */
import { constants, cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { commandLine } from "../../scripts/command-line.ts";
import { benchCommands } from "../commands.ts";
import { secretVars, startServer, stopServers, type Server } from "../support/server.ts";
import { databaseFile, fillDatabase } from "./fill.ts";
import { compare, key, requestOf, type Contender, type Cost } from "./measure.ts";
import { peers, searches, shapes, typed, type Question } from "./questions.ts";
import { recordOf } from "./records.ts";
import { bytesEach } from "./sizes.ts";

commandLine(benchCommands["bench:search"]);

const small = 10_000;
const large = Number(process.env["ROWS"] ?? 1_000_000);
const rounds = Number(process.env["ROUNDS"] ?? 11);
const only = new RegExp(process.env["ONLY"] ?? "");
const kept = process.env["FOLDER"];
const letterGoalMs = 100;

const ms = (value = Number.NaN): string => value.toFixed(1);
const times = (value = Number.NaN): string => value.toFixed(2);
const row = (...cells: readonly string[]): void => console.log(`| ${cells.join(" | ")} |`);
const head = (...cells: readonly string[]): void => {
  row(...cells);
  row(...cells.map(() => "---"));
};
const none: Cost = { ms: Number.NaN, processorMs: Number.NaN };
const idOf = (rows: number): string => recordOf(Math.floor(rows / 2), rows).id;

/** Both times, and how many times the first the second is. */
function ratioCells(first: Cost, second: Cost, goal: number | null): string[] {
  const kinds = ["ms", "processorMs"] as const;
  return kinds.flatMap((kind) => {
    const ratio = second[kind] / first[kind];
    const verdict = goal === null || ratio <= goal ? "" : `, goal ${goal}`;
    return [ms(first[kind]), ms(second[kind]), times(ratio) + verdict];
  });
}

/** Times questions at both sizes. */
async function compareSizes(questions: readonly Question[], few: Server, many: Server): Promise<void> {
  head("what", `${small} rows, ms`, `${large} rows, ms`, "ratio", "processor, ms", "processor, ms", "ratio");
  for (const question of questions.filter(({ name }) => only.test(name))) {
    const atSmall = await requestOf(few, question, idOf(small));
    const atLarge = await requestOf(many, question, idOf(large));
    if (atSmall === null || atLarge === null) {
      console.log(`(left out, since the service has no such route or parameter: ${question.name})`);
      continue;
    }
    const [atFew = none, atMany = none] = await compare([atSmall, atLarge], rounds);
    row(question.name, ...ratioCells(atFew, atMany, question.goal));
  }
}

/** Times searches beside the bare query, on the same runtime and the same number of records. */
async function comparePeers(many: Server, bare: Server): Promise<void> {
  head("what", "bare query, ms", "Tagline, ms", "ratio", "processor, ms", "processor, ms", "ratio");
  for (const { name, q, match, goal } of peers.filter((each) => only.test(each.name))) {
    const parameters = new URLSearchParams({ q, limit: "100" });
    const question = { name, path: `/v1/search?${parameters.toString()}`, pages: 0, goal: null };
    const ours = await requestOf(many, question, "");
    if (ours === null) continue;
    const path = `${bare.url}/find?${new URLSearchParams({ match }).toString()}`;
    const theirs = { server: bare, next: () => new Request(path) };
    const [atBare = none, atOurs = none] = await compare([theirs, ours], 2 * rounds);
    row(name, ...ratioCells(atBare, atOurs, goal));
  }
}

/** Times each beginning of a word. */
async function typeWords(many: Server): Promise<void> {
  head("what", "ms, letter by letter", "slowest", "processor, ms", "slowest");
  for (const { name, word } of typed.filter((each) => only.test(each.name))) {
    const letters = Array.from(word, (_, at) =>
      Array.from(word)
        .slice(0, at + 1)
        .join(""),
    );
    const asked = await Promise.all(
      letters.map(async (q) => {
        const path = `/v1/search?${new URLSearchParams({ q }).toString()}`;
        return requestOf(many, { name, path, pages: 0, goal: null }, "");
      }),
    );
    const medians = await compare(
      asked.filter((each) => each !== null),
      rounds,
    );
    const cells = [medians.map((each) => each.ms), medians.map((each) => each.processorMs)].flatMap((all) => {
      const slowest = Math.max(...all);
      const verdict = slowest < letterGoalMs ? "" : `, goal ${letterGoalMs}`;
      return [all.map((each) => each.toFixed(0)).join(" "), ms(slowest) + verdict];
    });
    row(`${word} (${name})`, ...cells);
  }
}

/** Changes the description of another record each time. */
function patching(server: Server, rows: number): Contender {
  let changed = 0;
  return {
    server,
    next: () => {
      changed += 1;
      const { id } = recordOf((changed * 97) % rows, rows);
      const description = `photo of a mountain with other words ${changed}`;
      return new Request(`${server.url}/v1/media/${id}`, {
        method: "PATCH",
        headers: { "X-API-Key": key, "Content-Type": "application/json" },
        body: JSON.stringify({ object_metadata: { description } }),
      });
    },
  };
}

/** Times changes of a description. */
async function comparePatches(few: Server, many: Server): Promise<void> {
  if (!only.test("PATCH of a description")) return;
  const [atFew = none, atMany = none] = await compare(
    [patching(few, small), patching(many, large)],
    3 * rounds,
  );
  row("PATCH of a description", ...ratioCells(atFew, atMany, null));
}

/** Makes a database, unless it is there from another run. */
async function ensureDatabase(folder: string, rows: number): Promise<void> {
  if (existsSync(folder)) return;
  const begin = performance.now();
  await fillDatabase(folder, rows);
  console.log(`${rows} records were written in ${((performance.now() - begin) / 1000).toFixed(0)} s.`);
}

const folder = kept ?? mkdtempSync(join(tmpdir(), "tagline-bench-"));
const servers: Server[] = [];
try {
  const [fewFolder, manyFolder, bareFolder] = [
    join(folder, "small"),
    join(folder, String(large)),
    join(folder, "bare"),
  ];
  await ensureDatabase(fewFolder, small);
  await ensureDatabase(manyFolder, large);
  head("bytes a record", "whole", "of which full text", "tokens in rows");
  for (const [rows, place] of [
    [small, fewFolder],
    [large, manyFolder],
  ] as const) {
    const { whole, fullText, tokens } = bytesEach(databaseFile(place));
    row(String(rows), ...[whole, fullText, tokens].map((bytes) => bytes.toFixed(0)));
  }
  rmSync(bareFolder, { recursive: true, force: true });
  cpSync(manyFolder, bareFolder, { recursive: true, mode: constants.COPYFILE_FICLONE });
  const vars = [...secretVars(key), "--var", "LOG_LEVEL:error"];
  const few = await startServer("service", fewFolder, vars);
  servers.push(few);
  const many = await startServer("service", manyFolder, vars);
  servers.push(many);
  const bare = await startServer("bench/search/wrangler.toml", bareFolder, []);
  servers.push(bare);
  await comparePeers(many, bare);
  await typeWords(many);
  await compareSizes(searches, few, many);
  await compareSizes(shapes, few, many);
  await comparePatches(few, many);
} finally {
  stopServers(servers);
  if (kept === undefined) rmSync(folder, { recursive: true, force: true });
}
