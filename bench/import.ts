/**
 * `npm run bench:import [-- FOLDER]`: how fast an import sends files, against bare PUTs of the same files, by the same
 * client, to a Worker that only puts them into a local bucket; in turns, in the same run.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { createReadStream } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readCommand } from "../scripts/arguments.ts";
import { Failure, runMain } from "../scripts/failure.ts";
import { Api } from "../scripts/import/api.ts";
import { readCatalogue } from "../scripts/import/catalogue.ts";
import { ingestAndWait } from "../scripts/import/ingest.ts";
import type { Progress } from "../scripts/import/progress.ts";
import { realClock } from "../scripts/import/clock.ts";
import { sendFiles } from "../scripts/import/send.ts";
import { createTransport } from "../scripts/export/transport.ts";
import { walkPaths, type LocalFile } from "../scripts/import/walk.ts";
import { signalled } from "../scripts/signals.ts";
import { ensureDevVars } from "../scripts/start/dev-vars.ts";
import { freePort } from "../scripts/start/port.ts";
import { waitForHealth } from "../scripts/start/ready.ts";
import { startServer } from "../scripts/start/server.ts";
import { collect, projectRoot, wranglerCommand, wranglerEnv } from "../scripts/wrangler.ts";
import { benchCommands } from "./commands.ts";
import { writePhotos } from "./import/photos.ts";
import { unlimitedConfig } from "./support/config.ts";

const concurrency = 6;
const rounds = 5;
const goal = 0.8;

const silent: Progress = { begin: () => {}, update: () => {}, end: () => {} };
const signal = signalled();

/** Starts a Worker with a bucket of its own and gives its address and how to end it. */
async function startWorker(config: string, state: string): Promise<{ url: URL; stop: () => Promise<void> }> {
  const port = await freePort();
  const isService = config === "service";
  const flags = ["--config", isService ? unlimitedConfig() : config, "--persist-to", state];
  if (isService) {
    const migrations = ["d1", "migrations", "apply", "DB", "--local", ...flags];
    const { code, output } = await collect(wranglerCommand(migrations), wranglerEnv(process.env));
    if (code !== 0) throw new Failure(output);
  }
  const dev = [
    "dev",
    "--port",
    String(port),
    "--show-interactive-dev-session=false",
    "--log-level",
    "error",
    ...flags,
  ];
  const server = startServer(wranglerCommand(dev), wranglerEnv(process.env), "ignore");
  signal.addEventListener("abort", () => void server.stop(false));
  const url = new URL(`http://127.0.0.1:${port}/`);
  if (!(await waitForHealth(new URL("health", url), signal))) throw new Failure("Stopped.");
  return { url, stop: () => server.stop(true) };
}

async function putBare(url: URL, files: LocalFile[]): Promise<void> {
  const transport = createTransport(concurrency);
  const queue = files.values();
  const worker = async (): Promise<void> => {
    for (const file of queue) {
      const headers = { "content-length": String(file.size) };
      const body = createReadStream(file.path, { highWaterMark: 256 * 1024 });
      const target = new URL(encodeURIComponent(file.key), url);
      const { status } = await transport({ method: "PUT", url: target, headers, body, signal });
      if (status !== 201) throw new Failure(`The bare Worker answered ${status}.`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}

async function importOnce(api: Api, folder: string, prefix: string): Promise<void> {
  const { files } = await walkPaths([folder], prefix);
  const catalogue = await readCatalogue(api, prefix, files.length);
  const sent = await sendFiles({ api, files, catalogue, concurrency: concurrency, progress: silent, signal });
  const [problem] = sent.problems;
  if (problem) throw new Failure(`${problem.key}: ${problem.reason}`);
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const begin = performance.now();
  await work();
  return (performance.now() - begin) / 1_000;
}

const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

async function compare(folder: string, temporary: string): Promise<number> {
  const key = ensureDevVars(join(projectRoot, ".dev.vars")).adminKey ?? "";
  const service = await startWorker("service", join(temporary, "service"));
  const bare = await startWorker("bench/import/wrangler.toml", join(temporary, "bare"));
  const api = new Api({ url: service.url, key, connections: concurrency, signal });
  const ratios: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const prefix = `round-${round}/`;
    const { files } = await walkPaths([folder], prefix);
    const megabytes = files.reduce((sum, { size }) => sum + size, 0) / 1e6;
    const bareSeconds = await secondsOf(() => putBare(bare.url, files));
    const importSeconds = await secondsOf(() => importOnce(api, folder, prefix));
    // What is still to be processed must not slow the next round.
    await ingestAndWait({ api, prefix, progress: silent, clock: realClock, signal });
    const ratio = bareSeconds / importSeconds;
    const rates = [bareSeconds, importSeconds].map((seconds) => `${(megabytes / seconds).toFixed(1)} MB/s`);
    const name = round === 0 ? "warm-up" : `round ${round}`;
    process.stdout.write(`${name}: bare ${rates[0]}, import ${rates[1]}, ratio ${ratio.toFixed(2)}\n`);
    if (round > 0) ratios.push(ratio);
  }
  process.stdout.write(`median ratio ${median(ratios).toFixed(2)}, goal ${goal}\n`);
  await Promise.all([service.stop(), bare.stop()]);
  return median(ratios) >= goal ? 0 : 1;
}

process.exitCode = await runMain(async () => {
  const [given] = readCommand(benchCommands["bench:import"], process.argv.slice(2)).positionals;
  const temporary = await mkdtemp(join(tmpdir(), "tagline-bench-"));
  const folder =
    given === undefined ? join(temporary, "photos") : resolve(process.env["INIT_CWD"] ?? "", given);
  try {
    if (given === undefined) await writePhotos(folder);
    return await compare(folder, temporary);
  } finally {
    await rm(temporary, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
});
