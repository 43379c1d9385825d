/**
 * Sends hostile requests at a length and at twice that length, from every route's description: time may grow with the
 * length, not with its square. One command, within ten minutes: `npm run bench:hostile`. `ROUTES` and `PARTS` (regular
 * expressions) choose, `MINUTES` gives it more or less time; it exits with 1 on a violation, and where time was too
 * short for all.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

import { readDocument } from "../../test/http/fuzz/document.ts";
import { migrateDatabase } from "../support/database.ts";
import { secretVars, startServer, stopServers, type Server } from "../support/server.ts";
import { send } from "./client.ts";
import type { Known } from "./kinds.ts";
import { measure } from "./measure.ts";
import { pictureKinds, plainPicture } from "./pictures.ts";
import { processingOf } from "./processing.ts";
import { processorClock } from "./processor.ts";
import { Report } from "./report.ts";
import { tryRequests, type Trial } from "./requests.ts";
import { commandLine } from "../../scripts/command-line.ts";
import { benchCommands } from "../commands.ts";

commandLine(benchCommands["bench:hostile"]);

const key = "bench-key-000000000000000000000000000000";
const minutes = Number(process.env["MINUTES"] ?? 9);
const requestsMs = minutes * 40_000;
const picturesMs = minutes * 20_000;
const routes = new RegExp(process.env["ROUTES"] ?? "");
const parts = new RegExp(process.env["PARTS"] ?? "");

const created = z.object({ id: z.string() });
const started = z.object({ run: created });

const report = new Report();
let left = 0;
const folder = mkdtempSync(join(tmpdir(), "tagline-bench-"));
const servers: Server[] = [];
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    stopServers(servers);
    rmSync(folder, { recursive: true, force: true });
    process.exit(1);
  });
}
try {
  await migrateDatabase(folder);
  const server = await startServer("service", folder, [...secretVars(key), "--var", "LOG_LEVEL:error"]);
  servers.push(server);
  const port = Number(new URL(server.url).port);
  const clock = processorClock(server.process.pid ?? 0);
  const trial = { port, clock, report, routes, parts, until: performance.now() + requestsMs };
  const known = await prepare(trial);
  const { text } = await send(port, { method: "GET", target: "/openapi.json", headers: {} });
  left += await tryRequests(trial, readDocument(JSON.parse(text)), known);
  if (parts.test("picture")) left += await tryPictures({ ...trial, until: performance.now() + picturesMs });
} finally {
  stopServers(servers);
  rmSync(folder, { recursive: true, force: true });
}
console.log(report.table());
if (left > 0) console.log(`\n${left} kinds were left for want of time.`);
if (report.violations.length > 0)
  console.log(
    `\n${report.violations.length} violations:\n${report.violations.map((each) => `- ${each}`).join("\n")}`,
  );
process.exitCode = report.violations.length + left > 0 ? 1 : 0;

/** A record that is processed, and a run that has ended. */
async function prepare({ port, clock }: Trial): Promise<Known> {
  const bytes = async (): Promise<Uint8Array> => plainPicture();
  const kind = { name: "", extension: "png", full: 0, bytes };
  await processingOf(kind, { port, clock, key, index: 0 }).plain();
  const post = async (target: string, body?: Uint8Array): Promise<unknown> => {
    const request = { method: "POST", target, headers: { "X-API-Key": key } };
    return JSON.parse((await send(port, body === undefined ? request : { ...request, body })).text);
  };
  const known = await post("/v1/media?object_key=known.png&overwrite=true", await plainPicture());
  const { run } = started.parse(await post("/v1/ingest"));
  await new Promise((resolve) => setTimeout(resolve, 3000));
  return { key, mediaId: created.parse(known).id, runId: run.id };
}

/** Tries every kind of small picture with much beside its pixels; gives how many were left for want of time. */
async function tryPictures({ port, clock, report, until }: Trial): Promise<number> {
  let left = 0;
  for (const [index, kind] of pictureKinds.entries()) {
    if (performance.now() > until) {
      left += 1;
      continue;
    }
    const growing = processingOf(kind, { port, clock, key, index });
    const plainMs = await growing.plain();
    const found = await measure(growing, plainMs);
    report.add("picture, until processed", kind.name, found, { plainMs, makesPicture: true });
  }
  return left;
}
