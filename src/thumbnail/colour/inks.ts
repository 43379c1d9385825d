import type { PictureSource } from "../raster/decoder.ts";
import type { RgbPicture } from "../jpeg/encode.ts";
import { uprightWalk } from "../raster/geometry.ts";
import { COLOUR_CMYK, COLOUR_CMYK_INVERTED, COLOUR_YCCK, COLOUR_YCCK_INVERTED } from "../kernel/layout.ts";
import type { Kernel } from "../raster/kernel.ts";
import { type ColourTable, TableReader } from "./table.ts";

const inkColours = new Set([COLOUR_CMYK, COLOUR_YCCK, COLOUR_CMYK_INVERTED, COLOUR_YCCK_INVERTED]);

/** Whether the planes of a picture are inks rather than lights. */
export function hasInks({ colour }: PictureSource): boolean {
  return inkColours.has(colour);
}

/** Shows a picture of inks by a table: its planes are still in the kernel, its RGB is written anew. */
export function convertInks(
  kernel: Kernel,
  rgb: RgbPicture,
  source: PictureSource,
  table: ColourTable,
): void {
  const { geometry, channels, colour } = source;
  const { storedWidth, storedHeight } = geometry;
  const samples = storedWidth * storedHeight;
  const plane = (i: number) => kernel.u8(channels.planes + i * channels.planeBytes, samples);
  const planes = [plane(0), plane(1), plane(2), plane(3)] as const;
  const pixels = kernel.u8(rgb.address, rgb.width * rgb.height * 3);
  const { first, stepX, stepY } = uprightWalk(geometry);
  const reader = new TableReader(table);
  const inks = new Uint8ClampedArray(4);
  const levels = new Uint8Array(inks.buffer);
  for (let i = 0; i < samples; i++) {
    readInks(planes, i, colour, inks);
    const [x, y] = [i % storedWidth, Math.floor(i / storedWidth)];
    reader.read(levels, pixels, (first + x * stepX + y * stepY) * 3);
  }
}

type InkPlanes = readonly [Uint8Array, Uint8Array, Uint8Array, Uint8Array];

/** The four inks of a pixel, 255 being full, however they are stored (ITU-T T.872, 6.5.3). */
function readInks(planes: InkPlanes, i: number, colour: number, inks: Uint8ClampedArray): void {
  const [a, b, c, k] = [planes[0][i] ?? 0, planes[1][i] ?? 0, planes[2][i] ?? 0, planes[3][i] ?? 0];
  if (colour === COLOUR_YCCK || colour === COLOUR_YCCK_INVERTED) {
    inks[0] = a + (c - 128) * 1.402;
    inks[1] = a - (b - 128) * 0.344136286 - (c - 128) * 0.714136286;
    inks[2] = a + (b - 128) * 1.772;
  } else {
    inks[0] = a;
    inks[1] = b;
    inks[2] = c;
  }
  inks[3] = k;
  // Only Adobe's YCCK has inks where others have lights; its black is upside down, as all four of its CMYK are.
  if (colour === COLOUR_CMYK_INVERTED) for (let n = 0; n < 4; n++) inks[n] = 255 - (inks[n] ?? 0);
  if (colour === COLOUR_YCCK) for (let n = 0; n < 3; n++) inks[n] = 255 - (inks[n] ?? 0);
  if (colour === COLOUR_YCCK_INVERTED) inks[3] = 255 - k;
}
