/**
 * What an export takes: rows a second, and the memory of the runtime while a library of 1,000,000 records (`ROWS`) goes out,
 * beside a bare handler that streams the same rows. One command: `npm run bench:export`.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

import { commandLine } from "../../scripts/command-line.ts";
import { benchCommands } from "../commands.ts";
import { fillDatabase } from "../search/fill.ts";
import { residentKb } from "../support/resident.ts";
import { secretVars, startServer, stopServers, type Server } from "../support/server.ts";

commandLine(benchCommands["bench:export"]);

const rows = Number(process.env["ROWS"] ?? 1_000_000);
const kept = process.env["FOLDER"];
const key = "bench-key-000000000000000000000000000000";
/** The memory is told for each fifth of the rows, so that growth would show. */
const parts = 5;

const closing = z.object({ end: z.literal(true), next_cursor: z.string().nullable() });

/** What a stream was, as far as it has come. */
interface Seen {
  lines: number;
  bytes: number;
  /** The most resident memory in each part, in MB. */
  readonly residentMb: number[];
}

/** Reads one answer to its end and gives its last line. */
async function readAnswer(server: Server, path: string, { seen, coding }: { seen: Seen; coding: string }) {
  const response = await fetch(server.url + path, {
    headers: { "X-API-Key": key, "Accept-Encoding": coding },
  });
  if (!response.ok || response.body === null) throw new Error(`${path} answered ${response.status}`);
  const decoder = new TextDecoder();
  let tail = "";
  let nextLook = 0;
  for await (const piece of response.body) {
    if (!(piece instanceof Uint8Array)) continue;
    seen.bytes += piece.length;
    const lines = (tail + decoder.decode(piece, { stream: true })).split("\n");
    tail = lines.at(-1) === "" ? (lines.at(-2) ?? "") + "\n" : (lines.at(-1) ?? "");
    seen.lines += lines.at(-1) === "" ? lines.length - 2 : lines.length - 1;
    if (performance.now() < nextLook) continue;
    nextLook = performance.now() + 100;
    const part = Math.min(parts - 1, Math.floor((seen.lines * parts) / rows));
    const mb = residentKb(server.process.pid ?? 0) / 1024;
    seen.residentMb[part] = Math.max(seen.residentMb[part] ?? 0, mb);
  }
  return tail.trimEnd();
}

async function measure(what: string, server: Server, { path, coding }: { path: string; coding: string }) {
  const seen: Seen = { lines: 0, bytes: 0, residentMb: [] };
  const before = residentKb(server.process.pid ?? 0) / 1024;
  const begin = performance.now();
  let calls = 0;
  for (let cursor: string | null = ""; cursor !== null; calls++) {
    const target = cursor === "" ? path : `${path}&cursor=${encodeURIComponent(cursor)}`;
    const last = await readAnswer(server, target, { seen, coding });
    cursor = closing.parse(JSON.parse(last.replace(/^# /, ""))).next_cursor;
  }
  const seconds = (performance.now() - begin) / 1000;
  const memory = Array.from({ length: parts }, (_, part) => seen.residentMb[part]?.toFixed(0) ?? "–");
  console.log(
    `| ${what} | ${calls} | ${(rows / seconds).toFixed(0)} | ${(seen.bytes / 1e6).toFixed(0)} | ${before.toFixed(0)} | ${memory.join(" ")} |`,
  );
}

const folder = kept ?? mkdtempSync(join(tmpdir(), "tagline-bench-"));
const place = join(folder, String(rows));
const servers: Server[] = [];
try {
  if (!existsSync(place)) await fillDatabase(place, rows);
  const service = await startServer("service", place, [...secretVars(key), "--var", "LOG_LEVEL:error"]);
  servers.push(service);
  console.log(`| ${rows} records | requests | rows a second | MB | MB resident before | in each fifth |`);
  console.log("| --- | --- | --- | --- | --- | --- |");
  await measure("NDJSON", service, { path: "/v1/export?format=ndjson", coding: "identity" });
  await measure("NDJSON, packed", service, { path: "/v1/export?format=ndjson", coding: "gzip" });
  await measure("NDJSON with history", service, { path: "/v1/export?history=true", coding: "identity" });
  await measure("CSV", service, { path: "/v1/export?format=csv", coding: "identity" });
  stopServers(servers.splice(0));
  const bare = await startServer("bench/export/wrangler.toml", place, []);
  servers.push(bare);
  await measure("bare rows", bare, { path: "/rows?format=ndjson", coding: "identity" });
} finally {
  stopServers(servers);
  if (kept === undefined) rmSync(folder, { recursive: true, force: true });
}
