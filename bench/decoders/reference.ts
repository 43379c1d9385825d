import { readFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { Failure } from "../../scripts/failure.ts";
import { resample, windowOf } from "../../test/thumbnail/support/oracle.ts";
import { runLines } from "./commands.ts";
import { readNetpbm } from "./netpbm.ts";
import { oursOf } from "./ours.ts";
import { onWhite, opaqueOf, type Raster, type RgbRaster } from "./raster.ts";
import type { CodingTool, Levels } from "./tool.ts";

const truthFiles = ["truth.png", "truth.ppm", "truth.pgm"] as const;

/** What a file is to look like, upright, at its full size; in sRGB, unless its truth has colours of its own. */
export async function truthOf(tool: CodingTool, bytes: Uint8Array, folder: string): Promise<Raster> {
  const { truth } = tool;
  if (truth.kind === "picture") return truth.picture();
  if (truth.kind === "sharp") return await bySharp(bytes);
  await runLines(truth.lines, folder);
  if (truth.kind === "unpacked") return await byOurs(tool, join(folder, "truth.tif"));
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

/** A file, no larger than a thumbnail, as ours shows it. */
async function byOurs({ name }: CodingTool, file: string): Promise<Raster> {
  const ours = await oursOf(new Uint8Array(await readFile(file)), 512);
  const isWhole = ours.outcome === "made" && ours.shown === `${ours.picture.width} × ${ours.picture.height}`;
  if (!isWhole) throw new Failure(`${name}: ours does not show its truth, or not at its full size.`);
  return opaqueOf(ours.picture);
}

/** What the tool's truth is to look like as a thumbnail, in sRGB. */
export function expected({ truth }: CodingTool, raster: Raster, size: number): RgbRaster {
  const small = shrunk(raster, size);
  return truth.kind === "picture" && truth.colours ? coloured(small, truth.colours) : small;
}

function coloured(picture: RgbRaster, colours: (levels: Levels) => Levels): RgbRaster {
  const rgb = picture.rgb.slice();
  for (let at = 0; at < rgb.length; at += 3) {
    rgb.set(colours([rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0]), at);
  }
  return { ...picture, rgb };
}

/** The truth on white as a thumbnail that contains it, resampled in plain floating point. */
function shrunk(truth: Raster, size: number): RgbRaster {
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
