// npm run bench:tiff -- FILE...: 512-pixel thumbnails of TIFF and BMP files by us, beside sharp (which has no BMP);
// BENCH_ROUNDS rounds (5). Without files: pictures of 12 megapixels that are made here, in each coding.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import sharp, { type TiffOptions } from "sharp";
import { commandLine } from "../../scripts/command-line.ts";
import { benchCommands } from "../commands.ts";
import { type BenchFile, benchFile, native, ours } from "../heif/engines.ts";
import { median } from "../thumbnails/engines.ts";

const rounds = Number(process.env["BENCH_ROUNDS"] ?? 5);
const paths = commandLine(benchCommands["bench:tiff"]).positionals;
const [width, height] = [4000, 3000];
const codings: Readonly<Record<string, TiffOptions>> = {
  plain: { compression: "none" },
  PackBits: { compression: "packbits" },
  LZW: { compression: "lzw", predictor: "horizontal" },
  deflate: { compression: "deflate", predictor: "horizontal" },
  "LZW, tiles": { compression: "lzw", predictor: "horizontal", tile: true, tileWidth: 256, tileHeight: 256 },
  JPEG: { compression: "jpeg", quality: 90 },
  "JPEG, tiles": { compression: "jpeg", quality: 90, tile: true, tileWidth: 256, tileHeight: 256 },
};

const files =
  paths.length > 0
    ? paths.map((path) => benchFile(basename(path), new Uint8Array(readFileSync(path))))
    : await madeFiles();
const table: Record<string, Record<string, string>> = {};
for (const file of files) table[file.name] = await measure(file);
console.table(table);

/** Clouds of soft noise. */
async function madeFiles(): Promise<BenchFile[]> {
  const noise = { type: "gaussian", mean: 128, sigma: 60 } as const;
  const create = { width: width / 8, height: height / 8, channels: 3, background: "#888", noise } as const;
  const small = await sharp({ create }).png().toBuffer();
  const files: BenchFile[] = [];
  for (const [name, options] of Object.entries(codings)) {
    const bytes = await sharp(small).resize(width, height).tiff(options).toBuffer();
    files.push(benchFile(name, new Uint8Array(bytes)));
  }
  return files;
}

async function measure(file: BenchFile): Promise<Record<string, string>> {
  const times = { ours: [] as number[], sharp: [] as number[] };
  let [workingBytes, sharpDecodes] = [0, true];
  for (let round = 0; round < rounds; round++) {
    times.ours.push(
      await timed(async () => {
        ({ workingBytes } = await ours(file, "cover"));
      }),
    );
    times.sharp.push(await timed(async () => (sharpDecodes = (await native(file)) !== null)));
  }
  return {
    "MB, file": (file.bytes.length / 1e6).toFixed(1),
    "ours, ms": median(times.ours).toFixed(0),
    "sharp, ms": sharpDecodes ? median(times.sharp).toFixed(0) : "cannot",
    "MiB counted": (workingBytes / 1024 / 1024).toFixed(1),
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
