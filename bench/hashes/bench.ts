// npm run bench:hashes [-- FOLDER]: the processor time of a picture's hash, the mean of BENCH_ROUNDS (200). Of the
// photos in a folder also how many bits a hash that is turned, as the index turns it, is away from the hash of the picture
// turned; photos of too low a quality to be looked for are left out.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { leastQuality } from "../../src/thumbnail/likeness/likeness.ts";
import { pictureHashOf } from "../../src/thumbnail/pdq/pdq.ts";
import { bitsBetween, bitsOf, type RgbPicture, turnedBits } from "../../test/thumbnail/support/pdq.ts";
import { draw } from "../../test/thumbnail/support/pdq-pictures.ts";
import { turned } from "../../test/thumbnail/support/turned.ts";
import { commandLine } from "../../scripts/command-line.ts";
import { benchCommands } from "../commands.ts";

const rounds = Number(process.env["BENCH_ROUNDS"] ?? 200);
const [folder] = commandLine(benchCommands["bench:hashes"]).positionals;
const turns = [2, 3, 4, 5, 6, 7, 8] as const;

console.table(
  [[1024, 768] as const, [1024, 1024] as const, [2048, 1536] as const, [512, 384] as const].map(timed),
);
if (folder !== undefined) await measureTurns(folder);

function timed([width, height]: readonly [number, number]): Record<string, string> {
  const { pixels } = draw({ width, height, kind: "noise", seed: 1 });
  const first = processorMs(() => pictureHashOf(pixels, width, height));
  // Systems count a thread's time in steps of milliseconds, so that only many hashes together tell of one.
  const all = processorMs(() => {
    for (let round = 0; round < rounds; round++) pictureHashOf(pixels, width, height);
  });
  return {
    picture: `${width} × ${height}`,
    "first, ms": first.toFixed(1),
    "mean, ms": (all / rounds).toFixed(2),
  };
}

function processorMs(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

async function measureTurns(from: string): Promise<void> {
  const groups = { "over 512 pixels a side": [] as number[][], "up to 512 pixels": [] as number[][] };
  for (const path of await filesOf(from)) {
    const photo = await previewOf(path);
    const bits = photo && bitsAway(photo);
    if (!bits) continue;
    const isLarge = Math.max(photo.width, photo.height) > 512;
    groups[isLarge ? "over 512 pixels a side" : "up to 512 pixels"].push(bits);
  }
  console.table(Object.entries(groups).map(([group, photos]) => spread(group, photos)));
}

function spread(group: string, photos: readonly number[][]): Record<string, string | number> {
  const at = (part: number) => quantile(photos.flat(), part);
  return {
    "bits away": group,
    photos: photos.length,
    median: at(0.5),
    "90 %": at(0.9),
    "99 %": at(0.99),
    most: at(1),
  };
}

/** How far the turned bits of a photo are from those of the turned photo, for each turn; null for too flat a photo. */
function bitsAway({ pixels, width, height }: RgbPicture): number[] | null {
  const made = pictureHashOf(pixels, width, height);
  if (!made || made.quality < leastQuality) return null;
  const bits = bitsOf(made.hash);
  return turns.map((turn) => {
    const other = Uint8Array.from(turned(pixels, width, height, turn));
    const sides = turn >= 5 ? ([height, width] as const) : ([width, height] as const);
    return bitsBetween(turnedBits(bits, turn), bitsOf(pictureHashOf(other, ...sides)?.hash ?? "0"));
  });
}

/** The pixels of a photo as a preview has them; null for what sharp does not read. */
async function previewOf(path: string): Promise<RgbPicture | null> {
  try {
    const { data, info } = await sharp(await readFile(path))
      .rotate()
      .resize(1024, 1024, { fit: "inside", withoutEnlargement: true })
      .flatten({ background: "#fff" })
      .toColourspace("srgb")
      .raw()
      .toBuffer({ resolveWithObject: true });
    return info.channels === 3 ? { pixels: data, width: info.width, height: info.height } : null;
  } catch {
    return null;
  }
}

async function filesOf(from: string): Promise<string[]> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}
