import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { unstable_startWorker } from "wrangler";
import { median } from "./engines.ts";
import type { BenchPicture } from "./pictures.ts";

/** The same inside workerd, timed from outside; the picture is there before the clock runs. */
export async function measureWorkerd(
  pictures: BenchPicture[],
  rounds: number,
): Promise<Record<string, Record<string, string>>> {
  const before = workerdPids();
  const worker = await unstable_startWorker({
    config: "bench/thumbnails/wrangler.toml",
    dev: { logLevel: "error", server: { port: 0 } },
  });
  const url = await worker.url;
  const table: Record<string, Record<string, string>> = {};
  try {
    const [first] = pictures;
    if (first) {
      await keep(url, first.bytes);
      table["first picture"] = { ms: (await make(url, first)).ms.toFixed(1) };
    }
    // the development server runs a proxy in a second workerd: ours is the one that has grown more
    const [pid] = workerdPids()
      .filter((candidate) => !before.includes(candidate))
      .sort((a, b) => memoryOf(b, "VmHWM") - memoryOf(a, "VmHWM"));
    for (const picture of pictures) table[picture.name] = await measure(url, picture, rounds, pid);
    return table;
  } finally {
    await worker.dispose();
  }
}

async function keep(url: URL, bytes: Uint8Array): Promise<void> {
  await (await fetch(url, { method: "POST", body: bytes.slice() })).text();
}

async function make(
  url: URL,
  { width, height, kind }: BenchPicture,
): Promise<{ ms: number; counted: number }> {
  const type = kind === "png" ? "image/png" : "image/jpeg";
  const start = performance.now();
  const response = await fetch(new URL(`/?type=${type}&width=${width}&height=${height}`, url));
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`workerd answered ${response.status}`);
  return { ms: performance.now() - start, counted: Number(response.headers.get("x-working-bytes")) };
}

async function measure(
  url: URL,
  picture: BenchPicture,
  rounds: number,
  pid: number | undefined,
): Promise<Record<string, string>> {
  await keep(url, picture.bytes);
  const times: number[] = [];
  const above: number[] = [];
  let counted = 0;
  for (let round = 0; round < rounds; round++) {
    const idle = resetPeak(pid);
    const result = await make(url, picture);
    times.push(result.ms);
    counted = result.counted;
    above.push(memoryOf(pid, "VmHWM") - idle);
  }
  return {
    ms: median(times).toFixed(1),
    fastest: Math.min(...times).toFixed(1),
    "MB counted": (counted / 1e6).toFixed(1),
    "MB resident above idle": (Math.max(...above) / 1e6).toFixed(1),
  };
}

function workerdPids(): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && commandOf(pid) === "workerd");
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
  } catch {
    return "";
  }
}

/** Starts a new peak; answers what is resident now, in bytes. */
function resetPeak(pid: number | undefined): number {
  if (pid === undefined) return 0;
  writeFileSync(`/proc/${pid}/clear_refs`, "5");
  return memoryOf(pid, "VmRSS");
}

function memoryOf(pid: number | undefined, field: string): number {
  if (pid === undefined) return 0;
  const found = new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Number(found?.[1] ?? 0) * 1024;
}
