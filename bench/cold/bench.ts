/**
 * Sixty thumbnails that are asked for at once and must be made from their originals, photos of 12 megapixels and 5 MB:
 * how they are answered, asked again as long as the service says to, and how much memory workerd takes above idle
 * meanwhile. One command: `npm run bench:cold`.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { migrateDatabase } from "../support/database.ts";
import { residentKb } from "../support/resident.ts";
import { secretVars, startServer, stopServers, type Server } from "../support/server.ts";
import { benchPictures } from "../thumbnails/pictures.ts";
import { commandLine } from "../../scripts/command-line.ts";
import { benchCommands } from "../commands.ts";

commandLine(benchCommands["bench:cold"]);

const key = "bench-key-000000000000000000000000000000";
const count = 60;
const headers = { "X-API-Key": key };

async function bodyOf(response: Response): Promise<Record<string, unknown>> {
  const body: unknown = await response.json();
  return typeof body === "object" && body !== null ? { ...body } : {};
}

/** Stores the photos, each with a few bytes of its own behind its end, and waits until they are processed. */
async function store({ url }: Server, photo: Uint8Array): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index++) {
    const body = new Blob([photo.slice(), String(index).padStart(8, "0")]);
    const address = `${url}/v1/media?object_key=${index}.jpg`;
    const stored = await fetch(address, {
      method: "POST",
      headers: { ...headers, "Content-Type": "image/jpeg" },
      body,
    });
    if (stored.status !== 201) throw new Error(`an upload was answered with ${stored.status}`);
    ids.push(String((await bodyOf(stored))["id"]));
  }
  for (;;) {
    const { total } = await bodyOf(await fetch(`${url}/v1/media?state=pending&limit=1`, { headers }));
    if (total === 0) return ids;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

const folder = mkdtempSync(join(tmpdir(), "tagline-bench-"));
const servers: Server[] = [];
try {
  const [photo] = await benchPictures("dist/bench", undefined);
  if (photo === undefined) throw new Error("there is no photo");
  await migrateDatabase(folder);
  const server = await startServer("service", folder, [...secretVars(key), "--var", "LOG_LEVEL:error"]);
  servers.push(server);
  let waiting = await store(server, photo.bytes);
  await new Promise((resolve) => setTimeout(resolve, 5000));
  const pid = server.process.pid ?? 0;
  const idle = residentKb(pid);
  let peak = idle;
  const watch = setInterval(() => (peak = Math.max(peak, residentKb(pid))), 10);
  console.log(`${count} photos of ${(photo.bytes.length / 1e6).toFixed(1)} MB\n`);
  console.log("| round | asked | answered | busy | other | s |\n| --- | --- | --- | --- | --- | --- |");
  const startedAt = performance.now();
  for (let round = 1; waiting.length > 0 && round <= count; round++) {
    const beganAt = performance.now();
    const answers = await Promise.all(
      waiting.map(async (id) => {
        const response = await fetch(`${server.url}/v1/media/${id}/thumbnail?size=1024`, { headers });
        await response.arrayBuffer();
        return { id, status: response.status, wait: Number(response.headers.get("Retry-After") ?? 0) };
      }),
    );
    const took = ((performance.now() - beganAt) / 1000).toFixed(1);
    const [made, busy] = [200, 503].map((status) => answers.filter((each) => each.status === status).length);
    const other = answers.length - (made ?? 0) - (busy ?? 0);
    console.log(`| ${round} | ${answers.length} | ${made} | ${busy} | ${other} | ${took} |`);
    const refused = answers.filter(({ status }) => status !== 200);
    waiting = refused.map(({ id }) => id);
    const waitMs = Math.max(0, ...refused.map(({ wait }) => wait)) * 1000;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  clearInterval(watch);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`\nall after ${seconds} s; ${((peak - idle) / 1024).toFixed(0)} MiB above idle`);
} finally {
  stopServers(servers);
  rmSync(folder, { recursive: true, force: true });
}
