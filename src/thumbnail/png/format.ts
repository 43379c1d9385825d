import type { PixelFormat } from "../rows.ts";
import { corrupt } from "../types.ts";
import { type PngFile, samplesOf } from "./chunks.ts";

/** How the rows of a file are to be read: palettes and grey of few bits by a table, colours over white. */
export function pixelFormat(file: PngFile): PixelFormat {
  const { depth, colour } = file.header;
  const samples = samplesOf(colour);
  if (colour === 3) return { depth, samples, lookup: paletteOnWhite(file) };
  if (colour === 0 && depth < 8) return { depth, samples, lookup: greyLevels(file) };
  return { depth, samples, key: colour === 0 || colour === 2 ? transparentKey(file, samples) : undefined };
}

function paletteOnWhite({ palette, transparency }: PngFile): Uint8Array {
  if (!palette) throw corrupt("The palette is missing.");
  const lookup = new Uint8Array(1024);
  for (let i = 0; i < 256; i++) {
    const alpha = transparency?.[i] ?? 255;
    for (let c = 0; c < 3; c++) {
      lookup[i * 4 + c] = Math.round(((palette[i * 3 + c] ?? 0) * alpha + 255 * (255 - alpha)) / 255);
    }
  }
  return lookup;
}

function greyLevels({ header, transparency }: PngFile): Uint8Array {
  const top = 2 ** header.depth - 1;
  const clear = transparency ? wordAt(transparency, 0) : -1;
  const lookup = new Uint8Array(1024);
  for (let i = 0; i <= top; i++)
    lookup.fill(i === clear ? 255 : Math.round((i * 255) / top), i * 4, i * 4 + 4);
  return lookup;
}

function transparentKey({ transparency }: PngFile, samples: number): number[] | undefined {
  if (!transparency || transparency.length < 2 * samples) return undefined;
  return Array.from({ length: samples }, (_, i) => wordAt(transparency, 2 * i));
}

function wordAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
