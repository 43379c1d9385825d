// npm run bench:heif -- FILE...: 512-pixel thumbnails of HEIC and AVIF files by us (cover and contain), beside
// libheif-js as it comes, decoding the whole picture, and sharp; BENCH_ROUNDS rounds (5). Without files: AVIFs that are
// made here. Then all of them one after the other inside workerd, with what it holds in memory.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import sharp from "sharp";
import { type BenchFile, benchFile, native, ours, wholeHeif } from "./engines.ts";
import { measureWorkerd } from "./workerd.ts";
import { commandLine } from "../../scripts/command-line.ts";
import { benchCommands } from "../commands.ts";

const rounds = Number(process.env["BENCH_ROUNDS"] ?? 5);
const paths = commandLine(benchCommands["bench:heif"]).positionals;
const files =
  paths.length > 0
    ? paths.map((path) => benchFile(basename(path), new Uint8Array(readFileSync(path))))
    : await Promise.all([madeAvif(4000, 3000), madeAvif(6000, 4000)]);

const table: Record<string, Record<string, string>> = {};
for (const file of files) table[file.name] = await measure(file);
console.table(table);
console.table(await measureWorkerd(files, rounds));

/** Clouds of soft noise, as 4:2:0. */
async function madeAvif(width: number, height: number): Promise<BenchFile> {
  const noise = { type: "gaussian", mean: 128, sigma: 60 } as const;
  const small = await sharp({
    create: { width: width / 8, height: height / 8, channels: 3, background: "#888", noise },
  })
    .png()
    .toBuffer();
  const image = sharp(small)
    .resize(width, height)
    .avif({ quality: 50, chromaSubsampling: "4:2:0", effort: 1 });
  return benchFile(`made ${(width * height) / 1e6} MP avif`, new Uint8Array(await image.toBuffer()));
}

async function measure(file: BenchFile): Promise<Record<string, string>> {
  const times = {
    cover: [] as number[],
    contain: [] as number[],
    whole: [] as number[],
    sharp: [] as number[],
  };
  let [workingBytes, wholeBytes, sharpDecodes] = [0, 0, true];
  for (let round = 0; round < rounds; round++) {
    times.cover.push(await timed(() => ours(file, "cover")));
    times.contain.push(
      await timed(async () => {
        ({ workingBytes } = await ours(file, "contain"));
      }),
    );
    times.whole.push(await timed(() => (wholeBytes = wholeHeif(file) ?? 0)));
    times.sharp.push(await timed(async () => (sharpDecodes = (await native(file)) !== null)));
  }
  const { width, height } = file.facts;
  return {
    MP: ((width * height) / 1e6).toFixed(1),
    "cover ms": median(times.cover).toFixed(0),
    "contain ms": median(times.contain).toFixed(0),
    "MiB counted": (workingBytes / 2 ** 20).toFixed(1),
    "libheif-js whole, decode only ms": wholeBytes ? median(times.whole).toFixed(0) : "cannot",
    "its MiB": wholeBytes ? (wholeBytes / 2 ** 20).toFixed(1) : "",
    "sharp ms": sharpDecodes ? median(times.sharp).toFixed(0) : "cannot",
  };
}

async function timed(work: () => unknown): Promise<number> {
  globalThis.gc?.();
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
