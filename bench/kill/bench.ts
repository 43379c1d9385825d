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

const times = Number(process.env["TIMES"] ?? 20);
const objects = Number(process.env["OBJECTS"] ?? 2000);
const key = "bench-key-000000000000000000000000000000";
const headers = { "X-API-Key": key };
const flags = [...secretVars(key), "--var", "LOG_LEVEL:error"];
/** The kill comes within so long of the start, which is about as long as the whole ingest takes. */
const longestMs = 25_000;

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

/** One ingest with a kill in the middle; answers how long it took from the restart to the end, in seconds. */
async function killOnce(place: string): Promise<{ readonly seconds: number; readonly after: string }> {
  const first = await startServer("service", place, flags);
  const started = z
    .object({ run: z.object({ id: z.string() }) })
    .parse(await (await fetch(`${first.url}/v1/ingest`, { method: "POST", headers })).json());
  await new Promise((resolve) => setTimeout(resolve, Math.random() * longestMs));
  const before = await status(first);
  stopServers([first]);
  const second = await startServer("service", place, flags);
  try {
    const restartedAt = performance.now();
    for (;;) {
      const { state, last_run: run } = await status(second);
      if (state === "idle" && run?.id === started.run.id) {
        const seconds = (performance.now() - restartedAt) / 1000;
        await check(second, run.counts);
        return { seconds, after: before.state };
      }
      if (performance.now() - restartedAt > 300_000)
        throw new Error("the run did not end within five minutes");
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
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
  const seconds: number[] = [];
  for (let time = 1; time <= times; time++) {
    const place = join(folder, String(time));
    cpSync(filled, place, { recursive: true });
    const result = await killOnce(place);
    rmSync(place, { recursive: true, force: true });
    seconds.push(result.seconds);
    console.log(
      `${time}: killed while ${result.after}, ended ${result.seconds.toFixed(1)} s after the restart`,
    );
  }
  const sorted = seconds.toSorted((a, b) => a - b);
  console.log(`median ${sorted[sorted.length >> 1]?.toFixed(1)} s, longest ${sorted.at(-1)?.toFixed(1)} s`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
