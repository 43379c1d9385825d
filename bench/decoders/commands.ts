import { execFile } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import sharp from "sharp";
import { describe, Failure } from "../../scripts/failure.ts";
import { tableAndMatrixProfile } from "./files/corners.ts";
import { pamBytes, pbmBytes, pgmBytes, ppmBytes } from "./netpbm.ts";
import { isOpaque, type Raster } from "./raster.ts";
import { isSourceName, source } from "./sources.ts";
import type { CodingTool } from "./tool.ts";

/** Debian's package of each program that the tools may call. */
const packages: Readonly<Record<string, string>> = {
  aomenc: "aom-tools",
  avifdec: "libavif-bin",
  avifenc: "libavif-bin",
  cjpeg: "libjpeg-turbo-progs",
  convert: "imagemagick",
  cwebp: "webp",
  djpeg: "libjpeg-turbo-progs",
  dwebp: "webp",
  ffmpeg: "ffmpeg",
  gif2webp: "webp",
  "heif-convert": "libheif-examples",
  "heif-enc": "libheif-examples",
  img2webp: "webp",
  jpegtran: "libjpeg-turbo-progs",
  pamtogif: "netpbm",
  pamtotiff: "netpbm",
  pnmtopng: "netpbm",
  ppmtobmp: "netpbm",
  tiff2rgba: "libtiff-tools",
  tiffcp: "libtiff-tools",
  tiffset: "libtiff-tools",
  webpmux: "webp",
};

/** What one command may take: the slowest encoders need a few seconds for a picture. */
const timeoutMs = 180_000;
const maxOutputBytes = 64 * 1024 * 1024;

/** The programs that a tool calls, to make its file and to decode it. */
export function programsOf({ coding, truth }: CodingTool): string[] {
  const lines = [...(coding.lines ?? []), ...("lines" in truth ? truth.lines : [])];
  return [...new Set(lines.map((line) => line.split(" ")[0] ?? ""))];
}

/** Whether a program is on the path. */
export function isInstalled(program: string, path = process.env["PATH"] ?? ""): boolean {
  return path.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** The packages of Debian that bring programs along; a program that no table knows stands for itself. */
export function packagesOf(programs: readonly string[]): string[] {
  return [...new Set(programs.map((program) => packages[program] ?? program))].sort();
}

/** Runs command lines one after the other in a folder, in which the sources that they name are put first. */
export async function runLines(lines: readonly string[], folder: string): Promise<void> {
  for (const line of lines) {
    const words = line.split(" ");
    const target = words.at(-2) === ">" ? words.at(-1) : undefined;
    const [program = "", ...args] = target === undefined ? words : words.slice(0, -2);
    for (const word of words) await putSource(word, folder);
    const output = await runProgram(program, args, folder);
    if (target !== undefined) await writeFile(join(folder, target), output);
  }
}

async function runProgram(program: string, args: readonly string[], folder: string): Promise<Buffer> {
  try {
    const { stdout } = await promisify(execFile)(program, args, {
      cwd: folder,
      encoding: "buffer",
      timeout: timeoutMs,
      maxBuffer: maxOutputBytes,
    });
    return stdout;
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    throw new Failure(`${program} failed: ${(said === "" ? describe(error) : said).slice(-300)}`);
  }
}

/** Writes the source that a word of a command line names, such as `photo.png`, unless it is there; or the profile. */
async function putSource(word: string, folder: string): Promise<void> {
  if (word === "table.icc") return await writeFile(join(folder, word), tableAndMatrixProfile());
  const [name = "", form = "", ...more] = word.split(".");
  if (more.length > 0 || !isSourceName(name) || existsSync(join(folder, word))) return;
  const bytes = await forms[form]?.(source(name));
  if (bytes !== undefined) await writeFile(join(folder, word), bytes);
}

const forms: Readonly<Record<string, (raster: Raster) => Uint8Array | Promise<Uint8Array>>> = {
  pam: pamBytes,
  pbm: pbmBytes,
  pgm: pgmBytes,
  png: pngOf,
  ppm: ppmBytes,
};

async function pngOf(raster: Raster): Promise<Uint8Array> {
  const { width, height, data } = raster;
  const whole = sharp(data, { raw: { width, height, channels: 4 } });
  return await (isOpaque(raster) ? whole.removeAlpha() : whole).png({ palette: false }).toBuffer();
}
