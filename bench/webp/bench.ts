// npm run bench:webp -- FILE...: 512-pixel thumbnails of WebP files by us, beside sharp and photon as it comes;
// BENCH_ROUNDS rounds (5). Without files: lossy, lossy with alpha and lossless ones that are made here.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { PhotonImage } from "@cf-wasm/photon/node";
import sharp, { type WebpOptions } from "sharp";
import { commandLine } from "../../scripts/command-line.ts";
import { benchCommands } from "../commands.ts";
import { type BenchFile, benchFile, native, ours } from "../heif/engines.ts";
import { median } from "../thumbnails/engines.ts";

const rounds = Number(process.env["BENCH_ROUNDS"] ?? 5);
const paths = commandLine(benchCommands["bench:webp"]).positionals;
const files =
  paths.length > 0
    ? paths.map((path) => benchFile(basename(path), new Uint8Array(readFileSync(path))))
    : await madeFiles();

const table: Record<string, Record<string, string>> = {};
for (const file of files) table[file.name] = await measure(file);
console.table(table);

async function madeFiles(): Promise<BenchFile[]> {
  return [
    await made("lossy", 2000, 1500, { quality: 80 }),
    await made("lossy", 4000, 3000, { quality: 80 }),
    await made("lossy", 4800, 3600, { quality: 80 }),
    await made("lossy with alpha", 2000, 1500, { quality: 80 }, 4),
    await made("lossless", 2000, 1500, { lossless: true, effort: 2 }),
  ];
}

/** Clouds of soft noise. */
async function made(
  name: string,
  width: number,
  height: number,
  options: WebpOptions,
  channels: 3 | 4 = 3,
): Promise<BenchFile> {
  const noise = { type: "gaussian", mean: 128, sigma: 60 } as const;
  const size = { width: Math.round(width / 8), height: Math.round(height / 8) };
  const small = sharp({ create: { ...size, channels: 3, background: "#888", noise } });
  const alpha = sharp({ create: { ...size, channels: 3, background: "#888", noise } }).extractChannel(0);
  const picture = channels === 4 ? small.joinChannel(await alpha.png().toBuffer()) : small;
  const image = sharp(await picture.png().toBuffer())
    .resize(width, height, { fit: "fill" })
    .webp(options);
  return benchFile(`${name}, ${(width * height) / 1e6} MP`, new Uint8Array(await image.toBuffer()));
}

async function measure(file: BenchFile): Promise<Record<string, string>> {
  const times = { ours: [] as number[], sharp: [] as number[], photon: [] as number[] };
  let workingBytes = 0;
  for (let round = 0; round < rounds; round++) {
    times.ours.push(
      await timed(async () => {
        ({ workingBytes } = await ours(file, "contain"));
      }),
    );
    times.sharp.push(await timed(() => native(file)));
    times.photon.push(await timed(() => decodeByPhoton(file)));
  }
  const pixels = file.facts.width * file.facts.height;
  return {
    "file MB": (file.bytes.length / 1e6).toFixed(1),
    "ours ms": median(times.ours).toFixed(0),
    "ours ms per MP": (median(times.ours) / (pixels / 1e6)).toFixed(0),
    "MiB counted": (workingBytes / 2 ** 20).toFixed(1),
    "bytes per pixel": (workingBytes / pixels).toFixed(1),
    "sharp ms": median(times.sharp).toFixed(0),
    "photon, decode only ms": median(times.photon).toFixed(0),
  };
}

function decodeByPhoton({ bytes }: BenchFile): void {
  PhotonImage.new_from_byteslice(bytes).free();
}

async function timed(work: () => unknown): Promise<number> {
  globalThis.gc?.();
  const start = performance.now();
  await work();
  return performance.now() - start;
}
