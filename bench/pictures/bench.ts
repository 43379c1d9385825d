/**
 * What a search among 10,000, 100,000 and 1,000,000 picture hashes (`SIZES`) takes, beside a loop of plain JavaScript over
 * the same hashes, and what the index itself takes. One command: `npm run bench:pictures`.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

import { commandLine } from "../../scripts/command-line.ts";
import { benchCommands } from "../commands.ts";
import { compare, type Contender } from "../search/measure.ts";
import { processorMs } from "../support/processor-time.ts";
import { workerdBelow } from "../support/resident.ts";
import { startServer, stopServers, type Server } from "../support/server.ts";
import { fillHashes } from "./fill.ts";

commandLine(benchCommands["bench:pictures"]);

const sizes = (process.env["SIZES"] ?? "10000,100000,1000000").split(",").map(Number);
const rounds = Number(process.env["ROUNDS"] ?? 15);
const kept = process.env["FOLDER"];
/** A chunk of ingest asks for so many at once. */
const chunk = 10;

const hashRows = z.array(z.object({ pk: z.number(), hash: z.string() }));
const answer = z.object({ isComplete: z.boolean() });

function row(...cells: readonly string[]): void {
  console.log(`| ${cells.join(" | ")} |`);
}

async function post(server: Server, path: string, body: unknown = []): Promise<unknown> {
  const response = await fetch(server.url + path, { method: "POST", body: JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text.slice(0, 500)}`);
  return text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : null;
}

/** The most memory of the runtime while something is done, in MiB as Linux counts it (`VmHWM`). */
async function mostMib(server: Server, work: () => Promise<unknown>): Promise<number> {
  const pids = workerdBelow(server.process.pid ?? 0);
  // Forgets the most there was before.
  for (const pid of pids) writeFileSync(`/proc/${pid}/clear_refs`, "5");
  await work();
  const kilobytes = pids.map((pid) =>
    Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0),
  );
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1024;
}

/** How large the object's own database is. */
function storedMib(place: string): number {
  const files = readdirSync(place, { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => /PictureIndex.*[\da-f]{64}\.sqlite/.test(file))
    .reduce((sum, file) => sum + statSync(join(place, file)).size / 1024 ** 2, 0);
}

/** Has the index built from the records, and says how long that took by the clock and of the processor. */
async function rebuild(server: Server): Promise<{ seconds: number; processor: number }> {
  const pids = workerdBelow(server.process.pid ?? 0);
  const [begin, before] = [performance.now(), processorMs(pids)];
  await post(server, "/rebuild");
  while (!answer.parse(await post(server, "/find")).isComplete)
    await new Promise((resolve) => setTimeout(resolve, 200));
  return { seconds: (performance.now() - begin) / 1000, processor: (processorMs(pids) - before) / 1000 };
}

function asking(server: Server, path: string, hashes: readonly string[]): Contender {
  return {
    server,
    next: () => new Request(server.url + path, { method: "POST", body: JSON.stringify(hashes) }),
  };
}

/** Places a chunk of new pictures behind the others each time. */
function placing(server: Server, size: number): Contender {
  let from = size + 1;
  return {
    server,
    next: () => new Request(`${server.url}/place?count=${chunk}&from=${(from += chunk)}`, { method: "POST" }),
  };
}

/** Asks so often that what is left behind by a search would add up. */
async function askOften(server: Server, path: string, hashes: readonly string[]): Promise<void> {
  for (let time = 0; time < 30; time++) await post(server, path, hashes);
}

/** Measures an index that is built, in a runtime that has just begun. */
async function measure(server: Server, size: number): Promise<string[]> {
  const hashes = hashRows.parse(await post(server, `/hashes?from=1&count=${chunk}`)).map(({ hash }) => hash);
  const idle = await mostMib(server, async () => askOften(server, "/find", []));
  const most = await mostMib(server, async () => askOften(server, "/find", hashes));
  const costs = await compare(
    [
      asking(server, "/find", []),
      asking(server, "/find", hashes.slice(0, 1)),
      asking(server, "/find", hashes),
      placing(server, size),
    ],
    rounds,
  );
  const loading = async (): Promise<void> => {
    await post(server, `/plain/load?slots=${size + 1}`);
    for (let from = 1; from <= size; from += 5_000) await post(server, `/plain/take?from=${from}&count=5000`);
  };
  await loading();
  const plainCosts = await compare(
    [asking(server, "/plain/find", hashes.slice(0, 1)), asking(server, "/plain/find", hashes)],
    rounds,
  );
  return [
    ...[...costs, ...plainCosts].map(({ processorMs: ms }) => ms.toFixed(1)),
    idle.toFixed(0),
    (most - idle).toFixed(1),
  ];
}

const folder = kept ?? mkdtempSync(join(tmpdir(), "tagline-bench-"));
const servers: Server[] = [];
try {
  const heads = [
    "hashes",
    "processor ms: a call that looks at none",
    "one query",
    "ten at once",
    "ten placed",
    "plain loop, one",
    "ten",
    "MiB of the idle runtime",
    "and more while searching",
    "MiB stored",
    "s to build from the records (processor)",
  ];
  row(...heads);
  row(...heads.map(() => "---"));
  for (const size of sizes) {
    const place = join(folder, String(size));
    if (!existsSync(place)) await fillHashes(place, size);
    const builder = await startServer("bench/pictures/wrangler.toml", place, []);
    servers.push(builder);
    const built = await rebuild(builder);
    stopServers(servers.splice(0));
    const server = await startServer("bench/pictures/wrangler.toml", place, []);
    servers.push(server);
    const measured = await measure(server, size);
    stopServers(servers.splice(0));
    const building = `${built.seconds.toFixed(1)} (${built.processor.toFixed(1)})`;
    row(String(size), ...measured, storedMib(place).toFixed(1), building);
  }
} finally {
  stopServers(servers);
  if (kept === undefined) rmSync(folder, { recursive: true, force: true });
}
