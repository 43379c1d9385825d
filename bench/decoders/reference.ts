import { readFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { Failure } from "../../scripts/failure.ts";
import { resample, windowOf } from "../../test/thumbnail/support/oracle.ts";
import { runLines } from "./commands.ts";
import { readNetpbm } from "./netpbm.ts";
import { onWhite, type Raster, type RgbRaster } from "./raster.ts";
import type { CodingTool } from "./tool.ts";

const truthFiles = ["truth.png", "truth.ppm", "truth.pgm"] as const;

/** What a file is to look like, upright, in sRGB, at its full size. */
export async function truthOf(tool: CodingTool, bytes: Uint8Array, folder: string): Promise<Raster> {
  const { truth } = tool;
  if (truth.kind === "picture") return truth.picture();
  if (truth.kind === "sharp") return await bySharp(bytes);
  await runLines(truth.lines, folder);
  const words = new Set(truth.lines.flatMap((line) => line.split(" ")));
  const file = truthFiles.find((name) => words.has(name));
  if (file === undefined) throw new Failure(`${tool.name}: its truth goes into no file.`);
  const decoded = new Uint8Array(await readFile(join(folder, file)));
  return file === "truth.png" ? await bySharp(decoded) : readNetpbm(decoded);
}

/** The first picture of a file as sharp reads it: turned upright, its profile applied. */
export async function bySharp(bytes: Uint8Array): Promise<Raster> {
  const { data, info } = await sharp(bytes, { limitInputPixels: false, failOn: "error" })
    .autoOrient()
    .toColourspace("srgb")
    .ensureAlpha()
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

/** The truth on white as a thumbnail that contains it, resampled in plain floating point. */
export function shrunk(truth: Raster, size: number): RgbRaster {
  const white = onWhite(truth);
  const { width, height } = white;
  if (Math.max(width, height) <= size) return white;
  const window = windowOf(width, height, size, "contain");
  const rgb = new Uint8Array(window.outWidth * window.outHeight * 3);
  for (const channel of [0, 1, 2]) {
    const values = Float64Array.from(
      { length: width * height },
      (_, pixel) => white.rgb[pixel * 3 + channel] ?? 0,
    );
    for (const [pixel, level] of resample({ width, height, values }, window).values.entries()) {
      rgb[pixel * 3 + channel] = level;
    }
  }
  return { width: window.outWidth, height: window.outHeight, rgb };
}
