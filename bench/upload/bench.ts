/**
 * How much memory a 100 MiB upload takes above idle, beside a bare put of the same bytes to the same local R2, which is
 * itself a Worker in the same process. One command: `npm run bench:upload`.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { migrateDatabase } from "../support/database.ts";
import { residentKb } from "../support/resident.ts";
import { secretVars, startServer, stopServers, type Server } from "../support/server.ts";
import { commandLine } from "../../scripts/command-line.ts";
import { benchCommands } from "../commands.ts";

commandLine(benchCommands["bench:upload"]);

const key = "bench-key-000000000000000000000000000000";
const rounds = 7;
const bytes = 100 * 1024 * 1024;

const body = Buffer.alloc(bytes, 0x5a);
body.set([0xff, 0xd8, 0xff, 0xe0]);

/** The most that was resident above idle while one upload went through, in MiB. */
async function growth(server: Server, send: () => Promise<Response>): Promise<number> {
  const pid = server.process.pid ?? 0;
  const idle = residentKb(pid);
  let peak = idle;
  const watch = setInterval(() => (peak = Math.max(peak, residentKb(pid))), 10);
  const response = await send();
  const answer = await response.text();
  clearInterval(watch);
  if (!response.ok) throw new Error(`the upload was answered with ${response.status}: ${answer}`);
  return (Math.max(peak, residentKb(pid)) - idle) / 1024;
}

const folder = mkdtempSync(join(tmpdir(), "tagline-bench-"));
const servers: Server[] = [];
try {
  await migrateDatabase(join(folder, "tagline"));
  servers.push(await startServer("service", join(folder, "tagline"), secretVars(key)));
  servers.push(await startServer("bench/upload/wrangler.toml", join(folder, "bare"), []));
  const [tagline, bare] = servers;
  if (tagline === undefined || bare === undefined) throw new Error("the servers did not start");
  const headers = { "X-API-Key": key, "Content-Type": "image/jpeg" };
  const url = `${tagline.url}/v1/media?object_key=big.jpg&overwrite=true`;
  const contenders = new Map<string, () => Promise<number>>([
    ["bare put", async () => growth(bare, async () => fetch(`${bare.url}/big.jpg`, { method: "PUT", body }))],
    [
      "POST /v1/media",
      async () => growth(tagline, async () => fetch(url, { method: "POST", headers, body })),
    ],
  ]);
  const results = new Map([...contenders.keys()].map((name): [string, number[]] => [name, []]));
  for (let round = -2; round < rounds; round++) {
    for (const [name, run] of contenders) {
      const mib = await run();
      if (round >= 0) results.get(name)?.push(mib);
      await new Promise((resolve) => setTimeout(resolve, 1500));
    }
  }
  console.log("| 100 MiB upload | MiB above idle: median | least | most |\n| --- | --- | --- | --- |");
  for (const [name, values] of results) {
    const sorted = values.toSorted((a, b) => a - b);
    const [least = 0, middle = 0, most = 0] = [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)];
    console.log(`| ${name} | ${middle.toFixed(1)} | ${least.toFixed(1)} | ${most.toFixed(1)} |`);
  }
} finally {
  stopServers(servers);
  rmSync(folder, { recursive: true, force: true });
}
