/**
 * Requests a second, beside a bare Hono handler on the same runtime; and the time of a page of the list, beside the
 * same page of a small table. One command: `npm run bench:requests`.
 */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { secretVars, startServer, stopServers, type Server } from "../support/server.ts";
import { seedDatabase, seededId } from "./seed.ts";
import { commandLine } from "../../scripts/command-line.ts";
import { benchCommands } from "../commands.ts";

commandLine(benchCommands["bench:requests"]);

const key = "bench-key-000000000000000000000000000000";
const rounds = 11;
const roundMs = 1000;
const concurrency = 16;
const small = 1000;
const large = Number(process.env["ROWS"] ?? 1_000_000);

/** How many answers came in `roundMs`, with `concurrency` requests always on their way. */
async function answersIn(next: () => Request): Promise<number> {
  const until = performance.now() + roundMs;
  let answers = 0;
  const caller = async (): Promise<void> => {
    while (performance.now() < until) {
      const response = await fetch(next());
      if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
      await response.arrayBuffer();
      answers += 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, caller));
  return answers;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** Runs contenders in turn, so that whatever else the machine does hits them alike; medians of the rounds. */
async function compare(contenders: Readonly<Record<string, () => Request>>): Promise<Record<string, number>> {
  const results = new Map(Object.keys(contenders).map((name): [string, number[]] => [name, []]));
  for (let round = -2; round < rounds; round++) {
    for (const [name, next] of Object.entries(contenders)) {
      const answers = await answersIn(next);
      if (round >= 0) results.get(name)?.push((answers * 1000) / roundMs);
    }
  }
  return Object.fromEntries([...results].map(([name, values]) => [name, median(values)]));
}

const anyOf = (rows: number): number => Math.floor(Math.random() * rows);
const withKey = { headers: { "X-API-Key": key } };

/** A page at a random depth of the first hundred. */
const pageOf = (server: Server) => (): Request => {
  const cursors = pages.get(server) ?? [];
  return new Request(`${server.url}/v1/media?limit=100&cursor=${cursors[anyOf(cursors.length)]}`, withKey);
};

const pages = new Map<Server, string[]>();

/** Walks into a list and keeps cursors of pages on the way, so that pages at any depth are asked for. */
async function collectCursors(server: Server, count: number): Promise<void> {
  const cursors: string[] = [];
  let query = "limit=100";
  for (let page = 0; page < count; page++) {
    const response = await fetch(`${server.url}/v1/media?${query}`, withKey);
    const body: unknown = await response.json();
    const cursor: unknown =
      typeof body === "object" && body !== null && "next_cursor" in body ? body.next_cursor : null;
    if (typeof cursor !== "string") break;
    cursors.push(cursor);
    query = `limit=100&cursor=${cursor}`;
  }
  pages.set(server, cursors);
}

const folder = mkdtempSync(join(tmpdir(), "tagline-bench-"));
const servers: Server[] = [];
try {
  const smallFolder = join(folder, "small");
  const largeFolder = join(folder, "large");
  const bareFolder = join(folder, "bare");
  await seedDatabase(smallFolder, small);
  cpSync(smallFolder, bareFolder, { recursive: true });
  await seedDatabase(largeFolder, large);
  const vars = [...secretVars(key), "--var", "LOG_LEVEL:error"];
  const tagline = await startServer("service", smallFolder, vars);
  const bare = await startServer("bench/requests/wrangler.toml", bareFolder, []);
  const big = await startServer("service", largeFolder, vars);
  servers.push(tagline, bare, big);
  const one = await compare({
    bare: () => new Request(`${bare.url}/one/${seededId(anyOf(small))}`),
    tagline: () => new Request(`${tagline.url}/v1/media/${seededId(anyOf(small))}`, withKey),
  });
  await collectCursors(tagline, 9);
  await collectCursors(big, 100);
  const list = await compare({ small: pageOf(tagline), large: pageOf(big) });
  console.log(`| what | peer | Tagline | ratio |\n| --- | --- | --- | --- |`);
  row("GET /v1/media/{id}, requests/s", "bare", one["bare"], one["tagline"]);
  row(`list of 100 by cursor, ${large} rows, requests/s`, `${small} rows`, list["small"], list["large"]);
} finally {
  stopServers(servers);
  rmSync(folder, { recursive: true, force: true });
}

function row(what: string, peer: string, theirs = Number.NaN, ours = Number.NaN): void {
  console.log(
    `| ${what} | ${peer}: ${theirs.toFixed(0)} | ${ours.toFixed(0)} | ${(ours / theirs).toFixed(2)} |`,
  );
}
