import { spawn } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { importPhotos } from "../../scripts/import/import.ts";
import { waitForHealth } from "../../scripts/start/ready.ts";
import { pngBytes } from "../support/images/png.ts";
import {
  accessOf,
  addressOf,
  Client,
  dataFolder,
  knowOwn,
  pageSchema,
  startedSchema,
  startService,
  statusSchema,
} from "./support/service.ts";

const startScript = join(import.meta.dirname, "support", "start-in.ts");
const files = 40;
const startedWithinMs = 90_000;
const recoveredWithinMs = 120_000;

/** A folder of photos of different sizes, large enough to keep the service busy for a while. */
async function photos(folder: string): Promise<string> {
  const path = join(folder, "photos");
  await mkdir(path, { recursive: true });
  for (let index = 0; index < files; index += 1) {
    await writeFile(
      join(path, `${index}.png`),
      await pngBytes({ width: 1_200 + index, height: 900, pattern: "gradient" }),
    );
  }
  return path;
}

test("a service killed in the middle of an import and an ingest is whole again by itself after its restart", async () => {
  const data = await dataFolder();
  onTestFinished(data.remove);
  const folder = await photos(data.folder);
  const log = join(data.folder, "killed.log");
  const output = openSync(log, "a");
  const killed = spawn(process.execPath, [startScript, data.folder, ...data.flags], {
    stdio: ["ignore", output, output],
  });
  onTestFinished(() => void killed.kill("SIGKILL"));
  const health = await waitForHealth(
    new URL("/health", addressOf(data.flags)),
    AbortSignal.timeout(startedWithinMs),
  );
  if (!health) throw new Error(`The service did not start.\n${readFileSync(log, "utf8")}`);
  const access = accessOf(data);
  await knowOwn(access);
  const client = new Client(access);

  const said: string[] = [];
  const stopped = new AbortController();
  const importing = importPhotos({
    argv: [folder, "--url", access.url, "--key", access.key],
    env: {},
    say: (line) => void said.push(line),
    progress: { begin: () => {}, update: () => {}, end: () => {} },
    stop: stopped.signal,
  });
  // Awaited below; until then a failure of what comes first must be the one that is told.
  importing.catch(() => {});
  onTestFinished(() => stopped.abort("over"));
  await client.until(pageSchema, "/v1/media?limit=1", ({ total }) => (total ?? 0) >= files / 4);
  await client.json(startedSchema, "/v1/ingest", { method: "POST" });
  killed.kill("SIGKILL");

  const service = await startService(data);
  try {
    expect({ code: await importing, said }).toMatchObject({ code: 0 });
    const { last_run: last } = await client.until(
      statusSchema,
      "/v1/ingest/status",
      ({ run }) => run === null,
      recoveredWithinMs,
    );
    expect(last?.state).toBe("completed");
    const { items } = await client.json(pageSchema, `/v1/media?limit=${2 * files}`);
    expect(items.map(({ state }) => state)).toEqual(Array.from({ length: files }, () => "ready"));
  } finally {
    await service.stop();
  }
}, 300_000);
