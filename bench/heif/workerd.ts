import { readdirSync, readFileSync } from "node:fs";
import { unstable_startWorker } from "wrangler";
import type { BenchFile } from "./engines.ts";

/** The files one after the other in one workerd: time, and the most that it held above what it held at first. */
export async function measureWorkerd(
  files: BenchFile[],
  rounds: number,
): Promise<Record<string, Record<string, string>>> {
  const worker = await unstable_startWorker({
    config: "bench/thumbnails/wrangler.toml",
    dev: { logLevel: "error", server: { port: 0 } },
  });
  const url = await worker.url;
  const table: Record<string, Record<string, string>> = {};
  try {
    if (files[0]) await keep(url, files[0]);
    // One process passes requests on, the other runs the Worker.
    const pids = workerdPids();
    const held = (field: string) => pids.reduce((sum, pid) => sum + memoryOf(pid, field), 0);
    const idle = held("VmRSS");
    for (const file of files) {
      const times: number[] = [];
      let counted = 0;
      await keep(url, file);
      for (let round = 0; round < rounds; round++) {
        const start = performance.now();
        counted = await make(url, file);
        times.push(performance.now() - start);
      }
      table[file.name] = {
        "ms, best": Math.min(...times).toFixed(0),
        "MiB counted + input": ((counted + file.bytes.length) / 2 ** 20).toFixed(1),
        "MiB resident above idle": ((held("VmRSS") - idle) / 2 ** 20).toFixed(1),
        "peak so far": ((held("VmHWM") - idle) / 2 ** 20).toFixed(1),
      };
    }
  } finally {
    await worker.dispose();
  }
  return table;
}

async function keep(url: URL, { bytes }: BenchFile): Promise<void> {
  const response = await fetch(url, { method: "POST", body: bytes.slice() });
  await response.arrayBuffer();
}

/** Makes the thumbnail of the picture that was kept; what it took as counted. */
async function make(url: URL, { facts }: BenchFile): Promise<number> {
  const { contentType: type, width, height } = facts;
  const query = new URLSearchParams({ type, width: String(width), height: String(height) });
  const response = await fetch(new URL(`/?${query}`, url));
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`workerd answered ${response.status}`);
  return Number(response.headers.get("x-working-bytes"));
}

/** The processes of workerd that this one started. */
function workerdPids(): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && isOurWorkerd(pid));
}

function isOurWorkerd(pid: number): boolean {
  try {
    // Number, name in brackets, state, parent.
    const [, name, parent] = /^\d+ \((.+)\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    return name === "workerd" && Number(parent) === process.pid;
  } catch {
    return false;
  }
}

function memoryOf(pid: number, field: string): number {
  const found = new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Number(found?.[1] ?? 0) * 1024;
}
