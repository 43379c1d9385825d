import type { PixelFormat } from "../raster/rows.ts";
import { corrupt } from "../types.ts";
import { type PngFile, samplesOf } from "./chunks.ts";

/** Converts RGB triples in place. */
type Conversion = (rgb: Uint8Array) => void;

/**
 * How the rows of a file are to be read: palettes and grey of few bits by a table, whose colours `convert` makes sRGB;
 * all others as they are.
 */
export function pixelFormat(file: PngFile, convert: Conversion): PixelFormat {
  const { depth, colour } = file.header;
  const samples = samplesOf(colour);
  if (colour === 3) return { depth, samples, lookup: paletteOnWhite(file, convert) };
  if (colour === 0 && depth < 8) return { depth, samples, lookup: greyLevels(file, convert) };
  return { depth, samples, key: colour === 0 || colour === 2 ? transparentKey(file, samples) : undefined };
}

/** Whether some of a format's pixels may be transparent, beside those that its table has laid on white. */
export function hasAlpha({ samples, key }: PixelFormat): boolean {
  return samples % 2 === 0 || key !== undefined;
}

function paletteOnWhite({ palette, transparency }: PngFile, convert: Conversion): Uint8Array {
  if (palette === undefined) throw corrupt("The palette is missing.");
  const colours = new Uint8Array(768);
  colours.set(palette.subarray(0, 768));
  convert(colours);
  const lookup = new Uint8Array(1024);
  for (let i = 0; i < 256; i++) {
    const alpha = transparency?.[i] ?? 255;
    for (let c = 0; c < 3; c++) {
      lookup[i * 4 + c] = Math.round(((colours[i * 3 + c] ?? 0) * alpha + 255 * (255 - alpha)) / 255);
    }
  }
  return lookup;
}

function greyLevels({ header, transparency }: PngFile, convert: Conversion): Uint8Array {
  const top = 2 ** header.depth - 1;
  const clear = transparency !== undefined ? wordAt(transparency, 0) : -1;
  const colours = Uint8Array.from({ length: 3 * (top + 1) }, (_, i) =>
    Math.round((Math.floor(i / 3) * 255) / top),
  );
  convert(colours);
  const lookup = new Uint8Array(1024);
  for (let i = 0; i <= top; i++) {
    lookup.set(i === clear ? [255, 255, 255] : colours.subarray(3 * i, 3 * i + 3), i * 4);
  }
  return lookup;
}

function transparentKey({ transparency }: PngFile, samples: number): number[] | undefined {
  if (transparency === undefined || transparency.length < 2 * samples) return undefined;
  return Array.from({ length: samples }, (_, i) => wordAt(transparency, 2 * i));
}

function wordAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
