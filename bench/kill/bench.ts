/**
 * Kills the local service (`kill -9`) at a random moment of an ingest of 2,000 objects, starts it again, and waits for
 * the run to end by itself; then everything must be there once. Twenty times over (`TIMES`): `npm run bench:kill`.
 */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

import { migrateDatabase } from "../support/database.ts";
import { secretVars, startServer, stopServers, type Server } from "../support/server.ts";
import { commandLine } from "../../scripts/command-line.ts";
import { benchCommands } from "../commands.ts";

commandLine(benchCommands["bench:kill"]);

const times = Number(process.env["TIMES"] ?? 20);
const objects = Number(process.env["OBJECTS"] ?? 2000);
const key = "bench-key-000000000000000000000000000000";
const headers = { "X-API-Key": key };
const flags = [...secretVars(key), "--var", "LOG_LEVEL:error"];

const counts = z.object({
  queued: z.number(),
  processed: z.number(),
  failed: z.number(),
  dropped: z.number(),
});
const statusAnswer = z.object({
  state: z.string(),
  last_run: z.object({ id: z.string(), state: z.string(), counts }).nullable(),
});
const healthAnswer = z.object({ counts: z.record(z.string(), z.number()) });

async function status(server: Server) {
  return statusAnswer.parse(await (await fetch(`${server.url}/v1/ingest/status`, { headers })).json());
}

async function startIngest(server: Server): Promise<string> {
  const answer = await fetch(`${server.url}/v1/ingest`, { method: "POST", headers });
  return z.object({ run: z.object({ id: z.string() }) }).parse(await answer.json()).run.id;
}

/** Waits for a run to end, and answers how long that took, in milliseconds. */
async function waitForEnd(server: Server, id: string): Promise<number> {
  const since = performance.now();
  for (;;) {
    const { state, last_run: run } = await status(server);
    if (state === "idle" && run?.id === id) {
      const took = performance.now() - since;
      await check(server, run.counts);
      return took;
    }
    if (performance.now() - since > 300_000) throw new Error("the run did not end within five minutes");
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** One ingest that nobody disturbs; answers how long it took, in milliseconds. */
async function runOnce(place: string): Promise<number> {
  const server = await startServer("service", place, flags);
  try {
    return await waitForEnd(server, await startIngest(server));
  } finally {
    stopServers([server]);
  }
}

/**
 * One ingest with a kill within so long of its start; answers how long it took from the restart to the end, in
 * milliseconds, and null if it had ended before the kill.
 */
async function killOnce(place: string, withinMs: number): Promise<number | null> {
  const first = await startServer("service", place, flags);
  const id = await startIngest(first);
  await new Promise((resolve) => setTimeout(resolve, Math.random() * withinMs));
  const { state } = await status(first);
  stopServers([first]);
  if (state === "idle") return null;
  const second = await startServer("service", place, flags);
  try {
    return await waitForEnd(second, id);
  } finally {
    stopServers([second]);
  }
}

/** Every object has one record and one thumbnail, and was counted once. */
async function check(server: Server, run: z.infer<typeof counts>): Promise<void> {
  const { counts: states } = healthAnswer.parse(
    await (await fetch(`${server.url}/v1/database/health`, { headers })).json(),
  );
  const problems = [
    states["ready"] === objects ? "" : `${states["ready"]} records are ready`,
    run.queued === objects && run.processed === objects ? "" : `the run counted ${JSON.stringify(run)}`,
  ].filter((problem) => problem !== "");
  const scan = await fetch(`${server.url}/v1/database/scan`, {
    method: "POST",
    headers: { ...headers, "Content-Type": "application/json" },
    body: '{"thumbnails": true}',
  });
  await scan.arrayBuffer();
  while ((await status(server)).state !== "idle") await new Promise((resolve) => setTimeout(resolve, 200));
  const lacking = (await status(server)).last_run?.counts.queued ?? -1;
  if (lacking !== 0) problems.push(`${lacking} records lacked their thumbnail`);
  if (problems.length > 0) throw new Error(problems.join("; "));
}

const folder = mkdtempSync(join(tmpdir(), "tagline-kill-"));
try {
  const filled = join(folder, "filled");
  await migrateDatabase(filled);
  const filler = await startServer("bench/ingest/wrangler.toml", filled, []);
  for (let from = 0; from < objects; from += 500) {
    await (await fetch(`${filler.url}/fill?from=${from}&count=${Math.min(500, objects - from)}`)).text();
  }
  await new Promise((resolve) => setTimeout(resolve, 1000));
  stopServers([filler]);
  const onCopy = async <T>(play: (place: string) => Promise<T>): Promise<T> => {
    const place = join(folder, "copy");
    cpSync(filled, place, { recursive: true });
    try {
      return await play(place);
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  };
  const wholeMs = await onCopy(runOnce);
  console.log(`without a kill: ${(wholeMs / 1000).toFixed(1)} s`);
  const seconds: number[] = [];
  while (seconds.length < times) {
    const took = await onCopy(async (place) => killOnce(place, wholeMs));
    if (took === null) {
      console.log("the run had ended before the kill: once more");
      continue;
    }
    seconds.push(took / 1000);
    console.log(
      `${seconds.length}: killed while running, ended ${(took / 1000).toFixed(1)} s after the restart`,
    );
  }
  const sorted = seconds.toSorted((a, b) => a - b);
  console.log(`median ${sorted[sorted.length >> 1]?.toFixed(1)} s, longest ${sorted.at(-1)?.toFixed(1)} s`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
