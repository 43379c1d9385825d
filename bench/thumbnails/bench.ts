// npm run bench:thumbnails [-- PHOTO]: 512 × 512 cover thumbnails at quality 80, bytes to JPEG, by us, sharp and
// photon in turn, BENCH_ROUNDS rounds (11), of the pictures with BENCH_ONLY in their names (all); photon, which
// takes most of the time, BENCH_PHOTON_ROUNDS (as many); with BENCH_WORKERD_ONLY inside workerd only. Prints medians in milliseconds, ratios, likeness and memory.
import { execFileSync } from "node:child_process";
import { median, native, nativePixels, ours, photon, psnr } from "./engines.ts";
import { type BenchPicture, benchPictures } from "./pictures.ts";
import { measureWorkerd } from "./workerd.ts";
import { commandLine } from "../../scripts/command-line.ts";
import { benchCommands } from "../commands.ts";

const rounds = Number(process.env["BENCH_ROUNDS"] ?? 11);
const photonRounds = Number(process.env["BENCH_PHOTON_ROUNDS"] ?? rounds);
const folder = "dist/bench";
const [photo] = commandLine(benchCommands["bench:thumbnails"]).positionals;

const only = process.env["BENCH_ONLY"] ?? "";
const pictures = (await benchPictures(folder, photo)).filter(({ name }) => name.includes(only));
const table: Record<string, Record<string, string>> = {};
for (const picture of process.env["BENCH_WORKERD_ONLY"] ? [] : pictures) {
  const row = await measure(picture);
  table[picture.name] = row;
  console.log(picture.name, row);
}
console.table(table);
console.table(await measureWorkerd(pictures, rounds));

/** Milliseconds by the clock, and of the processor: on a busy machine the second and the least of the first tell more. */
interface Taken {
  clock: number;
  processor: number;
}

async function timed(work: () => unknown): Promise<Taken> {
  globalThis.gc?.();
  const before = process.cpuUsage();
  const start = performance.now();
  await work();
  const clock = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { clock, processor: (user + system) / 1000 };
}

async function measure(picture: BenchPicture): Promise<Record<string, string>> {
  const runs = { ours: [] as Taken[], sharp: [] as Taken[], photon: [] as Taken[] };
  const { workingBytes } = await ours(picture);
  for (let round = 0; round < rounds; round++) {
    runs.ours.push(await timed(() => ours(picture)));
    runs.sharp.push(await timed(() => native(picture)));
    if (round < photonRounds) runs.photon.push(await timed(() => photon(picture)));
  }
  const { pixels = new Uint8Array(0) } = await ours(picture, "contain", true);
  const likeness = psnr(pixels, await nativePixels(picture));
  const middle = (taken: Taken[]) => median(taken.map(({ clock }) => clock));
  const least = (taken: Taken[]) => Math.min(...taken.map(({ clock }) => clock));
  const work = (taken: Taken[]) => median(taken.map(({ processor }) => processor));
  return {
    MB: (picture.bytes.length / 1e6).toFixed(1),
    ours: middle(runs.ours).toFixed(1),
    sharp: middle(runs.sharp).toFixed(1),
    photon: middle(runs.photon).toFixed(0),
    "÷ sharp": (middle(runs.ours) / middle(runs.sharp)).toFixed(2),
    "fastest ÷ sharp": `${least(runs.ours).toFixed(0)} / ${least(runs.sharp).toFixed(0)}`,
    "processor ÷ sharp": (work(runs.ours) / work(runs.sharp)).toFixed(2),
    "÷ photon": (middle(runs.ours) / middle(runs.photon)).toFixed(3),
    "dB to sharp": likeness.toFixed(1),
    "MB counted": (workingBytes / 1e6).toFixed(1),
    ...(picture.kind === "baseline" ? cold(picture) : {}),
  };
}

function cold({ width, height, kind }: BenchPicture): Record<string, string> {
  const file = `${folder}/${photo ? "photo" : "made"}-${width}x${height}-${kind}`;
  const run = (engine: string) => {
    const args = [
      "--import",
      "./scripts/node-wasm.ts",
      "bench/thumbnails/cold.ts",
      engine,
      file,
      `${width}`,
      `${height}`,
    ];
    return Number(execFileSync(process.execPath, args, { encoding: "utf8" }));
  };
  const mine: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < Math.min(rounds, 7); round++) {
    mine.push(run("ours"));
    theirs.push(run("sharp"));
  }
  return {
    cold: median(mine).toFixed(1),
    "cold ÷ sharp": (median(mine) / median(theirs)).toFixed(2),
  };
}
