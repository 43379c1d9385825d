/**
 * What an ingest costs: listing and comparing 10,000, 100,000 and 1,000,000 objects (in `SIZES`), for the first time and
 * again, and processing 10,000 pictures of 1 KB (`PICTURES`). One command: `npm run bench:ingest`.
 */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";

import { migrateDatabase } from "../support/database.ts";
import { secretVars, startServer, stopServers, type Server } from "../support/server.ts";
import { commandLine } from "../../scripts/command-line.ts";
import { benchCommands } from "../commands.ts";

commandLine(benchCommands["bench:ingest"]);

const sizes = (process.env["SIZES"] ?? "10000,100000,1000000").split(",").map(Number);
const pictures = Number(process.env["PICTURES"] ?? 10_000);
const key = "bench-key-000000000000000000000000000000";
const pagesAtOnce = 20;

const pagesAnswer = z.object({
  pages: z.number(),
  messages: z.number(),
  rowsRead: z.number(),
  rowsWritten: z.number(),
});

/** Lists `count` objects once and prints what it cost. */
async function measureListing(server: Server, what: string, count: number): Promise<void> {
  const run = crypto.randomUUID();
  const total = { messages: 0, rowsRead: 0, rowsWritten: 0 };
  const startedAt = performance.now();
  for (let from = 0; from * 1000 < count; from += pagesAtOnce) {
    const query = `run=${run}&count=${count}&from=${from}&pages=${pagesAtOnce}`;
    const answer = pagesAnswer.parse(await (await fetch(`${server.url}/pages?${query}`)).json());
    total.messages += answer.messages;
    total.rowsRead += answer.rowsRead;
    total.rowsWritten += answer.rowsWritten;
  }
  const ms = performance.now() - startedAt;
  const each = (value: number): string => (value / count).toFixed(3);
  console.log(
    `| ${count} | ${what} | ${each(total.rowsRead)} | ${each(total.rowsWritten)} | ${each(total.messages)} | ${((ms * 1000) / count).toFixed(0)} |`,
  );
}

const statusAnswer = z.object({
  state: z.string(),
  last_run: z
    .object({ counts: z.record(z.string(), z.number()), cost: z.record(z.string(), z.number()) })
    .nullable(),
});

const pageCount = z.object({ page_count: z.number() });
const pageSize = z.object({ page_size: z.number() });

/** How large the coordinator's database is, in KiB, what is not in the file yet included. */
function coordinatorKib(place: string): number {
  const files = readdirSync(place, { recursive: true, encoding: "utf8" });
  const sizes = files
    .filter((file) => /IngestCoordinator.*\.sqlite$/.test(file))
    .map((file) => {
      const database = new DatabaseSync(join(place, file), { readOnly: true });
      const { page_count: pages } = pageCount.parse(database.prepare("PRAGMA page_count").get());
      const { page_size: bytes } = pageSize.parse(database.prepare("PRAGMA page_size").get());
      database.close();
      return (pages * bytes) / 1024;
    });
  return Math.max(0, ...sizes);
}

/** Lets the service ingest the bucket, and prints what the run says that it cost. */
async function measureProcessing(server: Server, place: string, what: string): Promise<void> {
  const headers = { "X-API-Key": key };
  const startedAt = performance.now();
  await fetch(`${server.url}/v1/ingest`, { method: "POST", headers });
  let stateKib = 0;
  for (;;) {
    stateKib = Math.max(stateKib, coordinatorKib(place));
    const status = statusAnswer.parse(
      await (await fetch(`${server.url}/v1/ingest/status`, { headers })).json(),
    );
    if (status.state === "idle" && status.last_run !== null) {
      const { counts, cost } = status.last_run;
      const ms = performance.now() - startedAt;
      const each = (name: string): string => ((cost[name] ?? 0) / pictures).toFixed(3);
      console.log(
        `| ${what} | ${counts["processed"]} | ${each("rows_read")} | ${each("rows_written")} | ${each("messages")} | ${each("provider_calls")} | ${((ms * 1000) / pictures).toFixed(0)} | ${stateKib} |`,
      );
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

const folder = mkdtempSync(join(tmpdir(), "tagline-bench-"));
const servers: Server[] = [];
try {
  console.log("| objects | run | rows read each | rows written each | messages each | ms per 1,000 |");
  console.log("| --- | --- | --- | --- | --- | --- |");
  for (const count of sizes) {
    const place = join(folder, String(count));
    await migrateDatabase(place);
    const server = await startServer("bench/ingest/wrangler.toml", place, []);
    servers.push(server);
    await measureListing(server, "first", count);
    await measureListing(server, "again", count);
    const bytes = Number(await (await fetch(`${server.url}/size`)).text());
    console.log(`| ${count} | database, bytes each: ${(bytes / count).toFixed(0)} | | | | |`);
    stopServers(servers.splice(0));
  }
  const place = join(folder, "pictures");
  await migrateDatabase(place);
  const filler = await startServer("bench/ingest/wrangler.toml", place, []);
  servers.push(filler);
  for (let from = 0; from < pictures; from += 500) {
    await (await fetch(`${filler.url}/fill?from=${from}&count=${Math.min(500, pictures - from)}`)).text();
  }
  stopServers(servers.splice(0));
  const tagline = await startServer("service", place, [...secretVars(key), "--var", "LOG_LEVEL:error"]);
  servers.push(tagline);
  console.log(
    "\n| run | processed | rows read each | rows written each | messages each | calls each | ms per 1,000 | coordinator at most, KiB |",
  );
  console.log("| --- | --- | --- | --- | --- | --- | --- | --- |");
  await measureProcessing(tagline, place, "first");
  await measureProcessing(tagline, place, "again");
} finally {
  stopServers(servers);
  rmSync(folder, { recursive: true, force: true });
}
