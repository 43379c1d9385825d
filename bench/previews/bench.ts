// npm run bench:previews [-- FOLDER]: what a thumbnail takes that is made of the preview, beside one that is made of the
// original, in milliseconds of the processor, the least of BENCH_ROUNDS rounds (15) and their median; then, of the photos
// in FOLDER or of the same pictures, what previews take in the storage beside squares of 512 pixels, how like the squares of
// either origin are, and how long each thumbnail of a preview takes.
import { commandLine } from "../../scripts/command-line.ts";
import { derive, type Preview } from "../../src/media/thumbnails/derive.ts";
import { previewVariant, usualVariant, variantName } from "../../src/media/thumbnails/variant.ts";
import { pictureHashOf } from "../../src/thumbnail/pdq/pdq.ts";
import { makeThumbnail } from "../../src/thumbnail/thumbnail.ts";
import type { MadeThumbnail, SourceFacts, Variant } from "../../src/thumbnail/types.ts";
import { benchCommands } from "../commands.ts";
import { median, psnr } from "../thumbnails/engines.ts";
import { type BenchPicture, benchPictures } from "../thumbnails/pictures.ts";
import { type Photo, photosIn } from "./photos.ts";

const rounds = Number(process.env["BENCH_ROUNDS"] ?? 15);
const [folder] = commandLine(benchCommands["bench:previews"]).positionals;

const variants: readonly Variant[] = ([128, 256, 512] as const).flatMap((size) => [
  { size, fit: "cover" as const },
  { size, fit: "contain" as const },
]);

const pictures = (await benchPictures("dist/bench", undefined)).filter(
  ({ kind, name }) => kind === "baseline" && !name.startsWith("24"),
);
console.table(await timeTable(pictures));
console.table(await storageTable(folder === undefined ? pictures.map(photoOf) : photosIn(folder)));

function photoOf({ name, bytes, width, height }: BenchPicture): Photo {
  return { name, bytes, facts: { contentType: "image/jpeg", width, height, orientation: 1 } };
}

/** Milliseconds of the processor. */
async function timed(work: () => unknown): Promise<number> {
  globalThis.gc?.();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

async function made(bytes: Uint8Array, facts: SourceFacts, variant: Variant): Promise<MadeThumbnail> {
  const result = await makeThumbnail(bytes, facts, variant, { withPixels: true });
  if (result.outcome !== "made") throw new Error(result.reason.detail);
  return result;
}

async function derived(preview: Preview, variant: Variant): Promise<Uint8Array> {
  const result = await derive(preview, variant);
  if (typeof result === "string") throw new Error(`the preview is ${result}`);
  return result;
}

async function timeTable(pictures: BenchPicture[]): Promise<Record<string, Record<string, string>>> {
  const table: Record<string, Record<string, string>> = {};
  const column = async (name: string, rows: Record<string, () => unknown>): Promise<void> => {
    for (const [row, work] of Object.entries(rows)) {
      await work();
      const times: number[] = [];
      for (let round = 0; round < rounds; round++) times.push(await timed(work));
      (table[row] ??= {})[name] = `${Math.min(...times).toFixed(1)} / ${median(times).toFixed(1)}`;
    }
  };
  for (const { name, bytes, facts } of pictures.map(photoOf)) {
    const preview = await made(bytes, facts, previewVariant);
    const pixels = preview.pixels ?? new Uint8Array(0);
    await column(`preview of ${name}`, {
      ...Object.fromEntries(variants.map((each) => [variantName(each), async () => derived(preview, each)])),
      "picture hash": () => pictureHashOf(pixels, preview.width, preview.height),
    });
    await column(name, {
      ...Object.fromEntries(
        variants.map((each) => [variantName(each), async () => made(bytes, facts, each)]),
      ),
      preview: async () => made(bytes, facts, previewVariant),
    });
  }
  return table;
}

/** Kilobytes of the squares of 512 pixels and of the previews, and how like a square of either origin is to the other. */
async function storageTable(photos: readonly Photo[]): Promise<Record<string, Record<string, string>>> {
  const squares: number[] = [];
  const previews: number[] = [];
  const likenesses: number[] = [];
  const times: Record<string, number[]> = {};
  for (const { name, bytes, facts } of photos) {
    const result = await makeThumbnail(bytes, facts, previewVariant);
    if (result.outcome !== "made") {
      console.log(`${name}: ${result.reason.detail}`);
      continue;
    }
    const square = await made(bytes, facts, usualVariant);
    squares.push(square.jpeg.length);
    previews.push(result.jpeg.length);
    const other = await derive(result, usualVariant);
    if (typeof other !== "string") likenesses.push(psnr(await pixelsOf(square.jpeg), await pixelsOf(other)));
    for (const variant of variants) {
      const taken = await leastTime(async () => derive(result, variant));
      (times[variantName(variant)] ??= []).push(taken);
    }
  }
  const row = (values: number[], unit = 1000) => ({
    photos: String(values.length),
    mean: (values.reduce((sum, each) => sum + each, 0) / values.length / unit).toFixed(1),
    median: (median(values) / unit).toFixed(1),
    least: (Math.min(...values) / unit).toFixed(1),
    most: (Math.max(...values) / unit).toFixed(1),
  });
  return {
    "square, KB": row(squares),
    "preview, KB": row(previews),
    "square of the preview, dB to that of the original": row(likenesses, 1),
    ...Object.fromEntries(
      Object.entries(times).map(([name, values]) => [`${name} of the preview, ms`, row(values, 1)]),
    ),
  };
}

async function leastTime(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 9; round++) times.push(await timed(work));
  return Math.min(...times);
}

async function pixelsOf(jpeg: Uint8Array): Promise<Uint8Array> {
  const { size } = usualVariant;
  const facts = { contentType: "image/jpeg", width: size, height: size, orientation: 1 } as const;
  const { pixels } = await made(jpeg, facts, { size, fit: "contain" });
  return pixels ?? new Uint8Array(0);
}
