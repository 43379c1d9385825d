import { maxPixels } from "../budget.ts";
import { type ColourMeaning, convertPixels } from "../colour/convert.ts";
import type { DecodedPicture, DecodeJob, ThumbnailDecoder } from "../raster/decoder.ts";
import { finishPicture } from "../raster/finish.ts";
import { fitPicture } from "../raster/geometry.ts";
import { COLOUR_GRAY, COLOUR_RGB } from "../kernel/layout.ts";
import { openRows, type PixelFormat } from "../raster/rows.ts";
import { unsupported } from "../types.ts";
import { readChunks } from "./chunks.ts";
import { readColours } from "./colours.ts";
import { hasAlpha, pixelFormat } from "./format.ts";
import { readRows } from "./read.ts";
import { toneColours, type TonedColours } from "./tones.ts";
import { layOnWhite } from "./transparency.ts";

/**
 * PNG of any size (W3C PNG, 3rd ed.): all colour types and depths, transparency onto white, the still picture of
 * an animation. Rows are inflated by the kernel and shrunk as they come; interlaced pictures are held whole.
 */
export const pngDecoder: ThumbnailDecoder = {
  name: "png",
  accepts: (contentType) => contentType === "image/png" || contentType === "image/apng",
  decode: decodePng,
};

function decodePng(job: DecodeJob): DecodedPicture {
  const { kernel } = job;
  const file = readChunks(job.bytes);
  const { width, height, interlaced } = file.header;
  if (width * height > maxPixels) {
    throw unsupported("too_many_pixels", `The picture has ${width} × ${height} pixels, too many to decode.`);
  }
  const geometry = fitPicture(width, height, job.facts.orientation, job.variant);
  const { profile, ...told } = readColours(kernel, file);
  const plain = pixelFormat(file, (rgb) => convertPixels(rgb, told.meaning));
  const { tones, meaning } = settle(plain, told.meaning);
  const keepsAlpha = meaning.kind !== "srgb" && hasAlpha(plain);
  const format = { ...plain, tones, keepsAlpha };
  const sink = openRows(kernel, geometry, { width, height, format, keepWidth: interlaced });
  readRows(kernel, file, sink);
  const colour = sink.planes < 3 ? COLOUR_GRAY : COLOUR_RGB;
  const picture = finishPicture(kernel, geometry, sink.channels, colour);
  if (!keepsAlpha) return { ...picture, profile, meaning };
  layOnWhite(kernel, picture, meaning);
  return picture;
}

/** What is left to convert when the rows are read: nothing where a table has done it, the rest of what tones do. */
function settle(format: PixelFormat, meaning: ColourMeaning): TonedColours {
  if (format.lookup !== undefined) return { tones: undefined, meaning: { kind: "srgb" } };
  if (format.depth < 16) return { tones: undefined, meaning };
  return toneColours(meaning, format.samples < 3 ? 1 : 3);
}
